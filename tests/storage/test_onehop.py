"""SQLite's writer on a thread of its own: what is given up half-way leaves nothing open, and no thread is no fault of ours."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text, update

from storage.away import DatabaseAway
from storage.db import Database
from storage.onehop import AT_ONCE, OneHopConnection
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


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_a_machine_without_room_for_a_thread_is_trouble_that_passes(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    again = Database(str(db.url))
    with monkeypatch.context() as machine:
        machine.setattr(threading.Thread, "start", full)
        with pytest.raises(DatabaseAway, match=r"^RuntimeError$"):
            async with again.write() as tx:
                await tx.execute(text("SELECT 1"))
    async with again.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Другой"))
    await again.close()


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_a_transaction_begins_with_its_first_statement_and_ends_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each visit to the thread is a wait: none for a transaction in which nothing is done, two for one statement."""
    visits: list[str] = []
    execute = OneHopConnection._execute

    async def count(self: OneHopConnection, *work: Any, **named: Any) -> Any:
        visits.append("visit")
        return await execute(self, *work, **named)

    async with db.write() as tx:  # the connection is opened
        await tx.execute(text("SELECT 1"))
    monkeypatch.setattr(OneHopConnection, "_execute", count)
    async with db.write():
        pass
    assert visits == []
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Другой"))
    assert len(visits) == 2
    with contextlib.suppress(LookupError):
        async with db.write() as tx:
            await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Третий"))
            raise LookupError
    assert len(visits) == 4
    async with db.read() as tx:
        assert await tx.scalar(select(Pupil.full_name).where(Pupil.id == MISHA)) == "Другой"
