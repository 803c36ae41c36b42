"""Where all lessons of some days could be instead: so many days earlier or later, or at another hour, with nothing against any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
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
    """The nearest ways at which pupils (other courses, school, road), teachers and rooms of all these lessons are free.

    Two of them at one hour are not suggested, whoever is at both: a suggestion is to be sure.
    """
    clocks = [(one.starts_at.astimezone(at.zone), one.ends_at.astimezone(at.zone)) for one in lessons]
    days = {one.starts_at.astimezone(at.zone).date() for one in lessons}
    shifts = () if _together(clocks) else SHIFTS  # so many days later they are together again
    hours = _hours(lessons, at) if len(days) == len(lessons) else ()
    deeds = [*(Deed("days", shift) for shift in shifts), *(Deed("hour", hour.hour * 60 + hour.minute) for hour in hours)]
    if not deeds:
        return Ways()
    known = await _around(db, lessons, at)
    free = [one for one in deeds if all(_free(known[_whose(each)], one.stands(each, at.zone), at) for each in lessons)]
    later = [one.number for one in free if one.verb == "days"][:DAYS]
    near = [time(*divmod(one.number, 60)) for one in free if one.verb == "hour"][:HOURS]
    return Ways(later, sorted(near))


async def _around(db: Database, lessons: Sequence[Stood], at: Moment) -> dict[tuple[object, ...], Around]:
    dates = [one.starts_at.astimezone(at.zone).date() for one in lessons]
    days = Period(min(dates) + timedelta(days=min(SHIFTS)), max(dates) + timedelta(days=max(SHIFTS)))
    ids = {one.id for one in lessons}
    known: dict[tuple[object, ...], Around] = {}
    async with db.read() as tx:
        for one in lessons:
            if _whose(one) not in known:
                known[_whose(one)] = await around_of(tx, one, days, at.zone, but=ids)
    return known


def _whose(one: Stood) -> tuple[object, ...]:
    """Lessons of one group, teacher and room have the same around them."""
    return one.group_id, one.giver_id, one.where


def _free(around: Around, stands: Standing, at: Moment) -> bool:
    day = stands.starts_at.astimezone(at.zone).date()
    return stands.starts_at > at.now and around.calendar.closed(day) is None and around.free(stands.starts_at, stands.ends_at)


def _together(spans: Iterable[tuple[datetime, datetime]]) -> bool:
    return any(after[0] < before[1] for before, after in pairwise(sorted(spans)))


def _hours(lessons: Sequence[Stood], at: Moment) -> Iterator[time]:
    """Ever farther from the first lesson's own, within the day."""
    longest = max(one.ends_at - one.starts_at for one in lessons)
    return (hour.time() for hour in farther(lessons[0].starts_at.astimezone(at.zone), longest))
