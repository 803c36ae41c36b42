"""Questions about where lessons can be held, and who can give them: an organization's rooms and teachers, and what they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from storage.among import if_few
from storage.db import Tx
from storage.tables import Course, Group, Lesson, Organization, Room, Staff
from storage.timetable.timetable import Stood, given_by, short, standing

A_LESSON = timedelta(days=1)  # what none is longer than: it ends on the day on which it begins


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


class Given(NamedTuple):
    """Somebody's lesson, as far as it takes their time."""

    id: int
    giver_id: int
    starts_at: datetime
    ends_at: datetime


async def given_between(tx: Tx, since: datetime, until: datetime) -> list[Given]:
    """What anybody gives between two moments (overlapping them), in order. No lesson is longer than A_LESSON: the index of hours is asked
    for those that begin in time, not for all before.
    """
    rows = await tx.execute(
        select(
            Lesson.id,
            func.coalesce(Lesson.teacher_id, Group.teacher_id).label("giver_id"),
            Lesson.starts_at,
            Lesson.ends_at,
        )
        .join(Group, Group.id == Lesson.group_id)
        .where(
            Lesson.archived_at.is_(None),
            Lesson.cancelled_at.is_(None),
            Lesson.starts_at > since - A_LESSON,
            Lesson.starts_at < until,
            Lesson.ends_at > since,
        )
        .order_by(Lesson.starts_at)
    )
    return [Given._make(row) for row in rows]


@dataclass(frozen=True)
class Teacher:
    """Somebody who could give a lesson."""

    id: int
    name: str
    organization_id: int
    organization: str


async def teacher(tx: Tx, staff_id: int) -> Teacher | None:
    """Who teaches in the network under this number; None: nobody any more."""
    row = (await tx.execute(_TEACHERS.where(Staff.id == staff_id))).one_or_none()
    return None if row is None else _teacher(row)


async def teachers_of(tx: Tx, organizations: Collection[int], *, but: Collection[int] = ()) -> list[Teacher]:
    """The teachers of these organizations but for these, by name."""
    return [
        _teacher(row) for row in await tx.execute(_TEACHERS.where(Staff.organization_id.in_(organizations), Staff.id.not_in(but)))
    ]


@dataclass(frozen=True)
class Elsewhere:
    """The teachers of other organizations than these, but for these; those who are busy apart."""

    organizations: Collection[int]
    but: Collection[int]
    busy: Collection[int]

    def free(self) -> ColumnElement[bool]:
        return and_(self.all(), Staff.id.not_in(self.busy))

    def all(self) -> ColumnElement[bool]:
        return and_(Staff.organization_id.not_in(self.organizations), Staff.id.not_in(self.but))


async def count_free(tx: Tx, where: Elsewhere) -> int:
    """How many of them are free."""
    return await tx.scalar(select(func.count(Staff.id)).where(*_TEACH, where.free())) or 0


async def free(tx: Tx, where: Elsewhere, first: int, most: int) -> list[Teacher]:
    """Those of them who are free, by name: from the `first` on (counted from 0) at most so many."""
    return (
        [_teacher(row) for row in await tx.execute(_TEACHERS.where(where.free()).offset(first).limit(most))] if most > 0 else []
    )


async def busy(tx: Tx, where: Elsewhere) -> list[Teacher]:
    """Those of them who are busy, by name."""
    rows = await tx.execute(_TEACHERS.where(where.all(), if_few(Staff.id, where.busy))) if where.busy else ()
    return [_teacher(row) for row in rows if row.id in where.busy]


def _teacher(row: Row[Any]) -> Teacher:
    return Teacher(row.id, short(row.full_name), row.organization_id, row.name)


_TEACH = (Staff.role == "teacher", Staff.archived_at.is_(None))
_TEACHERS: Select[*tuple[Any, ...]] = (
    select(Staff.id, Staff.full_name, Staff.organization_id, Organization.name)
    .join(Organization, Organization.id == Staff.organization_id)
    .where(*_TEACH)
    .order_by(Staff.full_name, Staff.id)
)
