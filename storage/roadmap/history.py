"""Questions about what happened to a task, and what it was done with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.db import Tx
from storage.roadmap.roadmap import Scope, Standing, every_task
from storage.tables import Audit, Document, Person, Staff, Step, Task


@dataclass(frozen=True)
class Event:
    id: int
    at: datetime
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    person_id: int | None
    by: str | None  # None: the bot itself


async def history(tx: Tx, task_id: int, limit: int = 8) -> list[Event]:
    """What was done with a task, the newest first."""
    name = func.coalesce(
        select(func.min(Staff.full_name)).where(Staff.person_id == Audit.person_id).scalar_subquery(),
        func.nullif(Person.name, ""),
    )
    rows = await tx.execute(
        select(Audit.id, Audit.at, Audit.action, Audit.before, Audit.after, Audit.reason, Audit.person_id, name.label("by"))
        .outerjoin(Person, Person.id == Audit.person_id)
        .where(Audit.thing == "task", Audit.thing_id == task_id)
        .order_by(Audit.id.desc())
        .limit(limit)
    )
    return [Event(**row._mapping) for row in rows]


async def document(tx: Tx, scope: Scope, task_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the file a task was done with."""
    row = (
        await tx.execute(
            select(Document.name, Document.content)
            .join(Task, Task.document_id == Document.id)
            .join(Step, Step.id == Task.step_id)
            .where(Task.id == task_id, scope.holds())
        )
    ).one_or_none()
    return None if row is None else (row.name, row.content)


async def of_year(tx: Tx, scope: Scope, year: int) -> list[Standing]:
    """Every task of an academic year within a scope, done or not, in order of their deadlines."""
    question = every_task().where(scope.holds(), Step.year == year).order_by(Task.due_on, Step.code, Task.id)
    return [Standing(**row._mapping) for row in await tx.execute(question)]


async def years_of(tx: Tx, scope: Scope) -> list[int]:
    """The academic years that have tasks within a scope, the earliest first."""
    question = select(Step.year).join(Task, Task.step_id == Step.id).where(scope.holds()).distinct().order_by(Step.year)
    return list(await tx.scalars(question))


async def names_of(tx: Tx, persons: Collection[int]) -> dict[int, str]:
    """Who marked a task: the ФИО of their post, or what they call themselves."""
    rows = await tx.execute(
        select(Person.id, func.coalesce(func.min(Staff.full_name), Person.name).label("name"))
        .outerjoin(Staff, Staff.person_id == Person.id)
        .where(Person.id.in_(persons))
        .group_by(Person.id, Person.name)
    )
    return {row.id: row.name for row in rows}
