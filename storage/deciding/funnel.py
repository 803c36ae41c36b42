"""Questions about the way from a wish to a place: how many came how far, per course, and how many children they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_, select

from storage.courses.courses import occupancy
from storage.db import Tx
from storage.people.erased import CHILD_OF, SCHOOL_OF, with_erased
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
    question = question.where(Application.year == year, Application.state != "draft", SCHOOL_OF.in_(schools))
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
    reached = (
        select(
            ChoiceChange.choice_id,
            func.max(case((ChoiceChange.now == "submitted", 1), else_=0)).label("applied"),
            func.max(case((ChoiceChange.now == "approved", 1), else_=0)).label("approved"),
            func.max(case((ChoiceChange.now == "requested", 1), else_=0)).label("requested"),
        )
        .group_by(ChoiceChange.choice_id)
        .subquery()
    )
    in_line = and_(Choice.state == "approved", Choice.reserve_at.is_not(None))  # «по порядку»: the tail
    stages = {
        "applied": reached.c.applied == 1,
        "approved": reached.c.approved == 1,
        "requested": reached.c.requested == 1,
        "enrolled": Choice.state.in_(STAYED),
        "reserve": or_(Choice.state.in_(("reserve", "offered")), in_line),
    }
    wishes = (
        with_erased(select().select_from(Choice).join(Application, Application.id == Choice.application_id))
        .outerjoin(reached, reached.c.choice_id == Choice.id)
        .where(SCHOOL_OF.in_(schools), Choice.state != "draft")
    )
    return wishes, stages


async def children(tx: Tx, schools: Collection[int], year: int) -> Children:
    """The children behind the wishes of an academic year."""
    wishes, stages = _handed_in(schools)
    counts = [func.count(case((stages[stage], CHILD_OF)).distinct()).label(stage) for stage in _STAGES]
    of_year = wishes.join(Course, Course.id == Choice.course_id).where(Course.year == year)
    return Children(**(await tx.execute(of_year.add_columns(*counts))).one()._mapping)


async def ways(tx: Tx, schools: Collection[int], year: int) -> list[Way]:
    """Per course of an academic year the wishes of these schools' pupils: by partner, then by course; courses nobody chose too."""
    every, stages = _handed_in(schools)
    reached = [func.sum(case((stages[stage], 1), else_=0)).label(stage) for stage in _STAGES]
    wishes = every.add_columns(Choice.course_id, *reached).group_by(Choice.course_id).subquery()
    held = occupancy()
    left = Group.seats - func.coalesce(held.c.taken, 0)
    places = (
        select(
            Group.course_id,
            func.sum(Group.seats).label("seats"),
            func.sum(case((left > 0, left), else_=0)).label("free"),
        )
        .outerjoin(held, held.c.group_id == Group.id)
        .where(Group.archived_at.is_(None))
        .group_by(Group.course_id)
        .subquery()
    )
    counts = [wishes.c[stage] for stage in _STAGES]
    rows = await tx.execute(
        select(
            Course.id.label("course_id"),
            Course.name.label("course"),
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            *(cast(func.coalesce(count, 0), Integer).label(count.key) for count in (*counts, places.c.seats, places.c.free)),
            Course.year,
        )
        .join(Organization, Organization.id == Course.organization_id)
        .outerjoin(wishes, wishes.c.course_id == Course.id)
        .outerjoin(places, places.c.course_id == Course.id)
        .where(Course.year == year)
        .where(or_(and_(Course.archived_at.is_(None), Organization.archived_at.is_(None)), wishes.c.course_id.is_not(None)))
        .order_by(Organization.name, Organization.id, Course.name, Course.id)
    )
    return [Way(**row._mapping) for row in rows]
