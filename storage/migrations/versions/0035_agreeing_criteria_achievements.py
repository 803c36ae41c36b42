"""What is agreed with partners, what staff put down for the criteria of a year, what pupils have achieved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "agreeings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("course_id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("says", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", NUMBER, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_agreeings_course_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_agreeings_school_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["people.id"], name=op.f("fk_agreeings_sent_by")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_agreeings_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreeings")),
        sa.UniqueConstraint("course_id", "school_id", "version", name=op.f("uq_agreeings_course_id_school_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "criterion_records",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("criterion", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_criterion_records_school_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_criterion_records_year")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_criterion_records_document_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_criterion_records_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_records")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_criterion_records_school_id_year", "criterion_records", ["school_id", "year"])
    op.create_table(
        "achievements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("said_by", NUMBER, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_achievements_year")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_achievements_pupil_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_achievements_document_id")),
        sa.ForeignKeyConstraint(["said_by"], ["people.id"], name=op.f("fk_achievements_said_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_achievements_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_achievements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_achievements_pupil_id"), "achievements", ["pupil_id"])


def downgrade() -> None:
    op.drop_table("achievements")
    op.drop_table("criterion_records")
    op.drop_table("agreeings")
