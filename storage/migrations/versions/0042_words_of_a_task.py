"""What a task is called and what is expected of it, as somebody said it in the chat, beside what the book says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("steps", sa.Column("said_task", sa.Text(), nullable=True))
    op.add_column("steps", sa.Column("said_result", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("steps", schema=None) as batch:
        batch.drop_column("said_result")
        batch.drop_column("said_task")
