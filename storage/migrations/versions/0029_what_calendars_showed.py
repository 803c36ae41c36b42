"""What somebody's calendar showed of each lesson, so that the number of a change grows with every change of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feeds_shown",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=True),
        sa.Column("staff_id", NUMBER, nullable=True),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_shown_person_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_feeds_shown_pupil_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_feeds_shown_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds_shown")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feeds_shown_person_id"), "feeds_shown", ["person_id"])
    op.create_index(op.f("ix_feeds_shown_pupil_id"), "feeds_shown", ["pupil_id"])


def downgrade() -> None:
    op.drop_table("feeds_shown")
