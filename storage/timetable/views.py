"""Questions of those who look at the timetable: what stands in some days or has left them, what comes next, where to choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, bindparam, exists, func, or_, select, true, union_all

from bot.paging import Page
from storage.db import Tx
from storage.enrollment.yearend import LEARNT
from storage.paged import paged
from storage.prepared import Prepared, several
from storage.tables import Application, Choice, Course, Group, Lesson, Organization, Pupil, Road, Staff
from storage.timetable.timetable import Scope, Stood, given_by, short, standing, standing_where, stood
from storage.twins import twin

A_VIEW = 400  # lessons of some days somebody looks at: a network of 60 groups has half of them in a week


@dataclass(frozen=True)
class Narrowed:
    """What a member of the staff looks at out of all they may see; 0 and None: everything of it."""

    group: int = 0
    partner: int = 0
    teacher: int = 0
    teachers: frozenset[int] = frozenset()  # whoever of them gives it; empty: whoever it be
    place: tuple[int, str] | None = None  # the partner, and the place as a lesson shows it

    def holds(self) -> ColumnElement[bool]:
        asked: list[ColumnElement[bool]] = [true()]
        if self.group:
            asked.append(Lesson.group_id == self.group)
        if self.partner:
            asked.append(Course.organization_id == self.partner)
        if self.teacher:
            asked.append(given_by([self.teacher]))
        if self.teachers:
            asked.append(given_by(self.teachers))
        if self.place:
            asked += [Course.organization_id == self.place[0], _where() == self.place[1]]
        return and_(*asked)


def _where() -> ColumnElement[str | None]:
    """Where a lesson is held: its own place, else the group's."""
    return func.coalesce(func.nullif(Lesson.place, ""), Group.place)


def _seen(since: Any, until: Any) -> ColumnElement[bool]:
    """Lessons that begin in [since, until), and those that would, had they not been moved."""
    return or_(_begins(Lesson, since, until), _left(Lesson, since, until))


def _begins(lesson: type[Lesson], since: Any, until: Any) -> ColumnElement[bool]:
    return and_(lesson.starts_at >= since, lesson.starts_at < until)


def _left(lesson: type[Lesson], since: Any, until: Any) -> ColumnElement[bool]:
    """Of moved lessons alone, as the index has them: they are few."""
    return and_(lesson.plan_starts_at >= since, lesson.plan_starts_at < until, lesson.plan_starts_at != lesson.starts_at)


# ── families ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def of_groups(tx: Tx, groups: Collection[int], since: datetime, until: datetime) -> list[Stood]:
    """The lessons of these groups in [since, until), the cancelled ones too, and those that were moved out of these days."""
    return [stood(row) for row in await _OF_GROUPS.rows(tx, groups=groups, since=since, until=until)]


_OF_GROUPS = Prepared(
    standing_where(Lesson.group_id.in_(several("groups")), _seen(bindparam("since"), bindparam("until")), limit=A_VIEW)
)


async def days_of_groups(tx: Tx, groups: Collection[int], since: datetime, until: datetime) -> list[datetime]:
    """When the lessons of these groups begin in [since, until), but for the cancelled ones."""
    question = select(Lesson.starts_at).where(
        Lesson.group_id.in_(groups),
        Lesson.archived_at.is_(None),
        Lesson.cancelled_at.is_(None),
        Lesson.starts_at >= since,
        Lesson.starts_at < until,
    )
    return list(await tx.scalars(question))


async def next_lesson(tx: Tx, groups: Collection[int], now: datetime) -> Stood | None:
    """The first lesson of these groups that is not over and not cancelled: it may be going on."""
    row = await _NEXT.first(tx, groups=groups, now=now)
    return None if row is None else stood(row)


_NEXT = Prepared(
    standing_where(
        Lesson.group_id.in_(several("groups")), Lesson.ends_at > bindparam("now"), Lesson.cancelled_at.is_(None), limit=1
    )
)


async def road(tx: Tx, pupils: Collection[int], organization_id: int) -> int:
    """Minutes on the road from these pupils' schools to an organization, the longest; 0: nobody has said."""
    return await _ROAD.value(tx, pupils=pupils, organization=organization_id) or 0


def _road() -> Prepared:
    schools = select(Pupil.school_id).where(Pupil.id.in_(several("pupils")))
    there = and_(Road.from_id.in_(schools), Road.to_id == bindparam("organization"))
    back = and_(Road.to_id.in_(schools), Road.from_id == bindparam("organization"))
    return Prepared(select(func.max(Road.minutes)).where(or_(there, back)))


_ROAD = _road()


async def courses_in_order(tx: Tx, pupils: Collection[int], year: int) -> list[int]:
    """The courses these pupils have learnt in that year, in the order in which they came to them: what a family has left keeps
    its place, so that a colour once given stays.
    """
    question = (
        select(Choice.course_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Application, Application.id == Choice.application_id)
        .where(Application.pupil_id.in_(pupils), Choice.state.in_(LEARNT), Course.year == year)
        .group_by(Choice.course_id)
        .order_by(func.min(Choice.id))
    )
    return list(await tx.scalars(question))


async def courses_of_groups(tx: Tx, groups: Collection[int]) -> dict[int, int]:
    """By group its course."""
    rows = await tx.execute(select(Group.id, Group.course_id).where(Group.id.in_(groups)))
    return {row.id: row.course_id for row in rows}


# ── those who teach and organize ────────────────────────────────────────────────────────────────────────────────────────


async def taught(tx: Tx, scope: Scope, narrowed: Narrowed, since: datetime, until: datetime) -> list[Stood]:
    """The lessons within a scope, narrowed, in [since, until), the cancelled ones too, and those that were moved out of it."""
    if scope.everywhere and narrowed == Narrowed():
        return await standing(tx, Lesson.id.in_(_first_of_all(since, until)), limit=A_VIEW)
    return await standing(tx, scope.holds(), narrowed.holds(), _seen(since, until), limit=A_VIEW)


def _first_of_all(since: datetime, until: datetime) -> CompoundSelect[int]:
    """Of everybody's lessons of some days those that come first, and all that were moved out of them. A region has thousands: the
    index of hours gives the first, where one question for both kinds would sort them all.
    """
    lesson, moved = twin(Lesson, "first"), twin(Lesson, "moved")
    first = (
        select(lesson.id)
        .where(lesson.archived_at.is_(None), _begins(lesson, since, until))
        .order_by(lesson.starts_at, lesson.id)
        .limit(A_VIEW)
        .subquery()
    )
    return union_all(select(first.c.id), select(moved.id).where(_left(moved, since, until)))


async def to_change(tx: Tx, scope: Scope, narrowed: Narrowed, since: datetime, until: datetime) -> list[Stood]:
    """The lessons within a scope, narrowed, that begin in [since, until) and are not cancelled."""
    begins = Lesson.starts_at >= since, Lesson.starts_at < until, Lesson.cancelled_at.is_(None)
    return await standing(tx, scope.holds(), narrowed.holds(), *begins, limit=A_VIEW)


async def next_taught(tx: Tx, scope: Scope, narrowed: Narrowed, after: datetime) -> datetime | None:
    """When the first lesson within a scope, narrowed, begins that does not begin before a moment."""
    question = (
        select(func.min(Lesson.starts_at))
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(scope.holds(), narrowed.holds(), Lesson.starts_at >= after, Lesson.archived_at.is_(None))
    )
    return await tx.scalar(question)


async def partners(tx: Tx, page: int, size: int) -> Page[tuple[int, str]]:
    """The organizations that have groups, by name."""
    return await paged(tx, _PARTNERS, page, size, lambda row: (row.id, short(row.name)))


async def partner(tx: Tx, organization_id: int) -> str | None:
    """What one of them is called; None: it is none of them."""
    row = (await tx.execute(_PARTNERS.where(Organization.id == organization_id))).one_or_none()
    return None if row is None else short(row.name)


_PARTNERS = (
    select(Organization.id, Organization.name)
    .where(
        Organization.archived_at.is_(None),
        exists(select(Course.id).join(Group, Group.course_id == Course.id).where(Course.organization_id == Organization.id)),
    )
    .order_by(Organization.name, Organization.id)
)


@dataclass(frozen=True)
class Taught:
    id: int
    code: str
    course: str
    organization_id: int
    year: int


async def groups(tx: Tx, scope: Scope, years: tuple[int, int]) -> list[Taught]:
    """The groups within a scope of the academic years from the first to the last, the earlier year first."""
    return [_taught(row) for row in await tx.execute(_groups(scope, years))]


async def page_of_groups(tx: Tx, scope: Scope, years: tuple[int, int], partner: int, page: int, size: int) -> Page[Taught]:
    """A page of the same groups, of one partner if it is not 0."""
    question = _groups(scope, years)
    return await paged(tx, question.where(Course.organization_id == partner) if partner else question, page, size, _taught)


def _groups(scope: Scope, years: tuple[int, int]) -> Select[*tuple[Any, ...]]:
    return (
        select(Group.id, Group.code, Course.name.label("course"), Course.organization_id, Group.year)
        .join(Course, Course.id == Group.course_id)
        .where(scope.of_groups(), Group.archived_at.is_(None), Group.year.between(*years))
        .order_by(Group.year, Course.name, Group.code)
    )


def _taught(row: Row[Any]) -> Taught:
    return Taught(row.id, row.code, short(row.course), row.organization_id, row.year)


async def teachers(tx: Tx, scope: Scope, years: tuple[int, int], page: int, size: int) -> Page[tuple[int, str]]:
    """Those who teach the groups of these years within a scope, by name."""
    return await paged(tx, _teachers(scope, years), page, size, lambda row: (row.id, short(row.full_name)))


async def teacher(tx: Tx, scope: Scope, years: tuple[int, int], staff_id: int) -> str | None:
    """What one of them is called; None: it is none of them."""
    row = (await tx.execute(_teachers(scope, years).where(Staff.id == staff_id))).one_or_none()
    return None if row is None else short(row.full_name)


def _teachers(scope: Scope, years: tuple[int, int]) -> Select[*tuple[Any, ...]]:
    theirs = select(Group.teacher_id).join(Course, Course.id == Group.course_id)
    return (
        select(Staff.id, Staff.full_name)
        .where(Staff.id.in_(theirs.where(scope.of_groups(), Group.archived_at.is_(None), Group.year.between(*years))))
        .order_by(Staff.full_name, Staff.id)
    )


async def places(tx: Tx, scope: Scope, years: tuple[int, int], page: int, size: int) -> Page[tuple[int, str, str]]:
    """Where the lessons of these years within a scope are held: the partner, its name, and the place as written."""
    return await paged(tx, _places(scope, years), page, size, _place)


async def every_place(tx: Tx, scope: Scope, years: tuple[int, int]) -> list[tuple[int, str, str]]:
    """All of them."""
    return [_place(row) for row in await tx.execute(_places(scope, years))]


def _place(row: Row[Any]) -> tuple[int, str, str]:
    return row.id, short(row.name), row.place


def _places(scope: Scope, years: tuple[int, int]) -> Select[*tuple[Any, ...]]:
    """Of a group each place once, as an index has them: it has a hundred lessons in a year."""
    lesson = twin(Lesson, "held")
    held = select(lesson.group_id, lesson.place).where(lesson.archived_at.is_(None)).distinct()
    if not scope.everywhere:
        theirs = select(Group.id).join(Course, Course.id == Group.course_id).where(scope.of_groups())
        held = held.where(lesson.group_id.in_(theirs))
    of = held.subquery()
    where = func.coalesce(func.nullif(of.c.place, ""), Group.place)
    place = where.label("place")  # ordered by its name: PostgreSQL orders distinct rows by what they hold
    return (
        select(Organization.id, Organization.name, place)
        .join(Course, Course.organization_id == Organization.id)
        .join(Group, Group.course_id == Course.id)
        .join(of, of.c.group_id == Group.id)
        .where(Group.year.between(*years), where.is_not(None))
        .distinct()
        .order_by(Organization.name, place, Organization.id)
    )
