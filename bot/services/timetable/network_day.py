"""The network's day: its lessons by partner, what has changed, who has not read it, who will not come; and who is told of it when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment, midnight
from bot.notices.morning import LessonsToGive
from bot.post.posting import Addressed, post_all
from bot.services.timetable.answers import answers
from bot.services.timetable.reminding import due_at
from bot.services.timetable.telling import place_of
from bot.voice import short_name
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.timetable import absences, reminders, timetable
from storage.timetable import changes as lesson_changes
from storage.timetable.timetable import Stood


@dataclass(frozen=True)
class DayLesson:
    """A lesson of the day with what a school's coordinator may have to do about it; pupils are of her schools alone."""

    lesson: Stood
    absent: frozenset[int]  # announced not to come
    unread: frozenset[int]  # their families have not said that they know of the change

    @property
    def changed(self) -> bool:
        return not self.lesson.as_planned


async def network_day(tx: Tx, day: date, schools: Collection[int], zone: ZoneInfo) -> list[DayLesson]:
    """The lessons at which pupils of these schools learn, by partner, in order."""
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    learning = await absences.of_schools(tx, schools)
    theirs = await timetable.lessons_of_groups(tx, learning, begins, ends)
    missing, answered = await absences.absent(tx, theirs, zone), await answers(tx, theirs)

    own = {pupil for some in learning.values() for pupil in some}

    def of(one: Stood) -> DayLesson:
        unread = frozenset(answered[one.id].missing) if one.id in answered else frozenset()
        absent = frozenset() if one.cancelled_at is not None else missing.get(one.id, frozenset())
        return DayLesson(one, absent & own, unread & own)

    return sorted((of(one) for one in theirs), key=lambda one: (short_name(one.lesson.organization), one.lesson.starts_at))


# ── the evening before, to who gives the lessons ────────────────────────────────────────────────────────────────────


async def remind_teachers(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """From 18:00 on, once a teacher and day: the lessons of tomorrow. Late, while they are ahead."""
    async with db.read() as tx:
        letters = await _evenings(tx, Moment(now, zone))
    for begins, letter in letters:
        async with db.write() as tx:
            await post_all(tx, [letter], now=now, expires_at=begins)


async def _evenings(tx: Tx, at: Moment) -> list[tuple[datetime, Addressed]]:
    until = midnight(at.today + timedelta(days=2), at.zone)
    ahead = [one for one in await timetable.lessons_between(tx, at.now, until) if not one.cancelled_at and _is_due(one, at)]
    learning = await enrollment.pupils_of_groups(tx, {one.group_id for one in ahead})
    ahead = [one for one in ahead if one.group_id in learning]  # to a group without pupils nobody need come
    if not ahead:
        return []
    persons = await reminders.persons_of_staff(tx, {one.giver_id for one in ahead})
    missing = await absences.absent(tx, ahead, at.zone)
    piles: dict[tuple[int, date], list[Stood]] = defaultdict(list)
    for one in ahead:
        person = persons.get(one.giver_id)
        if person is not None:
            piles[person, one.starts_at.astimezone(at.zone).date()].append(one)
    done = {day: await lesson_changes.reminded(tx, f"teaching:{day}") for _, day in piles}
    return [
        (some[0].starts_at, Addressed(person, _to_give(day, some, missing), role="teacher"))
        for (person, day), some in piles.items()
        if (person, None) not in done[day]
    ]


def _is_due(one: Stood, at: Moment) -> bool:
    due = due_at(one.starts_at, "evening", at.zone)
    return one.starts_at > at.now and due is not None and due <= at.now


def _to_give(day: date, some: Iterable[Stood], missing: Mapping[int, Collection[int]]) -> LessonsToGive:
    lessons = list(some)
    return LessonsToGive(
        day=day,
        starts=[one.starts_at for one in lessons],
        courses=[one.course for one in lessons],
        groups=[one.group for one in lessons],
        places=[place_of(one) for one in lessons],
        missing=[len(missing.get(one.id, ())) for one in lessons],
    )
