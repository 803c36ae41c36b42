"""A task is done, with what shows it, or comes back to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices.roadmap import TaskAnswered
from bot.policy import Person, Thing, can, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.roadmap.withdrawing import withdraw
from bot.voice import short_name
from storage import audit
from storage.db import Database, Tx
from storage.people import people
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Scope, Standing
from storage.tables import Document, Task

FILE = 10 * 1024 * 1024  # bytes of a document
WORDS = 500  # characters of a typed proof


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
        row, task = await task_of(tx, task_id, "roadmap.act", by)
        if row.done_at is not None:
            return
        if task.result and proof == Proof():
            raise Refusal("task-needs-proof")
        if proof.words is not None and len(proof.words) > WORDS:
            raise Refusal("task-proof-too-long", limit=WORDS)
        if proof.file is not None:
            row.document_id = await _keep(tx, proof.file, by=by, now=now)
        row.done_at, row.done_by, row.evidence = now, by.known, proof.words
        change = audit.Change(after={"evidence": row.evidence, "document": row.document_id})
        await write_down(tx, "roadmap.done", row, change, by=by, now=now)
        if task.organization_id is not None and not can(by, "roadmap.add", thing_of(task)):
            await _tell_the_school(tx, task, proof, by=by, now=now)


async def _tell_the_school(tx: Tx, task: Standing, proof: Proof, *, by: Person, now: datetime) -> None:
    """A partner's answer, and what shows it, comes to the coordinators of the school that asks."""
    notice = TaskAnswered(
        task=task.id,
        title=task.task,
        partner=short_name(task.organization or ""),
        by=by.name,
        proof=proof.words or (proof.file[0] if proof.file else ""),
        at=int(now.timestamp()),
    )
    coordinators = await people.office(tx, "coordinator", organization_id=task.school_id)
    others = [person for person in coordinators if person != by.known]
    await post_all(tx, [Addressed(person, notice, role="coordinator") for person in others], now=now)


async def _keep(tx: Tx, file: tuple[str, bytes], *, by: Person, now: datetime) -> int:
    name, content = file
    if len(content) > FILE:
        raise Refusal("task-file-too-big", limit=FILE // 1024 // 1024)
    kept = Document(name=name, kind="evidence", content=content, made_at=now, made_by=by.known)
    tx.add(kept)
    await tx.flush()
    return kept.id


async def reopen(db: Database, task_id: int, *, by: Person, now: datetime) -> None:
    """Back to work: a task marked as done by mistake. What the bot closed by itself stays open from now on."""
    async with db.write() as tx:
        row, _ = await task_of(tx, task_id, "roadmap.act", by)
        if row.done_at is None:
            return
        was = {"evidence": row.evidence, "document": row.document_id, "done_at": row.done_at.isoformat(), "done_by": row.done_by}
        row.done_at = row.done_by = row.evidence = row.document_id = None
        await write_down(tx, "roadmap.reopen", row, audit.Change(before=was), by=by, now=now)


async def task_of(tx: Tx, task_id: int, action: str, by: Person) -> tuple[Task, Standing]:
    """The task to be changed; one this person may not see is not there."""
    task = await roadmap.task(tx, scope_of(by), task_id)
    if task is None:
        raise Refusal("gone")
    require(by, action, thing_of(task))
    return await roadmap.locked(tx, task_id), task


def refuse_done(row: Task) -> None:
    if row.done_at is not None:
        raise Refusal("task-already-done")


async def write_down(tx: Tx, action: str, row: Task, change: audit.Change, *, by: Person, now: datetime) -> None:
    """The audit's row; and what was to be said of the task before is no longer true."""
    audit.log(tx, by.known, action, ("task", row.id), change, now=now)
    await withdraw(tx, [row.id])
