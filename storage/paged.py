"""Lists as long as a network, a page at a time: only the rows of the page are asked for, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select

from bot.paging import Page, page_of
from storage.db import Tx

T = TypeVar("T")


async def paged(tx: Tx, asked: Select[*tuple[Any, ...]], number: int, size: int, read: Callable[[Row[Any]], T]) -> Page[T]:
    """The page of this number, of `size` rows each. The question says the order, and no two rows may be equal in it.

    What fits on one page is asked for once.
    """
    if number <= 0:
        rows = (await tx.execute(asked.limit(size + 1))).all()
        if len(rows) <= size:
            return Page([read(row) for row in rows], 0, 0, 1)
    many = await tx.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    places = page_of(range(many), number, size)
    if number > 0:
        rows = (await tx.execute(asked.limit(size).offset(places.first))).all()
    return Page([read(row) for row in rows[:size]], places.first, places.number, places.of)
