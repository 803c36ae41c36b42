"""Who wrote what in the journal: the history of a day's entries, those that are gone too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from storage.db import Tx
from storage.parts import parts
from storage.people.consent import Reader, shown_name
from storage.tables import Course, Entry, Group, Person, Pupil, Revision, Writing


@dataclass(frozen=True)
class Step:
    """How an entry stood from a moment on. who: the ФИО of whoever wrote it, empty: nobody of staff, or no longer known."""

    entry_id: int
    at: datetime
    who: str
    by: int | None  # a person's id; None: the folder or the command line
    source: str  # file | chat | undo | family | before
    file: str | None
    sheet: str | None
    cell: str | None
    value: str
    work: str | None
    comment: str | None
    removed: bool


@dataclass(frozen=True)
class Told:
    """An entry of a day, with how it came to stand so."""

    pupil_id: int
    pupil: str
    lesson: int
    kind: str
    steps: tuple[Step, ...]  # oldest first


async def of_day(tx: Tx, group_id: int, day: date, reader: Reader) -> list[Told]:
    """The history of one day of a group's journal, by pupil, as far as they are this reader's."""
    rows = list(
        await tx.execute(
            select(Entry.id, Entry.pupil_id, shown_name(reader, otherwise=Pupil.code).label("pupil"), Entry.lesson, Entry.kind)
            .join(Pupil, Pupil.id == Entry.pupil_id)
            .join(Group, Group.id == Entry.group_id)
            .join(Course, Course.id == Group.course_id)
            .where(Entry.group_id == group_id, Entry.day == day, reader.concerns())
            .order_by(Pupil.full_name, Entry.pupil_id, Entry.lesson, Entry.kind.desc(), Entry.ordinal)
        )
    )
    steps = await history(tx, [row.id for row in rows])
    return [Told(row.pupil_id, row.pupil, row.lesson, row.kind, tuple(steps.get(row.id, ()))) for row in rows]


async def history(tx: Tx, entry_ids: Collection[int]) -> dict[int, list[Step]]:
    """The revisions of these entries, oldest first."""
    found: dict[int, list[Step]] = {}
    for some in parts(sorted(entry_ids)):
        rows = await tx.execute(
            select(
                Revision.entry_id,
                Writing.at,
                Person.name.label("who"),
                Writing.by,
                Writing.source,
                Writing.file,
                Revision.sheet,
                Revision.cell,
                Revision.value,
                Revision.work,
                Revision.comment,
                Revision.removed,
            )
            .join(Writing, Writing.id == Revision.writing_id)
            .outerjoin(Person, Person.id == Writing.by)
            .where(Revision.entry_id.in_(some))
            .order_by(Revision.id)
        )
        for row in rows:
            found.setdefault(row.entry_id, []).append(Step(**dict(row._mapping) | {"who": row.who or ""}))
    return found
