"""The database: one writer connection on SQLite, a pool on PostgreSQL; `read()` and `write()` give a transaction."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, TypeAlias

from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.inline import InlineConnection
from storage.versions import watch

Tx: TypeAlias = AsyncSession

LEADER = 0x5C4001  # the advisory lock's number: any, but always the same

_in_transaction: ContextVar[bool] = ContextVar("in_transaction", default=False)


class DatabaseRefused(Exception):  # noqa: N818 - an answer, not an error
    """The database cannot be opened; the message is one line for a person."""


def in_transaction() -> bool:
    """Whether the running task stands inside `write()`: Telegram must never be called there."""
    return _in_transaction.get()


class Database:
    """Two doors to one database. `db.write()` is BEGIN IMMEDIATE on SQLite; both commit at the end or roll back."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = asyncio.Lock()
        self._lock: IO[str] | None = None
        self._leading: AsyncConnection | None = None
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, size=1, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL", "synchronous=FULL"))
            self._reader = _sqlite_engine(url, size=16, begin="BEGIN", pragmas=("query_only=ON",), inline=True)
        else:
            self._writer = self._reader = create_async_engine(
                url, pool_size=10, max_overflow=10, pool_timeout=60, pool_pre_ping=True, hide_parameters=True
            )
        watch(self._writer)

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine: for migrations and checks."""
        return self._writer

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A snapshot to ask questions of."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as tx:
            yield tx

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """One verb, one transaction: committed at the end, rolled back by any exception."""
        mark = _in_transaction.set(True)
        try:
            async with self._alone(), AsyncSession(self._writer, expire_on_commit=False) as tx, tx.begin():
                yield tx
        finally:
            _in_transaction.reset(mark)

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """On SQLite one writer at a time, in all processes: in order of arrival here, by a file lock beside the command line.

        Below SQLite 3.51.3 several writing connections can lose a commit when the WAL is reset.
        """
        if not self.is_sqlite:
            yield
            return
        async with self._writing:
            if self._lock is None:
                self._lock = open(f"{self.url.database}.write", "w")  # noqa: SIM115, ASYNC230, PTH123 - kept open: flock lives with the file
            while not _locked(self._lock):  # noqa: ASYNC110 - what it waits for happens in another process
                await asyncio.sleep(0.005)  # another process writes, for milliseconds; a thread that waits could not be cancelled
            try:
                yield
            finally:
                fcntl.flock(self._lock, fcntl.LOCK_UN)

    async def lead(self) -> bool:
        """Whether this process takes updates in and rings the alarms: one does, of all that work on a database.

        On SQLite there is only one. On PostgreSQL whoever holds an advisory lock; it is free again when its process dies.
        """
        if self.is_sqlite:
            return True
        if self._leading is None:
            connection = await self._writer.connect()
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if not await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEADER}):
                await connection.close()
                return False
            self._leading = connection
        return True

    async def open(self) -> None:
        """Make the folder and try the door; DatabaseRefused says in one line what is wrong."""
        try:
            if self.is_sqlite and self.url.database and self.url.database != ":memory:":
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            async with self._writer.begin() as tx:
                await tx.execute(text("SELECT 1"))
        except Exception as error:  # every driver has its own family of errors
            where = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
            cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise DatabaseRefused(f"cannot open the database {where}: {cause}") from None

    async def close(self) -> None:
        if self._leading is not None:
            await self._leading.invalidate()  # the lock goes with the connection, which must not return to the pool
            await self._leading.close()
            self._leading = None
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()
        if self._lock is not None:
            self._lock.close()


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sqlite_engine(url: str, *, size: int, begin: str, pragmas: tuple[str, ...], inline: bool = False) -> AsyncEngine:
    """An engine for one kind of work; `inline`: on the loop's own thread (reads only: a commit would stop the loop)."""
    file = make_url(url).database or ""

    async def open_inline() -> InlineConnection:
        return InlineConnection(file)

    how: dict[str, Any] = {"async_creator": open_inline} if inline else {"connect_args": {"timeout": 30}}
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0, pool_timeout=120, hide_parameters=True, **how
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        if not inline:
            connection.isolation_level = None  # the driver must not begin by itself: "begin" below does
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "busy_timeout=30000", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
