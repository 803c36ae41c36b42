"""A place besides the draw, or past a line: given by the coordinator by hand, for a reason that stays on the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.notices.allocation import PlaceGiven
from bot.policy import Person, Thing, reader, require
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import against_group, brief
from bot.services.enrollment.choices import REPEATED, checked_reason, walk
from bot.services.enrollment.telling import tell_family
from storage import audit
from storage.allocation import byhand
from storage.allocation.byhand import Passed
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.db import Database, Tx
from storage.deciding.deciding import pressed_lately
from storage.enrollment import enrollment
from storage.offers import offers
from storage.offers.offers import About
from storage.people.people import first_name
from storage.tables import Choice, ChoiceChange

ACTION = "allocation.exception"


@dataclass(frozen=True)
class Exceptional:
    """A wish without a place, as the coordinator sees it before giving one by hand."""

    about: About
    passed: tuple[Passed, ...]  # who waits for the same course and would be passed over, the first first
    left: int  # free seats of the course


async def looked_at(tx: Tx, choice_id: int, by: Person) -> Exceptional:
    """A wish that waits for the draw or in a line. Refused: gone, not this coordinator's, has a place already."""
    about = (await offers.about(tx, [choice_id])).get(choice_id)
    if about is None:
        raise Refusal("gone")
    require(by, ACTION, thing_of(about))
    if not await byhand.without_place(tx, choice_id):
        raise Refusal("choice-no-step", state=about.state)
    passed = await byhand.passed_over(tx, choice_id, reader(by))
    found = await courses.offers(tx, [about.course_id], current=False)
    return Exceptional(about, tuple(passed), sum(offer.left for offer in found))


async def give_place(db: Database, choice_id: int, reason: str, *, by: Person, now: datetime, today: date) -> About:
    """Give a wish a free seat without the draw, or past its line, for a reason: it can then be asked for.

    Whom it passes over is audited with the reason. Refusals: reason-needed, exception-full, those of the child's week.
    """
    async with db.write() as tx:
        why = checked_reason(reason)
        if given := await _given_already(tx, choice_id, by, now):
            return given
        found = await looked_at(tx, choice_id, by)
        about = found.about
        choice = (await offers.locked(tx, [choice_id]))[choice_id]
        await enrollment.lock_groups(tx, [about.course_id])
        group = await _free_group(tx, choice, about, today)
        was = {"state": choice.state, "group": choice.group_id}
        if choice.state == "reserve":
            await walk(tx, choice, "approve", by=by, thing=thing_of(about), now=now, reason=why)
        else:
            choice.changed_at = now
            tx.add(ChoiceChange(choice_id=choice.id, was=choice.state, now=choice.state, by=by.known, at=now, reason=why))
        choice.group_id, choice.reserve_at = group.id, None
        after = {"state": choice.state, "group": group.id, "passed": [one.choice_id for one in found.passed]}
        audit.log(tx, by.known, ACTION, ("choice", choice_id), audit.Change(before=was, after=after, reason=why), now=now)
        await tx.flush()
        notice = PlaceGiven(
            id_application=about.application_id,
            id_choice=choice_id,
            id_change=now.isoformat(),
            child=first_name(about.child),
            course=about.course,
            group=group.code,
        )
        await tell_family(tx, about.pupil_id, notice, now=now)
        return about


async def _given_already(tx: Tx, choice_id: int, by: Person, now: datetime) -> About | None:
    """It has its place by this very press: handled again after a death, or repeated."""
    about = (await offers.about(tx, [choice_id])).get(choice_id)
    if about is None or await byhand.without_place(tx, choice_id):
        return None
    require(by, ACTION, thing_of(about))
    mine = await pressed_lately(tx, [choice_id], about.state, by=by.known, since=now - REPEATED)
    return about if mine else None


async def _free_group(tx: Tx, choice: Choice, about: About, today: date) -> GroupOffer:
    """The group with most seats left that suits the child's week."""
    found = await courses.offers(tx, [about.course_id], current=False)
    groups: Sequence[GroupOffer] = [group for offer in found for group in offer.groups if group.left]
    if not groups:
        raise Refusal("exception-full", course=brief(about.course))
    day = await day_of(tx, about.pupil_id, today, found[0].year, without=[about.application_id])
    clashes = {group.id: against_group(group, day, besides=about.course_id) for group in groups}
    best = min(groups, key=lambda group: (len(clashes[group.id]), -group.left, group.id))
    if clashes[best.id] and choice.override is None:
        raise clashes[best.id][0].refusal()
    return best


def thing_of(about: About) -> Thing:
    return Thing(pupil_id=about.pupil_id, school_id=about.school_id, organization_id=about.organization_id)
