"""Questions about bookings: the rooms and the sets that are kept, by whom, and the lessons that meet them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from storage.db import Tx
from storage.tables import Booking, Course, Group, Lesson, Letter, Organization, Resource, Room, Staff
from storage.timetable.timetable import short


@dataclass(frozen=True)
class Ref:
    """What is booked: a room or a resource, one of them."""

    room: int = 0
    resource: int = 0


@dataclass(frozen=True)
class Bookable:
    """A room or a resource as far as booking it goes."""

    ref: Ref
    name: str
    organization_id: int
    organization: str
    of_school: bool
    sets: int  # that can be kept at one time; of a room the whole
    seats: int | None  # children a room holds
    equipment: str | None


@dataclass(frozen=True)
class Booked:
    """One booking that stands, or stood."""

    id: int
    ref: Ref
    name: str  # of what is booked
    organization_id: int
    of_school: bool  # a base school's own, no partner's
    sets: int
    starts_at: datetime
    ends_at: datetime
    staff_id: int
    who: str  # whose it is
    cancelled_at: datetime | None


async def rooms(tx: Tx, only: Collection[int] | None = None, *, lock: bool = False) -> list[Bookable]:
    """The rooms that stand (or these of them), by organization and name. `lock`: nobody books one until this transaction is over."""
    question = (
        select(
            Room.id,
            Room.name,
            Room.organization_id,
            Organization.name.label("organization"),
            (Organization.role == "base").label("of_school"),
            Room.seats,
            Room.equipment,
        )
        .join(Organization, Organization.id == Room.organization_id)
        .where(Room.archived_at.is_(None), Organization.archived_at.is_(None))
        .order_by(Organization.name, Room.name, Room.id)
    )
    if only is not None:
        question = question.where(Room.id.in_(only))
    rows = await tx.execute(question.with_for_update(of=Room) if lock else question)
    return [
        Bookable(
            ref=Ref(room=row.id),
            name=row.name,
            organization_id=row.organization_id,
            organization=row.organization,
            of_school=row.of_school,
            sets=1,
            seats=row.seats,
            equipment=row.equipment,
        )
        for row in rows
    ]


async def booked(tx: Tx, *which: ColumnElement[bool]) -> list[Booked]:
    """The bookings of which all this is true, in order. Of whoever left the network none stands: nothing is kept for them."""
    organization = func.coalesce(Room.organization_id, Resource.organization_id)
    rows = await tx.execute(
        select(
            Booking.id,
            Booking.room_id,
            Booking.resource_id,
            func.coalesce(Room.name, Resource.name).label("name"),
            Organization.id.label("organization_id"),
            (Organization.role == "base").label("of_school"),
            Booking.sets,
            Booking.starts_at,
            Booking.ends_at,
            Booking.staff_id,
            Staff.full_name,
            Booking.cancelled_at,
        )
        .outerjoin(Room, Room.id == Booking.room_id)
        .outerjoin(Resource, Resource.id == Booking.resource_id)
        .join(Organization, Organization.id == organization)
        .join(Staff, Staff.id == Booking.staff_id)
        .where(*which, Staff.archived_at.is_(None))
        .order_by(Booking.starts_at, Booking.id)
    )
    return [
        Booked(
            id=row.id,
            ref=Ref(room=row.room_id or 0, resource=row.resource_id or 0),
            name=row.name,
            organization_id=row.organization_id,
            of_school=row.of_school,
            sets=row.sets,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            staff_id=row.staff_id,
            who=short(row.full_name),
            cancelled_at=row.cancelled_at,
        )
        for row in rows
    ]


def between(ref: Ref, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    """What of this stands between two moments (overlapping them)."""
    own = Booking.room_id == ref.room if ref.room else Booking.resource_id == ref.resource
    return [own, Booking.cancelled_at.is_(None), Booking.starts_at < until, Booking.ends_at > since]


def of_staff(staff: Collection[int], since: datetime) -> list[ColumnElement[bool]]:
    """What these members of the staff have booked and is not over."""
    return [Booking.staff_id.in_(staff), Booking.cancelled_at.is_(None), Booking.ends_at > since]


def of_things(rooms: Collection[int], resources: Collection[int], since: datetime) -> list[ColumnElement[bool]]:
    """What is booked of these and is not over."""
    these = Booking.room_id.in_(rooms) | Booking.resource_id.in_(resources)
    return [these, Booking.cancelled_at.is_(None), Booking.ends_at > since]


def numbered(booking_id: int) -> list[ColumnElement[bool]]:
    return [Booking.id == booking_id]


@dataclass(frozen=True)
class Meeting:
    """A booking of a room and a lesson of the same organization at the same hours; whether in the same place their words say."""

    booking_id: int
    staff_id: int  # whose booking it is
    room: str
    lesson_id: int
    giver_id: int  # who gives the lesson
    place: str | None
    course: str
    starts_at: datetime  # of the lesson
    ends_at: datetime


def keeps_from(booking: Booked | Meeting, giver_id: int) -> bool:
    """Whether it keeps its room from lessons of this teacher: whoever booked it themselves has kept it for just this."""
    return booking.staff_id != giver_id


async def meetings(tx: Tx, since: datetime, lessons: Collection[int] | None = None) -> list[Meeting]:
    """Of all lessons from a moment on, or of these."""
    question = (
        select(
            Booking.id.label("booking_id"),
            Booking.staff_id,
            Room.name.label("room"),
            Lesson.id.label("lesson_id"),
            func.coalesce(Lesson.teacher_id, Group.teacher_id).label("giver_id"),
            func.coalesce(Lesson.place, Group.place).label("place"),
            Course.name.label("course"),
            Lesson.starts_at,
            Lesson.ends_at,
        )
        .join(Room, Room.id == Booking.room_id)
        .join(Course, Course.organization_id == Room.organization_id)
        .join(Group, Group.course_id == Course.id)
        .join(Lesson, Lesson.group_id == Group.id)
        .where(
            Booking.cancelled_at.is_(None),
            Booking.ends_at > since,
            Lesson.starts_at < Booking.ends_at,
            Lesson.ends_at > Booking.starts_at,
            Lesson.cancelled_at.is_(None),
            Lesson.archived_at.is_(None),
        )
        .order_by(Booking.id, Lesson.starts_at)
    )
    if lessons is not None:
        question = question.where(Lesson.id.in_(lessons))
    return [Meeting(**row._mapping) for row in await tx.execute(question)]


async def lock_rooms(tx: Tx, organizations: Collection[int] | None) -> None:
    """Nobody books a room of these organizations (None: of any) until this transaction is over."""
    question = select(Room.id).order_by(Room.id).with_for_update()
    await tx.execute(question if organizations is None else question.where(Room.organization_id.in_(organizations)))


async def of_rooms(tx: Tx, organizations: Collection[int] | None, since: datetime) -> list[Booked]:
    """What is booked of these organizations' rooms (None: of any) and is not over."""
    own = [] if organizations is None else [Room.organization_id.in_(organizations)]
    return await booked(tx, Booking.room_id.is_not(None), Booking.cancelled_at.is_(None), Booking.ends_at > since, *own)


async def of_resources(tx: Tx, since: datetime) -> list[Booked]:
    """What is booked of resources and is not over."""
    return await booked(tx, Booking.resource_id.is_not(None), Booking.cancelled_at.is_(None), Booking.ends_at > since)


async def rooms_at(tx: Tx, organization_id: int, since: datetime, until: datetime) -> list[Booked]:
    """The bookings of an organization's rooms between two moments (overlapping them)."""
    return await booked(
        tx,
        Room.organization_id == organization_id,
        Booking.cancelled_at.is_(None),
        Booking.starts_at < until,
        Booking.ends_at > since,
    )


@dataclass(frozen=True)
class Told:
    """The newest letter about a booking and a lesson."""

    id: int
    kind: str
    facts: dict[str, Any] | None


async def told(tx: Tx) -> dict[str, Told]:
    """By topic the newest letter about a booking and a lesson that was not taken back."""
    rows = await tx.execute(
        select(Letter.id, Letter.topic, Letter.kind, Letter.facts)
        .where(
            Letter.topic >= "booking:",
            Letter.topic < "booking;",  # the sign after the colon
            Letter.kind.in_(("booking-met", "booking-free")),
            Letter.state != "cancelled",
        )
        .order_by(Letter.id)
    )
    return {row.topic: Told(id=row.id, kind=row.kind, facts=row.facts) for row in rows}
