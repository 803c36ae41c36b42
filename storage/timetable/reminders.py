"""Questions of the reminders before lessons: who wants one when, and who has got one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from storage import unsaid
from storage.db import Tx
from storage.tables import LessonChange, LessonReminder, Letter, Staff
from storage.timetable import changes as lesson_changes
from storage.unsaid import EXPIRED, OVERTAKEN


async def keep(tx: Tx, person_id: int, pupil_id: int, ahead: str) -> None:
    """Somebody's choice for a child; the last one stands."""
    await tx.merge(LessonReminder(person_id=person_id, pupil_id=pupil_id, ahead=ahead))


async def chosen(tx: Tx, pupils: Collection[int]) -> dict[tuple[int, int], str]:
    """(person, pupil) → the choice, where one was made."""
    rows = await tx.execute(
        select(LessonReminder.person_id, LessonReminder.pupil_id, LessonReminder.ahead).where(LessonReminder.pupil_id.in_(pupils))
    )
    return {(row.person_id, row.pupil_id): row.ahead for row in rows}


async def changed_after(tx: Tx, lessons: Collection[int], moment: datetime) -> set[int]:
    """The lessons that were changed after a moment."""
    rows = select(LessonChange.lesson_id).where(LessonChange.lesson_id.in_(lessons), LessonChange.at > moment)
    return set(await tx.scalars(rows))


async def reminded_of_each(tx: Tx, topics: Collection[str]) -> set[tuple[str, int, int | None]]:
    """(topic, person, pupil) that have a letter, not counting one withdrawn because the lesson changed or never said in time."""
    if not topics:
        return set()
    rows = await tx.execute(
        select(Letter.topic, Letter.person_id, Letter.pupil_id).where(
            Letter.topic.in_(topics), or_(Letter.why.is_(None), Letter.why.not_in((OVERTAKEN, EXPIRED)))
        )
    )
    return {(row.topic, row.person_id, row.pupil_id) for row in rows}


async def overtake(tx: Tx, topics: Collection[str], pupils: Collection[int]) -> None:
    """Withdraw what reminds of it and was not taken by a worker yet."""
    await unsaid.overtake(tx, await lesson_changes.unsent_reminders(tx, topics, pupils))


async def told_on(tx: Tx, topic: str, since: datetime) -> set[int]:
    """The people to whom a letter of this topic was written since a moment."""
    return set(await tx.scalars(select(Letter.person_id).where(Letter.topic == topic, Letter.created_at >= since)))


async def persons_of_staff(tx: Tx, ids: Collection[int]) -> dict[int, int]:
    """By post the person behind it, where they have the bot."""
    rows = await tx.execute(
        select(Staff.id, Staff.person_id).where(Staff.id.in_(ids), Staff.person_id.is_not(None), Staff.archived_at.is_(None))
    )
    return {row.id: row.person_id for row in rows}
