"""Questions behind the journal's reports: groups with a school's pupils, who learnt there from when to when, what stands there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, cast, exists, extract, func, or_, select

from storage.db import Tx
from storage.enrollment.yearend import LEARNT
from storage.people.classes import last_class
from storage.people.consent import Reader, shown_name
from storage.people.erased import SCHOOL_OF, of_schools
from storage.rows import each
from storage.tables import (
    Application,
    Audit,
    Choice,
    ChoiceChange,
    Course,
    Entry,
    Group,
    Lesson,
    Organization,
    Pupil,
    Staff,
    Topic,
)

STAYED = tuple(state for state in LEARNT if state != "left")  # learn there, or have to the end of the year


@dataclass(frozen=True)
class GroupOf:
    """A group as a report names it."""

    id: int
    code: str
    course_id: int
    course: str
    hours: int | None  # academic hours of the course's programme, a year
    organization_id: int
    organization: str
    teacher: str


async def groups(tx: Tx, ids: Collection[int]) -> list[GroupOf]:
    """By partner, course and code; those since archived too: what was learnt there was learnt."""
    rows = await tx.execute(
        select(
            Group.id,
            Group.code,
            Course.id.label("course_id"),
            Course.name.label("course"),
            Course.hours,
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            Staff.full_name.label("teacher"),
        )
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .join(Staff, Staff.id == Group.teacher_id)
        .where(Group.id.in_(ids))
        .order_by(Organization.name, Organization.id, Course.name, Course.id, Group.code, Group.id)
    )
    return [GroupOf(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Place:
    """A wish that led into a group, and what became of it."""

    choice_id: int
    group_id: int
    pupil_id: int | None  # None: erased, the count remains
    child: str
    class_name: str
    school_id: int
    state: str
    at_the_end: bool  # it ended with the year's answer, not before
    changed_at: datetime


async def places(tx: Tx, schools: Collection[int], year: int, *, pupil: int | None = None) -> list[Place]:
    """Everybody of these schools (or that pupil of them) who ever learnt in a group of that year; who only waited for a place is
    left out.
    """
    changed = ChoiceChange.choice_id == Choice.id
    learnt = exists().where(changed, or_(ChoiceChange.now == "enrolled", ChoiceChange.was == "enrolled")).correlate(Choice)
    question = (
        select(
            Choice.id.label("choice_id"),
            Choice.group_id,
            Application.pupil_id,
            func.coalesce(shown_name(Reader(frozenset(schools))), "").label("child"),
            last_class(Group.year).label("class_name"),
            SCHOOL_OF.label("school_id"),
            Choice.state,
            Choice.outcome.is_not(None).label("at_the_end"),
            Choice.changed_at,
        )
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Group.year == year, of_schools(schools), or_(Choice.state.in_(STAYED), learnt))
        .order_by(Pupil.full_name, Choice.id)
    )
    rows = await tx.execute(question if pupil is None else question.where(Application.pupil_id == pupil))
    return each(rows, Place)


@dataclass(frozen=True)
class Move:
    """A choice came into a place, or went out of it."""

    choice_id: int
    was: str | None
    now: str
    at: datetime
    reason: str | None


async def moves(tx: Tx, choices: Collection[int]) -> list[Move]:
    """Every coming into a place and going out of it, in order."""
    rows = await tx.execute(
        select(ChoiceChange.choice_id, ChoiceChange.was, ChoiceChange.now, ChoiceChange.at, ChoiceChange.reason)
        .where(ChoiceChange.choice_id.in_(choices), or_(ChoiceChange.now == "enrolled", ChoiceChange.was == "enrolled"))
        .order_by(ChoiceChange.at, ChoiceChange.id)
    )
    return [Move(**row._mapping) for row in rows]


async def regrouped(tx: Tx, choices: Collection[int]) -> list[tuple[int, datetime, int, int]]:
    """Who was put from one group of a course into another: (choice, when, from, into), in order."""
    rows = await tx.execute(
        select(Audit.thing_id, Audit.at, Audit.before, Audit.after)
        .where(Audit.thing == "choice", Audit.thing_id.in_(choices), Audit.before.is_not(None), Audit.after.is_not(None))
        .order_by(Audit.at, Audit.id)
    )
    return [
        (row.thing_id, row.at, row.before["group"], row.after["group"])
        for row in rows
        if "group" in row.before and "group" in row.after
    ]


class Held(NamedTuple):
    """A lesson that was to take place and was not cancelled."""

    id: int
    group_id: int
    starts_at: datetime
    ends_at: datetime


async def lessons(tx: Tx, group_ids: Collection[int], since: datetime, until: datetime) -> list[Held]:
    """The lessons of these groups that begin in [since, until) and stand, in order."""
    rows = await tx.execute(
        select(Lesson.id, Lesson.group_id, Lesson.starts_at, Lesson.ends_at)
        .where(
            Lesson.group_id.in_(group_ids),
            Lesson.starts_at >= since,
            Lesson.starts_at < until,
            Lesson.cancelled_at.is_(None),
            Lesson.archived_at.is_(None),
        )
        .order_by(Lesson.starts_at, Lesson.id)
    )
    return [Held._make(row) for row in rows]


class Counted(NamedTuple):
    """How often one value stands in a pupil's journal of one group in one month."""

    group_id: int
    pupil_id: int
    month: int  # 1 to 12: a report is of one academic year
    kind: str  # mark | attendance
    value: str
    times: int


async def counted(tx: Tx, group_ids: Collection[int], first: date, last: date) -> list[Counted]:
    """What stands in the journals of these groups for these days (both included), counted; without erased pupils."""
    month = cast(extract("month", Entry.day), Integer)
    rows = await tx.execute(
        select(Entry.group_id, Entry.pupil_id, month.label("month"), Entry.kind, Entry.value, func.count().label("times"))
        .where(
            Entry.group_id.in_(group_ids),
            Entry.day >= first,
            Entry.day <= last,
            Entry.removed_at.is_(None),
            Entry.pupil_id.is_not(None),
        )
        .group_by(Entry.group_id, Entry.pupil_id, month, Entry.kind, Entry.value)
    )
    return [Counted._make(row) for row in rows]


async def kept(tx: Tx, group_ids: Collection[int], first: date, last: date) -> set[tuple[int, date, int]]:
    """(group, day, lesson of the day) of which something stands in the journal: a mark, an attendance, a topic."""
    entries = select(Entry.group_id, Entry.day, Entry.lesson).where(
        Entry.group_id.in_(group_ids), Entry.day >= first, Entry.day <= last, Entry.removed_at.is_(None)
    )
    topics = select(Topic.group_id, Topic.day, Topic.lesson).where(
        Topic.group_id.in_(group_ids), Topic.day >= first, Topic.day <= last
    )
    return {(row.group_id, row.day, row.lesson) for row in await tx.execute(entries.union(topics))}


async def topics(tx: Tx, group_ids: Collection[int], first: date, last: date) -> dict[int, set[str]]:
    """By group the topics written down for these days."""
    rows = await tx.execute(
        select(Topic.group_id, Topic.topic)
        .where(Topic.group_id.in_(group_ids), Topic.day >= first, Topic.day <= last, Topic.topic.is_not(None))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for group_id, topic in rows:
        found.setdefault(group_id, set()).add(str(topic))
    return found


async def first_days(tx: Tx, group_ids: Collection[int]) -> dict[tuple[int, int], date]:
    """(group, pupil) → the first day the journal tells of them: it may know them longer than the bot does."""
    rows = await tx.execute(
        select(Entry.group_id, Entry.pupil_id, func.min(Entry.day))
        .where(Entry.group_id.in_(group_ids), Entry.pupil_id.is_not(None), Entry.removed_at.is_(None))
        .group_by(Entry.group_id, Entry.pupil_id)
    )
    return {(group_id, pupil_id): day for group_id, pupil_id, day in rows if pupil_id is not None}


async def foreign(tx: Tx, group_ids: Collection[int], schools: Collection[int]) -> dict[int, int]:
    """By group how many pupils of other schools learn there now; nobody: left out."""
    rows = await tx.execute(
        select(Choice.group_id, func.count(Pupil.id.distinct()))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id.in_(group_ids), Choice.state.in_(STAYED), Pupil.school_id.not_in(schools))
        .group_by(Choice.group_id)
    )
    return {group_id: count for group_id, count in rows if group_id is not None}
