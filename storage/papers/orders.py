"""Whom a school's orders name: how each place stands by the newest of them, and who has left since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from storage.db import Tx
from storage.rows import each
from storage.tables import Application, Choice, Course, Group, KeptPaper, Lesson, OrderLine, Organization, Pupil

HOLD = ("added", "moved")


@dataclass(frozen=True)
class Ordered:
    """How a place stands by the newest order that names it."""

    choice_id: int
    group_id: int
    change: str  # added | moved | left
    paper_id: int
    organization_id: int
    organization: str
    course: str
    group: str
    pupil_id: int | None  # None: the family has withdrawn its consent
    child: str


async def ordered(tx: Tx, school_id: int, year: int, partner_id: int | None = None) -> dict[int, Ordered]:
    """By choice the newest line of the orders in force of a school and a year (of one partner's places)."""
    question = (
        select(
            OrderLine.choice_id,
            OrderLine.group_id,
            OrderLine.change,
            OrderLine.paper_id,
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            Course.name.label("course"),
            Group.code.label("group"),
            Application.pupil_id,
            func.coalesce(Pupil.full_name, "").label("child"),
        )
        .join(KeptPaper, KeptPaper.id == OrderLine.paper_id)
        .join(Choice, Choice.id == OrderLine.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .join(Group, Group.id == OrderLine.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(KeptPaper.school_id == school_id, KeptPaper.year == year, KeptPaper.annulled_at.is_(None))
        .order_by(OrderLine.paper_id)
    )
    if partner_id is not None:
        question = question.where(Course.organization_id == partner_id)
    return {line.choice_id: line for line in each(await tx.execute(question), Ordered)}


async def first_lesson(tx: Tx, groups: Collection[int]) -> datetime | None:
    """When the first lesson of any of these groups begins."""
    return await tx.scalar(
        select(func.min(Lesson.starts_at)).where(
            Lesson.group_id.in_(groups), Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None)
        )
    )


async def keep(tx: Tx, paper_id: int, lines: Collection[tuple[int, int, str]]) -> None:
    """What an order says of whom: choice, group, added | moved | left. A school's order has hundreds: no entities are made of them."""
    rows = [{"paper_id": paper_id, "choice_id": choice, "group_id": group, "change": change} for choice, group, change in lines]
    if rows:
        await tx.execute(insert(OrderLine), rows)
