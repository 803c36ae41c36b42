"""The one way anything comes to stand in the journal: each write is recorded with who, when and from where, and what was before stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.parts import parts
from storage.tables import Entry, Revision, Topic, TopicRevision, Writing

Key: TypeAlias = tuple[int, int, date, int, str, int]  # pupil, group, day, lesson, kind, ordinal in the cell
_KEYS = ("pupil_id", "group_id", "day", "lesson", "kind", "ordinal")


@dataclass(frozen=True)
class Source:
    """Where a change of the journal comes from. `by`: a person's id; None: the folder or the command line. `undoes`: a writing's id."""

    kind: Literal["file", "chat", "undo", "family"]
    by: int | None
    file: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """How an entry stands from now on. entry_id None: nothing ever stood there; sheet and cell: where the file has it."""

    key: Key
    value: str  # of one that is removed: what stood there
    work: str | None
    comment: str | None
    version: int
    removed: bool = False
    entry_id: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenTopic:
    """A lesson's topic and homework from now on."""

    group_id: int
    day: date
    lesson: int
    topic: str | None
    homework: str | None


async def write(
    tx: Tx, source: Source, entries: Sequence[Written], topics: Sequence[WrittenTopic] = (), *, now: datetime
) -> int | None:
    """Write entries and topics that are not as they stand, and the record of it. Returns the writing's id; None: there was nothing.

    Nothing else may write these tables, but the erasure of a pupil.
    """
    if not entries and not topics:
        return None
    writing = Writing(at=now, by=source.by, source=source.kind, file=source.file, undoes_id=source.undoes)
    tx.add(writing)
    await tx.flush()
    stand = [(one.entry_id, one) for one in entries if one.entry_id is not None]
    stand += await _new(tx, [one for one in entries if one.entry_id is None], now)
    changed = [
        {
            "id": one.entry_id,
            **_values(one),
            "version": one.version,
            "entered_at": now,
            "removed_at": now if one.removed else None,
        }
        for one in entries
        if one.entry_id is not None
    ]
    if changed:
        await tx.execute(update(Entry), changed)
    for some in parts(stand):
        rows = [
            {
                "entry_id": id_,
                "writing_id": writing.id,
                **_values(one),
                "removed": one.removed,
                "sheet": one.sheet,
                "cell": one.cell,
            }
            for id_, one in some
        ]
        await tx.execute(insert(Revision), rows)
    for topic in topics:
        values = {name: getattr(topic, name) for name in WrittenTopic.__slots__}
        await tx.merge(Topic(**values))
        tx.add(TopicRevision(writing_id=writing.id, **values))
    await tx.flush()
    return writing.id


async def _new(tx: Tx, entries: Sequence[Written], now: datetime) -> list[tuple[int, Written]]:
    found: list[tuple[int, Written]] = []
    for some in parts(entries):
        rows = [
            {**dict(zip(_KEYS, one.key, strict=True)), **_values(one), "version": one.version, "entered_at": now} for one in some
        ]
        ids = await tx.scalars(insert(Entry).returning(Entry.id, sort_by_parameter_order=True), rows)
        found += zip(ids.all(), some, strict=True)
    return found


def _values(one: Written) -> dict[str, Any]:
    return {"value": one.value, "work": one.work, "comment": one.comment}


# ── what was before ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Was:
    """A revision of a writing that is looked at in order to undo it, and the one before. was None: nothing stood there."""

    entry: Entry
    was: Revision | None
    last: bool  # nobody has changed the entry since


async def writing(tx: Tx, writing_id: int, *, lock: bool = False) -> Writing | None:
    question = select(Writing).where(Writing.id == writing_id)
    found: Writing | None = await tx.scalar(question.with_for_update() if lock else question)
    return found


async def undone(tx: Tx, writing_id: int) -> bool:
    """Whether this writing was undone already."""
    return await tx.scalar(select(Writing.id).where(Writing.undoes_id == writing_id).limit(1)) is not None


async def before(tx: Tx, writing_id: int) -> list[Was]:
    """What stood before a writing, entry by entry; without those of erased pupils."""
    mine = select(Revision.id, Revision.entry_id).where(Revision.writing_id == writing_id)
    ids = {row.entry_id: row.id for row in await tx.execute(mine)}
    entries: list[Entry] = []
    for few in parts(sorted(ids)):
        question = select(Entry).where(Entry.id.in_(few), Entry.pupil_id.is_not(None)).order_by(Entry.id)
        entries += await tx.scalars(question)
    theirs = [(entry, ids[entry.id]) for entry in entries]
    every: dict[int, list[Revision]] = {}
    for some in parts([entry.id for entry, _ in theirs]):
        for revision in await tx.scalars(select(Revision).where(Revision.entry_id.in_(some)).order_by(Revision.id)):
            every.setdefault(revision.entry_id, []).append(revision)
    found = []
    for entry, id_ in theirs:
        earlier = [one for one in every[entry.id] if one.id < id_]
        found.append(Was(entry, earlier[-1] if earlier else None, every[entry.id][-1].id == id_))
    return found


async def topics_before(tx: Tx, writing_id: int) -> list[tuple[WrittenTopic, bool]]:
    """The topics and homework that stood before a writing, and whether nobody has changed them since."""
    found = []
    rows = list(await tx.scalars(select(TopicRevision).where(TopicRevision.writing_id == writing_id).order_by(TopicRevision.id)))
    for mine in rows:
        other = aliased(TopicRevision)
        at = (other.group_id == mine.group_id, other.day == mine.day, other.lesson == mine.lesson)
        every = list(await tx.scalars(select(other).where(*at).order_by(other.id)))
        earlier = [one for one in every if one.id < mine.id]
        was = (earlier[-1].topic, earlier[-1].homework) if earlier else (None, None)
        found.append((WrittenTopic(mine.group_id, mine.day, mine.lesson, *was), every[-1].id == mine.id))
    return found
