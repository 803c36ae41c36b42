"""What the pupils, the teacher and the room of a lesson have around it: loaded once for some days, asked for any hour of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.timetable.overlaps import same_place
from bot.services.timetable.typed_days import Period
from bot.services.workdays import WorkingCalendar, working_calendar
from storage.db import Tx
from storage.enrollment import enrollment
from storage.people.consent import Reader
from storage.resources import bookings
from storage.timetable import clashes, rooms, timetable
from storage.timetable.clashes import SchoolHours
from storage.timetable.timetable import Learner, Stood


@dataclass(frozen=True)
class Taken:
    """Hours at which somebody or something of the lesson is elsewhere, the road there and back within them."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Around:
    """Of some days, by the network's clock."""

    days: Period
    calendar: WorkingCalendar
    taken: list[Taken]

    def free(self, starts: datetime, ends: datetime) -> bool:
        """Whether nothing stands against these hours but a day off."""
        return not any(one.starts < ends and starts < one.ends for one in self.taken)


async def around_of(tx: Tx, lesson: Stood, days: Period, zone: ZoneInfo, *, but: Collection[int] = ()) -> Around:
    """`but`: lessons that are changed together with it, and do not stay where they are."""
    pupils = await enrollment.pupils_of(tx, lesson.group_id)
    year = timetable.year_of_group(lesson.group_id)
    learners = await timetable.learners(tx, pupils, lesson.organization_id, Reader(), year=year)
    calendar = await working_calendar(tx, days.first, days.last, schools={one.school_id for one in learners} or None)
    roads = await clashes.roads_from(tx, lesson.organization_id)
    taken = await _lessons(tx, lesson, pupils, days.moments(zone), roads)
    free_of = {lesson.id, *but}
    at_school = await _school(tx, lesson, learners, (days, calendar, zone), roads)
    return Around(days, calendar, [*(one for id_, one in taken if id_ not in free_of), *at_school])


async def _lessons(
    tx: Tx, lesson: Stood, pupils: Collection[int], when: tuple[datetime, datetime], roads: dict[int, int]
) -> list[tuple[int, Taken]]:
    """With their numbers: what the pupils, the teacher and the room have. A booking is gone around too (number 0): lessons go
    before bookings, but nobody is led onto one that is not their own.
    """
    since, until = when
    groups = await enrollment.groups_of_pupils(tx, pupils)
    theirs = {group for some in groups.values() for group in some} | {lesson.group_id}
    learnt = [one for one in await timetable.lessons_of_groups(tx, theirs, since, until) if one.cancelled_at is None]
    taught = await rooms.lessons_by(tx, [lesson.giver_id], since, until)
    here = [
        one for one in await rooms.lessons_at(tx, lesson.organization_id, since, until) if same_place(one.where, lesson.where)
    ]
    found = [(one.id, _taken(one.starts_at, one.ends_at, roads.get(one.organization_id, 0))) for one in learnt]
    found += [(one.id, Taken(one.starts_at, one.ends_at)) for one in (*taught, *here)]
    kept = [
        one for one in await bookings.rooms_at(tx, lesson.organization_id, since, until) if same_place(one.name, lesson.where)
    ]
    return found + [(0, Taken(one.starts_at, one.ends_at)) for one in kept if bookings.keeps_from(one, lesson.giver_id)]


async def _school(
    tx: Tx,
    lesson: Stood,
    learners: Collection[Learner],
    when: tuple[Period, WorkingCalendar, ZoneInfo],
    roads: dict[int, int],
) -> list[Taken]:
    """The school's own hours of their classes."""
    days, calendar, zone = when
    classes = {(one.school_id, one.class_name) for one in learners}
    hours: dict[int, list[SchoolHours]] = {}
    found = []
    for day in days.dates:
        played = calendar.plays(day)
        if played is None:
            continue
        if played not in hours:
            busy = await clashes.school_hours(tx, lesson.group_id, {name for _, name in classes}, played)
            hours[played] = [each for each in busy if (each.school_id, each.class_name) in classes]
        found += [_at_school(each, day, zone, roads) for each in hours[played]]
    return found


def _at_school(each: SchoolHours, day: date, zone: ZoneInfo, roads: dict[int, int]) -> Taken:
    starts, ends = (datetime.combine(day, at, zone) for at in (each.starts, each.ends))
    return _taken(starts, ends, roads.get(each.school_id, 0))


def _taken(starts: datetime, ends: datetime, road: int) -> Taken:
    way = timedelta(minutes=road)
    return Taken(starts - way, ends + way)
