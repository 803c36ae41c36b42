"""SQLite as a file: its engines, who may read it, its write-ahead log."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from storage.away import DatabaseAway
from storage.disk import locked, only_ours
from storage.onehop import OneHopConnection


def writing_engine(url: str) -> AsyncEngine:
    """One connection on a thread of its own: a commit waits for the disk, and the loop does not."""

    async def opened() -> Any:  # it begins nothing by itself: "begin" below does
        try:
            return await OneHopConnection(make_url(url).database or "", BUSY_MS / 1000)
        except Exception as error:  # as `name_trouble` has it: an engine that is told how to connect does not ask it
            raise DatabaseAway(type(error).__name__) from error

    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=120,
        hide_parameters=True,
        async_creator=opened,
    )
    _settle(engine.sync_engine, ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"))

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.begin()

    return engine


def reading_engine(url: str) -> Engine:
    """Connections on the loop's own thread: nobody ever waits for a free one there, so there are as many as are asked for."""
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=-1,
        pool_use_lifo=True,  # the one whose statements are parsed already
        hide_parameters=True,
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False, "isolation_level": None},
    )
    _settle(engine, ("query_only=ON",))

    @event.listens_for(engine, "after_cursor_execute")
    def _take_all(_connection: Any, cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        """Rows nobody has read would hold the snapshot open on a connection that is lent to others then."""
        if cursor.description is not None:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor)

    return engine


def _settle(engine: Engine, pragmas: tuple[str, ...]) -> None:
    """What every connection is told first. The driver begins no transaction by itself."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        # A large sort never lies in the system's temporary folder.
        for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY_MS}", "temp_store=MEMORY", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


BUSY_MS = 3000  # a file locked for longer is a database that is away: asked again, but a stop does not wait for it


def keep_private(database: Path) -> None:
    """The database's files are its user's alone, those an older version made with an open hand too."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    only_ours(database)
    for tail in ("-wal", "-shm", ".lock", ".write"):
        beside = Path(f"{database}{tail}")
        with contextlib.suppress(OSError):
            if beside.exists():
                only_ours(beside)


def identity(database: str) -> tuple[int, int] | None:
    """What distinguishes this file from any other that bears its name, before it or after; None: no file has it."""
    try:
        found = os.stat(database)  # noqa: PTH116 - at each question: a Path costs more than the asking
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_at_work(database: Path) -> bool:
    """Whether a bot works on this SQLite file: its lock is bot.standing.alone's."""
    try:
        with Path(f"{database}.lock").open() as lock:
            return not locked(lock)
    except OSError:
        return False


async def empty_wal(driver: Any) -> bool:
    """Whether the WAL could be emptied."""
    await driver.execute("PRAGMA busy_timeout=2000")
    try:
        cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = await cursor.fetchone()
        await cursor.close()
    except sqlite3.OperationalError:
        return False
    finally:
        await driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    return not busy
