"""Questions about the way from a wish to a place: how many came how far, per course, and how many children they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, exists, func, or_, select

from storage.courses.courses import occupancy
from storage.db import Tx
from storage.people.erased import CHILD_OF, of_schools, with_erased
from storage.tables import Application, Choice, ChoiceChange, Course, Group, Organization

STAYED = ("enrolled", "completed", "failed", "continues", "unfinished")  # learn there, or have to the end


@dataclass(frozen=True)
class Way:
    """A course, and how many of the school's wishes came how far. A wish counts at each stage it ever reached."""

    course_id: int
    course: str
    organization_id: int
    organization: str
    applied: int
    approved: int
    requested: int
    enrolled: int  # learn there now, or have completed it
    reserve: int  # wait, or are being offered a place
    seats: int  # of all groups, whoever holds them
    free: int
    year: int  # the academic year the course is offered in


async def applied_for(tx: Tx, schools: Collection[int], year: int) -> bool:
    """Whether a pupil of these schools has applied for that academic year."""
    question = with_erased(select(Application.id))
    question = question.where(Application.year == year, Application.state != "draft", of_schools(schools))
    return await tx.scalar(question.limit(1)) is not None


@dataclass(frozen=True)
class Children:
    """How many of the school's children came how far with any course: each once, whatever number of courses it is."""

    applied: int
    approved: int
    requested: int
    enrolled: int
    reserve: int


_STAGES = tuple(stage.name for stage in fields(Children))


def _handed_in(schools: Collection[int]) -> tuple[Any, dict[str, ColumnElement[bool]]]:
    """Every wish of these schools' pupils that was handed in, erased ones too, and what says that it reached a stage."""
    in_line = and_(Choice.state == "approved", Choice.reserve_at.is_not(None))  # «по порядку»: the tail
    stages = {
        stage: _ever(state) for stage, state in (("applied", "submitted"), ("approved", "approved"), ("requested", "requested"))
    }
    stages |= {"enrolled": Choice.state.in_(STAYED), "reserve": or_(Choice.state.in_(("reserve", "offered")), in_line)}
    wishes = with_erased(select().select_from(Choice).join(Application, Application.id == Choice.application_id))
    return wishes.where(of_schools(schools), Choice.state != "draft"), stages


def _ever(state: str) -> ColumnElement[bool]:
    """Whether the wish of a row was ever in a state."""
    return exists().where(ChoiceChange.choice_id == Choice.id, ChoiceChange.now == state).correlate(Choice)


async def children(tx: Tx, schools: Collection[int], year: int) -> Children:
    """The children behind the wishes of an academic year."""
    wishes, stages = _handed_in(schools)
    counts = [func.count(case((stages[stage], CHILD_OF)).distinct()).label(stage) for stage in _STAGES]
    of_year = wishes.join(Course, Course.id == Choice.course_id).where(Course.year == year)
    return Children(**(await tx.execute(of_year.add_columns(*counts))).one()._mapping)


async def ways(tx: Tx, schools: Collection[int], year: int, *, whole: bool = True) -> list[Way]:
    """Per course of an academic year the wishes of these schools' pupils: by partner, then by course. `whole`: the courses none
    of them chose too.
    """
    every, stages = _handed_in(schools)
    reached = [func.sum(case((stages[stage], 1), else_=0)).label(stage) for stage in _STAGES]
    wishes = every.add_columns(Choice.course_id, *reached).group_by(Choice.course_id).subquery()
    counts = [cast(func.coalesce(wishes.c[stage], 0), Integer).label(stage) for stage in _STAGES]
    question = select(
        Course.id.label("course_id"),
        Course.name.label("course"),
        Organization.id.label("organization_id"),
        Organization.name.label("organization"),
        *counts,
        Course.year,
    ).join(Organization, Organization.id == Course.organization_id)
    stands = and_(Course.archived_at.is_(None), Organization.archived_at.is_(None))
    rows = await tx.execute(
        question.join(wishes, wishes.c.course_id == Course.id, isouter=whole)
        .where(Course.year == year, or_(stands, wishes.c.course_id.is_not(None)))
        .order_by(Organization.name, Organization.id, Course.name, Course.id)
    )
    found = rows.all()
    places = await _places(tx, None if whole else {row.course_id for row in found})
    return [Way(**row._mapping, **places.get(row.course_id, NOWHERE)) for row in found]


NOWHERE: dict[str, Any] = {"seats": 0, "free": 0}


async def _places(tx: Tx, courses: Collection[int] | None) -> dict[int, Any]:
    """By course (None: of all) the seats of its groups, and how many of them are free."""
    groups = select(Group.id, Group.course_id, Group.seats).where(Group.archived_at.is_(None))
    rows = (await tx.execute(groups if courses is None else groups.where(Group.course_id.in_(courses)))).all()
    held = occupancy(None if courses is None else [row.id for row in rows])
    taken = {row.group_id: row.taken for row in await tx.execute(select(held.c.group_id, held.c.taken))}
    found: dict[int, Any] = defaultdict(lambda: dict(NOWHERE))
    for row in rows:
        found[row.course_id]["seats"] += row.seats
        found[row.course_id]["free"] += max(row.seats - taken.get(row.id, 0), 0)
    return found
