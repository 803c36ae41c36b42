"""What the organizations share: resources, materials, bookings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Resource(Table):
    """What an organization of the network has for all (Ресурсы). Its name is its key within the organization."""

    __tablename__ = "resources"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # staff | information | material | methodical | social
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    description: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int | None]  # how many sets or places there are; None: one
    whom: Mapped[str | None]  # for whom, in words; of staff alone: families are not shown it
    link: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class ResourceView(Table):
    """How often somebody looked at a resource in a year: a number, and nobody's."""

    __tablename__ = "resource_views"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"), primary_key=True)
    count: Mapped[int]


class Attachment(Table):
    """A file or a link that staff put to a resource, or to a course as a material of it. The workbook never touches one."""

    __tablename__ = "attachments"
    __table_args__ = (CheckConstraint("(resource_id IS NULL) <> (course_id IS NULL)", name="one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resources.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    name: Mapped[str]
    link: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «attachment»
    taken: Mapped[int] = mapped_column(default=0)  # how often somebody took it: a number, and nobody's
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]


class Booking(Table):
    """A room, or sets of a resource, kept by a member of staff between two moments. Lessons go before bookings (decision 69)."""

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("(room_id IS NULL) <> (resource_id IS NULL)", name="one_thing"),
        Index("ix_bookings_room_id_starts_at", "room_id", "starts_at"),
        Index("ix_bookings_resource_id_starts_at", "resource_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resources.id"))
    sets: Mapped[int]  # of a room 1: the whole
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)  # whose it is
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
