"""Questions about homework: what stands, how often it was written, for which lesson it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from bot.clock import midnight
from storage.db import Tx
from storage.enrollment import yearend
from storage.journal import journal
from storage.journal.journal import Line
from storage.tables import Course, Group, Lesson, Topic, TopicRevision

Key = tuple[int, date]  # group, day


async def of_days(tx: Tx, days: Collection[Key]) -> dict[Key, dict[int, str]]:
    """For each (group, day) its homework by lesson; a day without any is left out."""
    found: dict[Key, dict[int, str]] = defaultdict(dict)
    for (group, day, lesson), topic in (await journal.topics(tx, days)).items():
        if topic.homework:
            found[group, day][lesson] = topic.homework
    return found


async def lines_of_pupil(tx: Tx, pupil_id: int, year: int) -> list[Line]:
    """The topics and homework of the groups in which a pupil learnt that year, as lines of kind `topic`."""
    groups = (await yearend.groups_of_pupils(tx, [pupil_id], year)).get(pupil_id, [])
    rows = await tx.execute(
        select(Topic, Course.name)
        .join(Group, Group.id == Topic.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Topic.group_id.in_(groups), or_(Topic.topic.is_not(None), Topic.homework.is_not(None)))
    )
    return [
        Line(
            pupil_id=pupil_id,
            pupil="",
            group_id=topic.group_id,
            course=course,
            day=topic.day,
            lesson=topic.lesson,
            kind="topic",
            value="",
            work=None,
            comment=None,
            topic=topic.topic,
            homework=topic.homework,
        )
        for topic, course in rows
    ]


async def writings(tx: Tx, days: Collection[Key]) -> dict[Key, int]:
    """How often the topics of each (group, day) were written."""
    rows = await tx.execute(
        select(TopicRevision.group_id, TopicRevision.day, func.count().label("times"))
        .where(TopicRevision.group_id.in_({group for group, _ in days}), TopicRevision.day.in_({day for _, day in days}))
        .group_by(TopicRevision.group_id, TopicRevision.day)
    )
    return {(row.group_id, row.day): row.times for row in rows}


async def next_lessons(tx: Tx, days: Collection[Key], zone: ZoneInfo) -> dict[Key, date]:
    """For each (group, day) the day of the group's next lesson that stands; one without is left out."""
    if not days:
        return {}
    first = midnight(min(day for _, day in days) + timedelta(days=1), zone)
    rows = await tx.execute(
        select(Lesson.group_id, Lesson.starts_at)
        .where(Lesson.group_id.in_({group for group, _ in days}), Lesson.starts_at >= first)
        .where(Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None))
        .order_by(Lesson.starts_at)
    )
    held: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        held[row.group_id].append(row.starts_at.astimezone(zone).date())
    found = {(group, day): next((one for one in held[group] if one > day), None) for group, day in days}
    return {key: due for key, due in found.items() if due is not None}
