"""Questions about where lessons can be held, and who can give them: an organization's rooms and teachers, and what they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Course, Lesson, Organization, Room, Staff
from storage.timetable.timetable import Stood, given_by, short, standing


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
        given_by(teachers),
        Lesson.starts_at < until,
        Lesson.ends_at > since,
        Lesson.cancelled_at.is_(None),
    )


@dataclass(frozen=True)
class Teacher:
    """Somebody who could give a lesson."""

    id: int
    name: str
    organization_id: int
    organization: str


async def teachers(tx: Tx) -> list[Teacher]:
    """The teachers of the network, by name."""
    rows = await tx.execute(
        select(Staff.id, Staff.full_name, Staff.organization_id, Organization.name)
        .join(Organization, Organization.id == Staff.organization_id)
        .where(Staff.role == "teacher", Staff.archived_at.is_(None))
        .order_by(Staff.full_name, Staff.id)
    )
    return [Teacher(row.id, short(row.full_name), row.organization_id, row.name) for row in rows]
