"""Messages both ways, for the file a person takes with them: threads about a child, the person's own letters, how far they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from storage.db import Tx
from storage.tables import Document, Guardianship, Thread, ThreadMessage, ThreadOpening, ThreadRead, WritingStop


@dataclass(frozen=True)
class Corresponded:
    """A letter of a thread somebody may read."""

    thread: int
    side: str  # the role of who wrote it
    about: str
    sent_at: datetime
    words: str
    file: str | None


@dataclass(frozen=True)
class ThreadHeld:
    """What stands of a thread besides its letters."""

    thread: int
    begun_at: datetime
    closed_at: datetime | None
    reported_at: datetime | None
    read_at: datetime | None  # when the person asking last read it
    opened: list[tuple[datetime, str]]  # for a conflict: when, why


@dataclass(frozen=True)
class Stopped:
    """«Переписка закрыта»: from when to when, why."""

    made_at: datetime
    lifted_at: datetime | None
    reason: str


def family_threads(person_id: int, pupils: Collection[int]) -> ColumnElement[bool]:
    """Threads of whose family side the person is: what guardians write, a pupil does not read."""
    acts = select(Guardianship.pupil_id).where(Guardianship.person_id == person_id, Guardianship.until.is_(None))
    guardians = and_(Thread.one_role == "guardian", Thread.one_id.in_(acts))
    return and_(Thread.one_id.in_(pupils), or_(Thread.one_role == "student", guardians))


async def letters_of(tx: Tx, person_id: int, pupils: Collection[int]) -> list[Corresponded]:
    """Of the threads between the families of these children and the staff, and whatever the person wrote, in order."""
    family = family_threads(person_id, pupils)
    rows = await tx.execute(
        select(
            ThreadMessage.thread_id,
            ThreadMessage.side,
            Thread.one_role,
            Thread.other_role,
            Thread.about,
            ThreadMessage.sent_at,
            ThreadMessage.words,
            Document.name.label("file"),
        )
        .join(Thread, Thread.id == ThreadMessage.thread_id)
        .outerjoin(Document, Document.id == ThreadMessage.document_id)
        .where(or_(family, ThreadMessage.person_id == person_id))
        .order_by(ThreadMessage.id)
    )
    return [
        Corresponded(
            thread=row.thread_id,
            side=row.one_role if row.side == 1 else row.other_role,
            about=row.about,
            sent_at=row.sent_at,
            words=row.words,
            file=row.file,
        )
        for row in rows
    ]


async def threads_of(tx: Tx, person_id: int, pupils: Collection[int]) -> list[ThreadHeld]:
    """The threads of these families: since when, closed, complained of, opened for a conflict, and how far the person has read."""
    family = family_threads(person_id, pupils)
    opened: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    why = select(ThreadOpening.thread_id, ThreadOpening.opened_at, ThreadOpening.reason).join(
        Thread, Thread.id == ThreadOpening.thread_id
    )
    for row in await tx.execute(why.where(family).order_by(ThreadOpening.id)):
        opened[row.thread_id].append((row.opened_at, row.reason))
    rows = await tx.execute(
        select(Thread.id, Thread.begun_at, Thread.closed_at, Thread.reported_at, ThreadRead.read_at)
        .outerjoin(ThreadRead, (ThreadRead.thread_id == Thread.id) & (ThreadRead.person_id == person_id))
        .where(family)
        .order_by(Thread.id)
    )
    return [
        ThreadHeld(
            thread=row.id,
            begun_at=row.begun_at,
            closed_at=row.closed_at,
            reported_at=row.reported_at,
            read_at=row.read_at,
            opened=opened[row.id],
        )
        for row in rows
    ]


async def stops_of(tx: Tx, person_id: int) -> list[Stopped]:
    """What the coordinators decided about the person's writing."""
    rows = await tx.execute(
        select(WritingStop.made_at, WritingStop.lifted_at, WritingStop.reason)
        .where(WritingStop.person_id == person_id)
        .order_by(WritingStop.id)
    )
    return [Stopped(**row._mapping) for row in rows]
