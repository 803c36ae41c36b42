"""The end of a year: for each pupil of each group how it ended, asked from 20 May, closed when August is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from bot.notices.yearend import YearEnded, YearEndTakenBack
from bot.policy import Person, Thing, can, require
from bot.refusals import Refusal
from bot.services.enrollment.choices import require_named
from bot.services.enrollment.telling import letter_facts, tell_family
from storage import audit
from storage.certificates import certificates
from storage.db import Database, Tx
from storage.enrollment import yearend
from storage.enrollment.yearend import Learnt, Waiting
from storage.network import years
from storage.offers import offers
from storage.people.consent import Reader

Outcome: TypeAlias = Literal["completed", "failed", "left", "continues"]
OUTCOMES: tuple[Outcome, ...] = ("completed", "failed", "left", "continues")
FIRST, LAST = (5, 20), (8, 31)  # month and day: from when to when it is asked
SECOND_THOUGHTS = timedelta(minutes=2)  # an answer taken back within this costs no family a letter


async def year_ending(tx: Tx, today: date) -> int | None:
    """The academic year whose end is asked about that day; None: none is, or there is nothing of it."""
    year = today.year - 1
    asked = date(today.year, *FIRST) <= today <= date(today.year, *LAST)
    return year if asked and year in await years.known(tx) else None


async def groups_of(tx: Tx, year: int, by: Person) -> list[Waiting]:
    """The groups at whose end this person is asked: a teacher's own, a partner's, those with pupils of a coordinator's school."""
    whose = yearend.taught_by(by.staff_as("teacher"), by.organizations_as("partner"), by.organizations_as("coordinator"))
    return await yearend.groups(tx, year, whose)


async def pupils_of(tx: Tx, group_id: int, today: date, by: Person) -> list[Learnt]:
    """A group's pupils whom this person may answer for, by name; refused when its year is not asked about."""
    eyes = Reader(by.organizations_as("coordinator"), by.organizations_as("partner", "teacher"))  # who may answer: below
    found = await yearend.learnt(tx, group_id, eyes)
    mine = [one for one in found if can(by, "yearend.answer", thing_of(one))]
    if found and not mine:
        raise Refusal("not-yours")
    if not mine or mine[0].year != await year_ending(tx, today):
        raise Refusal("year-end-over")
    return mine


def thing_of(one: Learnt) -> Thing:
    return Thing(pupil_id=one.pupil_id, school_id=one.school_id, organization_id=one.organization_id, teacher_id=one.teacher_id)


async def answer(db: Database, choice_id: int, outcome: Outcome | None, *, by: Person, now: datetime, today: date) -> Learnt:
    """How the year ended for this pupil in this group; None takes the answer back. The family hears of it two minutes later.

    Refusals: gone, not-yours, child-nameless, year-end-over, certificate-holds-outcome (a document says otherwise).
    """
    async with db.write() as tx:
        held = await offers.locked(tx, [choice_id])
        one = await yearend.one(tx, choice_id)
        if one is None or choice_id not in held:
            raise Refusal("gone")
        require(by, "yearend.answer", thing_of(one))
        await require_named(tx, by, one.pupil_id, one.organization_id)
        if one.year != await year_ending(tx, today) or one.state != "enrolled":
            raise Refusal("year-end-over")
        if one.outcome != outcome:
            if held_by := await certificates.live(tx, [choice_id]):
                raise Refusal("certificate-holds-outcome", number=held_by[choice_id].number)
            # Never a whole second: what was said of one pupil is not taken back with what was said of all.
            await _keep(tx, one, outcome, now.replace(microsecond=1) if outcome else None, by=by, now=now)
        return one


async def all_completed(db: Database, group_id: int, *, by: Person, now: datetime, today: date) -> tuple[list[int], datetime]:
    """«Всем пройден»: everybody of the group of whom nobody has said anything. Returns the pupils, and when it was said."""
    at = now.replace(microsecond=0)
    async with db.write() as tx:
        await offers.locked(tx, [one.choice_id for one in await pupils_of(tx, group_id, today, by)])
        silent = [one for one in await pupils_of(tx, group_id, today, by) if one.ended is None and one.child]
        for one in silent:
            await _keep(tx, one, "completed", at, by=by, now=now)
        return [one.pupil_id for one in silent], at


async def take_back_all(db: Database, group_id: int, at: datetime, *, by: Person, now: datetime, today: date) -> int:
    """The answers given all at once at that moment are taken back. Returns how many."""
    async with db.write() as tx:
        meant = set(await yearend.answered_at(tx, group_id, at))
        await offers.locked(tx, meant)
        found = [one for one in await pupils_of(tx, group_id, today, by) if one.choice_id in meant and one.child]
        documents = await certificates.live(tx, meant)  # an answer a document stands on stays
        found = [one for one in found if one.choice_id not in documents]
        for one in found:
            await _keep(tx, one, None, None, by=by, now=now)
        return len(found)


async def _keep(tx: Tx, one: Learnt, outcome: Outcome | None, at: datetime | None, *, by: Person, now: datetime) -> None:
    await yearend.set_outcome(tx, one.choice_id, outcome, at)
    change = audit.Change(before={"outcome": one.outcome}, after={"outcome": outcome})
    audit.log(tx, by.known, "yearend.answer", ("choice", one.choice_id), change, now=now)
    kind = YearEndTakenBack if outcome is None else YearEnded
    notice = kind(
        **letter_facts(one, now),
        outcome=outcome or one.outcome or "",
    )
    await tell_family(tx, one.pupil_id, notice, now=now, due_at=now + SECOND_THOUGHTS)
