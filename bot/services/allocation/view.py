"""An allocation as its pages show it: how well wishes are met, each group's list and line, who is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.policy import Person, Thing, can
from bot.services.allocation.allocation import Seen
from bot.services.allocation.input import gather
from bot.services.allocation.rules import Counts, Entrant, counts, held_in, lots
from bot.services.network.years import asked_now
from storage.allocation import allocation
from storage.allocation.allocation import Named
from storage.courses import courses
from storage.db import Tx


@dataclass(frozen=True)
class GroupView:
    id: int
    code: str
    course: str
    organization: str
    seats: int  # that are given out
    placed: int
    reserve: int
    children: int  # with those who have learned in it before
    minimum: int
    closed: bool

    @property
    def below(self) -> bool:
        """Whether too few would come for the group to be opened."""
        return not self.closed and self.children < self.minimum


@dataclass(frozen=True)
class Overview:
    counts: Counts
    without: int  # applications whose child has no place at all
    waiting: int  # wishes in lines
    groups: tuple[GroupView, ...]  # by course, then by code


async def overview(tx: Tx, seen: Seen) -> Overview:
    """The whole allocation on one page."""
    where = {group.id: (group, offer) for offer in await _offers(tx, seen) for group in offer.groups}
    shown = []
    for group, offer in where.values():
        if group.id not in seen.draw.seats:
            continue
        placed = len(seen.result.lists.get(group.id, ()))
        shown.append(
            GroupView(
                group.id,
                group.code,
                offer.name,
                offer.organization,
                seen.draw.seats[group.id],
                placed,
                len(seen.result.reserve.get(group.id, ())),
                group.taken + (0 if seen.published_at else placed),
                group.minimum or 0,
                group.id in seen.closed,
            )
        )
    without = len(await _without(tx, seen))
    return Overview(counts(seen.draw, seen.result), without, sum(map(len, seen.result.reserve.values())), tuple(shown))


async def _offers(tx: Tx, seen: Seen) -> list[courses.Offer]:
    wishes = {wish.id for entrant in seen.draw.entrants for wish in entrant.wishes}
    return await courses.offers(tx, await allocation.courses_of(tx, wishes), current=False)


@dataclass(frozen=True)
class Row:
    """A wish in a group's list or line."""

    number: int
    application: int
    lot: int
    of: int
    named: Named | None  # None: erased, or of a school that is not the reader's
    held: tuple[str, ...]  # priorities
    foreign: bool = False  # of a school that is not the reader's


async def list_of(tx: Tx, seen: Seen, group_id: int, by: Person, *, line: bool) -> list[Row]:
    """A group's list of the placed, or its line (`line`), in order. Other schools' children have no names here."""
    wishes = (seen.result.reserve if line else seen.result.lists).get(group_id, [])
    return await _rows(tx, seen, wishes, by, group_id)


async def _without(tx: Tx, seen: Seen) -> list[Entrant]:
    """Whoever has got nothing and whose child has no seat either: of another course, by another application, or since."""
    asking = [entrant for entrant in seen.draw.entrants if entrant.wishes and not entrant.moving]
    has = {entrant.pupil for entrant in asking if any(wish.id in seen.result.places for wish in entrant.wishes)}
    has |= await allocation.with_a_place(tx, seen.year)
    return [entrant for entrant in asking if entrant.pupil not in has]


async def left_over(tx: Tx, seen: Seen, by: Person) -> list[Row]:
    """Whoever has no place at all, by their lots: each with their first wish."""
    left = await _without(tx, seen)
    drawn = lots(seen.seed, seen.draw.numbers)
    left.sort(key=lambda entrant: drawn[entrant.number])
    return await _rows(tx, seen, [entrant.wishes[0].id for entrant in left], by, None)


async def _rows(tx: Tx, seen: Seen, wishes: list[int], by: Person, group_id: int | None) -> list[Row]:
    drawn = lots(seen.seed, seen.draw.numbers)
    of = {wish.id: (entrant, wish) for entrant in seen.draw.entrants for wish in entrant.wishes}
    named = await allocation.named(tx, wishes)
    rows = []
    for number, wish_id in enumerate(wishes, 1):
        entrant, wish = of[wish_id]
        its_tier = next((its for group, its in wish.options if group == group_id), FAR)
        whose = named.get(wish_id)
        seeing = whose is not None and can(by, "allocation.see", Thing(school_id=whose.school_id))
        rows.append(
            Row(
                number,
                entrant.number,
                drawn[entrant.number],
                len(drawn),
                whose if seeing else None,
                tuple(held_in(its_tier)),
                foreign=whose is not None and not seeing,
            )
        )
    return rows


FAR = 8  # a tier behind all priorities
STILL_OPEN = 12  # courses that are named


@dataclass(frozen=True)
class Demand:
    """What waits to be distributed, before any lot is drawn."""

    applications: int
    seats: int
    undecided: int
    still_open: tuple[tuple[str, date], ...]  # some courses that take applications and are left out: name and last day
    courses: tuple[tuple[str, int, int, int], ...]  # name, first wishes, all wishes, seats; the most wanted first


async def demand(tx: Tx, *, year: int, today: date) -> Demand:
    """Who would take part if lots were drawn now."""
    gathered = await gather(tx, "", year=year, today=today)
    first: dict[int, int] = {}
    wished: dict[int, int] = {}
    for entrant in gathered.draw.entrants:
        for rank, wish in enumerate(entrant.wishes):
            course = gathered.course_of[wish.id]
            wished[course] = wished.get(course, 0) + 1
            first[course] = first.get(course, 0) + (rank == 0)
    seats = gathered.draw.seats
    told = [
        (offer.name, first[offer.id], wished[offer.id], sum(seats.get(group.id, 0) for group in offer.groups))
        for offer in gathered.offers.values()
        if offer.id in wished
    ]
    return Demand(
        len(gathered.draw.entrants),
        sum(seats.values()),
        await allocation.undecided(tx, year, today),
        tuple(await allocation.still_open(tx, year, today, STILL_OPEN)),
        tuple(sorted(told, key=lambda one: (-one[1], -one[2], one[0]))),
    )


async def year_to_draw(tx: Tx, today: date) -> int:
    """The academic year whose places are to be distributed: in which wishes wait, else the one families apply for."""
    return await allocation.year_waiting(tx) or await asked_now(tx, today)
