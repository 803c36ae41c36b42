"""Questions about wishes without a place: whose they are, and whom one given by hand would pass over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.db import Tx
from storage.people.classes import last_class
from storage.people.consent import Reader, shown_name
from storage.tables import Application, Choice, Course, Pupil


def waits() -> ColumnElement[bool]:
    """An approved wish that waits for the draw or stands in a line; or one in the reserve."""
    unplaced = and_(Choice.state == "approved", Choice.group_id.is_(None), Course.selection == "ranked")
    in_line = and_(Choice.state.in_(("approved", "reserve")), Choice.reserve_at.is_not(None))
    return or_(unplaced, in_line)


async def without_place(tx: Tx, choice_id: int) -> bool:
    """Whether this wish waits for a place."""
    found = select(Choice.id).join(Course, Course.id == Choice.course_id).where(Choice.id == choice_id, waits())
    return await tx.scalar(found) is not None


@dataclass(frozen=True)
class Unplaced:
    """A course with how many wishes of the school wait for a place."""

    course_id: int
    course: str
    year: int  # the academic year of the course
    wishes: int


async def courses_waiting(tx: Tx, schools: Collection[int]) -> list[Unplaced]:
    """By name."""
    rows = await tx.execute(
        select(Course.id.label("course_id"), Course.name.label("course"), Course.year, func.count(Choice.id).label("wishes"))
        .join(Choice, Choice.course_id == Course.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(waits(), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .group_by(Course.id, Course.name, Course.year)
        .order_by(Course.name, Course.id)
    )
    return [Unplaced(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Passed:
    """A child who waits for a course."""

    choice_id: int
    child: str  # ФИО; empty: of a school that is not the reader's
    class_name: str


async def children_waiting(tx: Tx, course_id: int, schools: Collection[int]) -> list[Passed]:
    """Children of these schools who wait for a place of the course, by name."""
    rows = await tx.execute(
        select(Choice.id.label("choice_id"), Pupil.full_name.label("child"), last_class(Course.year).label("class_name"))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(waits(), Choice.course_id == course_id, Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Choice.id)
    )
    return [Passed(row.choice_id, row.child, row.class_name) for row in rows]


async def passed_over(tx: Tx, choice_id: int, reader: Reader) -> list[Passed]:
    """Who waits for the same course and would come before this wish: those ahead in a line, then all who wait for the draw.

    Who stands in a line of a group comes before whoever has not drawn a lot; behind somebody in the same line nobody does.
    """
    mine = (await tx.execute(select(Choice.course_id, Choice.group_id, Choice.reserve_at).where(Choice.id == choice_id))).one()
    ahead: ColumnElement[bool] = Choice.id != choice_id
    if mine.reserve_at is not None:
        earlier = or_(Choice.reserve_at < mine.reserve_at, and_(Choice.reserve_at == mine.reserve_at, Choice.id < choice_id))
        ahead = and_(Choice.reserve_at.is_not(None), earlier)
    rows = await tx.execute(
        select(Choice.id.label("choice_id"), shown_name(reader).label("child"), last_class(Course.year).label("class_name"))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(waits(), Choice.course_id == mine.course_id, Pupil.archived_at.is_(None), ahead)
        .order_by(case((Choice.reserve_at.is_(None), 1), else_=0), Choice.reserve_at, Pupil.full_name, Choice.id)
    )
    return [Passed(row.choice_id, row.child, row.class_name) for row in rows]
