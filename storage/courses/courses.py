"""Questions about the catalogue: which courses there are, when, where, with how many seats left, and what a child already has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, true
from sqlalchemy.sql import Subquery

from storage.db import Tx
from storage.tables import Application, Choice, Course, Group, Organization, Pupil, Slot, Staff, Year

# States of a choice in which its group, if it has one and it is not in the line, counts as a seat taken.
HOLDING = ("submitted", "returned", "approved", "requested", "offered", "enrolled")
# … in which its place in the line of the reserve stands.
WAITING = ("submitted", "returned", "approved", "requested", "reserve")
# … in which the course is the child's already or may become so: it clashes with others, and nobody applies for it twice.
ALIVE = ("submitted", "returned", "approved", "requested", "reserve", "offered", "enrolled")
UNREAD = -1  # seats of a group that were not asked for: they must not be shown


@dataclass(frozen=True)
class Hours:
    """Hours of every week somewhere: of a group, or of a class at its school. `weekday` 0 is Monday."""

    weekday: int
    starts: time
    ends: time
    where: int  # the organization
    from_day: date | None = None
    to_day: date | None = None
    weeks: str = "all"  # all | even | odd


@dataclass(frozen=True)
class GroupOffer:
    id: int
    code: str
    teacher: str
    place: str | None
    seats: int
    taken: int  # seats nobody else can get
    waiting: int  # in the line of the reserve
    minimum: int | None
    hours: tuple[Hours, ...]

    @property
    def left(self) -> int:
        if self.taken == UNREAD:
            raise ValueError(f"the seats of group {self.code} were not read")
        return max(self.seats - self.taken, 0)


@dataclass(frozen=True)
class Offer:
    """A course as the catalogue shows it."""

    id: int
    name: str
    organization_id: int
    organization: str
    direction: str
    classes: tuple[str, ...]
    length: int | None  # academic hours
    description: str | None
    selection: str  # ranked | queue
    opens_on: date | None
    closes_on: date | None
    groups: tuple[GroupOffer, ...]
    picture_id: int | None = None
    year: int = 0  # the academic year it is offered in
    ends_on: date | None = None  # that year's last teaching day: nobody applies later
    phone: str | None = None  # the organization's
    site: str | None = None
    resource: bool = False  # a resource partner's
    accessible: bool = False  # open to children with limited health abilities
    address: str | None = None  # the organization's

    def in_window(self, today: date) -> bool:
        """Whether today lies between the days on which applications open and close."""
        return (self.opens_on is None or self.opens_on <= today) and (self.closes_on is None or today <= self.closes_on)

    @property
    def seats(self) -> int:
        return sum(group.seats for group in self.groups)

    @property
    def left(self) -> int:
        return sum(group.left for group in self.groups)


@dataclass(frozen=True)
class Held:
    """A course a child has applied for or learns in."""

    application_id: int
    choice_id: int
    course_id: int
    group_id: int | None
    state: str
    year: int  # of the application


def held_of(row: Any) -> Held:
    """A wish among the rows of a child."""
    return Held(
        application_id=row.application_id,
        choice_id=row.choice_id,
        course_id=row.course_id,
        group_id=row.group_id,
        state=row.state,
        year=row.year,
    )


@dataclass(frozen=True)
class Child:
    id: int
    full_name: str
    class_name: str
    class_year: int  # the academic year in which this is the class
    school_id: int
    held: tuple[Held, ...]
    drafts: tuple[Held, ...]  # wishes not yet submitted
    stays: frozenset[int] = frozenset()  # the years for which the family has said that the child stays after the 9th
    class_now: str = ""  # today's, where `class_name` is that of a year to come
    if_stays: bool = False  # `class_name` is theirs only if they stay at school after the 9th: the family has not said so


async def offers(tx: Tx, courses: Collection[int] | None = None, *, current: bool = True) -> list[Offer]:
    """The courses on offer (or these of them; archived ones too unless `current`), by name, with groups, hours and seats."""
    asked = true() if courses is None else Course.id.in_(courses)
    found = await described(tx, and_(asked, current_only()) if current else asked)
    return await with_seats(tx, found)


def current_only() -> ColumnElement[bool]:
    """Neither the course nor its organization was archived."""
    return and_(Course.archived_at.is_(None), Organization.archived_at.is_(None))


async def described(tx: Tx, wanted: ColumnElement[bool]) -> list[Offer]:
    """These courses by name with their groups and hours; the seats are not read."""
    groups = await _groups(tx, wanted)
    rows = await tx.execute(
        select(Course, Year.ends_on, Organization)
        .join(Year, Year.year == Course.year)
        .join(Organization, Organization.id == Course.organization_id)
        .where(wanted)
        .order_by(Course.id)
    )
    found = [_offer(course, of, groups[course.id], ends_on) for course, ends_on, of in rows]
    return sorted(found, key=lambda offer: offer.name.casefold().replace("ё", "е"))


async def _groups(tx: Tx, wanted: ColumnElement[bool]) -> dict[int, list[GroupOffer]]:
    """Per course of these its groups by code."""
    hours = await _hours(tx, wanted)
    rows = await tx.execute(
        select(Group.id, Group.code, Staff.full_name, Group.place, Group.seats, Group.minimum, Group.course_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .join(Staff, Staff.id == Group.teacher_id)
        .where(wanted, Group.archived_at.is_(None))
        .order_by(Group.code)
    )
    found: dict[int, list[GroupOffer]] = defaultdict(list)
    for row in rows:
        found[row.course_id].append(
            GroupOffer(
                id=row.id,
                code=row.code,
                teacher=row.full_name,
                place=row.place,
                seats=row.seats,
                taken=UNREAD,
                waiting=UNREAD,
                minimum=row.minimum,
                hours=tuple(hours[row.id]),
            )
        )
    return found


async def _hours(tx: Tx, wanted: ColumnElement[bool]) -> dict[int, list[Hours]]:
    """Per group of these courses when it meets."""
    rows = await tx.execute(
        select(
            Slot.group_id,
            Slot.weekday,
            Slot.starts,
            Slot.ends,
            Slot.from_day,
            Slot.to_day,
            Slot.weeks,
            Course.organization_id.label("where"),
        )
        .join(Group, Group.id == Slot.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(wanted, Group.archived_at.is_(None))
        .order_by(Slot.weekday, Slot.starts)
    )
    found: dict[int, list[Hours]] = defaultdict(list)
    for row in rows:
        of = row._asdict()
        found[of.pop("group_id")].append(Hours(**of))
    return found


def _offer(course: Course, of: Organization, groups: Iterable[GroupOffer], ends_on: date) -> Offer:
    return Offer(
        id=course.id,
        name=course.name,
        organization_id=course.organization_id,
        organization=of.name,
        direction=course.direction,
        classes=tuple(course.classes),
        length=course.hours,
        description=course.description,
        selection=course.selection,
        opens_on=course.opens_on,
        closes_on=course.closes_on,
        groups=tuple(groups),
        picture_id=course.picture_id,
        year=course.year,
        ends_on=ends_on,
        phone=of.phone,
        site=of.site,
        resource=of.kind == "resource",
        accessible=course.accessible == "yes",
        address=of.address,
    )


async def with_seats(tx: Tx, offers: Iterable[Offer]) -> list[Offer]:
    """These courses with their seats as they stand at this moment."""
    some = list(offers)
    seats = occupancy([group.id for offer in some for group in offer.groups])
    rows = await tx.execute(select(seats.c.group_id, seats.c.taken, seats.c.waiting))
    stands = {group: (taken, waiting) for group, taken, waiting in rows}

    def read(group: GroupOffer) -> GroupOffer:
        taken, waiting = stands.get(group.id, (0, 0))
        return replace(group, taken=taken, waiting=waiting)

    return [replace(offer, groups=tuple(read(group) for group in offer.groups)) for offer in some]


def occupancy(groups: Collection[int] | None = None) -> Subquery:
    """Per group (or of these groups only): the seats taken and the length of the line.

    Who has left the school holds neither; a seat whose pupil was erased is held, nameless, until school or partner free it.
    """
    in_line = Choice.reserve_at.is_not(None)
    return (
        select(
            Choice.group_id,
            func.sum(case((and_(Choice.state.in_(HOLDING), ~in_line), 1), else_=0)).label("taken"),
            func.sum(case((and_(Choice.state.in_(WAITING), in_line), 1), else_=0)).label("waiting"),
        )
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id.is_not(None) if groups is None else Choice.group_id.in_(groups))
        .where(Choice.state.in_(ALIVE), Pupil.archived_at.is_(None))
        .group_by(Choice.group_id)
        .subquery()
    )


def about_children(pupils: Collection[int]) -> Select[*tuple[Any, ...]]:
    """Rows of these pupils, one a choice, for `children_of`; more may be asked of each. Archived pupils are left out."""
    return (
        select(
            Pupil.id,
            Pupil.full_name,
            Pupil.class_name,
            Pupil.class_year,
            Pupil.school_id,
            Choice.application_id,
            Choice.id.label("choice_id"),
            Choice.course_id,
            Choice.group_id,
            Choice.state,
            Application.year,
            Application.goes_on,
        )
        .outerjoin(Application, Application.pupil_id == Pupil.id)
        .outerjoin(Choice, and_(Choice.application_id == Application.id, Choice.state.in_((*ALIVE, "draft"))))
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id, Choice.id)
    )


def children_of(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, Child]:
    """The pupils of `about_children`, by name; a choice may stand in several rows."""
    held: dict[int, dict[int, Held]] = defaultdict(dict)
    stays: dict[int, set[int]] = defaultdict(set)
    known: dict[int, Any] = {}
    for row in rows:
        known[row.id] = row
        if row.goes_on:
            stays[row.id].add(row.year)
        if row.choice_id is not None:
            held[row.id][row.choice_id] = held_of(row)
    return {
        pupil_id: Child(
            id=pupil_id,
            full_name=row.full_name,
            class_name=row.class_name,
            class_year=row.class_year,
            school_id=row.school_id,
            held=tuple(one for one in held[pupil_id].values() if one.state != "draft"),
            drafts=tuple(one for one in held[pupil_id].values() if one.state == "draft"),
            stays=frozenset(stays[pupil_id]),
        )
        for pupil_id, row in known.items()
    }


async def children(tx: Tx, pupils: Collection[int]) -> dict[int, Child]:
    """These pupils with the courses each has applied for or learns in, and drafts apart. Archived ones are left out."""
    return children_of(await tx.execute(about_children(pupils)))
