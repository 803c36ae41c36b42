"""Where a lesson could be instead: the nearest days and hours at which its pupils, its teacher and its room are free, and free rooms."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.paging import Page, page_of
from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.timetable.around import around_of
from bot.services.timetable.overlaps import meet, same_place
from bot.services.timetable.preview import Preview, of_room, preview
from bot.services.timetable.typed_days import Period
from bot.voice import short_name
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.resources import bookings
from storage.timetable import changes as lesson_changes
from storage.timetable import rooms, timetable
from storage.timetable.rooms import Elsewhere, Place
from storage.timetable.timetable import Stood

DAYS = 6  # suggested
LONGEST_BREAK = 21  # days looked through for them: the winter holidays and what stands around them
EARLIEST, LATEST = time(8), time(20)  # between which a lesson is suggested
STEP = timedelta(minutes=30)


async def free_hours(db: Database, lesson: Stood, first: date, *, at: Moment, but: date | None = None) -> list[datetime]:
    """On each of the nearest days from a day on, the hour nearest to the lesson's own at which nothing stands against it. A day
    without any is left out, and so are days off and `but`.
    """
    last = first + timedelta(days=DAYS + LONGEST_BREAK - 1)
    async with db.read() as tx:
        around = await around_of(tx, lesson, Period(first, last), at.zone)
    open_ = [day for day in around.days.dates if day != but and around.calendar.closed(day) is None][: DAYS * 2]
    found: list[datetime] = []
    for day in open_:
        hours = (one for one in _hours(lesson, day, at.zone) if one > at.now)
        starts = next((one for one in hours if around.free(one, one + (lesson.ends_at - lesson.starts_at))), None)
        if starts is not None:
            found.append(starts)
        if len(found) == DAYS:
            break
    return found


def _hours(lesson: Stood, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The lesson's own hour first, then ever farther from it."""
    usual = datetime.combine(day, lesson.starts_at.astimezone(zone).time(), zone)
    yield usual
    yield from farther(usual, lesson.ends_at - lesson.starts_at)


def farther(usual: datetime, length: timedelta) -> Iterator[datetime]:
    """Ever farther from an hour (of the network's zone), as long as so long a lesson fits between EARLIEST and LATEST."""
    first, last = (datetime.combine(usual.date(), hour, usual.tzinfo) for hour in (EARLIEST, LATEST))
    for steps in range(1, 2 * 24):
        for way in (1, -1):
            at = usual + way * steps * STEP
            if first <= at <= last - length:
                yield at


async def free_rooms(tx: Tx, lessons: Collection[Stood]) -> list[Place]:
    """The rooms in which nothing else is held at the hours of these lessons, and that nobody has booked, but for the one they
    have; none where they are of several organizations.
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
    kept = [
        one
        for one in await bookings.rooms_at(tx, organization, since, until)
        if any(meet(one, lesson) and bookings.keeps_from(one, lesson.giver_id) for lesson in lessons)
    ]
    return [
        room
        for room in await rooms.rooms_of(tx, organization)
        if not any(same_place(room.name, one.where) for one in held)
        and not any(one.ref.room == room.id for one in kept)
        and not all(same_place(room.name, one.where) for one in lessons)
    ]


async def place_preview(db: Database, lesson_id: int, place: str, *, by: Person, at: Moment) -> Preview:
    """Another place before it is taken: who hears, and what else is held there. Refusal (lesson-same-place): it is there."""
    seen = await preview(db, lesson_id, "lesson.move", by=by, at=at)
    lesson = seen.lesson
    if lesson.where == place:
        raise Refusal("lesson-same-place")
    async with db.read() as tx:
        pupils = await enrollment.pupils_of(tx, lesson.group_id)
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


async def free_teachers(tx: Tx, lessons: Collection[Stood], page: int, size: int) -> Page[StandIn]:
    """All teachers but for who gives these lessons: those of the lessons' organizations first, each time the freest, then by name.

    A region has thousands, most of them of other organizations and free: of those only the page's are asked for.
    """
    busy = await _busy(tx, lessons)
    own, gives = {one.organization_id for one in lessons}, {one.giver_id for one in lessons}
    gives = gives if len(gives) == 1 else set()
    elsewhere = Elsewhere(own, gives, busy.keys())
    near = sorted(await rooms.teachers_of(tx, own, but=gives), key=lambda one: busy[one.id])
    free, far = await rooms.count_free(tx, elsewhere), sorted(await rooms.busy(tx, elsewhere), key=lambda one: busy[one.id])
    here = page_of(range(len(near) + free + len(far)), page, size)
    after_near = here.first - len(near)  # where the page begins among the free ones, and then among the busy ones
    after_free = after_near - free
    some = [
        *near[here.first : here.first + size],
        *await rooms.free(tx, elsewhere, max(0, after_near), min(size, after_near + size)),
        *far[max(0, after_free) : max(0, after_free + size)],
    ][:size]
    told = [
        StandIn(one.id, one.name, busy[one.id], "" if one.organization_id in own else short_name(one.organization))
        for one in some
    ]
    return Page(told, here.first, here.number, here.of)


async def _busy(tx: Tx, lessons: Collection[Stood]) -> Counter[int]:
    """Who has another lesson at the hours of how many of these."""
    ids = {one.id for one in lessons}
    since, until = min(one.starts_at for one in lessons), max(one.ends_at for one in lessons)
    given = [one for one in await rooms.given_between(tx, since, until) if one.id not in ids]
    at_one_time: dict[tuple[datetime, datetime], list[Stood]] = defaultdict(list)
    for lesson in lessons:
        at_one_time[lesson.starts_at, lesson.ends_at].append(lesson)
    begins, longest = [one.starts_at for one in given], max((one.ends_at - one.starts_at for one in given), default=timedelta())
    found = Counter[int]()
    for (starts, ends), those in at_one_time.items():
        near = given[bisect_right(begins, starts - longest) : bisect_left(begins, ends)]
        for teacher in {other.giver_id for other in near if meet(other, those[0])}:
            found[teacher] += len(those)
    return found
