"""SQLite's writer in one visit a statement: what is given up half-way leaves nothing open."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text, update

from storage.db import Database
from storage.onehop import AT_ONCE
from storage.tables import Pupil
from tests.world import MISHA

MANY = f"WITH RECURSIVE row(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n <= {AT_ONCE}) SELECT held() FROM row"  # noqa: S608 - our own number


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Nothing is let go by chance: the bot's own collector comes seldom (bot/app.py)."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_a_write_given_up_amid_many_rows_leaves_no_lock(db: Database) -> None:
    """Its connection is closed; a cursor left open on it would hold the file until the collector came."""
    loop, begun, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def held() -> int:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(10)
        return 1

    async def write() -> None:
        async with db.write() as tx:
            await tx.execute(text(MANY))

    async with db.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.create_function("held", 0, held)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(write())
        await begun.wait()
        task.cancel()
        loop.call_soon(go_on.set)
    assert task.cancelled()
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Другой"))
