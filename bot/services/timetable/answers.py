"""«Ознакомлен(а)»: who has seen a lesson's change, and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people.consent import Reader
from storage.timetable import absences, timetable
from storage.timetable import changes as lesson_changes
from storage.timetable.changes import Change
from storage.timetable.timetable import Learner, Stood


async def acknowledge(db: Database, change_id: int, pupil_id: int, *, by: Person, now: datetime) -> bool:
    """Keep that a family has seen a change of their child's lesson, and all others that the same message told. False: they had
    said so before.
    """
    require(by, "lesson.seen", Thing(pupil_id=pupil_id))
    async with db.read() as tx:
        seen = await _seen(tx, change_id, pupil_id, by)
    async with db.write() as tx:  # what was changed meanwhile is asked about anew: it is another change
        kept = [await lesson_changes.put_acknowledgement(tx, each, by.known, pupil_id, at=now) for each in seen]
        return any(kept)


async def _seen(tx: Tx, change_id: int, pupil_id: int, by: Person) -> list[int]:
    """The changes a family has seen with this one, those that nothing newer was told of."""
    change = await lesson_changes.change(tx, change_id)
    if change is None:
        raise Refusal("lesson-gone")
    said = await lesson_changes.told_with(tx, change, by.known, pupil_id)
    last = await lesson_changes.asked(tx, set(said.values()))
    if (change.lesson_id, pupil_id) not in last:
        raise Refusal("not-yours")
    stand = [each for each, lesson in said.items() if last.get((lesson, pupil_id), 0) <= each]
    if not stand:
        raise Refusal("lesson-change-stale")
    return stand


@dataclass(frozen=True)
class Answers:
    """Who of a group has to know of a lesson's change, and whose family has not said that they do."""

    pupils: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()

    @property
    def seen(self) -> int:
        return len(self.pupils) - len(self.missing)


async def answers(tx: Tx, lessons: Sequence[Stood]) -> dict[int, Answers]:
    """Of each lesson that was changed."""
    changes = await lesson_changes.changes_of(tx, [lesson.id for lesson in lessons])
    learning = await enrollment.pupils_of_groups(tx, {lesson.group_id for lesson in lessons if lesson.id in changes})
    return await _answers(tx, [lesson for lesson in lessons if lesson.id in changes], changes, learning)


@dataclass(frozen=True)
class Card:
    """What the staff's page of a lesson shows besides the lesson."""

    pupils: int
    last: Change | None  # the change that stands
    answers: Answers
    missing: tuple[Learner, ...]
    off: datetime | None = None  # of an extra lesson: when the cancelled one was to be
    away: tuple[Learner, ...] = ()  # of whom it has been said that they will not come


async def card(tx: Tx, lesson: Stood, reader: Reader, zone: ZoneInfo) -> Card:
    """With names as this reader may have them."""
    learning = await enrollment.pupils_of_groups(tx, [lesson.group_id])
    changes = await lesson_changes.changes_of(tx, [lesson.id])
    found = (await _answers(tx, [lesson], changes, learning))[lesson.id] if changes else Answers()
    year = timetable.year_of_group(lesson.group_id)
    missing = await timetable.learners(tx, found.missing, lesson.organization_id, reader, year=year) if found.missing else []
    last = changes[lesson.id][-1] if changes else None
    absent = (await absences.absent(tx, [lesson], zone)).get(lesson.id, frozenset())
    away = await timetable.learners(tx, absent, lesson.organization_id, reader, year=year) if absent else []
    off = (await timetable.lessons(tx, [lesson.makes_up_id])).get(lesson.makes_up_id) if lesson.makes_up_id else None
    off_at = None if off is None else off.starts_at
    return Card(len(learning.get(lesson.group_id, [])), last, found, tuple(missing), off_at, tuple(away))


async def _answers(
    tx: Tx, lessons: Sequence[Stood], changes: dict[int, list[Change]], learning: dict[int, list[int]]
) -> dict[int, Answers]:
    ids = [lesson.id for lesson in lessons]
    asked, seen = await lesson_changes.asked(tx, ids), await lesson_changes.acknowledged(tx, ids)
    return {
        lesson.id: _answers_of(lesson, changes[lesson.id], learning.get(lesson.group_id, []), asked, seen) for lesson in lessons
    }


def _answers_of(
    lesson: Stood,
    changes: Sequence[Change],
    pupils: Sequence[int],
    asked: dict[tuple[int, int], int],
    seen: dict[tuple[int, int], int],
) -> Answers:
    """One answer of the guardians or the pupil counts for the pupil.

    A family that was told must answer to what it was told last. One that could not be told knows the lesson as it was
    before its first change: it has to be called, unless the lesson stands like that again or the change is one of a new
    weekly timetable, which is told as a whole.
    """
    told_singly = not lesson.as_planned or changes[0].kind == "added" or any(lesson_id == lesson.id for lesson_id, _ in asked)
    to_be_called = told_singly and lesson.standing != changes[0].was
    concerned, missing = [], []
    for pupil in pupils:
        told = asked.get((lesson.id, pupil))
        if told is None and not to_be_called:
            continue
        concerned.append(pupil)
        if told is None or seen.get((lesson.id, pupil), 0) < told:
            missing.append(pupil)
    return Answers(tuple(concerned), tuple(missing))
