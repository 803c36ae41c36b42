"""A question about whose turn it is among the children of a request: as the draw listed them, or as they applied."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Allocation, Application, Choice

Turn: TypeAlias = tuple[bool, int, int, datetime, int]


async def turns(tx: Tx, choices: Collection[int], year: int) -> dict[int, Turn]:
    """A key for each of these choices: who holds a seat first, then the places of the draws in their order, then by arrival."""
    listed: dict[int, tuple[int, int]] = {}
    drawn = select(Allocation.id, Allocation.result).where(Allocation.year == year, Allocation.published_at.is_not(None))
    for number, result in await tx.execute(drawn.order_by(Allocation.id)):
        for wishes in (result or {}).get("lists", {}).values():
            listed |= {wish: (number, place) for place, wish in enumerate(wishes)}
    rows = await tx.execute(
        select(Choice.id, Choice.group_id, Choice.reserve_at, Application.submitted_at)
        .join(Application, Application.id == Choice.application_id)
        .where(Choice.id.in_(choices))
    )
    last = datetime.max.replace(tzinfo=UTC)
    return {
        choice: (group is None or line is not None, *listed.get(choice, (1 << 62, 0)), at or last, choice)
        for choice, group, line, at in rows
    }
