"""Questions about the way from a wish to a place: per course, how many came how far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, and_, case, cast, func, or_, select

from storage.courses.courses import occupancy
from storage.db import Tx
from storage.people.erased import SCHOOL_OF, with_erased
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


async def ways(tx: Tx, schools: Collection[int], year: int) -> list[Way]:
    """Per course of an academic year the wishes of these schools' pupils: by partner, then by course; courses nobody chose too."""
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
    chosen = select(
        Choice.course_id,
        func.sum(func.coalesce(reached.c.applied, 0)).label("applied"),
        func.sum(func.coalesce(reached.c.approved, 0)).label("approved"),
        func.sum(func.coalesce(reached.c.requested, 0)).label("requested"),
        func.sum(case((Choice.state.in_(STAYED), 1), else_=0)).label("enrolled"),
        func.sum(case((or_(Choice.state.in_(("reserve", "offered")), in_line), 1), else_=0)).label("reserve"),
    )
    wishes = (
        with_erased(chosen.join(Application, Application.id == Choice.application_id))
        .outerjoin(reached, reached.c.choice_id == Choice.id)
        .where(SCHOOL_OF.in_(schools), Choice.state != "draft")
        .group_by(Choice.course_id)
        .subquery()
    )
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
    counts = (wishes.c.applied, wishes.c.approved, wishes.c.requested, wishes.c.enrolled, wishes.c.reserve)
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
