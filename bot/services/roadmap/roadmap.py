"""Decisions about the roadmap's tasks: done, put off, given to somebody, back to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.clock import Moment
from bot.notices.roadmap import TaskHanded, about
from bot.policy import Person, Thing, require
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.roadmap.withdrawing import withdraw
from bot.services.workdays import working_calendar
from storage import audit
from storage.db import Database, Tx
from storage.roadmap import reminders, roadmap
from storage.roadmap.reminders import Said
from storage.roadmap.roadmap import Scope, Standing
from storage.tables import Document, Staff, Task

FILE = 10 * 1024 * 1024  # bytes of a document
WORDS = 500  # characters of a typed proof
FARTHEST = timedelta(days=366)  # a task is not put off beyond a year


@dataclass(frozen=True)
class Proof:
    """What shows that a task is done: words (a link, a number, a sentence) or a file, or nothing where no result is named."""

    words: str | None = None
    file: tuple[str, bytes] | None = None  # name and content


def scope_of(person: Person) -> Scope:
    """Whose tasks somebody may see: the heads of a school all of its, a partner's administrator the partner's, everybody their own."""
    return Scope(
        schools=person.organizations_as("coordinator", "director"),
        organizations=person.organizations_as("partner"),
        staff=frozenset(held.staff_id for held in person.posts),
    )


def thing_of(task: Standing) -> Thing:
    return Thing(responsible_id=task.responsible_id, organization_id=task.organization_id, school_id=task.school_id)


async def finish(db: Database, task_id: int, proof: Proof, *, by: Person, now: datetime) -> None:
    """Mark a task as done. Where the step names a result, a proof is asked for. Again changes nothing."""
    async with db.write() as tx:
        row, task = await _task(tx, task_id, "roadmap.act", by)
        if row.done_at is not None:
            return
        if task.result and proof == Proof():
            raise Refusal("task-needs-proof")
        if proof.words is not None and len(proof.words) > WORDS:
            raise Refusal("task-proof-too-long", limit=WORDS)
        if proof.file is not None:
            row.document_id = await _keep(tx, proof.file, by=by, now=now)
        row.done_at, row.done_by, row.evidence = now, by.known, proof.words
        await _write_down(
            tx, "roadmap.done", row, audit.Change(after={"evidence": row.evidence, "document": row.document_id}), by=by, now=now
        )


async def _keep(tx: Tx, file: tuple[str, bytes], *, by: Person, now: datetime) -> int:
    name, content = file
    if len(content) > FILE:
        raise Refusal("task-file-too-big", limit=FILE // 1024 // 1024)
    kept = Document(name=name, kind="evidence", content=content, made_at=now, made_by=by.known)
    tx.add(kept)
    await tx.flush()
    return kept.id


async def put_off(db: Database, task_id: int, asked: date, *, by: Person, now: datetime, today: date) -> date:
    """Give a task another day; it is reminded of on that day. Again to the same day changes nothing.

    Returns the day: the one asked for, or the next working day after a day off.
    """
    async with db.write() as tx:
        row, task = await _task(tx, task_id, "roadmap.act", by)
        to = (await working_calendar(tx, asked, schools=[task.school_id])).next_working(asked)
        if row.put_off_to == to:
            return to
        _refuse_done(row)
        if asked <= today:
            raise Refusal("task-day-over")
        if asked > today + FARTHEST:
            raise Refusal("task-day-too-far")
        row.put_off_to, row.silent = to, False
        days = audit.Change(before={"due": str(task.due)}, after={"due": str(to)})
        await _write_down(tx, "roadmap.put-off", row, days, by=by, now=now)
    return to


async def later_days(db: Database, task: Standing, begin: date) -> list[date]:
    """The days a task is offered to be put off to, from a day on: in three days and in a week, working days of its school both."""
    async with db.read() as tx:
        calendar = await working_calendar(tx, begin, schools=[task.school_id])
    return sorted({calendar.next_working(begin + timedelta(days=ahead)) for ahead in (3, 7)})


async def hand(db: Database, task_id: int, staff_id: int, *, by: Person, at: Moment) -> bool:
    """Give a task to a colleague, who hears of it. Returns whether they are in the bot and can hear."""
    now, told_on = at.now, at.today
    async with db.write() as tx:
        row, task = await _task(tx, task_id, "roadmap.hand", by)
        colleague = await tx.scalar(select(Staff).where(Staff.id == staff_id, Staff.archived_at.is_(None)))
        if colleague is None:
            raise Refusal("gone")
        if staff_id not in {one.id for one in await roadmap.colleagues(tx, scope_of(by), task.school_id)}:
            raise Refusal("not-yours")
        _refuse_done(row)
        reached = colleague.person_id is not None
        if task.responsible_id == staff_id:
            return reached
        row.responsible_id = staff_id
        await _write_down(
            tx,
            "roadmap.hand",
            row,
            audit.Change(before={"responsible": task.responsible_id}, after={"responsible": staff_id}),
            by=by,
            now=now,
        )
        if colleague.person_id is not None and colleague.person_id != by.known:
            notice = TaskHanded(**about(task, colleague.role), by=by.name, at=int(now.timestamp()))
            # Whoever was just told is not reminded in the same breath.
            await reminders.keep(tx, [Said(task.id, staff_id, task.due, told_on)], now=now)
            await post(tx, colleague.person_id, notice, now=now, role=colleague.role)
        return reached


async def reopen(db: Database, task_id: int, *, by: Person, now: datetime) -> None:
    """Back to work: a task marked as done by mistake. What the bot closed by itself stays open from now on."""
    async with db.write() as tx:
        row, _ = await _task(tx, task_id, "roadmap.act", by)
        if row.done_at is None:
            return
        was = {"evidence": row.evidence, "document": row.document_id}
        row.done_at = row.done_by = row.evidence = row.document_id = None
        await _write_down(tx, "roadmap.reopen", row, audit.Change(before=was), by=by, now=now)


async def _task(tx: Tx, task_id: int, action: str, by: Person) -> tuple[Task, Standing]:
    """The task to be changed; one this person may not see is not there."""
    task = await roadmap.task(tx, scope_of(by), task_id)
    if task is None:
        raise Refusal("gone")
    require(by, action, thing_of(task))
    return await roadmap.locked(tx, task_id), task


def _refuse_done(row: Task) -> None:
    if row.done_at is not None:
        raise Refusal("task-already-done")


async def _write_down(tx: Tx, action: str, row: Task, change: audit.Change, *, by: Person, now: datetime) -> None:
    """The audit's row; and what was to be said of the task before is no longer true."""
    audit.log(tx, by.known, action, ("task", row.id), change, now=now)
    await withdraw(tx, [row.id])
