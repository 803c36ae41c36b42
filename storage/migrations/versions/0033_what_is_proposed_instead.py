"""Which wish a child lost because its course, group or partner went, and which the school proposed in its place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("choices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("instead_of", NUMBER, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_choices_instead_of"), "choices", ["instead_of"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("choices", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_choices_instead_of"), type_="foreignkey")
        batch_op.drop_column("instead_of")
        batch_op.drop_column("lost_at")
