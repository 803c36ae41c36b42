"""Building a questionnaire in chat, sending it out and closing it: the school's coordinator."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.clock import Moment
from bot.notices.surveys import SurveyClosed, SurveyOpened, topic_of
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.network.years import asked_now, this_year
from bot.services.roadmap.evidence import Proven, close_on
from bot.services.surveys.audience import audience_of
from storage import audit, unsaid
from storage.db import Database, Tx
from storage.people import people
from storage.surveys import answers, surveys
from storage.surveys.surveys import Question, Questionnaire
from storage.tables import Survey

READY = ("demand", "order", "satisfaction")  # the ready drafts
LONGEST_NAME = 120
LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS, MOST_QUESTIONS = 20, 60
_FACTS = Path(__file__).with_name("drafts.toml")


@cache
def ready_drafts() -> dict[str, dict[str, Any]]:
    """The programme's own questionnaires, by name of the draft."""
    return tomllib.loads(_FACTS.read_text("utf-8"))


async def begin(db: Database, ready: str | None, name: str, *, by: Person, moment: Moment, school: int = 0) -> int:
    """A draft: one of the ready ones, or an empty one of this name. Returns its id; of a draft that is there already, that one's.

    `school`: whose it is; 0: of the only one whose coordinator this is.
    """
    school = school or _only(by)
    require(by, "survey.make", Thing(school_id=school))
    facts = {} if ready is None else ready_drafts()[ready]
    name = " ".join((name or facts["name"]).split())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("survey-name-length", limit=LONGEST_NAME)
    async with db.write() as tx:
        year = await (asked_now if ready == "demand" else this_year)(tx, moment.today)
        name = await _free_name(tx, school, year, name, ready)
        there = await surveys.named(tx, school, year, name)
        if there is not None:
            return there.id
        made = Survey(
            school_id=school, year=year, name=name, whom=facts.get("whom", "families"), classes=[],
            opens_on=None, closes_on=_day(facts.get("closes"), moment.today), anonymous=facts.get("anonymous", False),
            state="draft", said=None, totals={},
        )  # fmt: skip
        tx.add(made)
        await tx.flush()
        rows = [
            {"number": number, "question": each["question"], "kind": each["kind"], "options": each.get("options", [])}
            for number, each in enumerate(facts.get("questions", ()), 1)
        ]
        await surveys.put_questions(tx, made.id, rows)
        audit.log(tx, by.id, "survey.begin", ("survey", made.id), now=moment.now)
        return made.id


def _only(by: Person) -> int:
    schools = by.organizations_as("coordinator")
    if len(schools) > 1:
        raise Refusal("gone")
    return next(iter(schools), 0)


async def _free_name(tx: Tx, school: int, year: int, name: str, ready: str | None) -> str:
    """A name nobody has; a draft that waits is taken up again. A second of a ready one is «… (2)»."""
    for number in range(1, 100):
        tried = name if number == 1 else f"{name} ({number})"
        there = await surveys.named(tx, school, year, tried)
        if there is None or (there.state == "draft" and there.archived_at is None):
            return tried
        if ready is None:
            raise Refusal("survey-name-taken", name=name)
    raise Refusal("survey-name-taken", name=name)


def _day(month_and_day: Sequence[int] | None, today: date) -> date | None:
    """The next such day."""
    if month_and_day is None:
        return None
    this = date(today.year, *month_and_day)
    return this if this >= today else date(today.year + 1, *month_and_day)


async def mine(tx: Tx, survey_id: int, by: Person, action: str) -> Questionnaire:
    """The questionnaire somebody of its school wants to do something with."""
    survey = await surveys.one(tx, survey_id)
    if survey is None:
        raise Refusal("gone")
    require(by, action, Thing(school_id=survey.school_id))
    return survey


@dataclass(frozen=True)
class Change:
    """What is to be otherwise; None: as it is."""

    name: str | None = None
    whom: str | None = None
    classes: tuple[str, ...] | None = None
    closes_on: date | None = None
    endless: bool = False  # no last day
    anonymous: bool | None = None


async def change(db: Database, survey_id: int, wanted: Change, *, by: Person, moment: Moment) -> None:
    """Change what a questionnaire says of itself. While it is open only its last day may be changed: families have read the rest."""
    async with db.write() as tx:
        row = await surveys.locked(tx, survey_id)
        survey = await mine(tx, survey_id, by, "survey.make")
        if row is None or survey.state == "closed":
            raise Refusal("survey-closed-already", name=survey.name)
        if wanted.closes_on is not None and wanted.closes_on < moment.today:
            raise Refusal("survey-day-past")
        others = (wanted.name, wanted.whom, wanted.classes, wanted.anonymous)
        if survey.state == "open" and any(each is not None for each in others):
            raise Refusal("survey-asked-already")
        if wanted.name is not None and await surveys.named(tx, survey.school_id, survey.year, wanted.name) not in (None, row):
            raise Refusal("survey-name-taken", name=wanted.name)
        was = (row.name, row.whom, row.classes, row.anonymous, row.closes_on)
        row.name = wanted.name or row.name
        row.whom = wanted.whom or row.whom
        row.classes = row.classes if wanted.classes is None else list(wanted.classes)
        row.anonymous = row.anonymous if wanted.anonymous is None else wanted.anonymous
        row.closes_on = None if wanted.endless else wanted.closes_on or row.closes_on
        if was == (row.name, row.whom, row.classes, row.anonymous, row.closes_on):
            return
        await day_moved(tx, row)
        after = {"closes_on": None if row.closes_on is None else str(row.closes_on)}
        audit.log(tx, by.id, "survey.change", ("survey", survey_id), audit.Change(after=after), now=moment.now)


async def day_moved(tx: Tx, row: Survey) -> None:
    """A letter that waits for the morning names the last day that holds now."""
    await unsaid.correct(tx, topic_of(row.id), {"until": None if row.closes_on is None else str(row.closes_on)})


async def add_question(db: Database, survey_id: int, question: Question, *, by: Person, now: datetime) -> int:
    """A question more, at the end; the same as the last one is that one. Returns its number."""
    async with db.write() as tx:
        survey = await _in_making(tx, survey_id, by)
        last = survey.questions[-1] if survey.questions else None
        if last is not None and replace(question, id=last.id, number=last.number) == last:
            return last.number
        if len(survey.questions) >= MOST_QUESTIONS:
            raise Refusal("survey-too-many", limit=MOST_QUESTIONS)
        _check(question)
        number = last.number + 1 if last is not None else 1
        await surveys.add_question(tx, survey_id, replace(question, number=number))
        audit.log(tx, by.id, "survey.question", ("survey", survey_id), audit.Change(after={"number": number}), now=now)
        return number


async def take_question(db: Database, survey_id: int, question_id: int, *, by: Person, now: datetime) -> None:
    """A question less; the following ones move up. It is the one meant, whatever another coordinator has added or taken since."""
    async with db.write() as tx:
        survey = await _in_making(tx, survey_id, by)
        if survey.asks(question_id) is None:
            return
        await surveys.take_question(tx, question_id)
        audit.log(tx, by.id, "survey.question", ("survey", survey_id), audit.Change(before={"id": question_id}), now=now)


def _check(question: Question) -> None:
    if not question.question or len(question.question) > LONGEST_QUESTION:
        raise Refusal("survey-question-length", limit=LONGEST_QUESTION)
    if question.kind in ("one", "several"):
        if not 2 <= len(question.options) <= MOST_OPTIONS:
            raise Refusal("survey-options-count", limit=MOST_OPTIONS)
        if any(len(each) > LONGEST_OPTION for each in question.options):
            raise Refusal("survey-option-length", limit=LONGEST_OPTION)


async def _in_making(tx: Tx, survey_id: int, by: Person) -> Questionnaire:
    await surveys.locked(tx, survey_id)
    survey = await mine(tx, survey_id, by, "survey.make")
    if survey.state != "draft":
        raise Refusal("survey-asked-already")
    return survey


async def discard(db: Database, survey_id: int, *, by: Person, now: datetime) -> None:
    """A draft nobody has been asked is thrown away."""
    async with db.write() as tx:
        survey = await _in_making(tx, survey_id, by)
        await surveys.drop(tx, survey.id)
        audit.log(tx, by.id, "survey.discard", ("survey", survey_id), now=now)


# ── out to the families, and closed ─────────────────────────────────────────────────────────────────────────────────


async def launch(db: Database, survey_id: int, *, by: Person, moment: Moment) -> int:
    """Ask the families. Returns how many answers there can be."""
    async with db.write() as tx:
        row = await surveys.locked(tx, survey_id)
        survey = await mine(tx, survey_id, by, "survey.make")
        if row is None or survey.state == "closed":
            raise Refusal("survey-closed-already", name=survey.name)
        if not survey.questions:
            raise Refusal("survey-without-questions")
        if survey.over(moment.today) and survey.closes_on is None:
            raise Refusal("survey-year-over")
        if survey.over(moment.today):
            raise Refusal("survey-day-past")
        if survey.state == "open":
            return len((await audience_of(tx, survey)).units)
        audit.log(tx, by.id, "survey.launch", ("survey", survey_id), now=moment.now)
        return await opened(tx, row, moment.now)


async def opened(tx: Tx, row: Survey, now: datetime) -> int:
    """It is open from now on, and whom it is for hears of it. Returns how many answers there can be."""
    row.state, row.opened_at = "open", now
    await tx.flush()
    survey = await surveys.one(tx, row.id)
    assert survey is not None  # noqa: S101 - it is held
    found = await audience_of(tx, survey)
    notice = SurveyOpened(
        id_survey=survey.id, name=survey.name, questions=len(survey.questions), until=survey.closes_on,
        anonymous="yes" if survey.anonymous else "no", id_pupil=0,
    )  # fmt: skip
    letters = [Addressed(person, replace(notice, id_pupil=pupil), pupil_id=pupil) for person, pupil in found.letters]
    await post_all(tx, letters, now=now)
    return len(found.units)


async def close(db: Database, survey_id: int, *, by: Person, moment: Moment) -> None:
    """Nobody answers any more. Closed before, nothing happens."""
    async with db.write() as tx:
        row = await surveys.locked(tx, survey_id)
        survey = await mine(tx, survey_id, by, "survey.make")
        if row is None or survey.state == "closed":
            return
        if survey.state != "open":
            raise Refusal("gone")
        audit.log(tx, by.id, "survey.close", ("survey", survey_id), now=moment.now)
        await closed(tx, row, moment)


async def closed(tx: Tx, row: Survey, moment: Moment) -> None:
    """Drafts that were not sent are gone, and nobody is asked for an answer any more, be it by a letter that waits for the
    morning; of an anonymous one so is who has answered, which nothing asks for any more.

    A study of demand that was answered is the evidence of regulation 2.
    """
    row.state = "closed"
    await unsaid.cancel_topic(tx, topic_of(row.id), "the questionnaire is closed")
    survey = await surveys.one(tx, row.id)
    if survey is not None and any(each.kind == "courses" for each in survey.questions):
        count = await surveys.answered(tx, survey)
        facts: dict[str, str | int | date] = {"count": count, "last": moment.today}
        if count:
            await close_on(tx, Proven("survey", row.school_id, row.year, facts=facts), now=moment.now)
    await answers.drop_drafts(tx, row.id)
    if row.anonymous:
        await answers.forget_received(tx, row.id)
    await tx.flush()


async def tell_closed(tx: Tx, row: Survey, now: datetime) -> None:
    """The coordinators hear that its last day is over."""
    survey = await surveys.one(tx, row.id)
    assert survey is not None  # noqa: S101 - it is held
    notice = SurveyClosed(id_survey=row.id, name=row.name, answers=await surveys.answered(tx, survey))
    office = await people.office(tx, "coordinator", organization_id=row.school_id)
    await post_all(tx, [Addressed(person, notice, role="coordinator") for person in office], now=now)
