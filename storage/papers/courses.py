"""What a partner's courses are, for their papers: groups, teachers, topics."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Course, Group, PlannedTopic, Staff


@dataclass(frozen=True)
class Given:
    """A group and who gives it."""

    id: int
    code: str
    teacher: str
    seats: int
    place: str | None


@dataclass(frozen=True)
class Topic:
    number: int
    topic: str
    hours: int | None


@dataclass(frozen=True)
class Programme:
    """A course as the sheet of its programme says it."""

    id: int
    name: str
    direction: str
    classes: list[str]
    hours: int | None
    description: str | None
    groups: tuple[Given, ...]
    topics: tuple[Topic, ...]


async def programmes(tx: Tx, organization_id: int, year: int) -> list[Programme]:
    """The courses of a partner in a year, by name."""
    mine = (Course.organization_id == organization_id, Course.year == year, Course.archived_at.is_(None))
    courses = await tx.execute(
        select(Course.id, Course.name, Course.direction, Course.classes, Course.hours, Course.description)
        .where(*mine)
        .order_by(Course.name, Course.id)
    )
    groups: dict[int, list[Given]] = defaultdict(list)
    for row in await tx.execute(
        select(Group.course_id, Group.id, Group.code, Staff.full_name.label("teacher"), Group.seats, Group.place)
        .join(Course, Course.id == Group.course_id)
        .join(Staff, Staff.id == Group.teacher_id)
        .where(*mine, Group.archived_at.is_(None))
        .order_by(Group.code)
    ):
        groups[row.course_id].append(Given(row.id, row.code, row.teacher, row.seats, row.place))
    topics: dict[int, list[Topic]] = defaultdict(list)
    for planned in await tx.execute(
        select(PlannedTopic.course_id, PlannedTopic.number, PlannedTopic.topic, PlannedTopic.hours)
        .join(Course, Course.id == PlannedTopic.course_id)
        .where(*mine)
        .order_by(PlannedTopic.number)
    ):
        topics[planned.course_id].append(Topic(planned.number, planned.topic, planned.hours))
    return [Programme(**row._mapping, groups=tuple(groups[row.id]), topics=tuple(topics[row.id])) for row in courses]
