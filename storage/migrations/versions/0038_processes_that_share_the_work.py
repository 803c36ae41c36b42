"""Which process handles a chat's updates, and how much of the token's pace is its, where several work on one database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SHARED, RACES = sa.text("worker IS NOT NULL"), sa.text("races")


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slots", NUMBER, nullable=False),
        sa.Column("wants", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("worker", NUMBER, nullable=True))
        batch.add_column(sa.Column("races", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(op.f("fk_inbox_worker"), "workers", ["worker"], ["id"])
    with op.batch_alter_table("inbox") as batch:
        batch.alter_column("races", server_default=None)
    op.create_index("ix_inbox_arrival", "inbox", ["arrival"])
    op.create_index("ix_inbox_lane", "inbox", ["chat_id", "arrival"], sqlite_where=SHARED, postgresql_where=SHARED)
    op.create_index("ix_inbox_worker", "inbox", ["worker"], sqlite_where=SHARED, postgresql_where=SHARED)
    op.create_index("ix_inbox_races", "inbox", ["arrival"], sqlite_where=RACES, postgresql_where=RACES)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE inbox_arrival")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE inbox_arrival")
    op.drop_index("ix_inbox_races", table_name="inbox", sqlite_where=RACES, postgresql_where=RACES)
    op.drop_index("ix_inbox_worker", table_name="inbox", sqlite_where=SHARED, postgresql_where=SHARED)
    op.drop_index("ix_inbox_lane", table_name="inbox", sqlite_where=SHARED, postgresql_where=SHARED)
    op.drop_index("ix_inbox_arrival", table_name="inbox")
    with op.batch_alter_table("inbox") as batch:
        batch.drop_constraint(op.f("fk_inbox_worker"), type_="foreignkey")
        batch.drop_column("races")
        batch.drop_column("worker")
    op.drop_table("workers")
