"""SQLite read on the loop's own thread: a page's question takes microseconds, a hop to another thread and back a hundred.

SQLAlchemy's aiosqlite dialect makes four hops a statement. This stands in for aiosqlite's connection where it only reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any


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
