"""A page that an overtaken press left to a later one outlives the process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("undrawn", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("inbox", "undrawn")
