"""Questions about questionnaires: what is asked, of which classes, and how far each has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from storage.db import Tx
from storage.network.years import year_of
from storage.prepared import Prepared, several
from storage.tables import Survey, SurveyQuestion, SurveyReceived, SurveyReply, SurveyResponse


@dataclass(frozen=True)
class Question:
    """`kind`: one | several | scale | text | courses. `options`: the words of one and several, first and last number of a scale."""

    id: int
    number: int
    question: str
    kind: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Questionnaire:
    id: int
    school_id: int
    year: int
    name: str
    whom: str  # families | children | pupils
    classes: tuple[str, ...]
    opens_on: date | None
    closes_on: date | None
    anonymous: bool
    state: str  # draft | ready | open | closed
    built: bool  # in chat, not by «Анкеты»
    opened_at: datetime | None
    reminded_at: datetime | None
    totals: dict[str, int]
    questions: tuple[Question, ...]

    def asks(self, question_id: int) -> Question | None:
        """The question of this id; None: it is none of these."""
        return next((each for each in self.questions if each.id == question_id), None)

    def over(self, today: date) -> bool:
        """Whether its last day is over; of one without a last day, its academic year."""
        return self.closes_on < today if self.closes_on is not None else self.year < year_of(today)

    def place(self, question: Question) -> int:
        """Where it stands, from 1: a book may leave numbers out."""
        return self.questions.index(question) + 1


_COLUMNS = (
    Survey.id, Survey.school_id, Survey.year, Survey.name, Survey.whom, Survey.classes, Survey.opens_on, Survey.closes_on,
    Survey.anonymous, Survey.state, Survey.said, Survey.opened_at, Survey.reminded_at, Survey.totals,
)  # fmt: skip


async def one(tx: Tx, survey_id: int) -> Questionnaire | None:
    """A questionnaire that stands; None: there is none, or it was taken away."""
    return next(iter(await _found(tx, Survey.id == survey_id)), None)


async def of_schools(tx: Tx, schools: Collection[int]) -> list[Questionnaire]:
    """Every questionnaire of these schools, the newest first."""
    found = await _found(tx, Survey.school_id.in_(schools))
    return sorted(found, key=lambda each: (each.year, each.id), reverse=True)


async def standing(tx: Tx, *states: str, schools: Collection[int] | None = None) -> list[Questionnaire]:
    """Those in these states (of these schools), the first to end first."""
    if schools is None:
        found = await _made(tx, await _IN_STATES.rows(tx, states=states))
    else:
        found = await _found(tx, Survey.state.in_(states), Survey.school_id.in_(schools))
    return sorted(found, key=lambda each: (each.closes_on or date.max, each.id))


async def _found(tx: Tx, *where: Any) -> list[Questionnaire]:
    return await _made(tx, (await tx.execute(_asked(*where))).all())


def _asked(*where: Any) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(*where, Survey.archived_at.is_(None)).order_by(Survey.id)


_IN_STATES = Prepared(_asked(Survey.state.in_(several("states"))))


async def _made(tx: Tx, rows: Sequence[Any]) -> list[Questionnaire]:
    questions = await questions_of(tx, [row.id for row in rows]) if rows else {}
    return [
        Questionnaire(
            id=row.id, school_id=row.school_id, year=row.year, name=row.name, whom=row.whom, classes=tuple(row.classes),
            opens_on=row.opens_on, closes_on=row.closes_on, anonymous=row.anonymous, state=row.state, built=row.said is None,
            opened_at=row.opened_at, reminded_at=row.reminded_at, totals=dict(row.totals), questions=tuple(questions[row.id]),
        )
        for row in rows
    ]  # fmt: skip


async def questions_of(tx: Tx, surveys: Collection[int]) -> dict[int, list[Question]]:
    """The questions of these, in their order."""
    rows = await tx.execute(
        select(
            SurveyQuestion.survey_id,
            SurveyQuestion.id,
            SurveyQuestion.number,
            SurveyQuestion.question,
            SurveyQuestion.kind,
            SurveyQuestion.options,
        )
        .where(SurveyQuestion.survey_id.in_(surveys))
        .order_by(SurveyQuestion.survey_id, SurveyQuestion.number)
    )
    found: dict[int, list[Question]] = defaultdict(list)
    for row in rows:
        found[row.survey_id].append(Question(row.id, row.number, row.question, row.kind, tuple(row.options)))
    return found


async def locked(tx: Tx, survey_id: int) -> Survey | None:
    """The row, held until the commit: who sends, who closes and who changes wait for each other."""
    return await tx.scalar(select(Survey).where(Survey.id == survey_id, Survey.archived_at.is_(None)).with_for_update())


async def named(tx: Tx, school_id: int, year: int, name: str) -> Survey | None:
    """The questionnaire of this name, taken away or not."""
    return await tx.scalar(select(Survey).where(Survey.school_id == school_id, Survey.year == year, Survey.name == name))


async def answered(tx: Tx, survey: Questionnaire | Survey) -> int:
    """How many answers were sent."""
    sent = select(func.count()).where(SurveyResponse.survey_id == survey.id, SurveyResponse.sent_at.is_not(None))
    return (await tx.scalar(sent) or 0) + int(survey.totals.get("", 0))


async def put_questions(tx: Tx, survey_id: int, questions: Sequence[dict[str, Any]]) -> None:
    """These are the questions now: number, question, kind, options. Drafts of the former are gone with them."""
    mine = select(SurveyQuestion.id).where(SurveyQuestion.survey_id == survey_id)
    await tx.execute(delete(SurveyReply).where(SurveyReply.question_id.in_(mine)))
    await tx.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id))
    for each in questions:
        tx.add(SurveyQuestion(survey_id=survey_id, counts={}, words=[], **each))
    await tx.flush()


async def add_question(tx: Tx, survey_id: int, question: Question) -> None:
    """One more; the others keep their ids, which stand on buttons."""
    row = {"survey_id": survey_id, "number": question.number, "question": question.question, "kind": question.kind}
    tx.add(SurveyQuestion(**row, options=list(question.options), counts={}, words=[]))
    await tx.flush()


async def take_question(tx: Tx, question_id: int) -> None:
    """One less, of a questionnaire nobody has been asked; those after it move up."""
    row = await tx.get_one(SurveyQuestion, question_id)
    await tx.delete(row)
    await tx.flush()
    later = (SurveyQuestion.survey_id == row.survey_id, SurveyQuestion.number > row.number)
    for each in await tx.scalars(select(SurveyQuestion).where(*later).order_by(SurveyQuestion.number)):
        each.number -= 1
        await tx.flush()


async def drop(tx: Tx, survey_id: int) -> None:
    """A questionnaire nobody has been asked: as if it had never been."""
    await put_questions(tx, survey_id, [])
    mine = SurveyResponse.survey_id == survey_id
    await tx.execute(delete(SurveyResponse).where(mine))
    await tx.execute(delete(SurveyReceived).where(SurveyReceived.survey_id == survey_id))
    await tx.execute(delete(Survey).where(Survey.id == survey_id))


async def reminded(tx: Tx, survey_id: int, now: datetime) -> None:
    await tx.execute(update(Survey).where(Survey.id == survey_id).values(reminded_at=now))
