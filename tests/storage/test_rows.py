"""Rows become what they are called by their names, in whatever order the question has them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import literal, select

from storage.db import Database
from storage.rows import each


@dataclass(frozen=True)
class Pair:
    name: str
    number: int


async def test_a_row_is_read_by_name(db: Database) -> None:
    name, number = literal("Шахматы").label("name"), literal(3).label("number")
    async with db.read() as tx:
        assert each(await tx.execute(select(name, number)), Pair) == [Pair("Шахматы", 3)]
        assert each(await tx.execute(select(number, name)), Pair) == [Pair("Шахматы", 3)]
        with pytest.raises(ValueError, match="'number' is not in list"):
            each(await tx.execute(select(name)), Pair)
