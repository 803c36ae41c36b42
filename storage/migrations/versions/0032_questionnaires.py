"""Questionnaires: what is asked, of whom, what is being answered, and the counts of what was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("classes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("totals", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_surveys_school_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_surveys_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("school_id", "year", "name", name=op.f("uq_surveys_school_id_year_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "survey_questions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("survey_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("words", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_questions_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_questions")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_survey_questions_survey_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "survey_received",
        sa.Column("survey_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_received_survey_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_survey_received_pupil_id")),
        sa.PrimaryKeyConstraint("survey_id", "pupil_id", name=op.f("pk_survey_received")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_responses",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("survey_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_responses_survey_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_survey_responses_person_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_survey_responses_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_responses")),
        sa.UniqueConstraint("survey_id", "person_id", "pupil_id", name=op.f("uq_survey_responses_survey_id_person_id_pupil_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "survey_replies",
        sa.Column("response_id", NUMBER, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("picked", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["response_id"], ["survey_responses.id"], name=op.f("fk_survey_replies_response_id")),
        sa.ForeignKeyConstraint(["question_id"], ["survey_questions.id"], name=op.f("fk_survey_replies_question_id")),
        sa.PrimaryKeyConstraint("response_id", "question_id", name=op.f("pk_survey_replies")),
    )


def downgrade() -> None:
    op.drop_table("survey_replies")
    op.drop_table("survey_responses")
    op.drop_table("survey_received")
    op.drop_table("survey_questions")
    op.drop_table("surveys")
