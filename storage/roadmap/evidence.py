"""What can be counted of the year's work: applications, requests, enrollment, lessons, the journal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select

from storage.db import Tx
from storage.tables import Application, Choice, Course, Entry, Group, Lesson, Request, Topic


async def windows_open(tx: Tx, today: date, organization_id: int | None = None) -> bool:
    """Whether any course (of a partner) still takes applications, or will."""
    question = exists().where(Course.closes_on >= today, Course.archived_at.is_(None))
    if organization_id is not None:
        question = question.where(Course.organization_id == organization_id)
    return bool(await tx.scalar(select(question)))


async def applications(tx: Tx, since: datetime) -> tuple[int, datetime | None]:
    """How many applications were submitted since a moment and not withdrawn, and when the last."""
    row = await tx.execute(
        select(func.count(), func.max(Application.submitted_at)).where(
            Application.submitted_at >= since, Application.state.not_in(("draft", "withdrawn"))
        )
    )
    count, last = row.one()
    return count, last


async def choices_in(tx: Tx, states: Collection[str], organization_id: int | None = None) -> int:
    """How many choices of courses (of a partner) stand in these states."""
    question = select(func.count(Choice.id)).join(Course, Course.id == Choice.course_id).where(Choice.state.in_(states))
    if organization_id is not None:
        question = question.where(Course.organization_id == organization_id)
    return await tx.scalar(question) or 0


async def requests(tx: Tx, since: datetime) -> tuple[int, datetime | None]:
    """How many requests to partners were made since a moment, and when the last."""
    count, last = (await tx.execute(select(func.count(), func.max(Request.made_at)).where(Request.made_at >= since))).one()
    return count, last


async def timetable(tx: Tx, since: datetime) -> tuple[int, int, int]:
    """Groups, those of them without a lesson since a moment, and the lessons of all."""
    lesson = Lesson.archived_at.is_(None) & (Lesson.starts_at >= since)
    rows = (
        await tx.execute(
            select(func.count(Lesson.id))
            .select_from(Group)
            .outerjoin(Lesson, (Lesson.group_id == Group.id) & lesson)
            .where(Group.archived_at.is_(None))
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


async def held(tx: Tx, since: datetime, until: datetime) -> list[Held]:
    """Lessons of [since, until) that were not cancelled, of groups with pupils enrolled."""
    learned = exists().where(Choice.group_id == Lesson.group_id, Choice.state == "enrolled")
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
