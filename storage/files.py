"""SQLite as a file: its engines, who may read it, its write-ahead log."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.disk import only_ours
from storage.inline import InlineConnection, OneHopConnection


def sqlite_engine(url: str, *, size: int, begin: str, pragmas: tuple[str, ...], inline: bool = False) -> AsyncEngine:
    """An engine for one kind of work; `inline`: on the loop's own thread (reads only: a commit would stop the loop)."""
    file = make_url(url).database or ""

    async def opened() -> Any:  # neither begins by itself: "begin" below does
        return InlineConnection(file) if inline else await OneHopConnection(file, BUSY_MS / 1000)

    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=120,
        hide_parameters=True,
        async_creator=opened,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", f"busy_timeout={BUSY_MS}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


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
