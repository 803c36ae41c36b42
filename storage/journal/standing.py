"""What stands in the journal for given days, as light rows: a file may be compared with a million of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from storage.db import Tx
from storage.parts import parts
from storage.tables import Entry


@dataclass(frozen=True, slots=True)
class Stands:
    """An entry as it stands, or stood until it was removed."""

    id: int
    pupil_id: int
    group_id: int
    day: date
    lesson: int
    kind: str
    ordinal: int
    value: str
    work: str | None
    comment: str | None
    version: int
    removed_at: datetime | None


_ENTRIES = select(
    Entry.id, Entry.pupil_id, Entry.group_id, Entry.day, Entry.lesson, Entry.kind, Entry.ordinal, Entry.value, Entry.work,
    Entry.comment, Entry.version, Entry.removed_at,
)  # fmt: skip


async def entries(tx: Tx, days: Collection[tuple[int, date]]) -> list[Stands]:
    """Everything ever entered for these (group, day), removed entries too; without those of erased pupils."""
    found: list[Stands] = []
    wanted = set(days)
    groups = {group_id for group_id, _ in wanted}
    for some in parts(sorted({day for _, day in wanted})):
        question = _ENTRIES.where(Entry.group_id.in_(groups), Entry.day.in_(some), Entry.pupil_id.is_not(None))
        rows: Any = await tx.execute(question.order_by(Entry.id))
        found += [_stands(row) for row in rows if (row.group_id, row.day) in wanted]
    return found


def _stands(row: Any) -> Stands:
    """By name: a mapping of each of a million rows costs more than the row itself."""
    return Stands(
        id=row.id, pupil_id=row.pupil_id, group_id=row.group_id, day=row.day, lesson=row.lesson, kind=row.kind,
        ordinal=row.ordinal, value=row.value, work=row.work, comment=row.comment, version=row.version, removed_at=row.removed_at,
    )  # fmt: skip
