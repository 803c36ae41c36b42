"""The coordinator's log of threads: who, when, about what, never a word of it; conflicts opened, writers stopped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from storage.db import Tx
from storage.messages.threads import Listed, _thread
from storage.tables import Letter, Person, Thread, ThreadMessage, ThreadOpening, WritingStop
from storage.unsaid import hanging


def in_log(schools: Collection[int]) -> ColumnElement[bool]:
    """Threads of these schools' pupils and offices; one that is of no school stands in every log."""
    return or_(Thread.school_id.in_(schools), Thread.school_id.is_(None))


async def listed(tx: Tx, schools: Collection[int], *, size: int, page: int) -> list[Listed]:
    """A page of the log: those complained of first, then the newest."""
    rows = await tx.execute(
        select(Thread, func.max(ThreadMessage.sent_at).label("last_at"), func.count(ThreadMessage.id).label("letters"))
        .join(ThreadMessage, ThreadMessage.thread_id == Thread.id)
        .where(in_log(schools))
        .group_by(Thread.id)
        .order_by(Thread.reported_at.is_(None), func.max(ThreadMessage.id).desc())
        .limit(size)
        .offset(page * size)
    )
    return [Listed(_thread(row.Thread), row.last_at, row.letters, 0) for row in rows]


async def how_many(tx: Tx, schools: Collection[int]) -> int:
    return await tx.scalar(select(func.count(Thread.id)).where(in_log(schools))) or 0


@dataclass(frozen=True)
class Written:
    """That a letter was written: by whom, when; not what it says."""

    id: int
    side: int
    person_id: int | None
    author: str
    file: bool
    sent_at: datetime


async def written(tx: Tx, thread_id: int) -> list[Written]:
    """Every letter of a thread, in order, as the log has it."""
    rows = await tx.execute(
        select(
            ThreadMessage.id,
            ThreadMessage.side,
            ThreadMessage.person_id,
            func.coalesce(Person.name, "").label("author"),
            ThreadMessage.document_id.is_not(None).label("file"),
            ThreadMessage.sent_at,
        )
        .outerjoin(Person, Person.id == ThreadMessage.person_id)
        .where(ThreadMessage.thread_id == thread_id)
        .order_by(ThreadMessage.id)
    )
    return [Written(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Opening:
    """A conflict for which a thread was opened."""

    id: int
    thread_id: int
    opened_by: int
    opened_at: datetime
    reason: str
    upto: int


async def openings(tx: Tx, thread_id: int) -> list[Opening]:
    """Of a thread, the newest last."""
    rows = await tx.scalars(select(ThreadOpening).where(ThreadOpening.thread_id == thread_id).order_by(ThreadOpening.id))
    return [_opening(row) for row in rows]


async def opening(tx: Tx, number: int) -> Opening | None:
    row = await tx.scalar(select(ThreadOpening).where(ThreadOpening.id == number))
    return None if row is None else _opening(row)


def _opening(row: ThreadOpening) -> Opening:
    return Opening(
        id=row.id,
        thread_id=row.thread_id,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        reason=row.reason,
        upto=row.upto,
    )


async def waits(tx: Tx, topic: str) -> bool:
    """Whether a letter of this topic has not left yet."""
    return await tx.scalar(select(Letter.id).where(Letter.topic == topic, hanging()).limit(1)) is not None


@dataclass(frozen=True)
class Stop:
    """Somebody who may write to the coordinator alone."""

    id: int
    person_id: int
    school_id: int
    reason: str
    made_at: datetime


async def stops(tx: Tx, person_id: int, school_id: int | None) -> list[Stop]:
    """What stands against somebody in the threads of a school; None: anywhere."""
    question = select(WritingStop).where(WritingStop.person_id == person_id, WritingStop.lifted_at.is_(None))
    if school_id is not None:
        question = question.where(WritingStop.school_id == school_id)
    return [
        Stop(row.id, row.person_id, row.school_id, row.reason, row.made_at)
        for row in await tx.scalars(question.order_by(WritingStop.id))
    ]
