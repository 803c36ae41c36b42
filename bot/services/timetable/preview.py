"""Before a lesson is changed: who will hear of it, and what else its pupils and its teacher have at that hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.timetable.lessons import check_time, hours_of, reader_of, require_lesson
from bot.services.timetable.moments import Span
from bot.services.timetable.overlaps import same_place
from bot.services.timetable.telling import evening
from bot.services.workdays import WorkingCalendar, working_calendar
from bot.voice import Fact
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import calls
from storage.resources import bookings
from storage.timetable import changes as lesson_changes
from storage.timetable import clashes as lesson_clashes
from storage.timetable import rooms, timetable
from storage.timetable.timetable import Learner, Standing, Stood

Cause = tuple[str, tuple[tuple[str, Fact], ...]]


@dataclass(frozen=True)
class Clash:
    """What stands against the new hour: a key of the locales, its facts, and the pupils it concerns."""

    key: str
    facts: dict[str, Fact]
    who: tuple[str, ...] = ()  # none: it concerns the lesson as a whole; an empty name: «ученик другой школы»


@dataclass(frozen=True)
class Preview:
    """A change before it is made."""

    lesson: Stood
    families: int  # children whose family will hear
    unreached: int  # children whose family cannot be told by the bot
    tell_at: datetime | None  # in the evening; None: at once
    clashes: list[Clash] = field(default_factory=list)


async def preview(
    db: Database, lesson_id: int, action: str, *, by: Person, at: Moment, to: datetime | Span | None = None
) -> Preview:
    """What a change of a lesson would do; refused like the change itself. `to`: the new hours, when it moves.

    A cancelled lesson that would be held again is looked at in its own hours.
    """
    async with db.read() as tx:
        lesson = await timetable.lesson(tx, lesson_id)
        if lesson is None:
            raise Refusal("lesson-gone")
        require_lesson(by, action, lesson)
        if lesson.starts_at <= at.now:
            raise Refusal("lesson-in-the-past", subject=lesson.course)
        hours = hours_of(lesson, lesson.starts_at if to is None else to)
        if to is not None:
            if hours == (lesson.starts_at, lesson.ends_at) and lesson.cancelled_at is None:
                raise Refusal("lesson-same-time")
            check_time(hours[0], at.now)
        pupils = await enrollment.pupils_of(tx, lesson.group_id)
        silent = await calls.unreached(tx, pupils)
        again = to is not None or lesson.cancelled_at is not None
        clashes = await clashes_of(tx, lesson, await known_to(tx, lesson, pupils, by), hours, zone=at.zone) if again else []
    days = {each.astimezone(at.zone).date() for each in (lesson.starts_at, hours[0])}
    later = evening(at)
    near = later == at.now or bool(days & {at.today, at.today + timedelta(days=1)})
    return Preview(lesson, len(set(pupils) - silent), len(silent), None if near else later, clashes)


async def against_undoing(db: Database, change_id: int, *, by: Person, at: Moment) -> list[Clash]:
    """What stands against a lesson that is put back as it was before a change; nothing where it cannot be."""
    async with db.read() as tx:
        change = await lesson_changes.change(tx, change_id)
        lesson = None if change is None else await timetable.lesson(tx, change.lesson_id)
        if change is None or lesson is None or lesson.standing != change.now:
            return []
        was = change.was
        if was.cancelled or was.starts_at <= at.now or (was.starts_at == lesson.starts_at and lesson.cancelled_at is None):
            return []
        require_lesson(by, "lesson.move", lesson)
        pupils = await enrollment.pupils_of(tx, lesson.group_id)
        return await clashes_of(tx, lesson, await known_to(tx, lesson, pupils, by), (was.starts_at, was.ends_at), zone=at.zone)


async def known_to(tx: Tx, lesson: Stood, pupils: Sequence[int], by: Person) -> list[Learner]:
    """The pupils by name, as this person may read it."""
    learners = await timetable.learners(
        tx, pupils, lesson.organization_id, reader_of(by, lesson), year=timetable.year_of_group(lesson.group_id)
    )
    return [replace(one, full_name=one.full_name or ("" if one.foreign else "…")) for one in learners]


async def unreached_of(tx: Tx, lessons: Collection[int]) -> int:
    """Of how many of these lessons' pupils the bot cannot tell the family."""
    groups = {lesson.group_id for lesson in (await timetable.lessons(tx, lessons)).values()}
    pupils = {pupil for some in (await enrollment.pupils_of_groups(tx, groups)).values() for pupil in some}
    return len(await calls.unreached(tx, pupils))


async def clashes_of(
    tx: Tx,
    lesson: Stood,
    learners: Sequence[Learner],
    new: tuple[datetime, datetime],
    *,
    zone: ZoneInfo,
    but: Collection[int] = (),
) -> list[Clash]:
    """What the pupils (school, other courses, the road between), the teacher and the room have at the new hours. `but`: lessons
    that are changed together with it, and do not stay where they are.
    """
    but = {*but, lesson.id}
    starts, ends = (moment.astimezone(zone) for moment in new)
    hours = Hours(starts, ends, lesson.organization_id, await lesson_clashes.roads_from(tx, lesson.organization_id))
    theirs = {learner.school_id for learner in learners} or None
    calendar = await working_calendar(tx, starts.date(), starts.date(), schools=theirs)
    off = _day_off(calendar, starts.date())
    found = [*off, *await _of_teacher(tx, lesson, hours, but)]
    stands = replace(lesson.standing, starts_at=new[0], ends_at=new[1])
    found += await of_room(tx, lesson, stands, 0, but=but)
    causes: dict[Cause, list[str]] = defaultdict(list)
    if not off:
        await _school(tx, lesson.group_id, learners, hours, (causes, calendar))
    await _courses(tx, lesson, learners, hours, causes, but)
    return found + [Clash(key, dict(facts), tuple(names)) for (key, facts), names in causes.items()]


@dataclass(frozen=True)
class Hours:
    """The new hours of a lesson, in the network's zone, and the minutes from its place to the others."""

    starts: datetime
    ends: datetime
    where: int
    roads: dict[int, int]

    def meets(self, starts: datetime, ends: datetime, where: int) -> tuple[str, int] | None:
        """How other hours of that day stand against these: ("overlap", 0) or ("road", minutes), or None."""
        if starts < self.ends and self.starts < ends:
            return "overlap", 0
        gap = (self.starts - ends if ends <= self.starts else starts - self.ends) // timedelta(minutes=1)
        road = self.roads.get(where, 0)
        return ("road", road) if gap < road else None


def _day_off(calendar: WorkingCalendar, day: date) -> list[Clash]:
    off = calendar.closed(day)
    if off is None:
        return []
    return [Clash("clash-holidays" if off.kind == "holidays" else "clash-day-off", {"name": off.name or "none"})]


async def of_room(tx: Tx, lesson: Stood, stands: Standing, pupils: int, *, but: Collection[int] = ()) -> list[Clash]:
    """What else is held where a lesson will be, and whether so many pupils have room there. A place is the same if its words are."""
    where = stands.place or lesson.group_place
    if not where:
        return []
    found = [
        Clash("clash-room", {"course": other.course, "starts": other.starts_at, "ends": other.ends_at})
        for other in await rooms.lessons_at(tx, lesson.organization_id, stands.starts_at, stands.ends_at)
        if other.id != lesson.id and other.id not in but and same_place(other.where, where)
    ]
    found += [
        Clash("clash-booked", {"who": one.who, "starts": one.starts_at, "ends": one.ends_at})
        for one in await bookings.rooms_at(tx, lesson.organization_id, stands.starts_at, stands.ends_at)
        if same_place(one.name, where) and bookings.keeps_from(one, lesson.giver_id)
    ]
    for room in await rooms.rooms_of(tx, lesson.organization_id) if pupils else ():
        if room.seats is not None and room.seats < pupils and same_place(room.name, where):
            found.append(Clash("clash-room-small", {"seats": room.seats, "pupils": pupils}))
    return found


async def _of_teacher(tx: Tx, lesson: Stood, hours: Hours, but: Collection[int]) -> list[Clash]:
    teacher = lesson.giver_id
    theirs = await rooms.lessons_by(tx, [teacher], hours.starts, hours.ends)
    return [
        Clash("clash-teacher", {"course": other.course, "starts": other.starts_at, "ends": other.ends_at})
        for other in theirs
        if other.id not in but
    ]


async def _school(
    tx: Tx, group_id: int, learners: Sequence[Learner], hours: Hours, found: tuple[dict[Cause, list[str]], WorkingCalendar]
) -> None:
    causes, calendar = found
    played = calendar.plays(hours.starts.date())
    if played is None:
        return
    busy = await lesson_clashes.school_hours(tx, group_id, {learner.class_name for learner in learners}, played)
    for learner in learners:
        for school in busy:
            if (school.school_id, school.class_name) != (learner.school_id, learner.class_name):
                continue
            begins, ends = (datetime.combine(hours.starts.date(), at, hours.starts.tzinfo) for at in (school.starts, school.ends))
            met = hours.meets(begins, ends, learner.school_id)
            if met is not None:
                key = "clash-school" if met[0] == "overlap" else "clash-school-road"
                causes[key, _facts({"starts": begins, "ends": ends}, met)].append(learner.full_name)


async def _courses(
    tx: Tx, lesson: Stood, learners: Iterable[Learner], hours: Hours, causes: dict[Cause, list[str]], but: Collection[int]
) -> None:
    names = {learner.id: learner.full_name for learner in learners}
    groups = await enrollment.groups_of_pupils(tx, names)
    midnight = datetime.combine(hours.starts.date(), time(), hours.starts.tzinfo)
    others = {group for some in groups.values() for group in some} - {lesson.group_id}
    for other in await timetable.lessons_of_groups(tx, others, midnight, midnight + timedelta(days=1)):
        met = hours.meets(other.starts_at, other.ends_at, other.organization_id)
        if other.cancelled_at is not None or met is None or other.id in but:
            continue
        key = "clash-course" if met[0] == "overlap" else "clash-course-road"
        facts = _facts({"course": other.course, "starts": other.starts_at, "ends": other.ends_at}, met)
        causes[key, facts] += [name for pupil, name in names.items() if other.group_id in groups.get(pupil, [])]


def _facts(facts: dict[str, Fact], met: tuple[str, int]) -> tuple[tuple[str, Fact], ...]:
    return tuple((facts | ({"minutes": met[1]} if met[0] == "road" else {})).items())
