"""What families are told of a published distribution: one receipt an application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.notices import Notice
from bot.notices.allocation import PlaceFound, PlacesAllocated, padded
from bot.post.posting import Addressed, post_all
from bot.services.allocation.input import Gathered
from bot.services.allocation.rules import Draw, Entrant, Result, lots
from bot.services.courses.clashes import brief
from bot.services.enrollment.telling import decision_first
from bot.services.people.calls import note_calls
from storage.allocation import allocation
from storage.db import Tx
from storage.people.people import families_of, first_name

NAME = 150  # characters of a course's name a receipt shows


async def tell_published(tx: Tx, allocation_id: int, gathered: Gathered, result: Result, *, now: datetime) -> None:
    """The receipt: «вы 3-й в списке на 12 мест; жребий 0417»."""
    draw, course = gathered.draw, _courses(gathered)
    lot = lots(draw.seed, draw.numbers)
    listed = {wish: number for wishes in result.lists.values() for number, wish in enumerate(wishes, 1)}
    line = {
        wish: gathered.groups[group][0].waiting + number
        for group, wishes in result.reserve.items()
        for number, wish in enumerate(wishes, 1)
    }
    lapsed, unmet = set(result.lapsed), set(result.unmet)
    names = await allocation.children(tx, {entrant.pupil for entrant in draw.entrants})
    letters: list[tuple[int, Notice]] = []
    for entrant in draw.entrants:
        placed = [wish.id for wish in entrant.wishes if wish.id in result.places]
        waits = [wish.id for wish in entrant.wishes if wish.id in line]
        notice = PlacesAllocated(
            id_allocation=allocation_id,
            id_application=entrant.number,
            child=first_name(names[entrant.pupil]),
            lot=padded(lot[entrant.number], len(lot)),
            drawn=len(lot),
            id_placed=[course[wish] for wish in placed],
            id_groups=[gathered.groups[result.places[wish]][0].code for wish in placed],
            id_numbers=[str(listed[wish]) for wish in placed],
            id_seats=[str(draw.seats[result.places[wish]]) for wish in placed],
            id_waiting=[course[wish] for wish in waits],
            id_lines=[str(line[wish]) for wish in waits],
            id_lapsed=[course[wish.id] for wish in entrant.wishes if wish.id in lapsed],
            id_unmet=[course[wish.id] for wish in entrant.wishes if wish.id in unmet],
        )
        letters.append((entrant.pupil, notice))
    await tell_families(tx, letters, now=now)


async def tell_found(tx: Tx, allocation_id: int, gathered: Gathered, result: Result, *, now: datetime) -> None:
    """To those of the rest who have got a place now."""
    lucky = [entrant for entrant in gathered.draw.entrants if _placed(entrant, result)]
    course = _courses(gathered)
    names = await allocation.children(tx, {entrant.pupil for entrant in lucky})
    letters: list[tuple[int, Notice]] = []
    for entrant in lucky:
        for wish in _placed(entrant, result):
            notice = PlaceFound(
                id_allocation=allocation_id,
                id_application=entrant.number,
                id_choice=wish,
                child=first_name(names[entrant.pupil]),
                course=course[wish],
                group=gathered.groups[result.places[wish]][0].code,
            )
            letters.append((entrant.pupil, notice))
    await tell_families(tx, letters, now=now)


async def tell_families(tx: Tx, letters: Sequence[tuple[int, Notice]], *, now: datetime) -> None:
    """To each pupil's family its letter; whom none reaches stands on the list of calls."""
    await decision_first(tx, [notice for _, notice in letters], now=now)
    families = await families_of(tx, {pupil for pupil, _ in letters})
    addressed = [
        Addressed(person, notice, pupil_id=pupil) for pupil, notice in letters for person in sorted(set(families.get(pupil, ())))
    ]
    await post_all(tx, addressed, now=now)
    await note_calls(tx, letters, now=now)


def hearers(draw: Draw, result: Result, *, rest: bool) -> set[int]:
    """The pupils whose families are told of a published distribution; of one for the rest, only who has got a place."""
    return {entrant.pupil for entrant in draw.entrants if not rest or _placed(entrant, result)}


def _placed(entrant: Entrant, result: Result) -> list[int]:
    return [wish.id for wish in entrant.wishes if wish.id in result.places]


def _courses(gathered: Gathered) -> dict[int, str]:
    """Wish → the course's name."""
    return {wish: brief(gathered.offers[course_id].name, NAME) for wish, course_id in gathered.course_of.items()}
