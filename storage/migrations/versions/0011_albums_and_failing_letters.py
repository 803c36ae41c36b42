"""Which album an update is a part of, and since when Telegram fails at a letter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"
branch_labels = None
depends_on = None

PARTS = sa.text("album IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("album", sa.Text(), nullable=True))
    op.create_index("ix_inbox_album", "inbox", ["chat_id", "album"], sqlite_where=PARTS, postgresql_where=PARTS)
    with op.batch_alter_table("letters") as batch:
        batch.add_column(sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_index("ix_inbox_album", table_name="inbox", sqlite_where=PARTS, postgresql_where=PARTS)
    with op.batch_alter_table("letters") as batch:
        batch.drop_column("failing_since")
    with op.batch_alter_table("inbox") as batch:
        batch.drop_column("album")
