"""Subscription addresses of a timetable; and where a lesson was to be is looked for as where it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=True),
        sa.Column("staff_id", NUMBER, nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_person_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_feeds_pupil_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_feeds_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("mac", name=op.f("uq_feeds_mac")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feeds_person_id"), "feeds", ["person_id"])
    op.create_index(op.f("ix_feeds_pupil_id"), "feeds", ["pupil_id"])
    op.create_index(op.f("ix_lessons_plan_starts_at"), "lessons", ["plan_starts_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_lessons_plan_starts_at"), "lessons")
    op.drop_table("feeds")
