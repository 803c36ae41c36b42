"""Which filed agreement stands on the network's public page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("agreements") as batch_op:
        batch_op.add_column(sa.Column("published_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(op.f("fk_agreements_published_id"), "documents", ["published_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("agreements") as batch_op:
        batch_op.drop_constraint(op.f("fk_agreements_published_id"), type_="foreignkey")
        batch_op.drop_column("published_id")
