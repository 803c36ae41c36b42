"""Questions about the teachers of the network as their colleagues see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.paging import Page
from storage.db import Tx
from storage.paged import paged
from storage.tables import Course, Group, Organization, PlannedTopic, Staff


@dataclass(frozen=True)
class Taught:
    """A course that somebody teaches in a year."""

    id: int
    name: str
    direction: str
    hours: int | None
    topics: int  # of its programme


@dataclass(frozen=True)
class Colleague:
    """A teacher of the network."""

    id: int  # of the post
    name: str
    post: str | None
    organization_id: int
    organization: str


async def colleagues(tx: Tx, page: int, size: int) -> Page[Colleague]:
    """A page of the teachers, by name."""
    return await paged(tx, _COLLEAGUES, page, size, lambda row: Colleague(**row._asdict()))


async def colleague(tx: Tx, staff_id: int) -> Colleague | None:
    """One of them; None: they teach no more."""
    row = (await tx.execute(_COLLEAGUES.where(Staff.id == staff_id))).one_or_none()
    return None if row is None else Colleague(**row._asdict())


_COLLEAGUES = (
    select(Staff.id, Staff.full_name.label("name"), Staff.post, Staff.organization_id, Organization.name.label("organization"))
    .join(Organization, Organization.id == Staff.organization_id)
    .where(Staff.role == "teacher", Staff.archived_at.is_(None), Organization.archived_at.is_(None))
    .order_by(Staff.full_name, Staff.id)
)


async def taught(tx: Tx, staff_id: int, year: int) -> list[Taught]:
    """What a teacher's own groups learn in a year, by name."""
    topics = defaultdict(int)
    rows = await tx.execute(
        select(Course.id, Course.name, Course.direction, Course.hours)
        .join(Group, Group.course_id == Course.id)
        .where(Group.teacher_id == staff_id, Group.archived_at.is_(None), Course.archived_at.is_(None), Course.year == year)
        .distinct()
        .order_by(Course.name, Course.id)
    )
    found = rows.all()
    planned = await tx.execute(
        select(PlannedTopic.course_id, func.count(PlannedTopic.id).label("many"))
        .where(PlannedTopic.course_id.in_([row.id for row in found]))
        .group_by(PlannedTopic.course_id)
    )
    for row in planned:
        topics[row.course_id] = row.many
    return [Taught(id=row.id, name=row.name, direction=row.direction, hours=row.hours, topics=topics[row.id]) for row in found]
