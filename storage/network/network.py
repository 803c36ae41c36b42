"""What is stored of the network, in the words of the workbook's rows, and the writing of many rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy import Table as Core
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.parts import parts
from storage.people.classes import class_of, said_class
from storage.surveys.book import of_book
from storage.tables import (
    Application,
    CalendarDay,
    Choice,
    ClassHours,
    Course,
    Group,
    Lesson,
    LessonChange,
    Note,
    Organization,
    PlannedTopic,
    Pupil,
    Resource,
    Road,
    Room,
    Slot,
    Staff,
    Step,
    Table,
    Year,
)

T = TypeVar("T")

Rows: TypeAlias = Sequence[Any]


def changes_of(year: int) -> str:
    """The note that keeps the sheet Изменения of a year as last applied."""
    return f"network.changes.{year}"


@dataclass(frozen=True, slots=True)
class Stored:
    """The network as it stands in one academic year. Rows are named like the workbook's, what they refer to by its code."""

    years: Rows
    organizations: Rows
    staff: Rows
    pupils: Rows
    courses: Rows
    groups: Rows
    slots: Rows
    busy: Rows
    rooms: Rows
    roads: Rows
    programme: Rows
    calendar: Rows
    steps: Rows
    surveys: Rows
    resources: Rows
    changes: str | None
    this: int  # the academic year whose classes the pupils hold: the running one


def _things(year: int, this: int) -> dict[str, Select[Any]]:
    origin, goal = aliased(Organization), aliased(Organization)
    return {
        "years": select(Year.year, Year.starts_on, Year.ends_on, Year.half_ends_on).where(Year.year == year),
        "organizations": select(
            Organization.id, Organization.code, Organization.name, Organization.role, Organization.kind, Organization.licence,
            Organization.address, Organization.phone, Organization.site, Organization.head, Organization.head_post,
            Organization.acts_on, Organization.details, Organization.archived_at,
        ),
        "staff": select(
            Staff.id, Staff.code, Staff.full_name, Organization.code.label("organization"), Staff.role, Staff.post,
            Staff.archived_at,
        ).join(Organization, Organization.id == Staff.organization_id),
        "pupils": select(
            Pupil.id, Pupil.code, Pupil.full_name, said_class(this).label("class_name"), Pupil.birth_date, Organization.code.label("school"),
            Pupil.archived_at,
        ).join(Organization, Organization.id == Pupil.school_id),
        "courses": select(
            Course.id, Course.code, Course.name, Organization.code.label("organization"), Course.direction, Course.classes,
            Course.hours, Course.description, Course.selection, Course.opens_on, Course.closes_on, Course.scale, Course.equipment,
            Course.accessible, Course.archived_at,
        ).join(Organization, Organization.id == Course.organization_id).where(Course.year == year),
        "groups": select(
            Group.id, Group.code, Course.code.label("course"), Staff.code.label("teacher"), Group.seats, Group.minimum, Group.place,
            Group.archived_at,
        ).join(Course, Course.id == Group.course_id).join(Staff, Staff.id == Group.teacher_id)
        .where(Group.year == year),
        "slots": select(
            Slot.id, Group.code.label("group"), Slot.weekday, Slot.starts, Slot.ends, Slot.place, Slot.from_day, Slot.to_day,
            Slot.weeks,
        ).join(Group, Group.id == Slot.group_id).where(Group.year == year),
        "busy": select(
            ClassHours.id, ClassHours.class_name, ClassHours.weekday, ClassHours.starts, ClassHours.ends,
            Organization.code.label("school"),
        ).join(Organization, Organization.id == ClassHours.school_id).where(ClassHours.year == year),
        "rooms": select(
            Room.id, Room.code, Room.name, Organization.code.label("organization"), Room.seats, Room.equipment, Room.archived_at,
        ).join(Organization, Organization.id == Room.organization_id),
        "resources": select(
            Resource.id, Resource.kind, Resource.name, Organization.code.label("organization"), Resource.description, Resource.place,
            Resource.seats, Resource.whom, Resource.link, Resource.archived_at,
        ).join(Organization, Organization.id == Resource.organization_id),
        "roads": select(
            Road.from_id, Road.to_id, origin.code.label("origin"), goal.code.label("goal"), Road.minutes
        ).join(origin, origin.id == Road.from_id).join(goal, goal.id == Road.to_id),
        "programme": select(
            PlannedTopic.id, Course.code.label("course"), PlannedTopic.number, PlannedTopic.topic, PlannedTopic.hours
        ).join(Course, Course.id == PlannedTopic.course_id).where(Course.year == year),
        "calendar": select(
            CalendarDay.school_id, Organization.code.label("school"), CalendarDay.day, CalendarDay.kind, CalendarDay.name
        ).join(Organization, Organization.id == CalendarDay.school_id),
        "steps": select(
            Step.id, Step.code, Step.number, Step.task, Step.activity, Step.starts_on, Step.ends_on, Step.repeats,
            Staff.code.label("responsible"), Step.result, Step.archived_at, Organization.code.label("school"),
        ).join(Organization, Organization.id == Step.school_id).outerjoin(Staff, Staff.id == Step.responsible_id)
        .where(Step.code.like("roadmap-%"), Step.year == year),
    }  # fmt: skip


_ORDER: dict[str, tuple[Any, ...]] = {
    "roads": (Road.from_id, Road.to_id),
    "calendar": (CalendarDay.day, CalendarDay.school_id),
    "years": (Year.year,),
}
_KEYS: dict[str, Any] = {
    "organizations": Organization.id, "staff": Staff.id, "pupils": Pupil.id, "courses": Course.id, "groups": Group.id,
    "slots": Slot.id, "busy": ClassHours.id, "rooms": Room.id, "programme": PlannedTopic.id, "steps": Step.id,
    "resources": Resource.id,
}  # fmt: skip


async def stored(tx: Tx, year: int, this: int) -> Stored:
    """Everything a workbook of that year is compared with, the archived too; lessons apart. Classes are those of the year `this`."""
    found: dict[str, Any] = {}
    for name, question in _things(year, this).items():
        found[name] = (await tx.execute(question.order_by(*_ORDER.get(name, (_KEYS.get(name),))))).all()
    found["surveys"] = await of_book(tx, year)
    return Stored(**found, changes=await tx.scalar(select(Note.value).where(Note.name == changes_of(year))), this=this)


async def lessons(tx: Tx, year: int) -> Sequence[Any]:
    """The lessons of a year's groups; the archived too."""
    return (
        await tx.execute(
            select(
                Lesson.id, Group.code.label("group"), Lesson.week, Lesson.ordinal, Lesson.plan_starts_at, Lesson.plan_ends_at,
                Lesson.plan_place, Lesson.starts_at, Lesson.ends_at, Lesson.place, Staff.code.label("teacher"), Lesson.cancelled_at,
                Lesson.archived_at, Lesson.makes_up_id, Lesson.time_by, Lesson.place_by, Lesson.teacher_by, Lesson.cancelled_by,
            )
            .join(Group, Group.id == Lesson.group_id)
            .outerjoin(Staff, Staff.id == Lesson.teacher_id)
            .where(Group.year == year)
            .order_by(Lesson.group_id, Lesson.week, Lesson.plan_starts_at, Lesson.ordinal)
        )
    ).all()  # fmt: skip


async def classes(tx: Tx, year: int) -> list[tuple[str, str]]:
    """Code and class in that year of every pupil who has not left."""
    rows = await tx.execute(select(Pupil.code, class_of(year).label("class_name")).where(Pupil.archived_at.is_(None)))
    return [(row.code, row.class_name) for row in rows]


async def learning(tx: Tx) -> dict[int, list[int]]:
    """Group → the pupils enrolled in it."""
    rows = await tx.execute(
        select(Choice.group_id, Pupil.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.state == "enrolled", Choice.group_id.is_not(None), Pupil.archived_at.is_(None))
        .order_by(Choice.group_id, Pupil.full_name, Pupil.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append(row.id)
    return found


async def teachers_of(tx: Tx, course_id: int) -> list[int]:
    """The people who teach the groups of a course, where they have the bot."""
    rows = await tx.scalars(
        select(Staff.person_id)
        .distinct()
        .join(Group, Group.teacher_id == Staff.id)
        .where(
            Group.course_id == course_id, Group.archived_at.is_(None), Staff.person_id.is_not(None), Staff.archived_at.is_(None)
        )
    )
    return sorted(person for person in rows if person is not None)


async def put(tx: Tx, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once."""
    if rows:
        await tx.execute(insert(_core(table)), list(rows))


async def change(tx: Tx, table: type[Table], rows: Iterable[Mapping[str, Any]]) -> None:
    """Update many rows at once: each holds its `id` and the values that change."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        alike[tuple(sorted(row))].append({("row_id" if name == "id" else name): value for name, value in row.items()})
    for some in alike.values():
        at = _core(table).c.id == bindparam("row_id")
        names: dict[str, Any] = {name: bindparam(name) for name in some[0] if name != "row_id"}
        await (await tx.connection()).execute(update(_core(table)).where(at).values(names), some)


async def ids(tx: Tx, table: type[Organization | Staff | Course | Group], year: int) -> dict[str, int]:
    """Code as stored → id, of all rows of a table; of courses and groups, of that year's."""
    question = select(table.code, table.id)
    if table in (Course, Group):
        question = question.where(table.__table__.c.year == year)
    return {row.code: row.id for row in await tx.execute(question)}


async def names_of_staff(tx: Tx) -> Sequence[Any]:
    """Id, code and full name of everybody, the archived too."""
    return (await tx.execute(select(Staff.id, Staff.code, Staff.full_name))).all()


async def drop(tx: Tx, table: type[Table], gone: Collection[int]) -> None:
    """Rules, not facts: a weekly slot, the school's own hours or a planned topic that no longer hold are simply no longer there."""
    for some in parts(sorted(gone)):
        await tx.execute(delete(table).where(_core(table).c.id.in_(some)))


async def drop_roads(tx: Tx, pairs: Iterable[tuple[int, int]]) -> None:
    for one, other in pairs:
        await tx.execute(delete(Road).where(Road.from_id == one, Road.to_id == other))


async def drop_days(tx: Tx, days: Collection[tuple[int, date]]) -> None:
    """Days (school, day) that are as usual again."""
    for school in sorted({school for school, _ in days}):
        for some in parts(sorted(day for of, day in days if of == school)):
            await tx.execute(delete(CalendarDay).where(CalendarDay.school_id == school, CalendarDay.day.in_(some)))


async def lesson_ids(tx: Tx, groups: Collection[int], since: datetime) -> dict[tuple[int, date, int], int]:
    """(group, week, ordinal) → the lesson, of those that begin from a moment on."""
    rows = await tx.execute(
        select(Lesson.id, Lesson.group_id, Lesson.week, Lesson.ordinal).where(
            Lesson.group_id.in_(groups), Lesson.starts_at >= since
        )
    )
    return {(row.group_id, row.week, row.ordinal): row.id for row in rows}


async def keep_note(tx: Tx, name: str, value: str) -> None:
    await tx.execute(delete(Note).where(Note.name == name))
    await tx.execute(insert(Note).values(name=name, value=value))


async def put_changes(tx: Tx, rows: Sequence[Mapping[str, Any]], *, at: datetime) -> dict[int, int]:
    """Keep changes of lessons; their older ones no longer stand. Lesson → change."""
    for some in parts([row["lesson_id"] for row in rows]):
        await tx.execute(
            update(LessonChange)
            .where(LessonChange.lesson_id.in_(some), LessonChange.superseded_at.is_(None))
            .values(superseded_at=at)
        )
    if not rows:
        return {}
    kept = await tx.execute(insert(LessonChange).returning(LessonChange.lesson_id, LessonChange.id), list(rows))
    return {row.lesson_id: row.id for row in kept}


def _core(table: type[Table]) -> Core:
    """A declarative class's own table: bulk statements go past the ORM."""
    return cast(Core, table.__table__)
