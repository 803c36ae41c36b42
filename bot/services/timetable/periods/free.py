"""Where all lessons of some days could be instead: so many days earlier or later, or at another hour, with nothing against any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import pairwise

from bot.clock import Moment
from bot.services.timetable.around import Around, around_of
from bot.services.timetable.free import farther
from bot.services.timetable.periods.meant import Deed
from bot.services.timetable.typed_days import Period
from storage.db import Database
from storage.timetable.timetable import Standing, Stood

SHIFTS = (1, -1, 2, -2, 3, 4, 5, 6, 7, 14)  # days, the nearest first
DAYS, HOURS = 3, 3  # suggested


@dataclass(frozen=True)
class Ways:
    """What could be done with all of them: days to be later (earlier, if negative), and other hours."""

    days: list[int] = field(default_factory=list)
    hours: list[time] = field(default_factory=list)


async def free_ways(db: Database, lessons: Sequence[Stood], *, at: Moment) -> Ways:
    """The nearest ways at which pupils (other courses, school, road), teachers and rooms of all these lessons are free."""
    dates = [one.starts_at.astimezone(at.zone).date() for one in lessons]
    days = Period(min(dates) + timedelta(days=min(SHIFTS)), max(dates) + timedelta(days=max(SHIFTS)))
    ids = {one.id for one in lessons}
    known: dict[tuple[object, ...], Around] = {}
    async with db.read() as tx:
        for one in lessons:
            if _whose(one) not in known:
                known[_whose(one)] = await around_of(tx, one, days, at.zone, but=ids)

    def fits(deed: Deed) -> bool:
        to_be = [(one, deed.stands(one, at.zone)) for one in lessons]
        return not _together(to_be) and all(_free(known[_whose(one)], stands, at) for one, stands in to_be)

    shifts = [Deed("days", shift) for shift in SHIFTS]
    found = [deed.number for deed in shifts if fits(deed)][:DAYS]
    hours = [Deed("hour", hour.hour * 60 + hour.minute) for hour in _hours(lessons, at)]
    free = (time(*divmod(deed.number, 60)) for deed in hours if fits(deed))
    return Ways(found, sorted(hour for hour, _ in zip(free, range(HOURS), strict=False)))


def _whose(one: Stood) -> tuple[object, ...]:
    """Lessons of one group, teacher and room have the same around them."""
    return one.group_id, one.giver_id, one.where


def _free(around: Around, stands: Standing, at: Moment) -> bool:
    day = stands.starts_at.astimezone(at.zone).date()
    return stands.starts_at > at.now and around.calendar.closed(day) is None and around.free(stands.starts_at, stands.ends_at)


def _together(to_be: Iterable[tuple[Stood, Standing]]) -> bool:
    """Whether two of them would be at one hour: who is at both is not asked, a suggestion is to be sure."""
    hours = sorted((stands.starts_at, stands.ends_at) for _, stands in to_be)
    return any(after[0] < before[1] for before, after in pairwise(hours))


def _hours(lessons: Sequence[Stood], at: Moment) -> Iterator[time]:
    """Ever farther from the first lesson's own, within the day."""
    longest = max(one.ends_at - one.starts_at for one in lessons)
    return (hour.time() for hour in farther(lessons[0].starts_at.astimezone(at.zone), longest))
