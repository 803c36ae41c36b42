"""Questions about reminders of tasks: who may hear of them, and what was said of which day of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from storage.db import Tx
from storage.parts import parts
from storage.tables import Staff, TaskReminder
from storage.upsert import insert_new


@dataclass(frozen=True)
class Holder:
    """A post and the person behind it, who has the bot."""

    staff_id: int
    person_id: int
    role: str
    organization_id: int
    full_name: str


async def holders(tx: Tx) -> list[Holder]:
    """Every post that somebody in the bot holds."""
    rows = await tx.execute(
        select(Staff.id.label("staff_id"), Staff.person_id, Staff.role, Staff.organization_id, Staff.full_name)
        .where(Staff.person_id.is_not(None), Staff.archived_at.is_(None))
        .order_by(Staff.id)
    )
    return [Holder(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Said:
    """A reminder: of which task, to which post, of which deadline, of which day of its plan."""

    task_id: int
    staff_id: int
    due_on: date
    planned_on: date


async def said(tx: Tx, tasks: Collection[int]) -> dict[tuple[int, int], list[Said]]:
    """(task, post) → what was said, of every deadline it has had."""
    found: dict[tuple[int, int], list[Said]] = defaultdict(list)
    for some in parts(sorted(tasks)):
        rows = await tx.execute(
            select(TaskReminder.task_id, TaskReminder.staff_id, TaskReminder.due_on, TaskReminder.planned_on).where(
                TaskReminder.task_id.in_(some)
            )
        )
        for row in rows:
            found[row.task_id, row.staff_id].append(Said(**row._mapping))
    return found


async def keep(tx: Tx, some: Iterable[Said], *, now: datetime) -> None:
    """These were said just now; what is kept already stays as it is."""
    rows = [
        {"task_id": one.task_id, "staff_id": one.staff_id, "due_on": one.due_on, "planned_on": one.planned_on, "said_at": now}
        for one in some
    ]
    for part in parts(rows):
        await tx.execute(insert_new(tx, TaskReminder, part))


async def forget(tx: Tx, task_id: int) -> None:
    """A task that gives way to another day takes its reminders along."""
    await tx.execute(delete(TaskReminder).where(TaskReminder.task_id == task_id))
