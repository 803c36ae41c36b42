"""What tells whether a journal file looks like an accident (how many marks stand, when there are lessons), and answers once given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.journal.journal import UPLOAD
from storage.tables import Document, Entry, JournalAnswer, KnownAs, Lesson


async def marks_of_groups(tx: Tx, group_ids: Collection[int]) -> dict[int, int]:
    """How many marks stand in the journals of these groups."""
    rows = await tx.execute(
        select(Entry.group_id, func.count().label("marks"))
        .where(Entry.group_id.in_(group_ids), Entry.kind == "mark", Entry.removed_at.is_(None))
        .group_by(Entry.group_id)
    )
    return {row.group_id: row.marks for row in rows}


async def mark_values(tx: Tx, group_ids: Collection[int]) -> dict[int, set[str]]:
    """The different marks that stand in the journals of these groups."""
    rows = await tx.execute(
        select(Entry.group_id, Entry.value)
        .where(Entry.group_id.in_(group_ids), Entry.kind == "mark", Entry.removed_at.is_(None))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.group_id, set()).add(row.value)
    return found


async def lessons_of_groups(tx: Tx, group_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When these groups have lessons that are not cancelled; a group without any is left out."""
    rows = await tx.execute(
        select(Lesson.group_id, Lesson.starts_at).where(
            Lesson.group_id.in_(group_ids), Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None)
        )
    )
    found: dict[int, list[datetime]] = {}
    for row in rows:
        found.setdefault(row.group_id, []).append(row.starts_at)
    return found


async def names(tx: Tx, group_ids: Collection[int]) -> dict[tuple[int, str], tuple[int, frozenset[int]]]:
    """Whom the journals of these groups mean: (group, folded name) → the pupil, and those that were to choose from."""
    rows = await tx.scalars(select(KnownAs).where(KnownAs.group_id.in_(group_ids)))
    return {(row.group_id, row.written): (row.pupil_id, frozenset(map(int, row.among.split()))) for row in rows}


async def keep_name(tx: Tx, known: KnownAs) -> None:
    """Remember an answer, in place of an earlier one."""
    await forget_name(tx, known.group_id, known.written)
    tx.add(known)
    await tx.flush()


async def forget_name(tx: Tx, group_id: int, written: str) -> None:
    """What was said of a name of that group does not hold any more."""
    await tx.execute(delete(KnownAs).where(KnownAs.group_id == group_id, KnownAs.written == written))


async def answers(tx: Tx, organization_ids: Collection[int]) -> dict[tuple[int, str, str], str]:
    """What was answered about files of these organizations: (organization, kind, what was asked about) → the answer."""
    rows = await tx.scalars(select(JournalAnswer).where(JournalAnswer.organization_id.in_(organization_ids)))
    return {(row.organization_id, row.kind, row.written): row.answer for row in rows}


async def keep_answer(tx: Tx, answer: JournalAnswer) -> None:
    """Remember an answer, in place of an earlier one."""
    await forget_answer(tx, answer.organization_id, answer.kind, answer.written)
    tx.add(answer)
    await tx.flush()


async def forget_answer(tx: Tx, organization_id: int, kind: str, written: str) -> None:
    """What was answered does not hold any more."""
    same = (JournalAnswer.organization_id == organization_id, JournalAnswer.kind == kind)
    await tx.execute(delete(JournalAnswer).where(*same, JournalAnswer.written == written))


async def uploads_made(tx: Tx, since: datetime, until: datetime) -> list[Document]:
    """The journals sent in (since, until] that are still kept, in order; one sent anew under its name by the same person is left out."""
    anew = aliased(Document)
    later = exists().where(
        anew.kind == UPLOAD, anew.made_by == Document.made_by, anew.name == Document.name, anew.made_at > Document.made_at
    )
    mine = (Document.kind == UPLOAD, Document.made_at > since, Document.made_at <= until, ~later)
    return list(await tx.scalars(select(Document).where(*mine).order_by(Document.made_at, Document.id)))
