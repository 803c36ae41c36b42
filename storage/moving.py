"""Everything from one database into another that is empty, table by table, and shown to be the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Table as SchemaTable
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import Database, DatabaseRefused, Tx
from storage.numbers import count_from, highest
from storage.parts import parts
from storage.tables import Table

BATCH = 2_000  # rows in hand
TABLES: Sequence[SchemaTable] = Table.metadata.sorted_tables  # whoever is pointed at comes first


async def counts(tx: Tx) -> dict[str, int]:
    """How many rows each table holds."""
    return {each.name: await tx.scalar(select(func.count()).select_from(each)) or 0 for each in TABLES}


async def move(source: Database, target: Database, told: Callable[[int], None] = lambda _: None) -> dict[str, int]:
    """Copy every row; both schemas are up to date. DatabaseRefused when the target holds something, or differs at the end.

    One transaction of the target: a kill leaves it as empty as it was. `told` hears how many tables are found to be the same.
    Returns how many rows of each there are.
    """
    async with source.engine.connect() as plain, target.engine.begin() as there:
        # SQLite's writing door lets nobody write meanwhile; PostgreSQL shows one state of everything.
        here = plain if source.is_sqlite else await plain.execution_options(isolation_level="REPEATABLE READ")
        await _emptied(there)
        for table in TABLES:
            await _copied(here, there, table)
        rows: dict[str, int] = {}
        for table in TABLES:
            rows[table.name] = await _same(here, there, table)
            told(len(rows))
        await there.run_sync(count_from, await here.run_sync(highest))
    return rows


async def _emptied(there: AsyncConnection) -> None:
    """What the migrations put into a new database is of no school yet; anything else is somebody's."""
    for name in ("people", "pupils", "organizations", "letters", "inbox"):
        if await there.scalar(select(func.count()).select_from(Table.metadata.tables[name])):
            raise DatabaseRefused("the database to move into is not empty: name a new one, nothing is overwritten")
    for table in reversed(TABLES):
        await there.execute(table.delete())


async def _copied(here: AsyncConnection, there: AsyncConnection, table: SchemaTable) -> None:
    """A row that points at a later one of its own table points there when all have come."""
    own = [each.parent.name for each in table.foreign_keys if each.column.table is table]
    late: list[Mapping[str, Any]] = []
    async for rows in _rows(here, table):
        facts = [dict(row._mapping) for row in rows]
        late += [fact for fact in facts if any(fact[name] is not None for name in own)] if own else []
        await there.execute(insert(table), [fact | dict.fromkeys(own) for fact in facts])
    if late:
        (key,) = table.primary_key
        pointing = update(table).where(key == bindparam("_key")).values({name: bindparam(f"_{name}") for name in own})
        for some in parts(late, BATCH):
            await there.execute(pointing, [{"_key": fact[key.name], **{f"_{name}": fact[name] for name in own}} for fact in some])


async def _rows(connection: AsyncConnection, table: SchemaTable) -> AsyncIterator[Sequence[Row[Any]]]:
    """All rows in the order of their key, some at a time."""
    asked = select(table).order_by(*table.primary_key)
    async with connection.stream(asked) as stream:
        async for rows in stream.partitions(BATCH):
            yield rows


async def _same(here: AsyncConnection, there: AsyncConnection, table: SchemaTable) -> int:
    """How many rows of it there are."""
    count, digest = await _digest(here, table)
    if await _digest(there, table) != (count, digest):
        raise DatabaseRefused(f"the rows of {table.name} are not the same in both databases: nothing was moved")
    return count


async def _digest(connection: AsyncConnection, table: SchemaTable) -> tuple[int, str]:
    """(rows, SHA-256 of them all). Added up row by row, as two databases sort texts in two ways."""
    count, total = 0, 0
    async for rows in _rows(connection, table):
        count += len(rows)
        total += sum(int.from_bytes(hashlib.sha256(_written(row)).digest()) for row in rows)
    return count, f"{total % (1 << 256):064x}"


def _written(row: Row[Any]) -> bytes:
    return json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case bool():
            return int(value)
    return value
