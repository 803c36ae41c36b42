"""Questions about children who lost a course because it, its group or its partner went: who, and what may be proposed instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, update
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.offers.promised import enough_without
from storage.people.classes import last_class
from storage.tables import Application, Choice, ChoiceChange, Course, Group, Pupil, Year

ENDED = ("left", "declined")  # what a wish is whose course went


@dataclass(frozen=True)
class Loss:
    """A wish that came to nothing because its course, its group or its partner went."""

    choice_id: int
    application_id: int
    pupil_id: int
    child: str  # ФИО
    class_name: str
    school_id: int
    course_id: int
    course: str
    year: int
    learnt: bool  # the child had a place there


@dataclass(frozen=True)
class LostCourse:
    """A course with how many children of the school are left without another."""

    course_id: int
    course: str
    children: int


def _open(today: date) -> list[ColumnElement[bool]]:
    """What somebody still has to think about: nothing else is open, the family wants more courses than it has, the year runs."""
    other = aliased(Choice)
    proposed = select(other.id).where(other.instead_of == Choice.id, other.state == "offered").exists()
    return [
        Choice.lost_at.is_not(None),
        Choice.state.in_(ENDED),
        Pupil.archived_at.is_(None),
        Year.ends_on >= today,
        not_(proposed),
        not_(enough_without(Choice.id)),
    ]


def _joined(question: Any) -> Any:
    return (
        question.select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Year, Year.year == Course.year)
    )


async def lost_courses(tx: Tx, schools: Collection[int], today: date) -> list[LostCourse]:
    """By name."""
    count = func.count(Choice.id).label("children")
    rows = await tx.execute(
        _joined(select(Course.id.label("course_id"), Course.name.label("course"), count))
        .where(*_open(today), Pupil.school_id.in_(schools))
        .group_by(Course.id, Course.name)
        .order_by(Course.name, Course.id)
    )
    return [LostCourse(**row._mapping) for row in rows]


async def waiting(tx: Tx, schools: Collection[int], today: date) -> int:
    """How many children of these schools lost a course and have no other in its place."""
    question = _joined(select(func.count(Application.pupil_id.distinct()))).where(*_open(today), Pupil.school_id.in_(schools))
    return await tx.scalar(question) or 0


async def losses(tx: Tx, schools: Collection[int], course_id: int, today: date, *, choice_id: int = 0) -> list[Loss]:
    """Of a course (or one of them), who learnt there first, then in order of arrival."""
    rows = await tx.execute(
        _joined(
            select(
                Choice.id.label("choice_id"),
                Choice.application_id,
                Pupil.id.label("pupil_id"),
                Pupil.full_name.label("child"),
                last_class(Course.year).label("class_name"),
                Pupil.school_id,
                Course.id.label("course_id"),
                Course.name.label("course"),
                Course.year,
                (Choice.state == "left").label("learnt"),
            )
        )
        .where(*_open(today), Pupil.school_id.in_(schools), Choice.course_id == course_id)
        .where(Choice.id == choice_id if choice_id else Choice.id.is_not(None))
        .order_by((Choice.state != "left"), Choice.id)
    )
    return [Loss(**row._mapping) for row in rows]


async def open_in(tx: Tx, application_id: int, today: date) -> int:
    """How many wishes of an application came to nothing so, and have nothing in their place yet."""
    question = _joined(select(func.count(Choice.id))).where(*_open(today), Application.id == application_id)
    return await tx.scalar(question) or 0


@dataclass(frozen=True)
class Earlier:
    """A wish of the same application for a course that might be proposed."""

    choice_id: int
    state: str
    refused: bool  # the school or the partner said no, with a reason


async def earlier(tx: Tx, applications: Collection[int]) -> dict[tuple[int, int], Earlier]:
    """By application and course."""
    no = and_(ChoiceChange.choice_id == Choice.id, ChoiceChange.now == "declined", ChoiceChange.reason.is_not(None))
    rows = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Choice.application_id,
            Choice.course_id,
            Choice.state,
            select(ChoiceChange.id).where(no).exists().label("refused"),
        ).where(Choice.application_id.in_(applications))
    )
    return {(row.application_id, row.course_id): Earlier(row.choice_id, row.state, row.refused) for row in rows}


async def wished_without_a_place(tx: Tx, year: int) -> set[int]:
    """Courses of a year for which somebody waits without a place or a number: a draw is to come, or the school is to decide."""
    rows = await tx.scalars(
        select(Choice.course_id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .where(Course.year == year, Course.selection == "ranked", Pupil.archived_at.is_(None))
        .where(Choice.state.in_(("submitted", "returned", "approved")))
        .where(or_(Choice.group_id.is_(None), Choice.reserve_at.is_not(None)))
        .distinct()
    )
    return set(rows)


async def kept_free(tx: Tx, year: int) -> dict[int, int]:
    """Groups of a year whose partner keeps seats empty: how many."""
    rows = await tx.execute(select(Group.id, Group.kept_free).where(Group.year == year, Group.kept_free > 0))
    return {row.id: row.kept_free for row in rows}


async def settle(tx: Tx, choices: Collection[int]) -> None:
    """Nothing more is to be proposed in the place of these."""
    await tx.execute(update(Choice).where(Choice.id.in_(choices)).values(lost_at=None))


async def proposed_instead(tx: Tx, choice_id: int) -> tuple[int, str] | None:
    """The wish in whose place the school proposed this one, and its course; None: nobody proposed it."""
    lost = aliased(Choice)
    row = (
        await tx.execute(
            select(lost.id.label("wish"), Course.name.label("course"))
            .select_from(Choice)
            .join(lost, lost.id == Choice.instead_of)
            .join(Course, Course.id == lost.course_id)
            .where(Choice.id == choice_id)
        )
    ).one_or_none()
    return None if row is None else (row.wish, row.course)


async def last_rank(tx: Tx, application_id: int) -> int:
    return await tx.scalar(select(func.max(Choice.rank)).where(Choice.application_id == application_id)) or 0


def mark(choice: Choice, now: datetime) -> None:
    """The course, the group or the partner of this wish has gone."""
    choice.lost_at = now
