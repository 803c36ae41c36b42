"""SQLite written on a thread of its own, in one visit a statement and none to begin a transaction: SQLAlchemy's dialect makes four."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

AT_ONCE = 50  # rows of one visit: what is copied row by row may hold files
ALL = 2**31 - 1


class OneHopCursor:
    """A statement from its beginning to its last row in one visit to the writer's thread; what has many rows is visited again."""

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._left: sqlite3.Cursor | None = None  # where there are more rows
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> OneHopCursor:
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> OneHopCursor:
        await self._visit(lambda: self._do(lambda cursor: cursor.execute(statement, values)))
        return self

    async def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> OneHopCursor:
        await self._visit(lambda: self._do(lambda cursor: cursor.executemany(statement, rows)))
        return self

    async def _visit(self, work: Callable[[], None]) -> None:
        """Given up half-way, nothing stays open: a connection closed with a cursor on it locks the file until the collector comes."""
        try:
            await self._connection.visit(work)
        except BaseException:
            self._connection.afterwards(self._let_go)
            raise

    def _let_go(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            left.close()

    def _do(self, what: Callable[[sqlite3.Cursor], object]) -> None:
        cursor = self._connection.opened.cursor()
        try:
            what(cursor)
        except BaseException:
            cursor.close()
            raise
        self.description = cursor.description
        self._take(cursor, AT_ONCE)

    def _take(self, cursor: sqlite3.Cursor, most: int) -> None:
        """So many rows more; after the last one nothing is left open on the thread."""
        came = cursor.fetchmany(most) if self.description is not None else []
        self._rows += came
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid  # right with the last row
        self._left = cursor if len(came) == most else None
        if self._left is None:
            cursor.close()

    async def fetchmany(self, size: int) -> list[Any]:
        while self._left is not None and len(self._rows) < size:
            await self._visit(partial(self._take, self._left, size - len(self._rows)))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Any]:
        return await self.fetchmany(ALL)

    async def close(self) -> None:
        if self._left is not None:
            await self._visit(self._let_go)


class OneHopConnection(aiosqlite.Connection):
    """Aiosqlite's connection and its thread, as the dialect uses it; `execute` of its own is aiosqlite's."""

    def __init__(self, file: str, seconds: float) -> None:
        super().__init__(lambda: sqlite3.connect(file, timeout=seconds, isolation_level=None, check_same_thread=False), 64)
        self._thread.daemon = True  # as the dialect has it: a process may end while a file is locked
        self._to_begin = False
        self._used = False  # since it was last known to be in no transaction

    @property
    def opened(self) -> sqlite3.Connection:
        """Sqlite's own connection; ValueError when it is closed."""
        return self._conn

    def begin(self) -> None:
        """A transaction that writes begins with its first statement: in one visit."""
        self._to_begin = True

    async def commit(self) -> None:
        await self._end(super().commit)

    async def rollback(self) -> None:
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        """Of a transaction; where none was begun there is nothing to visit the thread for, as after each one that is over."""
        self._to_begin = False
        if self._used:
            await end()
            self._used = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Whatever is done on the thread, the beginning of a transaction first."""
        begins, self._to_begin, self._used = self._to_begin, False, True
        done = partial(fn, *args, **kwargs)
        return await super()._execute(partial(self._begun, done) if begins else done)  # type: ignore[no-untyped-call]

    def _begun(self, work: Callable[[], Any]) -> Any:
        self.opened.execute("BEGIN IMMEDIATE").close()
        return work()

    async def visit(self, work: Callable[[], None]) -> None:
        """Do this on the connection's thread."""
        await self._execute(work)

    def afterwards(self, work: Callable[[], None]) -> None:
        """The same behind what the thread has in hand, of which nobody waits for the end."""
        self._tx.put_nowait((None, work))

    def cursor(self) -> OneHopCursor:  # type: ignore[override]  # what the dialect calls it by
        return OneHopCursor(self)
