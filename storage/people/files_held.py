"""The files somebody sent or may read, for the file a person takes with them: of threads and of achievements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from storage.db import Tx
from storage.people.corresponded import family_threads
from storage.tables import Achievement, Document, Thread, ThreadMessage

ROOM = 15 * 1024 * 1024  # bytes of files in one file: half as much again once they are written as text, and Telegram takes 50 MB


@dataclass(frozen=True)
class FileHeld:
    """One file; what has no room is named without its content: it is had in the chat."""

    of: str  # message | achievement
    name: str
    made_at: datetime
    content: bytes | None


async def files_of(tx: Tx, person_id: int, pupils: Collection[int]) -> list[FileHeld]:
    """The newest first, as many whole as there is room for."""
    mine = or_(family_threads(person_id, pupils), ThreadMessage.person_id == person_id)
    written = select(ThreadMessage.document_id).join(Thread, Thread.id == ThreadMessage.thread_id).where(mine)
    achieved = select(Achievement.document_id).where(Achievement.pupil_id.in_(pupils))
    rows = await tx.execute(
        select(Document.id, Document.kind, Document.name, Document.made_at, func.length(Document.content).label("length"))
        .where(or_(Document.id.in_(written), Document.id.in_(achieved)))
        .order_by(Document.made_at.desc(), Document.id.desc())
    )
    found, room = [], ROOM
    for row in rows.all():
        fits = 0 < row.length <= room
        room -= row.length if fits else 0
        content = await tx.scalar(select(Document.content).where(Document.id == row.id)) if fits else None
        found.append(FileHeld(of=row.kind, name=row.name, made_at=row.made_at, content=content))
    return found
