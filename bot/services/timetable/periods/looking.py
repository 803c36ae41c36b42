"""Before the lessons of some days are changed: which they are, who will hear and when, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.timetable.overlaps import meet, same_place
from bot.services.timetable.periods.deciding import changing, resolved
from bot.services.timetable.periods.meant import Deed, Wanted, Whose, lessons_meant, seen
from bot.services.timetable.preview import Clash, clashes_of, known_to, of_room
from bot.services.timetable.telling import evening, near_pupils
from bot.services.timetable.typed_days import Period
from bot.voice import Fact, short_name
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import calls
from storage.timetable import rooms
from storage.timetable.clashes import roads_from
from storage.timetable.timetable import Standing, Stood

To = tuple[Stood, Standing]


@dataclass(frozen=True)
class Look:
    """A change of several lessons before it is made."""

    lessons: list[Stood]
    to_be: list[To]
    deed: Deed
    at_once: int  # children whose family hears at once
    later: int  # … in the evening
    tell_at: datetime
    unreached: int  # children whose family cannot be told by the bot
    clashes: list[tuple[Stood, Clash]] = field(default_factory=list)
    teacher: str = ""  # who is to give them

    @property
    def stamp(self) -> str:
        return seen(self.lessons)


async def lessons_of_days(db: Database, whose: Whose, days: Period, *, by: Person, at: Moment) -> list[Stood]:
    """What would be changed; Refusal (period-empty) where there is nothing."""
    async with db.read() as tx:
        found = await lessons_meant(tx, whose, days, by=by, at=at)
    if not found:
        raise Refusal("period-empty", first=days.first, last=days.last)
    return found


async def look_at(db: Database, wanted: Wanted, *, by: Person, at: Moment) -> Look:
    """What the change would do; refused like the change itself."""
    async with db.read() as tx:
        lessons = await lessons_meant(tx, wanted.whose, wanted.period, by=by, at=at)
        if not lessons:
            raise Refusal("period-empty", first=wanted.period.first, last=wanted.period.last)
        deed = await resolved(tx, wanted.deed, lessons)
        to_be = changing(lessons, deed, at)
        if not to_be:
            raise Refusal("period-nothing")
        learning = await enrollment.pupils_of_groups(tx, {lesson.group_id for lesson, _ in to_be})
        pupils = {pupil for some in learning.values() for pupil in some}
        silent = await calls.unreached(tx, pupils)
        near = near_pupils([(one.group_id, one.starts_at, stands.starts_at) for one, stands in to_be], learning, at) - silent
        teacher = await _named(tx, deed.number, lessons) if deed.verb == "give" else ""
        clashes = await _clashes(tx, to_be, deed, (learning, by), at.zone)
    later = pupils - silent - near
    tell_at = evening(at)
    now = tell_at == at.now
    return Look(
        lessons,
        to_be,
        deed,
        len(near | later) if now else len(near),
        0 if now else len(later),
        tell_at,
        len(silent),
        clashes,
        teacher,
    )


async def _named(tx: Tx, teacher: int, lessons: Sequence[Stood]) -> str:
    """Who is to give them; of another organization, with its name."""
    one = await rooms.teacher(tx, teacher)
    if one is None:
        raise Refusal("gone")
    own = {lesson.organization_id for lesson in lessons}
    return one.name if one.organization_id in own else f"{one.name} ({short_name(one.organization)})"


async def _clashes(
    tx: Tx, to_be: Sequence[To], deed: Deed, circle: tuple[dict[int, list[int]], Person], zone: ZoneInfo
) -> list[tuple[Stood, Clash]]:
    """What stands against each lesson. Those that are changed together are looked at where they will be."""
    learning, by = circle
    if deed.verb == "cancel":
        return []
    roads = await _roads(tx, to_be)
    if deed.verb == "give":
        return await _teachers(tx, to_be, deed.number, roads)
    moves = deed.verb in ("days", "hour")
    found = list(_among(to_be, learning, roads if moves else {}))
    together = {one.id for one, _ in to_be}
    for lesson, stands in to_be:
        pupils = learning.get(lesson.group_id, [])
        if deed.verb in ("room", "place"):
            against = await of_room(tx, lesson, stands, len(pupils), but=together)
        else:
            hours = (stands.starts_at, stands.ends_at)
            against = await clashes_of(tx, lesson, await known_to(tx, lesson, pupils, by), hours, zone=zone, but=together)
        found += [(lesson, one) for one in against]
    return found


Roads = dict[tuple[int, int], int]  # minutes between two organizations


async def _roads(tx: Tx, to_be: Sequence[To]) -> Roads:
    """From the places of these lessons to all others."""
    places = sorted({lesson.organization_id for lesson, _ in to_be})
    return {(here, there): minutes for here in places for there, minutes in (await roads_from(tx, here)).items()}


async def _teachers(tx: Tx, to_be: Sequence[To], teacher: int, roads: Roads) -> list[tuple[Stood, Clash]]:
    """What the one who is to give them has at those hours, or too far away to come from."""
    way = timedelta(minutes=max(roads.values(), default=0))
    since, until = min(stands.starts_at for _, stands in to_be) - way, max(stands.ends_at for _, stands in to_be) + way
    ids = {lesson.id for lesson, _ in to_be}
    theirs = [(other, other.standing) for other in await rooms.lessons_by(tx, [teacher], since, until) if other.id not in ids]
    found = []
    for lesson, stands in to_be:
        for other, then in theirs:
            road = _road(lesson, other, roads)
            if meet(then, stands):
                found.append((lesson, Clash("clash-teacher", _facts_of(other, then))))
            elif _gap(stands, then) < road:
                found.append((lesson, Clash("clash-teacher-road", {**_facts_of(other, then), "minutes": road})))
    return found + list(_among(to_be, {}, roads))


def _among(to_be: Sequence[To], learning: dict[int, list[int]], roads: Roads) -> Iterator[tuple[Stood, Clash]]:
    """Those that cannot both be where they will be: one teacher, one room, one child, or no time for the road between them."""
    for n, (one, now) in enumerate(to_be):
        for other, then in to_be[n + 1 :]:
            facts, road = _facts_of(other, then), _road(one, other, roads)
            far = not meet(now, then)
            if far and _gap(now, then) >= road:
                continue
            if (now.teacher_id or one.own_teacher_id) == (then.teacher_id or other.own_teacher_id):
                yield one, Clash("clash-teacher-road", {**facts, "minutes": road}) if far else Clash("clash-teacher", facts)
            elif (
                not far
                and one.organization_id == other.organization_id
                and same_place(now.place or one.group_place, then.place or other.group_place)
            ):
                yield one, Clash("clash-room", facts)
            elif set(learning.get(one.group_id, ())) & set(learning.get(other.group_id, ())):
                yield one, Clash("clash-course-road", {**facts, "minutes": road}) if far else Clash("clash-course", facts)


def _facts_of(other: Stood, then: Standing) -> dict[str, Fact]:
    return {"course": other.course, "starts": then.starts_at, "ends": then.ends_at}


def _road(one: Stood, other: Stood, roads: Roads) -> int:
    """Minutes between the places of two lessons; 0: nobody has said, or it is one place."""
    return 0 if one.organization_id == other.organization_id else roads.get((one.organization_id, other.organization_id), 0)


def _gap(one: Standing, other: Standing) -> int:
    """Whole minutes between two that do not meet."""
    apart = one.starts_at - other.ends_at if other.ends_at <= one.starts_at else other.starts_at - one.ends_at
    return apart // timedelta(minutes=1)
