"""Before the lessons of some days are changed: which they are, who will hear and when, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.timetable.overlaps import meet
from bot.services.timetable.periods.deciding import changing, resolved
from bot.services.timetable.periods.meant import Deed, Wanted, Whose, lessons_meant, seen
from bot.services.timetable.preview import Clash, clashes_of, known_to, of_room, same_place
from bot.services.timetable.telling import evening, near_pupils
from bot.services.timetable.typed_days import Period
from bot.voice import Fact
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import calls
from storage.timetable import rooms
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
        teacher = dict(await rooms.teachers_of(tx, {one.organization_id for one in lessons})) if deed.verb == "give" else {}
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
        teacher.get(deed.number, ""),
    )


async def _clashes(
    tx: Tx, to_be: Sequence[To], deed: Deed, circle: tuple[dict[int, list[int]], Person], zone: ZoneInfo
) -> list[tuple[Stood, Clash]]:
    """What stands against each lesson. Those that are changed together are looked at where they will be."""
    learning, by = circle
    if deed.verb == "cancel":
        return []
    if deed.verb == "give":
        return await _teachers(tx, to_be, deed.number)
    found = list(_among(to_be, learning))
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


async def _teachers(tx: Tx, to_be: Sequence[To], teacher: int) -> list[tuple[Stood, Clash]]:
    """What the one who is to give them has at those hours."""
    since, until = min(stands.starts_at for _, stands in to_be), max(stands.ends_at for _, stands in to_be)
    theirs = await rooms.lessons_by(tx, [teacher], since, until)
    return [
        (lesson, Clash("clash-teacher", {"course": other.course, "starts": other.starts_at, "ends": other.ends_at}))
        for lesson, stands in to_be
        for other in theirs
        if other.id != lesson.id and meet(other, stands)
    ] + list(_among(to_be, {}))


def _among(to_be: Sequence[To], learning: dict[int, list[int]]) -> Iterator[tuple[Stood, Clash]]:
    """Those that cannot both be where they will be: one teacher, one room, one child."""
    for n, (one, now) in enumerate(to_be):
        for other, then in to_be[n + 1 :]:
            if not meet(now, then):
                continue
            facts: dict[str, Fact] = {"course": other.course, "starts": then.starts_at, "ends": then.ends_at}
            if (now.teacher_id or one.own_teacher_id) == (then.teacher_id or other.own_teacher_id):
                yield one, Clash("clash-teacher", facts)
            elif one.organization_id == other.organization_id and same_place(now.place, then.place):
                yield one, Clash("clash-room", facts)
            elif set(learning.get(one.group_id, ())) & set(learning.get(other.group_id, ())):
                yield one, Clash("clash-course", facts)
