"""What a distribution of places is computed from: who takes part, the groups that suit each child, priorities, seats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.services.allocation.rules import Draw, Entrant, Wish, tier
from bot.services.courses.clashes import Day, against_group
from storage.allocation import allocation
from storage.allocation.allocation import Place, Waiting
from storage.courses import courses, weeks
from storage.courses.courses import Child, GroupOffer, Hours, Offer
from storage.courses.weeks import Roads
from storage.db import Tx

FIRST_LINE = 8  # the tiers 0-7 are the published priorities; a place in a line is told by the tiers behind them


@dataclass(frozen=True)
class Gathered:
    """A draw, and the courses it is about."""

    draw: Draw
    offers: dict[int, Offer]
    course_of: dict[int, int]  # wish → course

    @property
    def groups(self) -> dict[int, tuple[GroupOffer, Offer]]:
        return {group.id: (group, offer) for offer in self.offers.values() for group in offer.groups}


async def gather(
    tx: Tx,
    seed: str,
    *,
    year: int,
    today: date,
    numbers: Collection[int] | None = None,
    courses: Collection[int] | None = None,
    closed: Collection[int] = (),
) -> Gathered:
    """Everybody whose approved wishes wait for places, as they stand now.

    `numbers` and `courses`: only these applications, those that drew their lots, and the courses they were drawn for; None:
    all of them draw, for every course whose window is closed. `closed`: groups that will not be opened.
    """
    wishes = await _waiting(tx, "approved", year, today, courses=courses)
    wishes = [wish for wish in wishes if numbers is None or wish.application_id in numbers]
    return await _gathered(tx, "approved", wishes, seed, numbers, year=year, today=today, closed=closed)


async def gather_rest(tx: Tx, seed: str, *, year: int, today: date, numbers: Collection[int]) -> Gathered:
    """Everybody who stands in a line, as they stand now: nobody in it is overtaken, nobody placed is moved."""
    wishes = await _waiting(tx, "reserve", year, today, courses=None)
    return await _gathered(tx, "reserve", wishes, seed, numbers, year=year, today=today, closed=())


async def _waiting(tx: Tx, state: str, year: int, today: date, courses: Collection[int] | None) -> list[Waiting]:
    """Wishes for these courses, or for those whose window is closed."""
    closed = today if state == "approved" and courses is None else None
    return await allocation.waiting(tx, state, year, today=closed, courses=courses)


async def _gathered(
    tx: Tx,
    state: str,
    wishes: list[Waiting],
    seed: str,
    numbers: Collection[int] | None,
    *,
    year: int,
    today: date,
    closed: Collection[int],
) -> Gathered:
    if not wishes:
        return Gathered(Draw(seed, tuple(sorted(numbers or ())), {}, (), frozenset()), {}, {})
    has = await allocation.places(tx, state, year)
    wished = {wish.course_id for wish in wishes} | {place.course_id for each in has.values() for place in each}
    offers = {offer.id: offer for offer in await courses.offers(tx, wished, current=False)}
    theirs = _Weeks(has, offers, await weeks.class_hours(tx, year), await weeks.roads(tx), today)
    asked, kept_free = await allocation.asked_without_group(tx), await allocation.kept_free(tx)
    mine = {wish.course_id: offers[wish.course_id] for wish in wishes}
    seats = _seats(mine.values(), asked, kept_free, in_line=state == "approved")
    order: Mapping[tuple[int, int], int]
    if state == "approved":
        siblings = await allocation.with_sibling(tx, state, year)
        order = _priorities(wishes, mine, await allocation.returning(tx, year), siblings)
    else:
        order = _lines(wishes, mine)
    entrants = _entrants(wishes, mine, theirs, seats, order, closed, moved=state == "reserve")
    draws = {entrant.number for entrant in entrants} | set(numbers or ())
    kept = {group: 0 if group in closed else free for group, free in seats.items()}
    draw = Draw(seed, tuple(sorted(draws)), kept, tuple(entrants), theirs.clashes(entrants, mine.values()))
    return Gathered(draw, mine, {wish.choice_id: wish.course_id for wish in wishes})


def _seats(offers: Iterable[Offer], asked: Mapping[int, int], kept_free: Mapping[int, int], *, in_line: bool) -> dict[int, int]:
    """Group → seats to give out: without those a partner keeps empty. Whoever a partner was asked for by name keeps a seat
    of the course, and (`in_line`) whoever waits in a line from before is not overtaken."""
    seats: dict[int, int] = {}
    for offer in offers:
        free = {
            group.id: max(group.left - kept_free.get(group.id, 0) - (group.waiting if in_line else 0), 0)
            for group in offer.groups
        }
        for _ in range(min(asked.get(offer.id, 0), sum(free.values()))):
            free[max(free, key=lambda group: (free[group], -group))] -= 1
        seats |= free
    return seats


def _priorities(
    wishes: Iterable[Waiting],
    offers: Mapping[int, Offer],
    returning: Collection[tuple[int, int]],
    with_sibling: Collection[tuple[int, int]],
) -> dict[tuple[int, int], int]:
    """(choice, group) → tier."""
    found = {}
    for wish in wishes:
        offer = offers[wish.course_id]
        for group in offer.groups:
            held = {
                "returning": (wish.pupil_id, wish.course_id) in returning,
                "sibling": (wish.pupil_id, group.id) in with_sibling,
                "last_year": last_year(offer.classes, wish.class_name),
            }
            found[wish.choice_id, group.id] = tier([name for name, holds in held.items() if holds])
    return found


def last_year(classes: Iterable[str], class_name: str) -> bool:
    """Whether the course takes nobody older: next year it would be too late. A course for everybody has no last year."""
    taken = [int(year[0]) for year in (re.match(r"\d+", one) for one in classes) if year]
    mine = re.match(r"\d+", class_name.strip())
    return bool(taken) and mine is not None and int(mine[0]) >= max(taken)


def _lines(wishes: Iterable[Waiting], offers: Mapping[int, Offer]) -> dict[tuple[int, int], int]:
    """(choice, group) → tier: a group's own line as it stands, behind it those who wait in the course's other lines."""
    per_course: dict[int, list[Waiting]] = defaultdict(list)
    for wish in wishes:
        per_course[wish.course_id].append(wish)
    found: dict[tuple[int, int], int] = {}
    for course_id, waiting in per_course.items():
        for group in offers[course_id].groups:
            line = sorted(waiting, key=lambda wish, group=group: _line_key(wish, group.id))  # type: ignore[misc]
            found |= {(wish.choice_id, group.id): FIRST_LINE + place for place, wish in enumerate(line, 1)}
    return found


def _line_key(wish: Waiting, group: int) -> tuple[bool, datetime, int]:
    return wish.group_id != group, wish.reserve_at or datetime.max.replace(tzinfo=UTC), wish.choice_id


def _entrants(
    wishes: Sequence[Waiting],
    offers: Mapping[int, Offer],
    weeks: _Weeks,
    seats: Mapping[int, int],
    order: Mapping[tuple[int, int], int],
    closed: Collection[int],
    *,
    moved: bool,
) -> list[Entrant]:
    """One entrant per application; `moved`: those who have all they wanted take part too, to keep their place in line."""
    papers: dict[int, list[Waiting]] = defaultdict(list)
    for wish in wishes:
        papers[wish.application_id].append(wish)
    turns: dict[int, int] = defaultdict(lambda: 1)
    found = []
    for number, own in sorted(papers.items()):
        pupil, wanted = own[0].pupil_id, own[0].wanted
        left = wanted - weeks.given(pupil, number)
        if left <= 0 and not moved:
            continue
        moving = left <= 0
        made = []
        for wish in own:
            suiting = weeks.suiting(wish, offers[wish.course_id], without=number if moving else None)
            groups = sorted((group.id for group in suiting if group.id not in closed), key=lambda group: (-seats[group], group))
            made.append(Wish(wish.choice_id, tuple((group, order[wish.choice_id, group]) for group in groups)))
        found.append(Entrant(number, pupil, max(left, 1), turns[pupil], moving, tuple(made)))
        if not moving:
            turns[pupil] += left
    return found


class _Weeks:
    """Which groups fit into which child's week."""

    def __init__(
        self,
        has: Mapping[int, Sequence[Place]],
        offers: Mapping[int, Offer],
        class_hours: Mapping[tuple[int, str], list[Hours]],
        roads: Roads,
        today: date,
    ) -> None:
        self.has, self.offers, self.class_hours, self.roads, self.today = has, offers, class_hours, roads, today
        self.by_class: dict[tuple[str, int, int], bool] = {}

    def given(self, pupil: int, number: int) -> int:
        """How many places the application has, «по порядку» ones too: all of them count among those wanted."""
        return sum(place.application_id == number for place in self.has.get(pupil, ()))

    def suiting(self, wish: Waiting, offer: Offer, *, without: int | None) -> list[GroupOffer]:
        """The course's groups at hours when the child is free of school and of its other places, those of the application
        `without` not counted. None of them free: all of them, for the coordinator who approved has overridden the clash."""
        held = [place for place in self.has.get(wish.pupil_id, ()) if place.application_id != without]
        free = [group for group in offer.groups if self._free(wish, offer, group, held)]
        return free or list(offer.groups)

    def _free(self, wish: Waiting, offer: Offer, group: GroupOffer, held: Sequence[Place]) -> bool:
        key = (wish.class_name, wish.school_id, group.id)
        if key not in self.by_class:
            lessons = self.class_hours.get((wish.school_id, wish.class_name), ())
            self.by_class[key] = not against_group(group, self._day(lessons, []), besides=offer.id)
        attends = [(self.offers[place.course_id], place.group_id) for place in held]
        return self.by_class[key] and not (attends and against_group(group, self._day([], attends), besides=offer.id))

    def clashes(self, entrants: Iterable[Entrant], offers: Iterable[Offer]) -> frozenset[tuple[int, int]]:
        """Pairs of groups that cannot both be attended, among those that one child could be given."""
        where = {group.id: (offer, group) for offer in offers for group in offer.groups}
        per_pupil: dict[int, list[Entrant]] = defaultdict(list)
        for entrant in entrants:
            per_pupil[entrant.pupil].append(entrant)
        pairs = set()
        for own in per_pupil.values():
            if sum(entrant.wanted for entrant in own) > 1:
                groups = sorted({group for entrant in own for wish in entrant.wishes for group, _ in wish.options})
                pairs |= {(one, other) for one in groups for other in groups if one < other}
        return frozenset(pair for pair in pairs if self._meet(*where[pair[0]], *where[pair[1]]))

    def _meet(self, one: Offer, mine: GroupOffer, other: Offer, theirs: GroupOffer) -> bool:
        return one.id != other.id and bool(against_group(mine, self._day([], [(other, theirs.id)]), besides=one.id))

    def _day(self, lessons: Sequence[Hours], attends: Sequence[tuple[Offer, int | None]]) -> Day:
        return Day(Child(0, "", "", 0, 0, (), ()), lessons, attends, self.roads, self.today)
