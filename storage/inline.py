"""How SQLAlchemy reaches SQLite here: its aiosqlite dialect hops to another thread and back four times a statement.

A question is put on the loop's own thread: it takes microseconds, a hop a hundred. What writes hops once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import aiosqlite


class InlineCursor:
    """What the dialect asks of a cursor of aiosqlite, done at once."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> InlineCursor:
        return self

    async def execute(self, question: str, values: Sequence[Any] = ()) -> InlineCursor:
        self._cursor.execute(question, values)
        return self

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid


class InlineConnection:
    """What the dialect asks of a connection of aiosqlite, done at once."""

    isolation_level = None

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, timeout=3, isolation_level=None, check_same_thread=False)

    def cursor(self) -> InlineCursor:
        return InlineCursor(self._connection.cursor())

    async def create_function(self, name: str, count: int, function: Callable[..., Any], **given: Any) -> None:
        self._connection.create_function(name, count, function, **given)

    async def commit(self) -> None:
        self._connection.commit()

    async def rollback(self) -> None:
        self._connection.rollback()

    async def close(self) -> None:
        self._connection.close()

    def stop(self) -> None:
        self._connection.close()


class OneHopCursor:
    """A statement from its beginning to its last row in one visit to the writer's thread; nothing is left open there."""

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> OneHopCursor:
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> OneHopCursor:
        await self._connection.visit(lambda: self._do(lambda cursor: cursor.execute(statement, values)))
        return self

    async def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> OneHopCursor:
        await self._connection.visit(lambda: self._do(lambda cursor: cursor.executemany(statement, rows)))
        return self

    def _do(self, what: Callable[[sqlite3.Cursor], object]) -> None:
        cursor = self._connection.opened.cursor()
        try:
            what(cursor)
            self.description = cursor.description
            if self.description is not None:
                self._rows = cursor.fetchall()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid  # known after the last row
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It is."""


class OneHopConnection(aiosqlite.Connection):
    """Aiosqlite's connection and its thread, as the dialect uses it; `execute` of its own is aiosqlite's."""

    def __init__(self, file: str, seconds: float) -> None:
        super().__init__(lambda: sqlite3.connect(file, timeout=seconds, isolation_level=None, check_same_thread=False), 64)
        self._thread.daemon = True  # as the dialect has it: a process may end while a file is locked

    @property
    def opened(self) -> sqlite3.Connection:
        """Sqlite's own connection; ValueError when it is closed."""
        return self._conn

    async def visit(self, work: Callable[[], None]) -> None:
        """Do this on the connection's thread."""
        await self._execute(work)  # type: ignore[no-untyped-call]

    def cursor(self) -> OneHopCursor:  # type: ignore[override]  # what the dialect calls it by
        return OneHopCursor(self)
