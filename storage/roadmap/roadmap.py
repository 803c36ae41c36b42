"""Questions about the roadmap and the regulation: what is to be done, by whom, what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import (
    Audit,
    Document,
    Lesson,
    Letter,
    Note,
    Organization,
    Staff,
    Step,
    Task,
)
from storage.unsaid import waiting

SHOWN = timedelta(days=400)  # how far back a board looks: this academic year and what is left of the one before

_Responsible = aliased(Staff)
_School = aliased(Organization)
_IS_SCHOOL = and_(Organization.role == "base", Organization.archived_at.is_(None))


_SEVERAL = select(func.count(Organization.id) > 1).where(_IS_SCHOOL).scalar_subquery()


@dataclass(frozen=True)
class Scope:
    """Whose tasks somebody on the staff may see."""

    schools: frozenset[int] = frozenset()  # the coordinator and the director: everything of their school
    organizations: frozenset[int] = frozenset()  # a partner's administrator: the partner's own
    staff: frozenset[int] = frozenset()  # what was given to them

    def holds(self) -> ColumnElement[bool]:
        return or_(
            Step.school_id.in_(self.schools),
            Step.organization_id.in_(self.organizations),
            func.coalesce(Task.responsible_id, Step.responsible_id).in_(self.staff),
        )


@dataclass(frozen=True)
class Standing:
    """A task with its step, as a page or a reminder needs it."""

    id: int
    step_id: int
    code: str
    number: str
    printed_as: str | None
    task: str
    activity: str | None  # «Мероприятие»
    result: str | None
    starts_on: date
    ends_on: date
    repeats: str
    year: int
    school_id: int
    school: str
    several: bool  # whether the network has more base schools than this one
    organization_id: int | None
    organization: str | None
    responsible_id: int | None
    responsible: str | None
    responsible_person: int | None  # who hears of it, where they have the bot
    responsible_role: str | None
    due_on: date
    put_off_to: date | None
    put_off_why: str | None
    silent: bool
    done_at: datetime | None
    done_by: int | None
    evidence: str | None
    paper: str | None  # the name of the file it was done with

    @property
    def due(self) -> date:
        """The day it is due, put off or not."""
        return self.put_off_to or self.due_on

    @property
    def whose(self) -> str | None:
        """The partner whose task it is, with the school that asks it where there are several; None: the school's own."""
        return f"{self.organization} · {self.school}" if self.organization and self.several else self.organization

    @property
    def plan(self) -> str:
        """roadmap | regulation | own."""
        return self.code.split("-")[0]


def every_task() -> Select[*tuple[Any, ...]]:
    """Every task with its step, to be narrowed; of an archived step only what was done."""
    return (
        select(
            Task.id,
            Task.step_id,
            Step.code,
            Step.number,
            Step.printed_as,
            func.coalesce(Step.said_task, Step.task).label("task"),
            Step.activity,
            func.coalesce(Step.said_result, Step.result).label("result"),
            Step.starts_on,
            Step.ends_on,
            Step.repeats,
            Step.year,
            Step.school_id,
            _School.name.label("school"),
            _SEVERAL.label("several"),
            Step.organization_id,
            Organization.name.label("organization"),
            _Responsible.id.label("responsible_id"),
            _Responsible.full_name.label("responsible"),
            _Responsible.person_id.label("responsible_person"),
            _Responsible.role.label("responsible_role"),
            Task.due_on,
            Task.put_off_to,
            Task.put_off_why,
            Task.silent,
            Task.done_at,
            Task.done_by,
            Task.evidence,
            Document.name.label("paper"),
        )
        .join(Step, Step.id == Task.step_id)
        .join(_School, _School.id == Step.school_id)
        .outerjoin(Organization, Organization.id == Step.organization_id)
        .outerjoin(Document, Document.id == Task.document_id)
        .outerjoin(
            _Responsible,
            (_Responsible.id == func.coalesce(Task.responsible_id, Step.responsible_id)) & _Responsible.archived_at.is_(None),
        )
        .where(or_(Step.archived_at.is_(None), Task.done_at.is_not(None)))
    )


def _standing(row: Row[Any]) -> Standing:
    return Standing(**row._mapping)


async def board(tx: Tx, scope: Scope, today: date) -> list[Standing]:
    """Everything within a scope that was due in the last year or is ahead, the nearest first."""
    question = every_task().where(scope.holds(), Task.due_on > today - SHOWN)
    due = func.coalesce(Task.put_off_to, Task.due_on)
    rows = await tx.execute(question.order_by(due, Step.organization_id.is_not(None), Step.code, Task.id))
    return [_standing(row) for row in rows]


async def task(tx: Tx, scope: Scope, task_id: int) -> Standing | None:
    row = (await tx.execute(every_task().where(Task.id == task_id, scope.holds()))).one_or_none()
    return None if row is None else _standing(row)


async def locked(tx: Tx, task_id: int) -> Task:
    """The row to be changed, held against others (PostgreSQL)."""
    return (await tx.execute(select(Task).where(Task.id == task_id).with_for_update())).scalar_one()


async def ringing(tx: Tx, until: date) -> list[Standing]:
    """Open tasks that are due by a day and may still be reminded of; a duty without an end has no deadline."""
    due = func.coalesce(Task.put_off_to, Task.due_on)
    question = every_task().where(Task.done_at.is_(None), Task.silent.is_(False), Step.repeats != "always", due <= until)
    return [_standing(row) for row in await tx.execute(question.order_by(due, Step.code, Task.id))]


async def passed_over(tx: Tx, school_id: int) -> list[Standing]:
    """A school's open tasks that were over before the bot began."""
    question = every_task().where(Task.done_at.is_(None), Task.silent.is_(True), Step.school_id == school_id)
    return [_standing(row) for row in await tx.execute(question.order_by(Task.due_on, Step.code, Task.id))]


async def open_of(tx: Tx, code: str) -> list[Standing]:
    """Open tasks of a step that nobody has put back to work by hand; a code that ends with «-» means its copies at the partners."""
    reopened = exists().where(Audit.action == "roadmap.reopen", Audit.thing == "task", Audit.thing_id == Task.id)
    of_step = Step.code.startswith(code) if code.endswith("-") else Step.code == code
    rows = await tx.execute(every_task().where(Task.done_at.is_(None), of_step, ~reopened).order_by(Task.due_on, Task.id))
    return [_standing(row) for row in rows]


async def halves(tx: Tx, task: Standing) -> list[Standing]:
    """The partners' halves of a school's step of the regulation, by partner."""
    if task.organization_id is not None or not task.code.startswith("regulation-"):
        return []
    theirs = Step.code.startswith(f"{task.code}-partner-"), Step.school_id == task.school_id, Step.year == task.year
    rows = await tx.execute(every_task().where(*theirs, Step.archived_at.is_(None)).order_by(Organization.name, Task.due_on))
    return [_standing(row) for row in rows]


async def of_half_years(tx: Tx, scope: Scope, year: int) -> list[Standing]:
    """Open tasks within a scope of the school's steps that come every half of that year."""
    question = every_task().where(Task.done_at.is_(None), scope.holds(), Step.year == year, Step.repeats == "half_year")
    rows = await tx.execute(question.where(Step.organization_id.is_(None)).order_by(Task.due_on, Task.id))
    return [_standing(row) for row in rows]


async def next_own(tx: Tx, school_id: int, year: int) -> int:
    """The number of a school's next own task of a year; one taken back keeps its number."""
    made = await tx.scalars(select(Step.code).where(Step.school_id == school_id, Step.year == year, Step.code.startswith("own-")))
    return max((int(code.removeprefix("own-")) for code in made), default=0) + 1


async def own_of_today(tx: Tx, school_id: int, title: str, today: date) -> int | None:
    """The school's own task made today in these very words."""
    question = select(Task.id).join(Step, Step.id == Task.step_id).where(Step.school_id == school_id, Step.task == title)
    mine = Step.code.startswith("own-"), Step.starts_on == today, Step.archived_at.is_(None), Task.done_at.is_(None)
    return await tx.scalar(question.where(*mine).order_by(Task.id).limit(1))


async def give_back(tx: Tx, steps: Collection[int]) -> None:
    """Open tasks of these steps are again of whom their step names."""
    open_ = Task.step_id.in_(steps), Task.done_at.is_(None), Task.responsible_id.is_not(None)
    await tx.execute(update(Task).where(*open_).values(responsible_id=None))


async def next_of(tx: Tx, step_id: int) -> int | None:
    """The next open task of a step; None: it has none."""
    question = select(Task.id).where(Task.step_id == step_id, Task.done_at.is_(None), Task.silent.is_(False))
    return await tx.scalar(question.order_by(Task.due_on).limit(1))


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Colleague:
    id: int
    full_name: str
    organization: str
    role: str
    person_id: int | None


async def colleagues(tx: Tx, scope: Scope, school_id: int) -> list[Colleague]:
    """Whom somebody may give a task of this school: a head of it the school's and all partners' staff, others their own partner's."""
    partners = Organization.role == "partner" if school_id in scope.schools else Organization.id.in_(scope.organizations)
    school = Organization.id.in_(scope.schools & {school_id})
    question = (
        select(Staff.id, Staff.full_name, Organization.name.label("organization"), Staff.role, Staff.person_id)
        .join(Organization, Organization.id == Staff.organization_id)
        .where(Staff.archived_at.is_(None), or_(partners, school))
    )
    rows = await tx.execute(question.order_by(Organization.role, Organization.name, Staff.full_name, Staff.id))
    return [Colleague(**row._mapping) for row in rows]


async def schools(tx: Tx) -> list[int]:
    """The base schools, each with a roadmap of its own."""
    question = select(Organization.id).where(_IS_SCHOOL)
    return list(await tx.scalars(question.order_by(Organization.id)))


async def partners(tx: Tx) -> list[int]:
    question = select(Organization.id).where(Organization.role == "partner", Organization.archived_at.is_(None))
    return list(await tx.scalars(question.order_by(Organization.id)))


async def lending(tx: Tx) -> set[int]:
    """Organizations that lend rooms and people and teach nobody."""
    return set(await tx.scalars(select(Organization.id).where(Organization.kind == "resource")))


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def cancel_letters(tx: Tx, tasks: Collection[int]) -> None:
    """Letters about these tasks that were not sent yet are no longer true."""
    if tasks:
        topics = [f"task:{task_id}" for task_id in tasks]
        await tx.execute(
            update(Letter).where(Letter.topic.in_(topics), waiting()).values(state="cancelled", error="the task has changed")
        )


async def waiting_mornings(tx: Tx) -> list[tuple[int, dict[str, Any]]]:
    """The letters of a morning that no worker has taken: number and facts."""
    question = select(Letter.id, Letter.facts).where(Letter.topic == "morning", waiting(), Letter.facts.is_not(None))
    return [(row.id, row.facts) for row in await tx.execute(question.order_by(Letter.id))]


async def rewrite(tx: Tx, letter_id: int, facts: dict[str, Any]) -> None:
    """What a letter will say, if no worker has taken it meanwhile."""
    await tx.execute(update(Letter).where(Letter.id == letter_id, waiting()).values(facts=facts))


# ── what the daily job asks ─────────────────────────────────────────────────────────────────────────────────────────


async def has_lessons(tx: Tx, since: datetime, until: datetime) -> bool:
    """Whether any lesson stands in [since, until)."""
    question = exists().where(
        Lesson.starts_at >= since, Lesson.starts_at < until, Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None)
    )
    return bool(await tx.scalar(select(question)))


async def noted(tx: Tx, name: str) -> bool:
    """Whether the bot has kept a note of this name."""
    return bool(await tx.scalar(select(exists().where(Note.name == name))))
