"""What goes of messages with a child and with a person: threads about the child whole, of a person what they wrote."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from storage import unsaid
from storage.db import Tx
from storage.tables import Document, Thread, ThreadMessage, ThreadOpening, ThreadRead


async def drop_threads(tx: Tx, pupil_id: int) -> None:
    """Every thread about a child, whoever wrote in it, with its files."""
    about = select(Thread.id).where(Thread.pupil_id == pupil_id)
    files = list(await tx.scalars(select(ThreadMessage.document_id).where(ThreadMessage.thread_id.in_(about))))
    await tx.execute(delete(ThreadRead).where(ThreadRead.thread_id.in_(about)))
    await tx.execute(delete(ThreadOpening).where(ThreadOpening.thread_id.in_(about)))
    await tx.execute(delete(ThreadMessage).where(ThreadMessage.thread_id.in_(about)))
    for thread in list(await tx.scalars(about)):  # letters to staff that wait say that there is something to read
        await unsaid.erase(tx, "the thread is gone", topic=f"thread:{thread}")
    await tx.execute(delete(Thread).where(Thread.pupil_id == pupil_id))
    await _drop_files(tx, files)


async def unsay(tx: Tx, person_id: int, pupil_id: int | None = None) -> None:
    """What somebody wrote, of one child or at all: that there was a letter stays, who wrote it and what it said does not."""
    whose = [ThreadMessage.person_id == person_id]
    read = [ThreadRead.person_id == person_id]
    if pupil_id is not None:
        about = select(Thread.id).where(Thread.pupil_id == pupil_id)
        whose.append(ThreadMessage.thread_id.in_(about))
        read.append(ThreadRead.thread_id.in_(about))
    files = list(await tx.scalars(select(ThreadMessage.document_id).where(*whose)))
    await tx.execute(update(ThreadMessage).where(*whose).values(person_id=None, words="", document_id=None, update_id=None))
    await tx.execute(delete(ThreadRead).where(*read))
    await _drop_files(tx, files)


async def _drop_files(tx: Tx, files: list[int | None]) -> None:
    await tx.execute(delete(Document).where(Document.id.in_([file for file in files if file is not None])))
