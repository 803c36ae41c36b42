"""Questions about where lessons can be held, and who can give them: an organization's rooms and teachers, and what they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.db import Tx
from storage.tables import Course, Group, Lesson, Room, Staff
from storage.timetable.timetable import Stood, short, standing


@dataclass(frozen=True)
class Place:
    """A room of «Помещения»."""

    id: int
    name: str
    seats: int | None
    equipment: str | None


async def rooms_of(tx: Tx, organization_id: int) -> list[Place]:
    """The rooms of an organization, by name."""
    rows = await tx.execute(
        select(Room.id, Room.name, Room.seats, Room.equipment)
        .where(Room.organization_id == organization_id, Room.archived_at.is_(None))
        .order_by(Room.name, Room.id)
    )
    return [Place(row.id, row.name, row.seats, row.equipment) for row in rows]


async def lessons_at(tx: Tx, organization_id: int, since: datetime, until: datetime) -> list[Stood]:
    """What is held at an organization between two moments (overlapping them)."""
    return await standing(
        tx,
        Course.organization_id == organization_id,
        Lesson.starts_at < until,
        Lesson.ends_at > since,
        Lesson.cancelled_at.is_(None),
    )


async def lessons_by(tx: Tx, teachers: Collection[int], since: datetime, until: datetime) -> list[Stood]:
    """What these teachers give between two moments (overlapping them), as their own or standing in."""
    return await standing(
        tx,
        func.coalesce(Lesson.teacher_id, Group.teacher_id).in_(teachers),
        Lesson.starts_at < until,
        Lesson.ends_at > since,
        Lesson.cancelled_at.is_(None),
    )


async def teachers_of(tx: Tx, organizations: Collection[int]) -> list[tuple[int, str]]:
    """The teachers of these organizations, by name."""
    rows = await tx.execute(
        select(Staff.id, Staff.full_name)
        .where(Staff.organization_id.in_(organizations), Staff.role == "teacher", Staff.archived_at.is_(None))
        .order_by(Staff.full_name, Staff.id)
    )
    return [(row.id, short(row.full_name)) for row in rows]
