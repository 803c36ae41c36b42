"""A whole group goes to another group of its course at once: who goes, who stays and why, carried out, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.clock import Moment
from bot.policy import Person, reader, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import Against, against_group
from bot.services.offers.departures import thing_of
from bot.services.offers.regroup import ACTION, MOVABLE, MOVED, Move, other_groups
from storage import audit
from storage.courses import courses
from storage.courses.courses import GroupOffer, Offer
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.offers import offers, seats
from storage.offers.offers import About


@dataclass(frozen=True)
class Whither:
    """From which group to which other of its course; `anyhow`: those too whose week speaks against its hours."""

    group: int
    to: int
    anyhow: bool = False


@dataclass(frozen=True)
class Moving:
    """What would become of everybody of a group: who goes, and who stays for want of a seat, for an hour, for an open offer."""

    to: GroupOffer
    learn: tuple[About, ...]  # have a seat, given or only held, and take one there
    wait: tuple[About, ...]  # go to the end of its line, in their order
    clashing: tuple[tuple[About, Against], ...]  # stand against it: they go only if `anyhow`
    seatless: tuple[About, ...]
    offered: tuple[About, ...]  # an answer is awaited: a seat promised is not moved

    @property
    def going(self) -> tuple[About, ...]:
        return (*self.learn, *self.wait)

    @property
    def digest(self) -> str:
        return stamp([(one.choice_id, one.state) for one in self.going], self.to.id)


async def moving(tx: Tx, whither: Whither, *, by: Person, today: date) -> Moving:
    """Who of a group could go, as far as this person may decide it; nothing is written. Refusals: gone, not-yours."""
    known = [one for one in await seats.members(tx, whither.group, reader(by)) if one.about.child]
    members, waiting = [one.about for one in known], {one.about.choice_id for one in known if one.number}
    if not members:
        raise Refusal("gone")
    require(by, ACTION, thing_of(members[0]))
    course_id = members[0].course_id
    to = next((group for group in await other_groups(tx, course_id, whither.group) if group.id == whither.to), None)
    if to is None:
        raise Refusal("gone")
    (offer,) = await courses.offers(tx, [course_id], current=False)
    clashes = {one.choice_id: await clash(tx, one, to, offer, today) for one in members}
    mine = [one for one in members if whither.anyhow or clashes[one.choice_id] is None]
    learn = _in_order(one for one in mine if one.state in MOVABLE and one.choice_id not in waiting)
    stands = [(one, against) for one in members if (against := clashes[one.choice_id]) and one.state != "offered"]
    return Moving(
        to,
        tuple(learn[: to.left]),
        tuple(one for one in mine if one.choice_id in waiting),  # in the order of their line
        tuple(stands),
        tuple(learn[to.left :]),
        tuple(one for one in members if one.state == "offered"),
    )


async def clash(tx: Tx, one: About, to: GroupOffer, offer: Offer, today: date) -> Against | None:
    """What in a child's week speaks against another group of its course."""
    day = await day_of(tx, one.pupil_id, today, offer.year, {offer.id: offer})
    return next(iter(against_group(to, day, besides=offer.id)), None)


async def regroup_all(db: Database, whither: Whither, *, by: Person, at: Moment, seen: str) -> tuple[Moving, int]:
    """Everybody the page named (`seen`: its digest) goes, in one transaction; letters wait two minutes. Returns the number by
    which it can be taken back. ChangedSince: it would be others by now.
    """
    async with db.write() as tx:
        plan = await moving(tx, whither, by=by, today=at.today)
        if seen != plan.digest:
            raise ChangedSince
        if not plan.going:
            raise Refusal("regroup-nobody")
        held = await offers.locked(tx, [one.choice_id for one in plan.going])
        await enrollment.lock_groups(tx, [plan.going[0].course_id])
        lines = {str(one.choice_id): held[one.choice_id].reserve_at for one in plan.wait}
        move = Move(by, at.now)
        for one in plan.going:
            await move.child(tx, one, held[one.choice_id], plan.to)
        await move.tell_staff(tx, plan.going[0], len(plan.going))
        since = {choice: moment for choice, moment in lines.items() if moment is not None}
        return plan, await move.note(tx, whither.group, whither.to, [one.choice_id for one in plan.going], since)


async def undo_regroup(db: Database, number: int, *, by: Person, now: datetime) -> tuple[list[About], int]:
    """Those of a moved group who are still where they were put go back: to a free seat, or to their place in the line.

    Returns them, and how many could not: their seats have been given to others. Refusals: gone, not-yours, regroup-undone.
    """
    async with db.write() as tx:
        line = await audit.line(tx, number)
        if line is None or line.action != MOVED or line.before is None or line.after is None:
            raise Refusal("gone")
        abouts = await offers.about(tx, line.after["choices"])
        here = [one for one in abouts.values() if one.group_id == line.after["group"] and one.state in MOVABLE]
        for one in here:
            require(by, ACTION, thing_of(one))
        if not here:
            raise Refusal("regroup-undone")
        held = await offers.locked(tx, [one.choice_id for one in here])
        await enrollment.lock_groups(tx, [here[0].course_id])
        found = await other_groups(tx, here[0].course_id, line.after["group"])
        to = next((group for group in found if group.id == line.before["group"]), None)
        if to is None:
            raise Refusal("gone")
        learn = _in_order(one for one in here if held[one.choice_id].reserve_at is None)
        back = [*learn[: to.left], *(one for one in here if held[one.choice_id].reserve_at is not None)]
        move = Move(by, now, undoes=line.at.isoformat())
        for one in back:
            was = line.before["lines"].get(str(one.choice_id))
            await move.child(tx, one, held[one.choice_id], to, datetime.fromisoformat(was) if was else None)
        if back:
            await move.tell_staff(tx, back[0], len(back))
        return back, len(here) - len(back)


def _in_order(abouts: Iterable[About]) -> list[About]:
    return sorted(abouts, key=lambda one: one.choice_id)
