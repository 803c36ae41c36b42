"""Questions about lessons: what stands when, what changed, who has been told and who has seen it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Acknowledgement, Course, Group, Lesson, LessonChange, Letter, Organization, Pupil, Staff

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

    @property
    def standing(self) -> Standing:
        return Standing(self.starts_at, self.ends_at, self.place, self.stand_in_id, self.cancelled_at is not None)

    @property
    def as_planned(self) -> bool:
        return self.standing == Standing(self.plan_starts_at, self.plan_ends_at, self.plan_place, None, cancelled=False)

    @property
    def where(self) -> str | None:
        return self.place or self.group_place

    @property
    def teacher(self) -> str:
        return self.stand_in or self.own_teacher


@dataclass(frozen=True)
class Scope:
    """Whose lessons somebody on the staff may see."""

    teachers: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()
    everywhere: bool = False  # a coordinator

    def holds(self) -> ColumnElement[bool]:
        return or_(
            true() if self.everywhere else false(),
            Course.organization_id.in_(self.organizations),
            Group.teacher_id.in_(self.teachers),
            Lesson.teacher_id.in_(self.teachers),
        )


def _lessons() -> Select[Any]:
    return (
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
        )
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .join(_Own, _Own.id == Group.teacher_id)
        .outerjoin(_StandIn, _StandIn.id == Lesson.teacher_id)
        .where(Lesson.archived_at.is_(None))
    )


def _stood(row: Row[Any]) -> Stood:
    return Stood(**row._mapping)


async def lesson(tx: Tx, lesson_id: int, *, lock: bool = False) -> Stood | None:
    """One lesson; `lock` when something will be decided on it (PostgreSQL)."""
    question = _lessons().where(Lesson.id == lesson_id)
    row = (await tx.execute(question.with_for_update(of=Lesson) if lock else question)).one_or_none()
    return None if row is None else _stood(row)


async def lessons(tx: Tx, ids: Collection[int]) -> dict[int, Stood]:
    rows = await tx.execute(_lessons().where(Lesson.id.in_(ids)))
    return {row.id: _stood(row) for row in rows}


async def lessons_of_groups(tx: Tx, groups: Collection[int], since: datetime, until: datetime) -> list[Stood]:
    """The lessons of these groups that begin in [since, until), the cancelled ones too, in order."""
    question = _lessons().where(Lesson.group_id.in_(groups), Lesson.starts_at >= since, Lesson.starts_at < until)
    return [_stood(row) for row in await tx.execute(question.order_by(Lesson.starts_at, Lesson.id))]


async def next_lesson(tx: Tx, groups: Collection[int], after: datetime) -> Stood | None:
    """The first lesson of these groups after a moment that is not cancelled."""
    question = _lessons().where(Lesson.group_id.in_(groups), Lesson.starts_at > after, Lesson.cancelled_at.is_(None))
    row = (await tx.execute(question.order_by(Lesson.starts_at, Lesson.id).limit(1))).one_or_none()
    return None if row is None else _stood(row)


async def lessons_taught(
    tx: Tx, scope: Scope, since: datetime, until: datetime, *, group_id: int | None = None, limit: int = 60
) -> list[Stood]:
    """The lessons within a scope (of one group) that begin in [since, until), in order."""
    question = _lessons().where(scope.holds(), Lesson.starts_at >= since, Lesson.starts_at < until)
    if group_id is not None:
        question = question.where(Lesson.group_id == group_id)
    return [_stood(row) for row in await tx.execute(question.order_by(Lesson.starts_at, Lesson.id).limit(limit))]


async def next_taught(tx: Tx, scope: Scope, after: datetime, *, group_id: int | None = None) -> datetime | None:
    """When the first lesson within a scope (of one group) begins that does not begin before a moment."""
    question = (
        select(func.min(Lesson.starts_at))
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(scope.holds(), Lesson.starts_at >= after, Lesson.archived_at.is_(None))
    )
    return await tx.scalar(question if group_id is None else question.where(Lesson.group_id == group_id))


async def lessons_of_teacher(tx: Tx, staff_id: int, since: datetime, until: datetime) -> list[Stood]:
    """What a teacher gives between two moments (overlapping them), as their own or standing in."""
    question = _lessons().where(
        func.coalesce(Lesson.teacher_id, Group.teacher_id) == staff_id,
        Lesson.starts_at < until,
        Lesson.ends_at > since,
        Lesson.cancelled_at.is_(None),
    )
    return [_stood(row) for row in await tx.execute(question.order_by(Lesson.starts_at))]


async def partners(tx: Tx) -> list[tuple[int, str]]:
    """The organizations that have groups, by name."""
    rows = await tx.execute(
        select(Organization.id, Organization.name)
        .where(
            Organization.archived_at.is_(None),
            Organization.id.in_(select(Course.organization_id).join(Group, Group.course_id == Course.id)),
        )
        .order_by(Organization.name)
    )
    return [(row.id, row.name) for row in rows]


@dataclass(frozen=True)
class Taught:
    id: int
    code: str
    course: str
    organization_id: int


async def groups_of_organization(tx: Tx, organization_id: int) -> list[Taught]:
    rows = await tx.execute(
        select(Group.id, Group.code, Course.name.label("course"), Course.organization_id)
        .join(Course, Course.id == Group.course_id)
        .where(Course.organization_id == organization_id, Group.archived_at.is_(None))
        .order_by(Course.name, Group.code)
    )
    return [Taught(**row._mapping) for row in rows]


# ── changes and their acknowledgement ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Change:
    """One change of a lesson, as kept."""

    id: int
    lesson_id: int
    kind: str
    was: Standing
    now: Standing
    at: datetime
    superseded: bool


def _changes() -> Select[Any]:
    return select(
        LessonChange.id,
        LessonChange.lesson_id,
        LessonChange.kind,
        LessonChange.was,
        LessonChange.now,
        LessonChange.at,
        LessonChange.superseded_at,
    )


def _change(row: Row[Any]) -> Change:
    was, now = Standing.of(row.was), Standing.of(row.now)
    return Change(row.id, row.lesson_id, row.kind, was, now, row.at, row.superseded_at is not None)


async def change(tx: Tx, change_id: int) -> Change | None:
    row = (await tx.execute(_changes().where(LessonChange.id == change_id))).one_or_none()
    return None if row is None else _change(row)


async def current_changes(tx: Tx, lessons: Collection[int]) -> dict[int, Change]:
    """By lesson the change that stands."""
    question = _changes().where(LessonChange.lesson_id.in_(lessons), LessonChange.superseded_at.is_(None))
    return {row.lesson_id: _change(row) for row in await tx.execute(question.order_by(LessonChange.id))}


async def changed_ahead(tx: Tx, since: datetime, until: datetime) -> list[Change]:
    """The standing changes of lessons that have not begun, made before a moment."""
    question = (
        _changes()
        .join(Lesson, Lesson.id == LessonChange.lesson_id)
        .where(
            LessonChange.superseded_at.is_(None),
            Lesson.archived_at.is_(None),
            Lesson.starts_at > since,
            LessonChange.at <= until,
        )
    )
    return [_change(row) for row in await tx.execute(question.order_by(LessonChange.id))]


async def put_change(
    tx: Tx, lesson_id: int, kind: str, was: Standing, now: Standing, *, by: int | None, at: datetime, reason: str | None
) -> int:
    """Keep a change; the lesson's older ones no longer stand. Returns its id."""
    await tx.execute(
        update(LessonChange)
        .where(LessonChange.lesson_id == lesson_id, LessonChange.superseded_at.is_(None))
        .values(superseded_at=at)
    )
    kept = await tx.execute(
        insert(LessonChange)
        .values(lesson_id=lesson_id, kind=kind, was=was.kept(), now=now.kept(), reason=reason, by=by, at=at)
        .returning(LessonChange.id)
    )
    return kept.scalar_one()


async def set_standing(tx: Tx, lesson_id: int, stands: Standing, *, at: datetime) -> None:
    await tx.execute(
        update(Lesson)
        .where(Lesson.id == lesson_id)
        .values(
            starts_at=stands.starts_at,
            ends_at=stands.ends_at,
            place=stands.place,
            teacher_id=stands.teacher_id,
            cancelled_at=at if stands.cancelled else None,
        )
    )


Asked = dict[tuple[int, int], int]  # (lesson, pupil) → the change their family was last told of


async def asked(tx: Tx, lessons: Collection[int]) -> Asked:
    """Of which change each child's family was last told, by the letters that were not withdrawn."""
    topics = {f"lesson:{lesson_id}": lesson_id for lesson_id in lessons}
    rows = await tx.execute(
        select(Letter.topic, Letter.pupil_id, Letter.dedup).where(
            Letter.topic.in_(topics), Letter.state != "cancelled", Letter.pupil_id.is_not(None)
        )
    )
    found: Asked = {}
    for row in rows:  # dedup is kind:topic:version:…, and the version is the change
        told = int(row.dedup.split(f":{row.topic}:", 1)[1].split(":", 1)[0])
        about = topics[row.topic], row.pupil_id
        found[about] = max(told, found.get(about, 0))
    return found


async def acknowledged(tx: Tx, lessons: Collection[int]) -> dict[tuple[int, int], int]:
    """(lesson, pupil) → the latest change the child's family says it has seen."""
    rows = await tx.execute(
        select(LessonChange.lesson_id, Acknowledgement.pupil_id, func.max(Acknowledgement.change_id))
        .join(LessonChange, LessonChange.id == Acknowledgement.change_id)
        .where(LessonChange.lesson_id.in_(lessons))
        .group_by(LessonChange.lesson_id, Acknowledgement.pupil_id)
    )
    return {(lesson_id, pupil_id): change_id for lesson_id, pupil_id, change_id in rows}


async def put_acknowledgement(tx: Tx, change_id: int, person_id: int, pupil_id: int, *, at: datetime) -> bool:
    """Keep that somebody has seen a change; False if they had said so before."""
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    row = {"change_id": change_id, "person_id": person_id, "pupil_id": pupil_id, "at": at}
    kept = await tx.execute(
        dialect.insert(Acknowledgement).values(row).on_conflict_do_nothing().returning(Acknowledgement.change_id)
    )
    return kept.scalar_one_or_none() is not None


async def unsent_reminders(tx: Tx, topics: Collection[str], pupils: Collection[int]) -> list[int]:
    """Reminders of these days about these children that no worker has taken yet."""
    question = select(Letter.id).where(Letter.topic.in_(topics), Letter.state == "new", Letter.pupil_id.in_(pupils))
    return list(await tx.scalars(question))


# ── people of a lesson ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Learner:
    id: int
    full_name: str
    class_name: str
    school_id: int


async def learners(tx: Tx, pupils: Collection[int]) -> list[Learner]:
    """Pupils by name, for staff."""
    rows = await tx.execute(
        select(Pupil.id, Pupil.full_name, Pupil.class_name, Pupil.school_id)
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [Learner(**row._mapping) for row in rows]


async def staff_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    rows = await tx.execute(select(Staff.id, Staff.full_name).where(Staff.id.in_(ids)))
    return {row.id: row.full_name for row in rows}


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
        found[school_id].append(person_id)
    return found
