"""What can be counted of the year's work: applications, requests, enrollment, lessons, the journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select

from storage.db import Tx
from storage.people.erased import of_schools, with_erased
from storage.tables import Application, Choice, Course, Entry, Group, Lesson, Pupil, Request, Topic


async def windows_open(tx: Tx, today: date, year: int, organization_id: int | None = None) -> bool:
    """Whether any course of that year (of a partner) still takes applications, or will."""
    question = exists().where(Course.closes_on >= today, Course.archived_at.is_(None), Course.year == year)
    if organization_id is not None:
        question = question.where(Course.organization_id == organization_id)
    return bool(await tx.scalar(select(question)))


@dataclass(frozen=True)
class Whose:
    """Of which school and of which academic year something is counted."""

    school_id: int
    year: int


async def applications(tx: Tx, whose: Whose, since: datetime) -> tuple[int, datetime | None]:
    """How many applications were submitted since a moment and not withdrawn, and when the last."""
    row = await tx.execute(
        with_erased(select(func.count(), func.max(Application.submitted_at)).select_from(Application))
        .where(of_schools((whose.school_id,)), Application.year == whose.year)
        .where(Application.submitted_at >= since, Application.state.not_in(("draft", "withdrawn")))
    )
    count, last = row.one()
    return count, last


async def choices_in(tx: Tx, whose: Whose, states: Collection[str], organization_id: int | None = None) -> int:
    """How many choices of courses (of a partner) stand in these states."""
    question = (
        with_erased(select(func.count(Choice.id)).join(Application, Application.id == Choice.application_id))
        .join(Course, Course.id == Choice.course_id)
        .where(Choice.state.in_(states), of_schools((whose.school_id,)), Course.year == whose.year)
    )
    if organization_id is not None:
        question = question.where(Course.organization_id == organization_id)
    return await tx.scalar(question) or 0


async def requests(tx: Tx, whose: Whose) -> tuple[int, datetime | None]:
    """How many requests to partners were made for that year, and when the last."""
    question = select(func.count(), func.max(Request.made_at))
    question = question.where(Request.school_id == whose.school_id, Request.year == whose.year)
    count, last = (await tx.execute(question)).one()
    return count, last


async def timetable(tx: Tx, year: int, since: datetime) -> tuple[int, int, int]:
    """A year's groups, those of them without a lesson since a moment, and the lessons of all."""
    lesson = Lesson.archived_at.is_(None) & (Lesson.starts_at >= since)
    rows = (
        await tx.execute(
            select(func.count(Lesson.id))
            .select_from(Group)
            .outerjoin(Lesson, (Lesson.group_id == Group.id) & lesson)
            .where(Group.archived_at.is_(None), Group.year == year)
            .group_by(Group.id)
        )
    ).scalars()
    counts = list(rows)
    return len(counts), counts.count(0), sum(counts)


@dataclass(frozen=True)
class Held:
    group_id: int
    starts_at: datetime
    ends_at: datetime


async def held(tx: Tx, school_id: int, since: datetime, until: datetime) -> list[Held]:
    """Lessons of [since, until) that were not cancelled, of groups in which this school's pupils are enrolled."""
    learned = exists().where(
        Choice.group_id == Lesson.group_id,
        Choice.state == "enrolled",
        Application.id == Choice.application_id,
        Pupil.id == Application.pupil_id,
        Pupil.school_id == school_id,
    )
    rows = await tx.execute(
        select(Lesson.group_id, Lesson.starts_at, Lesson.ends_at).where(
            Lesson.starts_at >= since,
            Lesson.starts_at < until,
            Lesson.cancelled_at.is_(None),
            Lesson.archived_at.is_(None),
            learned,
        )
    )
    return [Held(**row._mapping) for row in rows]


async def kept(tx: Tx, groups: Collection[int], since: date, until: date) -> set[tuple[int, date]]:
    """(group, day) with a mark, an attendance or a topic in the journal, in [since, until)."""
    entries = select(Entry.group_id, Entry.day).where(
        Entry.group_id.in_(groups), Entry.day >= since, Entry.day < until, Entry.removed_at.is_(None)
    )
    topics = select(Topic.group_id, Topic.day).where(Topic.group_id.in_(groups), Topic.day >= since, Topic.day < until)
    return {(row.group_id, row.day) for row in await tx.execute(entries.union(topics))}
