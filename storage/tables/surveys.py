"""Questionnaires and what families answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Survey(Table):
    """A questionnaire of one school and one academic year: of that year are its classes and its courses.

    Of an anonymous one only counts are kept, here and with its questions (decision 65).
    """

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("school_id", "year", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    name: Mapped[str]
    whom: Mapped[str]  # families: one answer of each | children: one for each child | pupils: they answer themselves
    classes: Mapped[list[str]]  # as a course's; empty: all
    opens_on: Mapped[date | None]  # its first day; None: as soon as it is ready
    closes_on: Mapped[date | None]  # its last day; None: until somebody closes it
    anonymous: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]  # draft (being built in chat) | ready (waits for its day) | open | closed
    said: Mapped[dict[str, Any] | None]  # how «Анкеты» last said it; None: it was built in chat
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)  # slice («», «c:7А», «g:12») → answers that are counts only
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]


class SurveyQuestion(Table):
    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]  # 1 is the first
    question: Mapped[str]
    kind: Mapped[str]  # one | several | scale | text | courses
    options: Mapped[list[str]]  # of one and several; of a scale its first and last number
    # Of answers that are nobody's any more. One value for all of them, so that nothing in it stands beside anything else of an
    # answer: slice → option (its place from 0, the number of a scale, the id of a course) → how many; and the words, by alphabet.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[list[str]] = mapped_column(default=list)


class SurveyReceived(Table):
    """«Ответ получен» for this child, and nothing else: no number and no moment, and in SQLite no order of rows."""

    __tablename__ = "survey_received"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True)


class SurveyResponse(Table):
    """An answer being written, or one that was sent with a name. An anonymous one is deleted as it is sent."""

    __tablename__ = "survey_responses"
    __table_args__ = (UniqueConstraint("survey_id", "person_id", "pupil_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))  # of a family's the first of its children
    sent_at: Mapped[datetime | None]


class SurveyReply(Table):
    """The answer to one question."""

    __tablename__ = "survey_replies"

    response_id: Mapped[int] = mapped_column(ForeignKey("survey_responses.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_questions.id"), primary_key=True)
    picked: Mapped[list[str]]  # places of options from 0, the number of a scale, ids of courses
    words: Mapped[str | None]
