"""Questions about lessons: what stands when, who gives it, who learns in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, true, union_all
from sqlalchemy.orm import aliased

from storage.among import among
from storage.db import Tx
from storage.people.classes import YearOf, last_class
from storage.people.consent import Reader, shown_name
from storage.tables import Course, Group, Lesson, Organization, Pupil, Staff
from storage.twins import twin

LONGEST_NAME = 80  # characters of a course's, place's or person's name a page shows
NAMES = frozenset({"course", "organization", "own_teacher", "stand_in", "group_place"})  # only shown, never written back

_Own = aliased(Staff)
_StandIn = aliased(Staff)


@dataclass(frozen=True)
class Standing:
    """How a lesson stands: what a change turns into another."""

    starts_at: datetime
    ends_at: datetime
    place: str | None
    teacher_id: int | None  # a stand-in; None: the group's own
    cancelled: bool

    def kept(self) -> dict[str, Any]:
        """As JSON, for LessonChange and Audit."""
        return {
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "place": self.place,
            "teacher_id": self.teacher_id,
            "cancelled": self.cancelled,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Standing:
        starts, ends = (datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at"))
        return cls(starts, ends, kept["place"], kept["teacher_id"], kept["cancelled"])


@dataclass(frozen=True)
class Stood:
    """A lesson with what a page or a decision needs to know of it."""

    id: int
    group_id: int
    group: str
    course: str
    organization_id: int
    organization: str
    own_teacher_id: int
    own_teacher: str
    stand_in_id: int | None
    stand_in: str | None
    plan_starts_at: datetime
    plan_ends_at: datetime
    plan_place: str | None
    starts_at: datetime
    ends_at: datetime
    place: str | None
    group_place: str | None
    cancelled_at: datetime | None
    makes_up_id: int | None = None  # an extra lesson: for which cancelled one

    @property
    def standing(self) -> Standing:
        return Standing(self.starts_at, self.ends_at, self.place, self.stand_in_id, self.cancelled_at is not None)

    def held_at(self, place: str) -> Standing:
        """How it stands in another place."""
        return replace(self.standing, place=place)

    @property
    def as_planned(self) -> bool:
        return self.standing == Standing(self.plan_starts_at, self.plan_ends_at, self.plan_place, None, cancelled=False)

    @property
    def where(self) -> str | None:
        return short(self.place) if self.place else self.group_place

    @property
    def teacher(self) -> str:
        return self.stand_in or self.own_teacher

    @property
    def giver_id(self) -> int:
        """Who gives it, of the staff: the stand-in, or whose the group is."""
        return self.stand_in_id or self.own_teacher_id


@dataclass(frozen=True)
class Scope:
    """Whose lessons somebody on the staff may see."""

    teachers: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()
    everywhere: bool = False  # a coordinator

    def holds(self) -> ColumnElement[bool]:
        """Their groups' lessons, and those where they stand in."""
        if self.everywhere:
            return true()
        lesson, group, course = twin(Lesson, "whose"), twin(Group, "whose"), twin(Course, "whose")
        theirs = select(lesson.id).join(group, group.id == lesson.group_id)
        of_partners = theirs.join(course, course.id == group.course_id).where(course.organization_id.in_(self.organizations))
        own = theirs.where(group.teacher_id.in_(self.teachers))
        return _among(own, _stood_in(self.teachers), *([of_partners] if self.organizations else []))

    def of_groups(self) -> ColumnElement[bool]:
        """The same where it is groups that are asked for, not lessons: a stand-in has no group."""
        theirs = among((Course.organization_id, self.organizations), (Group.teacher_id, self.teachers))
        return true() if self.everywhere else theirs


# Asked for every page of a timetable: putting the question together costs more than asking it.
_EVERY: Select[*tuple[Any, ...]] = (
    select(
        Lesson.id,
        Lesson.group_id,
        Group.code.label("group"),
        Course.name.label("course"),
        Course.organization_id,
        Organization.name.label("organization"),
        Group.teacher_id.label("own_teacher_id"),
        _Own.full_name.label("own_teacher"),
        Lesson.teacher_id.label("stand_in_id"),
        _StandIn.full_name.label("stand_in"),
        Lesson.plan_starts_at,
        Lesson.plan_ends_at,
        Lesson.plan_place,
        Lesson.starts_at,
        Lesson.ends_at,
        Lesson.place,
        Group.place.label("group_place"),
        Lesson.cancelled_at,
        Lesson.makes_up_id,
    )
    .join(Group, Group.id == Lesson.group_id)
    .join(Course, Course.id == Group.course_id)
    .join(Organization, Organization.id == Course.organization_id)
    .join(_Own, _Own.id == Group.teacher_id)
    .outerjoin(_StandIn, _StandIn.id == Lesson.teacher_id)
)
_STANDING = _EVERY.where(Lesson.archived_at.is_(None))


def stood(row: Row[Any]) -> Stood:
    found = Stood(**row._asdict())
    long: dict[str, Any] = {name: short(value) for name in NAMES if (value := getattr(found, name)) and len(value) > LONGEST_NAME}
    return replace(found, **long) if long else found


def short(name: str) -> str:
    """A name as pages and letters show it: no name can make a message too long."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def given_by(teachers: Collection[int]) -> ColumnElement[bool]:
    """Lessons these teachers give: where they stand in, and their own groups' where nobody does."""
    lesson, group = twin(Lesson, "whose"), twin(Group, "whose")
    own = select(lesson.id).join(group, group.id == lesson.group_id)
    return _among(own.where(group.teacher_id.in_(teachers), lesson.teacher_id.is_(None)), _stood_in(teachers))


def _stood_in(teachers: Collection[int]) -> Select[int]:
    lesson = twin(Lesson, "whose")
    return select(lesson.id).where(lesson.teacher_id.in_(teachers))


def _among(*some: Select[int]) -> ColumnElement[bool]:
    """Lessons that are in one of these, each of which has its index. As conditions joined by OR they would be asked of everybody's
    lessons of the days that are meant: in a region two thousand a day.
    """
    return Lesson.id.in_(union_all(*some))


def standing_where(*which: ColumnElement[bool], limit: int | None = None) -> Select[*tuple[Any, ...]]:
    """The question for the lessons of which all this is true, the cancelled ones too, in order: of its rows `stood` makes lessons."""
    return _STANDING.where(*which).order_by(Lesson.starts_at, Lesson.id).limit(limit)


async def standing(tx: Tx, *which: ColumnElement[bool], limit: int | None = None) -> list[Stood]:
    """The lessons of which all this is true, the cancelled ones too, in order."""
    return [stood(row) for row in await tx.execute(standing_where(*which, limit=limit))]


async def lesson(tx: Tx, lesson_id: int, *, lock: bool = False) -> Stood | None:
    """One lesson; `lock` when something will be decided on it (PostgreSQL)."""
    question = _STANDING.where(Lesson.id == lesson_id)
    row = (await tx.execute(question.with_for_update(of=Lesson) if lock else question)).one_or_none()
    return None if row is None else stood(row)


async def lessons(tx: Tx, ids: Collection[int]) -> dict[int, Stood]:
    """Lessons by id, those gone from the plan too: their families must hear of it."""
    rows = await tx.execute(_EVERY.where(Lesson.id.in_(ids)))
    return {row.id: stood(row) for row in rows}


async def lessons_of_groups(tx: Tx, groups: Collection[int], since: datetime, until: datetime) -> list[Stood]:
    """The lessons of these groups that begin in [since, until), the cancelled ones too, in order."""
    question = _STANDING.where(Lesson.group_id.in_(groups), Lesson.starts_at >= since, Lesson.starts_at < until)
    return [stood(row) for row in await tx.execute(question.order_by(Lesson.starts_at, Lesson.id))]


async def lessons_between(tx: Tx, since: datetime, until: datetime) -> list[Stood]:
    """Everybody's lessons that begin in [since, until), in order: for the bot's own jobs."""
    question = _STANDING.where(Lesson.starts_at >= since, Lesson.starts_at < until)
    return [stood(row) for row in await tx.execute(question.order_by(Lesson.starts_at, Lesson.id))]


async def last_lesson(tx: Tx, groups: Collection[int]) -> datetime | None:
    """When the last lesson of these groups begins that was not cancelled."""
    return await tx.scalar(
        select(func.max(Lesson.starts_at)).where(
            Lesson.group_id.in_(groups), Lesson.archived_at.is_(None), Lesson.cancelled_at.is_(None)
        )
    )


# ── people of a lesson ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Learner:
    id: int
    full_name: str  # empty where the reader may not know it
    class_name: str
    school_id: int
    foreign: bool = False  # of a school that is not the reader's: «ученик другой школы»


async def learners(tx: Tx, pupils: Collection[int], organization_id: int, reader: Reader, *, year: YearOf) -> list[Learner]:
    """Pupils of this partner's lessons by name, with the class of that year; of another school's this reader knows neither."""
    rows = await tx.execute(
        select(
            Pupil.id,
            shown_name(reader, organization_id).label("full_name"),
            last_class(year).label("class_name"),
            Pupil.school_id,
            (~reader.concerns(organization_id)).label("foreign"),
        )
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [Learner(row.id, short(row.full_name), short(row.class_name), row.school_id, bool(row.foreign)) for row in rows]


def year_of_group(group_id: int) -> ColumnElement[int]:
    """The academic year of a group, within a question."""
    return select(Group.year).where(Group.id == group_id).scalar_subquery()


async def schools_of(tx: Tx, pupils: Collection[int]) -> Counter[int]:
    """How many of these pupils are of which school."""
    rows = await tx.scalars(select(Pupil.school_id).where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None)))
    return Counter(rows)


async def staff_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    rows = await tx.execute(select(Staff.id, Staff.full_name).where(Staff.id.in_(ids)))
    return {row.id: short(row.full_name) for row in rows}


async def people_of_staff(tx: Tx, ids: Collection[int]) -> list[int]:
    """The people behind these posts, where they have the bot."""
    question = select(Staff.person_id).where(Staff.id.in_(ids), Staff.person_id.is_not(None), Staff.archived_at.is_(None))
    return sorted({person_id for person_id in await tx.scalars(question) if person_id is not None})


async def coordinators_of(tx: Tx, schools: Collection[int]) -> dict[int, list[int]]:
    """By school the people who are its coordinators and have the bot."""
    rows = await tx.execute(
        select(Staff.organization_id, Staff.person_id).where(
            Staff.role == "coordinator",
            Staff.organization_id.in_(schools),
            Staff.person_id.is_not(None),
            Staff.archived_at.is_(None),
        )
    )
    found: dict[int, list[int]] = defaultdict(list)
    for school_id, person_id in rows:
        if person_id is not None:
            found[school_id].append(person_id)
    return found


@dataclass(frozen=True)
class FirstLesson:
    """Where and when a group meets next."""

    at: datetime | None
    place: str | None
    address: str | None


async def first_lesson(tx: Tx, group_id: int, now: datetime) -> FirstLesson:
    """The group's next lesson that is not cancelled; without one, where the group meets."""
    lesson = (
        select(Lesson.starts_at.label("starts_at"), Lesson.place.label("place"))
        .where(Lesson.group_id == group_id, Lesson.starts_at > now, Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None))
        .order_by(Lesson.starts_at)
        .limit(1)
        .subquery()
    )
    row = (
        await tx.execute(
            select(
                lesson.c.starts_at.label("at"),
                func.coalesce(func.nullif(lesson.c.place, ""), Group.place).label("place"),
                Organization.address,
            )
            .select_from(Group)
            .join(Course, Course.id == Group.course_id)
            .join(Organization, Organization.id == Course.organization_id)
            .outerjoin(lesson, literal(True))
            .where(Group.id == group_id)
        )
    ).one()
    return FirstLesson(**row._mapping)
