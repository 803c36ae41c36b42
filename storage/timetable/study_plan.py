"""Questions of the study plan: every lesson of an academic year as it was planned, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
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


@dataclass(frozen=True)
class Partner:
    """An organization with groups that have lessons in a year, and how many."""

    id: int
    name: str
    groups: int


async def partners_of_year(tx: Tx, year: int) -> list[Partner]:
    """By name."""
    has_lessons = select(Lesson.id).where(Lesson.group_id == Group.id, Lesson.archived_at.is_(None)).exists()
    rows = await tx.execute(
        select(Organization.id, Organization.name, func.count().label("groups"))
        .join(Course, Course.organization_id == Organization.id)
        .join(Group, Group.course_id == Course.id)
        .where(Group.year == year, Group.archived_at.is_(None), has_lessons)
        .group_by(Organization.id, Organization.name)
        .order_by(Organization.name, Organization.id)
    )
    return [Partner(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Fact:
    """How many lessons of a year were planned, and what became of them. One that makes up for another is of no plan."""

    planned: int = 0
    held: int = 0
    cancelled: int = 0
    made_up: int = 0


async def facts_of_year(tx: Tx, year: int, partners: Collection[int], now: datetime) -> dict[int, Fact]:
    """By organization, of the ones named."""
    of_plan, stands = Lesson.makes_up_id.is_(None), Lesson.cancelled_at.is_(None)
    rows = await tx.execute(
        select(
            Course.organization_id,
            func.count().filter(of_plan).label("planned"),
            func.count().filter(and_(of_plan, stands, Lesson.ends_at <= now)).label("held"),
            func.count().filter(and_(of_plan, ~stands)).label("cancelled"),
            func.count().filter(and_(~of_plan, stands)).label("made_up"),
        )
        .join(Group, Group.course_id == Course.id)
        .join(Lesson, Lesson.group_id == Group.id)
        .where(Course.organization_id.in_(partners))
        .where(Group.year == year, Group.archived_at.is_(None), Lesson.archived_at.is_(None))
        .group_by(Course.organization_id)
    )
    return {row.organization_id: Fact(row.planned, row.held, row.cancelled, row.made_up) for row in rows}
