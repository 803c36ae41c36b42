"""How a talk stood before the update that is in hand changed it: handled again after a death, the update finds it so.

What stands at the moment of the migration was changed by updates that are done with.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("talks") as batch:
        batch.add_column(sa.Column("update_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch.add_column(sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
        batch.create_index("ix_talks_update_id", ["update_id"])


def downgrade() -> None:
    op.execute("DELETE FROM talks WHERE state IS NULL")
    with op.batch_alter_table("talks") as batch:
        batch.drop_index("ix_talks_update_id")
        batch.drop_column("before")
        batch.drop_column("update_id")
