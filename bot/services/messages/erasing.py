"""What goes of messages: with a child the threads about it whole, of a person what they wrote, with time what is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from bot.notices.messages import topic_of
from storage import unsaid
from storage.db import Tx
from storage.parts import parts
from storage.tables import Document, Thread, ThreadMessage, ThreadOpening, ThreadRead, WritingStop

AT_ONCE = 2000  # letters forgotten in one transaction: whoever writes meanwhile need not wait for all


async def drop_threads(tx: Tx, pupil_id: int) -> None:
    """Every thread about a child, whoever wrote in it, with its files."""
    await _drop(tx, list(await tx.scalars(select(Thread.id).where(Thread.pupil_id == pupil_id))))


async def forget_letters(tx: Tx, *, before: datetime) -> int:
    """What was written before this moment goes with its files, at most AT_ONCE letters; and threads of which nothing is left.

    What somebody wrote who may write to nobody but the coordinator stays until that is lifted: from its page it is lifted.
    Returns how many letters went.
    """
    stopped = select(WritingStop.person_id).where(WritingStop.lifted_at.is_(None))
    goes = or_(ThreadMessage.person_id.is_(None), ThreadMessage.person_id.not_in(stopped))
    question = select(ThreadMessage.id, ThreadMessage.document_id).where(ThreadMessage.sent_at < before, goes)
    old = (await tx.execute(question.order_by(ThreadMessage.id).limit(AT_ONCE))).all()
    for some in parts(old):
        await tx.execute(delete(ThreadMessage).where(ThreadMessage.id.in_([row.id for row in some])))
        await _drop_files(tx, [row.document_id for row in some])
    said = select(ThreadMessage.id).where(ThreadMessage.thread_id == Thread.id).exists()
    await _drop(tx, list(await tx.scalars(select(Thread.id).where(Thread.begun_at < before, ~said))))
    return len(old)


async def _drop(tx: Tx, gone: Sequence[int]) -> None:
    for some in parts(gone):
        files = list(await tx.scalars(select(ThreadMessage.document_id).where(ThreadMessage.thread_id.in_(some))))
        await tx.execute(delete(ThreadRead).where(ThreadRead.thread_id.in_(some)))
        await tx.execute(delete(ThreadOpening).where(ThreadOpening.thread_id.in_(some)))
        await tx.execute(delete(ThreadMessage).where(ThreadMessage.thread_id.in_(some)))
        for thread in some:  # letters that wait say that there is something to read
            await unsaid.erase(tx, "the thread is gone", topic=topic_of(thread))
        await tx.execute(delete(Thread).where(Thread.id.in_(some)))
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
