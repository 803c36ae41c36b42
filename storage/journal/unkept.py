"""Questions about lessons that took place and of which the journal says nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select, true

from storage.among import among
from storage.db import Tx
from storage.roadmap.evidence import kept
from storage.tables import Application, Choice, ChoiceChange, Course, Group, Lesson, Pupil, Staff
from storage.timetable.timetable import given_by


@dataclass(frozen=True)
class Unkept:
    """A lesson nobody has entered anything about."""

    lesson_id: int
    group_id: int
    group: str
    course: str
    organization_id: int
    starts_at: datetime
    ends_at: datetime
    teacher_id: int  # who gave it: the stand-in, or the group's own
    teacher: str
    teacher_person: int | None  # None: not in the bot
    schools: frozenset[int]  # whose pupils learn there


@dataclass(frozen=True)
class Whose:
    """Whose lessons are asked for: of these teachers, these partners' groups, or groups in which pupils of these schools learn."""

    teachers: Collection[int] = ()
    organizations: Collection[int] = ()
    schools: Collection[int] = ()

    def holds(self) -> ColumnElement[bool]:
        theirs = among((Course.organization_id, self.organizations), (Pupil.school_id, self.schools))
        return or_(given_by(self.teachers), theirs) if self.teachers else theirs


async def unkept(tx: Tx, year: int, since: datetime, until: datetime, zone: ZoneInfo, whose: Whose | None = None) -> list[Unkept]:
    """The lessons of that year that ended in (since, until], in order. Before its first pupil came a group had no lessons to keep."""
    came = (
        select(func.min(ChoiceChange.at))
        .where(ChoiceChange.choice_id == Choice.id, ChoiceChange.now == "enrolled")
        .correlate(Choice)
        .scalar_subquery()
    )
    rows = await tx.execute(
        select(
            Lesson.id.label("lesson_id"),
            Lesson.group_id,
            Group.code.label("group"),
            Course.name.label("course"),
            Course.organization_id,
            Lesson.starts_at,
            Lesson.ends_at,
            Staff.id.label("teacher_id"),
            Staff.full_name.label("teacher"),
            Staff.person_id.label("teacher_person"),
            Pupil.school_id.label("school"),
        )
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Staff, Staff.id == func.coalesce(Lesson.teacher_id, Group.teacher_id))
        .join(Choice, (Choice.group_id == Group.id) & (Choice.state == "enrolled"))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(
            Group.year == year,
            Group.archived_at.is_(None),
            Lesson.ends_at > since,
            Lesson.ends_at <= until,
            Lesson.cancelled_at.is_(None),
            Lesson.archived_at.is_(None),
            Pupil.archived_at.is_(None),
            func.coalesce(came, Choice.changed_at) <= Lesson.starts_at,
            true() if whose is None else whose.holds(),
        )
        .distinct()
        .order_by(Lesson.starts_at, Lesson.id)
    )
    found: dict[int, Unkept] = {}
    for row in rows:
        facts = dict(row._mapping)
        before = found[row.lesson_id].schools if row.lesson_id in found else frozenset[int]()
        school = facts.pop("school")
        found[row.lesson_id] = Unkept(**facts, schools=before | {school})
    if not found:
        return []
    days = {one.lesson_id: one.starts_at.astimezone(zone).date() for one in found.values()}
    groups = {one.group_id for one in found.values()}
    there = await kept(tx, groups, min(days.values()), max(days.values()) + timedelta(days=1))
    return [one for one in found.values() if (one.group_id, days[one.lesson_id]) not in there]
