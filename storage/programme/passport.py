"""Questions behind the programme as one file: partners, courses and steps of a school's year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.deciding.funnel import STAYED
from storage.people.erased import CHILD_OF, of_schools, with_erased
from storage.tables import Agreement, Application, Choice, Course, Organization, Staff, Step, Task


@dataclass(frozen=True)
class Partner:
    name: str
    kind: str | None
    licence: str | None
    number: str | None  # of the agreement in force, the newest
    signed_on: date | None


async def partners(tx: Tx, school_id: int) -> list[Partner]:
    """By name."""
    old = aliased(Agreement)
    newest = select(func.max(old.id)).where(
        old.organization_id == Organization.id, old.school_id == school_id, old.ended_on.is_(None)
    )
    rows = await tx.execute(
        select(Organization.name, Organization.kind, Organization.licence, Agreement.number, Agreement.signed_on)
        .outerjoin(Agreement, Agreement.id == newest.correlate(Organization).scalar_subquery())
        .where(Organization.role == "partner", Organization.archived_at.is_(None))
        .order_by(Organization.name, Organization.id)
    )
    return [Partner(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Offered:
    name: str
    organization: str
    direction: str
    hours: int | None
    children: int  # of the school, who learn there or have learnt to the end


async def courses(tx: Tx, school_id: int, year: int) -> list[Offered]:
    """By partner and name; erased children are counted."""
    counted = with_erased(
        select(Choice.course_id, func.count(CHILD_OF.distinct()).label("children"))
        .select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
    ).where(Choice.state.in_(STAYED), Application.year == year, of_schools((school_id,)))
    children = {row.course_id: row.children for row in await tx.execute(counted.group_by(Choice.course_id))}
    rows = await tx.execute(
        select(
            Course.id,
            Course.name,
            Organization.name.label("organization"),
            Course.direction,
            Course.hours,
        )
        .join(Organization, Organization.id == Course.organization_id)
        .where(Course.year == year, Course.archived_at.is_(None))
        .order_by(Organization.name, Organization.id, Course.name, Course.id)
    )
    return [
        Offered(
            name=row.name,
            organization=row.organization,
            direction=row.direction,
            hours=row.hours,
            children=children.get(row.id, 0),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Planned:
    """A step of the year and how far it came."""

    code: str
    number: str
    task: str
    result: str | None
    starts_on: date
    ends_on: date
    who: str | None  # the member of staff; else the partner
    partner: str | None
    tasks: int
    done: int


async def steps(tx: Tx, school_id: int, year: int) -> list[Planned]:
    """In the order they stand in the programme: by number, the school's before its partners'."""
    tasks, done = func.count(Task.id), func.count(Task.done_at)
    rows = await tx.execute(
        select(
            Step.code,
            Step.number,
            func.coalesce(Step.said_task, Step.task).label("task"),
            func.coalesce(Step.said_result, Step.result).label("result"),
            Step.starts_on,
            Step.ends_on,
            Staff.full_name.label("who"),
            Organization.name.label("partner"),
            tasks.label("tasks"),
            done.label("done"),
        )
        .outerjoin(Task, Task.step_id == Step.id)
        .outerjoin(Staff, Staff.id == Step.responsible_id)
        .outerjoin(Organization, Organization.id == Step.organization_id)
        .where(Step.school_id == school_id, Step.year == year, Step.archived_at.is_(None))
        .group_by(Step.id, Staff.full_name, Organization.name)
        .order_by(Step.id)
    )
    return [Planned(**row._mapping) for row in rows]
