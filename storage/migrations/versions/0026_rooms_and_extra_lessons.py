"""Rooms are things; a lesson may be an extra one for a cancelled one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rooms",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("seats", NUMBER, nullable=True),
        sa.Column("equipment", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_rooms_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("code", name=op.f("uq_rooms_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rooms_organization_id"), "rooms", ["organization_id"])
    with op.batch_alter_table("lessons") as batch:
        batch.add_column(sa.Column("makes_up_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_lessons_makes_up_id"), "lessons", ["makes_up_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("lessons") as batch:
        batch.drop_constraint(op.f("fk_lessons_makes_up_id"), type_="foreignkey")
        batch.drop_column("makes_up_id")
    op.drop_table("rooms")
