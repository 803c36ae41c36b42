"""Questions behind the papers: what an application asks for, who is enrolled where, who signs for a school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, case, func, or_, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.enrollment.yearend import to_the_end
from storage.people.classes import last_class
from storage.people.consent import Reader, named_to_partner, shown_name
from storage.people.posts import heads_of, titles_of
from storage.rows import each
from storage.tables import Application, Choice, Course, Group, Organization, Person, Pupil, Request, RequestLine, Slot, Staff

GIVEN_UP = ("withdrawn", "declined", "left")  # wishes a paper no longer asks for


@dataclass(frozen=True)
class School:
    """A base school as its papers call it, with who signs."""

    id: int
    name: str
    address: str | None
    director: str | None
    coordinator: str | None
    coordinator_post: str | None = None  # «заместитель директора по УВР»
    director_post: str | None = None


async def school(tx: Tx, school_id: int) -> School | None:
    row = (await tx.execute(select(Organization.name, Organization.address).where(Organization.id == school_id))).one_or_none()
    if row is None:
        return None
    held, titles = await heads_of(tx, school_id), await titles_of(tx, school_id)
    return School(
        school_id,
        row.name,
        row.address,
        director=held.get("director"),
        coordinator=held.get("coordinator"),
        coordinator_post=titles.get("coordinator"),
        director_post=titles.get("director"),
    )


@dataclass(frozen=True)
class Wish:
    course: str
    organization: str
    direction: str
    hours: int | None
    group: str | None
    resource: bool = False  # at a resource partner: it lends what the course needs, and does not teach


@dataclass(frozen=True)
class Asking:
    """An application as its paper says it: the wishes that stand, in order."""

    id: int
    state: str
    created_at: datetime
    submitted_at: datetime | None
    guardian: str | None  # ФИО of who handed it in, as they typed it
    pupil_id: int
    child: str
    class_name: str
    birth_date: date | None
    school_id: int
    wanted: int  # how many of the courses the child would attend at once
    wishes: tuple[Wish, ...]
    year: int  # the academic year it is for
    version: int = 0  # of what was handed in, from 1; 0: nothing was, or before versions were kept
    class_then: str = ""  # the class of that year, where it is not the running one


async def asking(tx: Tx, application_id: int, *, pupils: Collection[int], schools: Collection[int]) -> Asking | None:
    """The application, if it is of one of these pupils or of a pupil of these schools."""
    row = (
        await tx.execute(
            select(
                Application.id,
                Application.state,
                Application.created_at,
                Application.submitted_at,
                func.nullif(Person.name, "").label("guardian"),
                Pupil.id.label("pupil_id"),
                Pupil.full_name.label("child"),
                last_class(Application.year).label("class_name"),
                Pupil.birth_date,
                Pupil.school_id,
                Application.wanted,
                Application.year,
            )
            .join(Pupil, Pupil.id == Application.pupil_id)
            .outerjoin(Person, Person.id == Application.person_id)
            .where(Application.id == application_id, or_(Pupil.id.in_(pupils), Pupil.school_id.in_(schools)))
        )
    ).one_or_none()
    if row is None:
        return None
    wishes = await tx.execute(
        select(
            Course.name.label("course"),
            Organization.name.label("organization"),
            Course.direction,
            Course.hours,
            Group.code.label("group"),
            lends().label("resource"),
        )
        .select_from(Choice)
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(Choice.application_id == application_id, Choice.state.not_in(GIVEN_UP))
        .order_by(Choice.rank, Choice.id)
    )
    return Asking(**row._mapping, wishes=tuple(Wish(**wish._mapping) for wish in wishes))


def lends() -> ColumnElement[bool]:
    """Of the organization that a question joins: it is a resource partner, which does not teach."""
    return func.coalesce(Organization.kind, "") == "resource"


@dataclass(frozen=True)
class Place:
    """A pupil enrolled in a group."""

    organization_id: int
    organization: str
    course: str
    hours: int | None
    group_id: int
    group: str
    place: str | None
    teacher: str
    pupil_id: int
    child: str
    class_name: str
    birth_date: date | None
    asked_at: datetime  # when the family applied
    year: int  # the academic year of the group
    choice_id: int = 0
    resource: bool = False  # of a resource partner: what it gives is no teaching of its own


async def places(
    tx: Tx, school_id: int, year: int, *, partner_id: int | None = None, group_id: int | None = None, to_partner: bool = False
) -> list[Place]:
    """Who of a school learns where in that year: by partner, course, group, then by name; nobody twice in a group.

    `to_partner`: for a paper the partner gets, which names only whom it may name (else name, class and birth date are empty).
    """
    name = named_to_partner() if to_partner else shown_name(Reader(frozenset((school_id,))))
    columns = (
        Organization.id.label("organization_id"),
        Organization.name.label("organization"),
        Course.name.label("course"),
        Course.hours,
        Group.id.label("group_id"),
        Group.code.label("group"),
        Group.place,
        Staff.full_name.label("teacher"),
        Pupil.id.label("pupil_id"),
        name.label("child"),
        case((name != "", last_class(Group.year)), else_="").label("class_name"),
        case((name != "", Pupil.birth_date), else_=None).label("birth_date"),
        func.coalesce(Application.submitted_at, Application.created_at).label("asked_at"),
        Group.year,
        Choice.id.label("choice_id"),
        lends().label("resource"),
    )
    question = _learning(select(*columns), [school_id], year).join(Staff, Staff.id == Group.teacher_id)
    if partner_id is not None:
        question = question.where(Organization.id == partner_id)
    if group_id is not None:
        question = question.where(Group.id == group_id)
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        question.order_by(
            Organization.name, Organization.id, Course.name, Group.code, Group.id, Pupil.full_name, Pupil.id, Choice.id
        )
    )
    return list({(place.group_id, place.pupil_id): place for place in each(rows, Place)}.values())


@dataclass(frozen=True)
class Partner:
    """A partner with whom pupils of a school learn."""

    school_id: int
    school: str
    id: int
    name: str
    children: int


async def partners(tx: Tx, schools: Collection[int], year: int, partner_id: int | None = None) -> list[Partner]:
    """With whom pupils of these schools learn in that year: by school, then by name."""
    base = aliased(Organization)
    question = (
        _learning(
            select(
                base.id.label("school_id"),
                base.name.label("school"),
                Organization.id,
                Organization.name,
                func.count(Pupil.id.distinct()).label("children"),
            ),
            schools,
            year,
        )
        .join(base, base.id == Pupil.school_id)
        .group_by(base.id, base.name, Organization.id, Organization.name)
        .order_by(base.name, base.id, Organization.name, Organization.id)
    )
    if partner_id is not None:
        question = question.where(Organization.id == partner_id)
    return [Partner(**row._mapping) for row in await tx.execute(question)]


@dataclass(frozen=True)
class Filled:
    """A group that has pupils of a school."""

    id: int
    code: str
    course: str
    children: int


async def filled(tx: Tx, school_id: int, partner_id: int, year: int) -> list[Filled]:
    """The groups of a partner in which pupils of this school learn in that year: by course and code."""
    question = (
        _learning(
            select(Group.id, Group.code, Course.name.label("course"), func.count(Pupil.id.distinct()).label("children")),
            [school_id],
            year,
        )
        .where(Organization.id == partner_id)
        .group_by(Group.id, Group.code, Course.name)
        .order_by(Course.name, Group.code, Group.id)
    )
    return [Filled(**row._mapping) for row in await tx.execute(question)]


def _learning(question: Select[*tuple[Any, ...]], schools: Collection[int], year: int) -> Select[*tuple[Any, ...]]:
    return (
        question.select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(to_the_end(), Group.year == year, Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
    )


@dataclass(frozen=True)
class Hours:
    weekday: int
    starts: time
    ends: time


async def hours(tx: Tx, groups: Collection[int]) -> dict[int, list[Hours]]:
    """The weekly hours of these groups, as Расписание has them."""
    rows = await tx.execute(
        select(Slot.group_id, Slot.weekday, Slot.starts, Slot.ends)
        .where(Slot.group_id.in_(groups))
        .order_by(Slot.weekday, Slot.starts)
    )
    found: dict[int, list[Hours]] = {}
    for group_id, weekday, starts, ends in rows:
        found.setdefault(group_id, []).append(Hours(weekday, starts, ends))
    return found


@dataclass(frozen=True)
class Sent:
    """A request to a partner, as an order names it."""

    number: int
    made_at: datetime


async def requests_of(tx: Tx, school_id: int, partner_id: int | None, year: int) -> list[Sent]:
    """The requests of a year by which the school's pupils got their places, in order of their dates and numbers."""
    question = (
        select(Request.number, Request.made_at)
        .join(RequestLine, RequestLine.request_id == Request.id)
        .join(Choice, Choice.id == RequestLine.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Pupil.school_id == school_id, Pupil.archived_at.is_(None), Request.year == year, to_the_end())
        .group_by(Request.id, Request.number, Request.made_at)
        .order_by(Request.made_at, Request.number)
    )
    if partner_id is not None:
        question = question.where(Request.organization_id == partner_id)
    return [Sent(**row._mapping) for row in await tx.execute(question)]
