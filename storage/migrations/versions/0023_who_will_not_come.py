"""Who will not come to lessons, as families and coordinators say beforehand; when somebody is reminded of lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "class_absences",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("said_by", NUMBER, nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_class_absences_said_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_class_absences_school_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_class_absences_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_absences")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lesson_reminders",
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("ahead", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_lesson_reminders_person_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_lesson_reminders_pupil_id")),
        sa.PrimaryKeyConstraint("person_id", "pupil_id", name=op.f("pk_lesson_reminders")),
    )
    with op.batch_alter_table("lesson_reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_reminders_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "absences",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("lesson_id", NUMBER, nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("said_by", NUMBER, nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lesson_id"], ["lessons.id"], name=op.f("fk_absences_lesson_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_absences_pupil_id")),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_absences_said_by")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_absences_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index("ix_absences_pupil_id_last_day", ["pupil_id", "last_day"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index("ix_absences_pupil_id_last_day")

    op.drop_table("absences")
    with op.batch_alter_table("lesson_reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_reminders_pupil_id"))

    op.drop_table("lesson_reminders")
    op.drop_table("class_absences")
