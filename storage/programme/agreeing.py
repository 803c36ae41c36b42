"""Questions about what is agreed with partners: a course as it stands, how it was sent, what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Agreeing, Course, Group, Organization, PlannedTopic, Slot, Staff


@dataclass(frozen=True)
class Taught:
    """A course of a year and whose it is."""

    course_id: int
    course: str
    year: int
    organization_id: int
    organization: str


async def courses(
    tx: Tx, years: Collection[int], organizations: Collection[int] | None = None, *, first: int = 0, most: int | None = None
) -> list[Taught]:
    """The courses of partners in these years (of these partners): the newest year first, by partner and name; from the `first` on
    (counted from 0) at `most` so many.
    """
    question = _taught(years).offset(first).limit(most)
    if organizations is not None:
        question = question.where(Course.organization_id.in_(organizations))
    return [Taught(**row._mapping) for row in await tx.execute(question)]


async def course(tx: Tx, years: Collection[int], course_id: int) -> Taught | None:
    """This one of them."""
    row = (await tx.execute(_taught(years).where(Course.id == course_id))).one_or_none()
    return None if row is None else Taught(**row._mapping)


def _taught(years: Collection[int]) -> Select[*tuple[Any, ...]]:
    found = select(
        Course.id.label("course_id"),
        Course.name.label("course"),
        Course.year,
        Course.organization_id,
        Organization.name.label("organization"),
    )
    in_order = (Course.year.desc(), Organization.name, Organization.id, Course.name, Course.id)
    return _courses(found, years).order_by(*in_order)


async def count(tx: Tx, years: Collection[int]) -> int:
    """How many `courses` are."""
    return await tx.scalar(_courses(select(func.count(Course.id)), years)) or 0


async def all_agreed(tx: Tx, year: int, school_id: int) -> bool:
    """Whether to every course of the year this school has had the answer «agreed», be it to an older version."""
    answered = select(Agreeing.course_id).where(Agreeing.school_id == school_id, Agreeing.answer == "agreed")
    missing = _courses(select(Course.id), [year]).where(Course.id.not_in(answered))
    return await tx.scalar(missing.limit(1)) is None


def _courses(question: Select[*tuple[Any, ...]], years: Collection[int]) -> Select[*tuple[Any, ...]]:
    return question.join(Organization, Organization.id == Course.organization_id).where(
        Course.year.in_(years), Course.archived_at.is_(None), Organization.role == "partner"
    )


async def says(tx: Tx, course_id: int) -> dict[str, Any]:
    """What is sent: hours and topics of the programme, and of each group its teacher and hours of the week (JSON)."""
    course = (await tx.execute(select(Course.hours, Course.direction).where(Course.id == course_id))).one()
    topics = await tx.execute(
        select(PlannedTopic.number, PlannedTopic.topic, PlannedTopic.hours)
        .where(PlannedTopic.course_id == course_id)
        .order_by(PlannedTopic.number)
    )
    groups = await tx.execute(
        select(Group.id, Group.code, Staff.full_name.label("teacher"), Group.seats)
        .join(Staff, Staff.id == Group.teacher_id)
        .where(Group.course_id == course_id, Group.archived_at.is_(None))
        .order_by(Group.code, Group.id)
    )
    listed = [(row.id, row.code, row.teacher, row.seats) for row in groups]
    slots = await tx.execute(
        select(Slot.group_id, Slot.weekday, Slot.starts, Slot.ends, Slot.place, Slot.weeks)
        .where(Slot.group_id.in_([number for number, *_ in listed]))
        .order_by(Slot.weekday, Slot.starts, Slot.id)
    )
    times: dict[int, list[list[Any]]] = {}
    for row in slots:
        kept = [row.weekday, f"{row.starts:%H:%M}", f"{row.ends:%H:%M}", row.place or "", row.weeks]
        times.setdefault(row.group_id, []).append(kept)
    return {
        "hours": course.hours,
        "direction": course.direction,
        "topics": [[row.number, row.topic, row.hours] for row in topics],
        "groups": [
            {"code": code, "teacher": teacher, "seats": seats, "times": times.get(number, [])}
            for number, code, teacher, seats in listed
        ],
    }


@dataclass(frozen=True)
class Sent:
    """A version as it was sent, and the answer."""

    id: int
    course_id: int
    course: str
    year: int
    school_id: int
    school: str
    organization_id: int
    organization: str
    version: int
    says: dict[str, Any]
    sent_at: datetime
    answer: str | None
    remarks: str | None
    answered_at: datetime | None
    answered_by: str | None  # the name of who did


async def sent(
    tx: Tx, *, courses: Collection[int] | None = None, schools: Collection[int] | None = None, number: int | None = None
) -> list[Sent]:
    """What was sent of these courses by these schools (None: whichever), the newest version of each first."""
    school, partner = aliased(Organization), aliased(Organization)
    who = (
        select(func.min(Staff.full_name))
        .where(Staff.person_id == Agreeing.answered_by, Staff.archived_at.is_(None))
        .scalar_subquery()
    )
    question = (
        select(
            Agreeing.id,
            Agreeing.course_id,
            Course.name.label("course"),
            Course.year,
            Agreeing.school_id,
            school.name.label("school"),
            partner.id.label("organization_id"),
            partner.name.label("organization"),
            Agreeing.version,
            Agreeing.says,
            Agreeing.sent_at,
            Agreeing.answer,
            Agreeing.remarks,
            Agreeing.answered_at,
            who.label("answered_by"),
        )
        .join(Course, Course.id == Agreeing.course_id)
        .join(school, school.id == Agreeing.school_id)
        .join(partner, partner.id == Course.organization_id)
        .order_by(Agreeing.version.desc(), Agreeing.id)
    )
    for given, column in ((courses, Agreeing.course_id), (schools, Agreeing.school_id)):
        if given is not None:
            question = question.where(column.in_(given))
    if number is not None:
        question = question.where(Agreeing.id == number)
    return [Sent(**row._mapping) for row in await tx.execute(question)]


async def hold(tx: Tx, course_id: int) -> None:
    """Whoever sends or answers about this course does it alone until the transaction ends."""
    await tx.execute(select(Course.id).where(Course.id == course_id).with_for_update())
