"""A pupil leaves a group before its end, or completes the course: said by the partner or the coordinator, on the record."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from bot.notices.offers import CourseCompleted, PupilLeft
from bot.policy import Person, Thing, can, reader, require
from bot.refusals import Refusal
from bot.services.enrollment.choices import checked_reason, require_named, walk
from bot.services.enrollment.telling import letter_facts, tell_family
from storage import audit
from storage.db import Database, Tx
from storage.offers import offers, seats
from storage.offers.offers import About

Ending: TypeAlias = Literal["leave", "complete"]


async def depart(db: Database, choice_id: int, reason: str, *, by: Person, now: datetime) -> None:
    """The pupil leaves the group («выбыл»), for a reason the family reads. The seat falls free."""
    async with db.write() as tx:
        why = checked_reason(reason)
        await _end(tx, choice_id, "leave", why, by=by, now=now)


async def complete(db: Database, choice_id: int, *, by: Person, now: datetime) -> None:
    """The pupil has completed the course. A repeat finds it done."""
    async with db.write() as tx:
        await _end(tx, choice_id, "complete", None, by=by, now=now)


async def complete_all(db: Database, group_id: int, *, by: Person, now: datetime) -> list[int]:
    """Everybody of a group whom this person answers for has completed the course. Returns the pupils."""
    async with db.write() as tx:
        found = await seats.members(tx, group_id, reader(by))
        learning = {one.about.choice_id: one.about for one in found if one.about.state == "enrolled" and one.about.child}
        for choice_id in sorted(learning):
            await _end(tx, choice_id, "complete", None, by=by, now=now)
        return [about.pupil_id for about in learning.values()]


async def _end(tx: Tx, choice_id: int, ending: Ending, why: str | None, *, by: Person, now: datetime) -> None:
    about = (await offers.about(tx, [choice_id])).get(choice_id)
    if about is None:
        raise Refusal("gone")
    thing = thing_of(about)
    require(by, "enrollment.answer", thing)
    await require_named(tx, by, about.pupil_id, about.organization_id)
    choice = (await offers.locked(tx, [choice_id]))[choice_id]
    was = choice.state
    if not await walk(tx, choice, ending, by=by, thing=thing, now=now, reason=why):
        return
    after = {"state": choice.state}
    audit.log(
        tx,
        by.known,
        "enrollment.answer",
        ("choice", choice_id),
        audit.Change(before={"state": was}, after=after, reason=why),
        now=now,
    )
    facts = letter_facts(about, now)
    notice = PupilLeft(**facts, reason=why or "") if ending == "leave" else CourseCompleted(**facts)
    await tell_family(tx, about.pupil_id, notice, now=now)


async def free_nameless(db: Database, group_id: int, choice_id: int, *, by: Person, now: datetime) -> None:
    """A seat whose family has withdrawn its data falls free: nobody learns there any more. A repeat finds it done."""
    async with db.write() as tx:
        choice = (await offers.locked(tx, [choice_id])).get(choice_id)
        held = {one.choice_id: one for one in await seats.nameless(tx, group_id, reader(by))}
        if choice is None or choice.group_id != group_id:
            raise Refusal("gone")
        if choice.state == "left":
            return
        if choice_id not in held:
            raise Refusal("not-yours")
        seat = held[choice_id]
        thing = Thing(school_id=seat.school_id, organization_id=seat.organization_id)
        await walk(tx, choice, "leave", by=by, thing=thing, now=now)
        about = ("choice", choice_id)
        audit.log(
            tx, by.known, "enrollment.answer", about, audit.Change(before={"state": "enrolled"}, after={"state": "left"}), now=now
        )


def thing_of(about: About) -> Thing:
    return Thing(pupil_id=about.pupil_id, school_id=about.school_id, organization_id=about.organization_id)


async def seen(tx: Tx, choice_id: int, by: Person) -> About:
    """A pupil's place as staff see it; refused when it is gone, not theirs, or of a child they may not know."""
    about = await offers.shown(tx, choice_id, reader(by))
    if about is None:
        raise Refusal("gone")
    if not can(by, "enrollment.answer", thing_of(about)):
        raise Refusal("not-yours")
    if not about.child:
        raise Refusal("child-nameless")
    return about
