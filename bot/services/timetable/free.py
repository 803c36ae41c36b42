"""Where a lesson could be instead: the nearest days and hours at which its pupils, its teacher and its room are free, and free rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment, midnight
from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.timetable.overlaps import meet
from bot.services.timetable.preview import Preview, of_room, preview, same_place
from bot.services.workdays import working_calendar
from bot.voice import short_name
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people.consent import Reader
from storage.timetable import changes as lesson_changes
from storage.timetable import clashes as lesson_clashes
from storage.timetable import rooms, timetable
from storage.timetable.rooms import Place
from storage.timetable.timetable import Stood

DAYS = 6  # suggested
LONGEST_BREAK = 21  # days looked through for them: the winter holidays and what stands around them
EARLIEST, LATEST = time(8), time(20)  # between which a lesson is suggested
STEP = timedelta(minutes=30)


@dataclass(frozen=True)
class Taken:
    """Hours at which somebody or something of the lesson is elsewhere, the road there and back within them."""

    starts: datetime
    ends: datetime


async def free_hours(db: Database, lesson: Stood, first: date, *, at: Moment, but: date | None = None) -> list[datetime]:
    """On each of the nearest days from a day on, the hour nearest to the lesson's own at which nothing stands against it. A day
    without any is left out, and so are days off and `but`.
    """
    days = [day for ahead in range(DAYS + LONGEST_BREAK) if (day := first + timedelta(days=ahead)) != but]
    async with db.read() as tx:
        pupils = (await enrollment.pupils_of_groups(tx, [lesson.group_id])).get(lesson.group_id, [])
        year = timetable.year_of_group(lesson.group_id)
        learners = await timetable.learners(tx, pupils, lesson.organization_id, Reader(), year=year)
        calendar = await working_calendar(tx, days[0], days[-1], schools={one.school_id for one in learners} or None)
        found: list[datetime] = []
        some = [day for day in days if calendar.closed(day) is None][: DAYS * 2]
        if not some:
            return []
        taken = [*await _lessons(tx, lesson, pupils, some, at.zone)]
        roads = await lesson_clashes.roads_from(tx, lesson.organization_id)
        classes = {(one.school_id, one.class_name) for one in learners}
        for day in some:
            played = calendar.plays(day)
            names = {name for _, name in classes}
            busy = [] if played is None else await lesson_clashes.school_hours(tx, lesson.group_id, names, played)
            own = [
                _taken(
                    datetime.combine(day, each.starts, at.zone),
                    datetime.combine(day, each.ends, at.zone),
                    roads.get(each.school_id, 0),
                )
                for each in busy
                if (each.school_id, each.class_name) in classes
            ]
            starts = next(
                (one for one in _hours(lesson, day, at.zone) if one > at.now and _free(one, lesson, [*taken, *own])), None
            )
            if starts is not None:
                found.append(starts)
            if len(found) == DAYS:
                break
    return found


async def _lessons(tx: Tx, lesson: Stood, pupils: Collection[int], days: list[date], zone: ZoneInfo) -> Iterator[Taken]:
    """What the pupils, the teacher and the room have in these days."""
    since, until = midnight(days[0], zone), midnight(days[-1] + timedelta(days=1), zone)
    roads = await lesson_clashes.roads_from(tx, lesson.organization_id)
    groups = await enrollment.groups_of_pupils(tx, pupils)
    theirs = {group for some in groups.values() for group in some} | {lesson.group_id}
    learnt = [one for one in await timetable.lessons_of_groups(tx, theirs, since, until) if one.cancelled_at is None]
    taught = await rooms.lessons_by(tx, [lesson.giver_id], since, until)
    here = [
        one for one in await rooms.lessons_at(tx, lesson.organization_id, since, until) if same_place(one.where, lesson.where)
    ]
    found = [_taken(one.starts_at, one.ends_at, roads.get(one.organization_id, 0)) for one in learnt if one.id != lesson.id]
    return iter(found + [Taken(one.starts_at, one.ends_at) for one in (*taught, *here) if one.id != lesson.id])


def _taken(starts: datetime, ends: datetime, road: int) -> Taken:
    way = timedelta(minutes=road)
    return Taken(starts - way, ends + way)


def _hours(lesson: Stood, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The lesson's own hour first, then ever farther from it."""
    usual = datetime.combine(day, lesson.starts_at.astimezone(zone).time(), zone)
    length = lesson.ends_at - lesson.starts_at
    first, last = datetime.combine(day, EARLIEST, zone), datetime.combine(day, LATEST, zone) - length
    yield usual
    for steps in range(1, 2 * 24):
        for way in (1, -1):
            at = usual + way * steps * STEP
            if first <= at <= last:
                yield at


def _free(starts: datetime, lesson: Stood, taken: Iterable[Taken]) -> bool:
    ends = starts + (lesson.ends_at - lesson.starts_at)
    return not any(one.starts < ends and starts < one.ends for one in taken)


async def free_rooms(tx: Tx, lessons: Collection[Stood]) -> list[Place]:
    """The rooms in which nothing else is held at the hours of these lessons, but for the one they have; none where they are of
    several organizations.
    """
    if len({one.organization_id for one in lessons}) != 1:
        return []
    ids, organization = {one.id for one in lessons}, next(iter(lessons)).organization_id
    since, until = min(one.starts_at for one in lessons), max(one.ends_at for one in lessons)
    held = [
        other
        for other in await rooms.lessons_at(tx, organization, since, until)
        if other.id not in ids and any(meet(other, one) for one in lessons)
    ]
    return [
        room
        for room in await rooms.rooms_of(tx, organization)
        if not any(same_place(room.name, one.where) for one in held)
        and not all(same_place(room.name, one.where) for one in lessons)
    ]


async def place_preview(db: Database, lesson_id: int, place: str, *, by: Person, at: Moment) -> Preview:
    """Another place before it is taken: who hears, and what else is held there. Refusal (lesson-same-place): it is there."""
    seen = await preview(db, lesson_id, "lesson.move", by=by, at=at)
    lesson = seen.lesson
    if lesson.where == place:
        raise Refusal("lesson-same-place")
    async with db.read() as tx:
        pupils = (await enrollment.pupils_of_groups(tx, [lesson.group_id])).get(lesson.group_id, [])
        return replace(seen, clashes=await of_room(tx, lesson, lesson.held_at(place), len(pupils)))


async def room_named(db: Database, lesson_id: int, room: int) -> str:
    """What a room of the lesson's organization is called; Refusal where it is none of its rooms any more."""
    names = await _rooms(db, lesson_id)
    if room not in names:
        raise Refusal("gone")
    return names[room]


async def place_meant(db: Database, lesson_id: int, seen: str, typed: str | None) -> str:
    """The place whose stamp a button carries: what was typed, a room's name, or where the lesson was moved to last (a second
    press, the talk being over). Refusal (lesson-changed-since): another one was typed since, for another page.
    """
    async with db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
    last = changes[-1].now.place if changes and changes[-1].kind == "room" else None
    for one in (typed, *(await _rooms(db, lesson_id)).values(), last):
        if one and stamp(one) == seen:
            return one
    raise Refusal("lesson-changed-since")


async def _rooms(db: Database, lesson_id: int) -> dict[int, str]:
    """The rooms of the lesson's organization, by number."""
    async with db.read() as tx:
        lesson = await timetable.lesson(tx, lesson_id)
        found = [] if lesson is None else await rooms.rooms_of(tx, lesson.organization_id)
    return {room.id: room.name for room in found}


@dataclass(frozen=True)
class StandIn:
    """Who could give some lessons: at how many of them they have another, and the organization where it is not the lessons'."""

    id: int
    name: str
    busy: int
    of: str = ""


async def free_teachers(tx: Tx, lessons: Collection[Stood]) -> list[StandIn]:
    """All teachers but for who gives these lessons: those of the lessons' organizations first, each time the freest."""
    found = await rooms.teachers(tx)
    own = {one.organization_id for one in lessons}
    since, until = min(one.starts_at for one in lessons), max(one.ends_at for one in lessons)
    ids = {one.id for one in lessons}
    taught: dict[int, list[Stood]] = defaultdict(list)
    for one in await rooms.lessons_by(tx, [teacher.id for teacher in found], since, until):
        if one.id not in ids:
            taught[one.giver_id].append(one)
    gives = {one.giver_id for one in lessons}
    counted = []
    for teacher in found:
        if gives == {teacher.id}:
            continue
        busy = sum(any(meet(other, one) for other in taught[teacher.id]) for one in lessons)
        of = "" if teacher.organization_id in own else short_name(teacher.organization)
        counted.append(StandIn(teacher.id, teacher.name, busy, of))
    return sorted(counted, key=lambda one: (bool(one.of), one.busy))
