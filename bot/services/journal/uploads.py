"""Journal files on their way: kept until their sender says yes, held up by questions, read from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import get_args

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.journal.asking import ask_others
from bot.services.journal.doubts import LeftOut
from bot.services.journal.journal import (
    UNASKED,
    Answer,
    JournalFile,
    JournalPlan,
    apply_journal,
    plan_journal,
    read_file,
)
from bot.settings import Settings
from storage.db import Database
from storage.journal import journal as questions
from storage.journal.journal import UPLOAD, UPLOADS
from storage.tables import Document

KEPT_FOR = timedelta(days=7)


async def keep_upload(db: Database, name: str, content: bytes, *, by: Person | None, now: datetime, kind: str = UPLOAD) -> int:
    """Keep a sent file until its sender decides: the plan's buttons must work after a restart. The same file again is the same document."""
    made_by = None if by is None else by.known
    async with db.write() as tx:
        same = await questions.same_upload(tx, kind=kind, name=name, content=content, by=made_by)
        if same is not None:
            return same
        document = Document(name=name, kind=kind, content=content, made_at=now, made_by=made_by)
        tx.add(document)
        await tx.flush()
        return document.id


async def upload_of(db: Database, document_id: int, *, by: Person, kind: str = UPLOAD) -> tuple[str, bytes]:
    """Name and bytes of a kept file: its sender's only."""
    async with db.read() as tx:
        document = await questions.upload(tx, document_id, kind)
    if document is None:
        raise Refusal("upload-gone")
    if document.made_by != by.known:
        raise Refusal("not-yours")
    return document.name, document.content


async def plan_upload(db: Database, document_id: int, *, by: Person, now: datetime, settings: Settings) -> JournalPlan:
    """The plan of a kept journal. Refusal: it is gone or somebody else's; Faults: it cannot be applied."""
    file = await _file(db, document_id, by=by, now=now, settings=settings)
    return await plan_journal(db, file, by=by, today=_today(now, settings))


async def answered_plans(
    db: Database, document_id: int, *, by: Person, now: datetime, settings: Settings
) -> dict[LeftOut, JournalPlan]:
    """The plan of a kept journal for each thing that may become of the entries of pupils it leaves out. It is read once."""
    file = await _file(db, document_id, by=by, now=now, settings=settings)
    answers: tuple[LeftOut, ...] = get_args(LeftOut)
    return {answer: await plan_journal(db, file, by=by, today=_today(now, settings), left_out=answer) for answer in answers}


async def apply_upload(
    db: Database,
    document_id: int,
    *,
    by: Person,
    now: datetime,
    settings: Settings,
    answer: Answer = UNASKED,
) -> JournalPlan:
    """Carry out a kept journal as its plan said. A repeat finds nothing left to do.

    Whoever confirms a plan they have seen has answered its doubts, but for `left_out`.
    """
    file = await _file(db, document_id, by=by, now=now, settings=settings)
    return await apply_journal(db, file, by=by, at=Moment(now, settings.zone), answer=replace(answer, sure=bool(answer.seen)))


async def drop_upload(db: Database, document_id: int, *, by: Person, kind: str = UPLOAD) -> None:
    """The sender changed their mind; a repeat changes nothing."""
    async with db.write() as tx:
        document = await questions.upload(tx, document_id, kind)
        if document is not None and document.made_by == by.known:
            await questions.drop_upload(tx, document_id)


async def purge_uploads(db: Database, *, now: datetime) -> int:
    """Forget sent journals and workbooks after a week: they hold children's names. Returns how many."""
    async with db.write() as tx:
        return await questions.drop_uploads(tx, UPLOADS, before=now - KEPT_FOR)


async def _file(db: Database, document_id: int, *, by: Person, now: datetime, settings: Settings) -> JournalFile:
    name, content = await upload_of(db, document_id, by=by)
    return await read_file(content, name, now=now, settings=settings)


def _today(now: datetime, settings: Settings) -> date:
    return now.astimezone(settings.zone).date()


# ── the command line ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Brought:
    """A file that came without a sender: its name and content, and the group of its rows or sheets that name none.

    `beside`: the other files of the same command: a pupil who stands in one of them is not left out.
    """

    name: str
    content: bytes
    group: str | None = None
    beside: Sequence[Brought] = ()


async def plan_file(
    db: Database, brought: Brought, *, now: datetime, settings: Settings, apply: bool = False, tell: bool = True
) -> JournalPlan:
    """The plan of a file; with `apply`, carried out. For the command line and the folder, which may enter for every group.

    Open questions do not stop a plan (`plan.open`); with `apply` they do: whoever can answer is asked in the bot.
    Doubts stop it as well: Faults journal-doubtful. `tell=False` carries over a journal without telling anybody.
    """

    async def read(one: Brought) -> JournalFile:
        return await read_file(one.content, one.name, now=now, settings=settings, group=one.group)

    file = replace(await read(brought), silent=not tell, beside=tuple([(await read(other)).journal for other in brought.beside]))
    at = Moment(now, settings.zone)
    return await enter_file(db, brought, file, at=at) if apply else await plan_journal(db, file, by=None, today=at.today)


async def enter_file(db: Database, brought: Brought, file: JournalFile, *, at: Moment) -> JournalPlan:
    """Carry out a file that came without a sender, already read; see `plan_file`."""
    try:
        return await apply_journal(db, file, by=None, at=at)
    except Refusal as refusal:
        if refusal.key == "journal-questions":
            document = await keep_upload(db, brought.name, brought.content, by=None, now=at.now)
            await ask_others(db, document, await plan_journal(db, file, by=None, today=at.today), by=None, now=at.now)
        raise
