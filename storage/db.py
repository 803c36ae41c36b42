"""The database: one writer connection on SQLite, a pool on PostgreSQL; `read()` and `write()` give a transaction."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import IO, TypeAlias, TypeVar

import structlog
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.turn import elsewhere
from storage.away import DatabaseAway, TermOver, name_trouble
from storage.disk import locked, opener
from storage.fence import TERM, leading, still_leads, still_works
from storage.files import empty_wal, identity, keep_private, reading_engine, writing_engine
from storage.inline import InlineSession
from storage.ledger import Ledger
from storage.noticing import PROBES, Noticing
from storage.sessions import SessionLock, one_at_a_time, pooled_engine
from storage.versions import watch

T = TypeVar("T")
Tx: TypeAlias = AsyncSession

log = structlog.get_logger()

LEADER = 0x5C4001  # the advisory lock's number: any, but always the same
STARTING = 0x5C4006  # of whoever starts
PRESENT = 0x5C4002  # the kind of the locks of workers
PAUSES = (0.25, 5.0)  # seconds between tries while the database is away: the first, the longest
CHECK_SECONDS = 1.0  # between two looks whether this process still leads
CLOSING = 1.5  # seconds to say good-bye to a server that may not listen
VACUUM_SECONDS = 3600  # a large database is written anew for longer than any question of ours is asked

_in_transaction: ContextVar[bool] = ContextVar("in_transaction", default=False)


class DatabaseRefused(Exception):  # noqa: N818 - an answer, not an error
    """The database cannot be opened; the message is one line for a person."""


def in_transaction() -> bool:
    """Whether the running task stands inside `write()`: Telegram must never be called there."""
    return _in_transaction.get()


class Database:
    """Two doors to one database. `db.write()` is BEGIN IMMEDIATE on SQLite; both commit at the end or roll back.

    `ledger`: where erasures are written down outside of it; None only for a database that is nobody's, as in tests.
    """

    def __init__(self, url: str, ledger: Ledger | None = None) -> None:
        self.url = make_url(url)
        self.ledger = ledger
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = asyncio.Lock()
        self._lock: IO[str] | None = None
        self._leading = None if self.is_sqlite else SessionLock(self.url, LEADER)
        self._term = 0
        self._deposed = asyncio.Event()
        self._relieved = asyncio.Event()
        self._session: Callable[[], Tx]
        self._noticing = Noticing()
        self._file: tuple[int, int] | None = None  # SQLite: the file that was opened
        if self.is_sqlite:
            self._writer, self._reader = writing_engine(url), reading_engine(url)
            self._session = partial(InlineSession, self._reader)
        else:
            self._writer = pooled_engine(url)
            self._reader = self._writer.sync_engine
            from storage.pooled import PooledSession  # asyncpg is read where there is a PostgreSQL

            self._session = partial(PooledSession, self._writer)
        self.engines = {self._writer.sync_engine, self._reader}  # for whoever listens to what is said
        for engine in self.engines:
            name_trouble(engine)
        watch(self._writer)

    @property
    def engine(self) -> AsyncEngine:
        """The writing engine: for migrations and checks."""
        return self._writer

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A snapshot to ask questions of. DatabaseAway while there is nobody to ask."""
        with elsewhere(), self._noticing.of("reading"):
            self._see_to_the_file()
            async with self._session() as tx:
                yield tx

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """One verb, one transaction: committed at the end, rolled back by any exception.

        DatabaseAway when it cannot be known to be kept; TermOver when a leader writes whose term is over.
        """
        mark = _in_transaction.set(True)
        try:
            with elsewhere(), self._noticing.of("writing"):
                self._see_to_the_file()
                async with self._alone(), AsyncSession(self._writer, expire_on_commit=False) as tx, tx.begin():
                    await self._fence(tx)
                    if not self._noticing.keeps:
                        await self._write_something(tx)
                    yield tx
        finally:
            _in_transaction.reset(mark)

    def _see_to_the_file(self) -> None:
        """DatabaseAway when our SQLite file has lost its name: whoever opens the database by it meets another one, or makes an
        empty one, and what we would write were gone with our end.
        """
        if self._file is not None and identity(self.url.database or "") != self._file:
            raise DatabaseAway("its file was deleted, or another put in its place")

    async def insist(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do what may be repeated; while the database is away, wait and do it again."""
        pause, longest = PAUSES
        while True:
            try:
                return await work()
            except DatabaseAway:
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads the tries of many, guards nothing
                pause = min(longest, pause * 2)

    async def keeps(self) -> bool:
        """Whether what is written is kept, as the last try has shown; one that failed is tried anew."""
        if self._noticing.keeps:
            return True
        with contextlib.suppress(DatabaseAway):
            await self.try_to_keep()
        return self._noticing.keeps

    async def try_to_keep(self) -> None:
        """Write something. DatabaseAway when it is not kept."""
        async with self.write() as tx:
            await self._write_something(tx)

    async def _write_something(self, tx: Tx) -> None:
        await tx.execute(text(PROBES[self.url.get_backend_name()]))

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
                try:
                    self._lock = open(f"{self.url.database}.write", "w", opener=opener)  # noqa: SIM115, ASYNC230 - kept open: flock lives with the file
                except OSError as error:
                    raise DatabaseAway(type(error).__name__) from error
            while not locked(self._lock):  # noqa: ASYNC110 - what it waits for happens in another process
                await asyncio.sleep(0.005)  # another process writes, for milliseconds; a thread that waits could not be cancelled
            try:
                yield
            finally:
                if not self._lock.closed:  # a stop that waited long enough has closed it, which unlocks it too
                    fcntl.flock(self._lock, fcntl.LOCK_UN)

    # ── leading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def lead(self) -> bool:
        """Whether this process takes updates in and rings the alarms: one does, of all that work on a database.

        On SQLite there is only one. On PostgreSQL whoever holds an advisory lock; it is free again when its process dies.
        Whoever takes it begins a new term (docs/decisions/0020). DatabaseAway when nobody answers.
        """
        if self._leading is None or self._leading.held:
            return True
        if not await self._leading.hold():
            return False
        self._term = int(
            await self._leading.ask(
                f"INSERT INTO notes (name, value) VALUES ('{TERM}', '1') ON CONFLICT (name) "  # noqa: S608 - our own constant
                "DO UPDATE SET value = CAST(CAST(notes.value AS BIGINT) + 1 AS TEXT) RETURNING value"
            )
        )
        self._deposed.clear()
        return True

    async def deposed(self) -> None:
        """Until this process leads no more: its lock is lost, or a write met a newer term. On SQLite, for ever."""
        if self._leading is None:
            await self._deposed.wait()
            return
        while not self._deposed.is_set():
            try:
                await self._leading.check()
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._deposed.wait()
            except TimeoutError:
                continue
            except DatabaseAway:
                break
        await self._leading.drop()

    @contextlib.asynccontextmanager
    async def starting(self) -> AsyncIterator[None]:
        """Inside one process of this database at a time: each brings the schema up to date and begins the year."""
        if self.is_sqlite:
            yield
            return
        async with one_at_a_time(self.url, STARTING):
            yield

    @contextlib.contextmanager
    def reigning(self) -> Iterator[None]:
        """What is written inside, and by tasks begun inside, carries this process's term: of an old term nothing is kept."""
        with leading(None if self._leading is None else self._term):
            yield

    @property
    def leads(self) -> bool:
        """Whether this process led when it was last known."""
        return self._leading is None or self._leading.held

    async def relieved(self) -> None:
        """Until a write of `fence.working` was refused: another process does this one's work."""
        await self._relieved.wait()

    async def _fence(self, tx: Tx) -> None:
        """A row is held until the commit: whoever takes over begins only after it."""
        if not await still_leads(tx):
            self._deposed.set()
            raise TermOver("another process leads")
        if not await still_works(tx):
            self._relieved.set()
            self._relieved = asyncio.Event()
            raise TermOver("another process does this one's work")

    def presence(self, worker: str) -> SessionLock:
        """The lock that says this worker lives."""
        return SessionLock(self.url, PRESENT, _number(worker))

    async def absent(self, tx: Tx, workers: Collection[str]) -> set[str]:
        """Those of these workers who hold no lock that says they live."""
        if not workers:
            return set()
        held = await tx.scalars(
            text(
                "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = :kind"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ),
            {"kind": PRESENT},
        )
        numbers = set(held)
        return {worker for worker in workers if _number(worker) not in numbers}

    # ── open and close ──────────────────────────────────────────────────────────────────────────────────────────────

    async def open(self) -> None:
        """Make the folder and try the door; DatabaseRefused says in one line what is wrong."""
        try:
            if self.is_sqlite and self.url.database and self.url.database != ":memory:":
                keep_private(Path(self.url.database))
            async with self._writer.begin() as tx:
                await tx.execute(text("SELECT 1"))
            if self.is_sqlite:
                self._file = identity(self.url.database or "")
        except Exception as error:  # every driver has its own family of errors
            where = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
            cause = str(getattr(error, "orig", None) or error.__cause__ or error).strip().splitlines()[0]
            raise DatabaseRefused(f"cannot open the database {where}: {cause}") from None

    @property
    def size(self) -> int:
        """Bytes of a SQLite file with its WAL; 0 of a PostgreSQL, which is compacted without stopping anybody."""
        if not self.is_sqlite or not self.url.database:
            return 0
        files = (Path(f"{self.url.database}{tail}") for tail in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    async def bytes(self, tx: Tx) -> int:
        """Size of the database: of a SQLite file with its WAL, of a PostgreSQL as the server says it."""
        if self.is_sqlite:
            return self.size
        return int(await tx.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    async def read_anew(self) -> None:
        """Questions are asked on new connections, which know what the database knows of itself now."""
        if self.is_sqlite:
            self._reader.dispose()
        else:
            await self._writer.dispose()

    async def compact(self) -> bool:
        """Write the database anew, so that free pages, moved rows and the WAL hold nothing that was erased.

        `secure_delete` alone leaves what a page held of a row that was moved to another page. False: somebody still reads
        an older state, the WAL could not be emptied; try again later.
        """
        with self._noticing.of("writing"):
            return await self._compact()

    async def _compact(self) -> bool:
        async with self._alone(), self._writer.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None  # noqa: S101 - a connection that is open has one
            if not self.is_sqlite:
                await driver.execute("VACUUM", timeout=VACUUM_SECONDS)
                return True
            folder = _folder_of(self.url.database or "").replace("'", "''")
            await driver.execute("PRAGMA temp_store=FILE")  # the copy may be larger than the memory
            await driver.execute(f"PRAGMA temp_store_directory='{folder}'")
            try:
                await driver.execute("VACUUM")
                return await empty_wal(driver)
            finally:
                await driver.execute("PRAGMA temp_store=MEMORY")

    async def close(self) -> None:
        """Never fails, and takes at most CLOSING seconds an engine: a server that does not listen is left to itself."""
        if self._leading is not None:
            await self._leading.drop()
        with contextlib.suppress(DBAPIError, OSError, DatabaseAway):
            if self.is_sqlite:
                self._reader.dispose()
            async with asyncio.timeout(CLOSING):
                await self._writer.dispose()
        if self._lock is not None:
            self._lock.close()


def _folder_of(database: str) -> str:
    return str(Path(database).resolve().parent)


def _number(worker: str) -> int:
    """A worker's name as the number of its lock: 31 bits."""
    return int.from_bytes(hashlib.sha256(worker.encode()).digest()[:4]) >> 1
