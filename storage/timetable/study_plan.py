"""Questions of the study plan: every lesson of an academic year as it was planned, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Course, Group, Lesson, Organization, Staff


@dataclass(frozen=True)
class Planned:
    """A lesson of the year. One that makes up for another (`makes_up`) or was added in the chat is of no plan."""

    id: int
    group_id: int
    group: str
    course: str
    hours: int | None  # academic hours of the course's programme
    organization: str
    teacher: str  # who gives it
    own_teacher: str  # whose the group is
    plan_starts_at: datetime
    plan_ends_at: datetime
    starts_at: datetime
    ends_at: datetime
    place: str | None
    cancelled: bool
    makes_up: bool


async def lessons_of_year(tx: Tx, year: int) -> list[Planned]:
    """By organization, course, group, in order; those that a book has taken out of its plan are left out."""
    own = aliased(Staff)
    rows = await tx.execute(
        select(
            Lesson.id,
            Lesson.group_id,
            Group.code.label("group"),
            Course.name.label("course"),
            Course.hours,
            Organization.name.label("organization"),
            Staff.full_name.label("teacher"),
            own.full_name.label("own_teacher"),
            Lesson.plan_starts_at,
            Lesson.plan_ends_at,
            Lesson.starts_at,
            Lesson.ends_at,
            func.coalesce(func.nullif(Lesson.place, ""), Group.place).label("place"),
            Lesson.cancelled_at.is_not(None).label("cancelled"),
            Lesson.makes_up_id.is_not(None).label("makes_up"),
        )
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .join(own, own.id == Group.teacher_id)
        .join(Staff, Staff.id == func.coalesce(Lesson.teacher_id, Group.teacher_id))
        .where(Group.year == year, Group.archived_at.is_(None), Lesson.archived_at.is_(None))
        .order_by(Organization.name, Course.name, Group.code, Group.id, Lesson.starts_at, Lesson.id)
    )
    return [Planned(**row._mapping) for row in rows]
