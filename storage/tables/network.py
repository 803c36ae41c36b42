"""The network: organizations, years, courses, groups, rooms, days."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Organization(Table):
    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str]
    role: Mapped[str]  # base | partner
    kind: Mapped[str | None]  # educational | resource
    licence: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    site: Mapped[str | None]
    head: Mapped[str | None]  # ФИО of who signs its agreements
    head_post: Mapped[str | None]  # «директор»
    acts_on: Mapped[str | None]  # on what grounds they sign, in the genitive: «Устава»
    details: Mapped[str | None]  # its bank details, in one text
    archived_at: Mapped[datetime | None]


class Year(Table):
    """An academic year of the network: «2026/2027» is 2026."""

    __tablename__ = "years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date]  # its first teaching day
    ends_on: Mapped[date]  # its last
    half_ends_on: Mapped[date | None]  # the last day of its first half; None: the old year's last
    closed_at: Mapped[datetime | None]  # from then on nothing of it is open


class Course(Table):
    """A course as it is offered in one academic year. The code lasts: next year's row of that code is the same course.

    Whatever names a course (a wish, a group, a button, a letter) so names its year, and no question can mix two.
    """

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    code: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    direction: Mapped[str]
    classes: Mapped[list[str]]  # «7» the whole year, «7А» one class: as the workbook's Классы, unfolded
    hours: Mapped[int | None]
    description: Mapped[str | None]
    selection: Mapped[str] = mapped_column(default="ranked")  # ranked («заявки») | queue («по порядку»)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    scale: Mapped[str | None]  # five | ten | hundred | credit | level | none: as the workbook says; None: it does not
    equipment: Mapped[str | None]  # what it needs (Оборудование), in the workbook's words: «10 компьютеров, проектор»
    accessible: Mapped[str | None]  # yes | no: open to children with limited health abilities (ОВЗ); None: nothing is said
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «course-picture»: a JPEG or a PNG
    archived_at: Mapped[datetime | None]


class PlannedTopic(Table):
    """A topic of a course's programme (Программа): a course is of one year, and so is its plan."""

    __tablename__ = "planned_topics"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    number: Mapped[int]  # 1 is the first
    topic: Mapped[str]
    hours: Mapped[int | None]  # academic


class Group(Table):
    """A group of a course, and so of its academic year; the workbook's code is one to a year."""

    __tablename__ = "course_groups"
    __table_args__ = (UniqueConstraint("year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # of its course
    code: Mapped[str] = mapped_column(String(32), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    seats: Mapped[int]
    minimum: Mapped[int | None]
    place: Mapped[str | None]
    kept_free: Mapped[int] = mapped_column(default=0)  # seats the partner leaves empty though children wait in its line
    archived_at: Mapped[datetime | None]


class ClassHours(Table):
    """When a class has its school's own lessons in a year (Занятость классов): for clashes."""

    __tablename__ = "class_hours"
    __table_args__ = (Index("ix_class_hours_year_school_id", "year", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    class_name: Mapped[str] = mapped_column(index=True)
    weekday: Mapped[int]  # 0 is Monday
    starts: Mapped[time]
    ends: Mapped[time]


class Road(Table):
    """Minutes on the road between two organizations, kept once for both directions (from_id < to_id)."""

    __tablename__ = "roads"

    from_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    minutes: Mapped[int]


class Room(Table):
    """A place of an organization where lessons can be held (Помещения). A lesson's own place stays words: what a room is called,
    or whatever somebody typed.
    """

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    seats: Mapped[int | None]  # children
    equipment: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class CalendarDay(Table):
    """A day that is not as usual at a base school (Календарь)."""

    __tablename__ = "calendar_days"

    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # the academic year whose workbook names it
    kind: Mapped[str]  # day_off | working | working:0 … working:6 (plays that weekday, 0 is Monday) | holidays
    name: Mapped[str | None]
