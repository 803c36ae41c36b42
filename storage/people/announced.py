"""Absences announced and reminders chosen, for the file a person takes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Absence, Course, Group, Lesson, LessonReminder


@dataclass(frozen=True)
class Announced:
    """What was said of days on which the child would not come; `course`: of one lesson of it."""

    first: date
    last: date
    course: str | None
    said_at: datetime
    by_me: bool
    taken_back_at: datetime | None


async def absences_of(tx: Tx, person_id: int, pupils: Collection[int]) -> dict[int, list[Announced]]:
    """By pupil what was announced, taken back or not."""
    rows = await tx.execute(
        select(
            Absence.pupil_id,
            Absence.first_day.label("first"),
            Absence.last_day.label("last"),
            Course.name.label("course"),
            Absence.said_at,
            Absence.said_by,
            Absence.taken_back_at,
        )
        .outerjoin(Lesson, Lesson.id == Absence.lesson_id)
        .outerjoin(Group, Group.id == Lesson.group_id)
        .outerjoin(Course, Course.id == Group.course_id)
        .where(Absence.pupil_id.in_(pupils))
        .order_by(Absence.first_day, Absence.id)
    )
    found: dict[int, list[Announced]] = defaultdict(list)
    for row in rows:
        said = Announced(
            first=row.first,
            last=row.last,
            course=row.course,
            said_at=row.said_at,
            by_me=row.said_by == person_id,
            taken_back_at=row.taken_back_at,
        )
        found[row.pupil_id].append(said)
    return found


async def reminders_of(tx: Tx, person_id: int) -> dict[int, str]:
    """By pupil when this person is reminded, where they chose."""
    rows = await tx.execute(select(LessonReminder.pupil_id, LessonReminder.ahead).where(LessonReminder.person_id == person_id))
    return {row.pupil_id: row.ahead for row in rows}
