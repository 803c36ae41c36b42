"""Families are reminded of lessons as they chose: the evening before, two hours or one hour ahead; late, while it still helps.

A reminder is due at a moment and helps until the lesson begins. What a downtime kept from being written, or quiet hours from
being said, comes as soon as it can between the two, once, or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment, midnight
from bot.notices.timetable import LessonSoon, LessonsTomorrow
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.timetable.telling import EVENING, place_of
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.parts import parts
from storage.people import people
from storage.timetable import absences, reminders, timetable
from storage.timetable import changes as lesson_changes
from storage.timetable.timetable import Stood

CHOICES = ("evening", "h2", "h1", "off")
USUAL = "evening"
AHEAD = {"h2": timedelta(hours=2), "h1": timedelta(hours=1)}
BATCH = 200  # reminders posted in one transaction


def due_at(starts_at: datetime, choice: str, zone: ZoneInfo) -> datetime | None:
    """When a lesson is reminded of; None: never. The evening before is that of the network's clocks, hours are hours that pass."""
    if choice in AHEAD:
        return starts_at - AHEAD[choice]
    if choice == "off":
        return None
    eve = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(eve, EVENING, zone).astimezone(starts_at.tzinfo)


async def choose_reminder(db: Database, pupil_id: int, choice: str, *, by: Person) -> None:
    """Somebody chooses when they are reminded of a child's lessons. Again changes nothing. Refusals: gone, not-yours."""
    require(by, "reminder.choose", Thing(pupil_id=pupil_id))
    if choice not in CHOICES:
        raise Refusal("gone")
    async with db.write() as tx:
        await reminders.keep(tx, by.known, pupil_id, choice)


async def remind_of_lessons(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Write the reminders that are due and not yet written. Any number of times."""
    async with db.read() as tx:
        letters = await _letters(tx, Moment(now, zone))
    batches: dict[datetime, list[Addressed]] = defaultdict(list)
    for begins, letter in letters:
        batches[begins].append(letter)
    for begins, batch in batches.items():
        for some in parts(batch, BATCH):
            async with db.write() as tx:  # each by itself: whoever presses a button meanwhile need not wait for all
                await post_all(tx, some, now=now, expires_at=begins)


@dataclass(frozen=True)
class _Asked:
    """The lessons ahead that may have to be reminded of, and whom they concern."""

    at: Moment
    lessons: Sequence[Stood]
    of_pupil: Mapping[int, Sequence[Stood]]  # those the child is expected at
    families: Mapping[int, Sequence[int]]
    names: Mapping[int, str]
    chosen: Mapping[tuple[int, int], str]  # (person, pupil)

    def wanted(self) -> Iterator[tuple[int, int, str]]:
        """(person, pupil, choice) of everybody who has lessons ahead."""
        for pupil in self.of_pupil:
            for person in self.families.get(pupil, ()):
                yield person, pupil, self.chosen.get((person, pupil), USUAL)

    def due(self, lessons: Iterable[Stood], choice: str) -> list[Stood]:
        moments = ((one, due_at(one.starts_at, choice, self.at.zone)) for one in lessons)
        return [one for one, due in moments if due is not None and due <= self.at.now]


async def _letters(tx: Tx, at: Moment) -> list[tuple[datetime, Addressed]]:
    """With the moment from which on each would not help any more."""
    asked = await _asked(tx, at)
    if not asked.of_pupil:
        return []
    return [*await _evenings(tx, asked), *await _hours(tx, asked)]


async def _asked(tx: Tx, at: Moment) -> _Asked:
    """Of today, and from the evening on of tomorrow; two hours ahead may lie beyond midnight at any time."""
    last = at.today + timedelta(days=2 if at.here.time() >= EVENING else 1)
    until = max(midnight(last, at.zone), at.now + max(AHEAD.values()))
    ahead = [one for one in await timetable.lessons_between(tx, at.now, until) if not one.cancelled_at and one.starts_at > at.now]
    learning = await enrollment.pupils_of_groups(tx, {one.group_id for one in ahead})
    missing = await absences.absent(tx, ahead, at.zone)
    of_pupil: dict[int, list[Stood]] = defaultdict(list)
    for one in ahead:
        for pupil in learning.get(one.group_id, []):
            if pupil not in missing.get(one.id, ()):
                of_pupil[pupil].append(one)
    families, names = await people.families_of(tx, of_pupil), await people.first_names(tx, of_pupil)
    return _Asked(at, ahead, of_pupil, families, names, await reminders.chosen(tx, of_pupil))


async def _evenings(tx: Tx, asked: _Asked) -> list[tuple[datetime, Addressed]]:
    """One letter a child and day: what is still ahead of it. Late, only where the family was not told of each lesson since."""
    at = asked.at
    days = {one.starts_at.astimezone(at.zone).date() for one in asked.lessons}
    done = {day: await lesson_changes.reminded(tx, topic_of(day)) for day in days}
    fresh = await _changed_since_due(tx, asked)
    found = []
    for person, pupil, choice in asked.wanted():
        if choice != USUAL:
            continue
        for day, theirs in _by_day(asked.due(asked.of_pupil[pupil], choice), at.zone).items():
            told = day == at.today and all(one.id in fresh for one in theirs)
            if (person, pupil) not in done[day] and not told:
                notice = _tomorrow(asked.names[pupil], day, theirs)
                found.append((theirs[0].starts_at, Addressed(person, notice, pupil)))
    return found


async def _changed_since_due(tx: Tx, asked: _Asked) -> set[int]:
    """Today's lessons that were changed, and told of by themselves, after the evening in which they were to be reminded of."""
    due = datetime.combine(asked.at.today - timedelta(days=1), EVENING, asked.at.zone)
    return await reminders.changed_after(tx, {one.id for one in asked.lessons}, due)


def _by_day(lessons: Iterable[Stood], zone: ZoneInfo) -> dict[date, list[Stood]]:
    days: dict[date, list[Stood]] = defaultdict(list)
    for one in lessons:
        days[one.starts_at.astimezone(zone).date()].append(one)
    return days


async def _hours(tx: Tx, asked: _Asked) -> list[tuple[datetime, Addressed]]:
    """One letter a lesson."""
    wanted = [
        (person, pupil, one, choice)
        for person, pupil, choice in asked.wanted()
        if choice in AHEAD
        for one in asked.due(asked.of_pupil[pupil], choice)
    ]
    notices = {(pupil, one.id): _soon(asked.names[pupil], one, asked.at.zone) for _, pupil, one, _ in wanted}
    done = await reminders.reminded_of_each(tx, {notice.topic for notice in notices.values()})
    return [
        (one.starts_at, Addressed(person, notices[pupil, one.id], pupil))
        for person, pupil, one, _ in wanted
        if (notices[pupil, one.id].topic, person, pupil) not in done
    ]


def topic_of(day: date) -> str:
    """Of the letter that reminds of a day's lessons."""
    return f"lessons:{day}"


def _soon(child: str, one: Stood, zone: ZoneInfo) -> LessonSoon:
    day = one.starts_at.astimezone(zone).date()
    return LessonSoon(lesson=one.id, child=child, subject=one.course, at=one.starts_at, place=place_of(one), day=day)


def _tomorrow(child: str, day: date, lessons: Sequence[Stood]) -> LessonsTomorrow:
    return LessonsTomorrow(
        child=child,
        day=day,
        starts=[lesson.starts_at for lesson in lessons],
        subjects=[lesson.course for lesson in lessons],
        places=[place_of(lesson) for lesson in lessons],
    )


async def overtake(tx: Tx, lessons: Collection[Stood], pupils: Collection[int], zone: ZoneInfo) -> None:
    """What reminds these children of these lessons and was not said yet is never said: it is written anew as it stands then."""
    await reminders.overtake(
        tx,
        {topic_of(one.starts_at.astimezone(zone).date()) for one in lessons}
        | {LessonSoon.of(one.id, one.starts_at) for one in lessons},
        pupils,
    )
