"""Questions of a lesson marked in the chat: what can be undone, which marks a group's journal has."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Course, Entry, Group, Lesson, Revision, TopicRevision, Writing
from storage.timetable import timetable
from storage.timetable.timetable import Scope, Stood

USED = 6  # different marks, the commonest first


async def lessons_of_day(tx: Tx, scope: Scope, since: datetime, until: datetime) -> list[Stood]:
    """The lessons within a scope that begin in [since, until) and stand, in order."""
    rows = await tx.scalars(
        select(Lesson.id)
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(scope.holds(), Lesson.starts_at >= since, Lesson.starts_at < until)
        .where(Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None), Group.archived_at.is_(None))
    )
    found = await timetable.lessons(tx, list(rows))
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id))


async def last_of(tx: Tx, person_id: int, group_id: int, day: date) -> int | None:
    """The last thing this person entered in the chat about a group's day; None: nothing, or it is undone already."""
    entries = (
        select(Revision.writing_id)
        .join(Entry, Entry.id == Revision.entry_id)
        .where(Entry.group_id == group_id, Entry.day == day, Entry.pupil_id.is_not(None))
    )
    topics = select(TopicRevision.writing_id).where(TopicRevision.group_id == group_id, TopicRevision.day == day)
    undoing = aliased(Writing)
    found = (
        await tx.execute(
            select(Writing.id, undoing.id.label("undone"))
            .outerjoin(undoing, undoing.undoes_id == Writing.id)
            .where(Writing.by == person_id, Writing.source == "chat", or_(Writing.id.in_(entries), Writing.id.in_(topics)))
            .order_by(Writing.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return None if found is None or found.undone is not None else found.id


async def marks_of(tx: Tx, group_id: int) -> list[str]:
    """The marks a group's journal has, the commonest first."""
    question = select(Entry.value).where(Entry.group_id == group_id, Entry.kind == "mark", Entry.removed_at.is_(None))
    rows = await tx.scalars(question.group_by(Entry.value).order_by(func.count().desc(), Entry.value).limit(USED))
    return list(rows)
