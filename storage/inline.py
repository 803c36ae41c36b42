"""SQLite read on the loop's own thread: a page's question takes microseconds, a hop to another thread and back a hundred.

The session is SQLAlchemy's own, less what makes a driver that blocks look like one that does not: nothing here is waited for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.engine import Result, ScalarResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from storage.asking import Asking, Rows


class InlineSession(AsyncSession, Asking):
    """A snapshot to ask questions of, answered at once: for an engine of sqlite3 whose connections begin nothing by themselves.

    What is put together for the first time goes through a session, which is made then; what is ready (storage/prepared.py) is
    asked of the connection itself. Both see one snapshot: it begins with the first question.
    """

    def __init__(self, engine: Engine) -> None:  # AsyncSession's own would make a session for a driver that waits
        self._engine = engine

    @cached_property
    def _lent(self) -> Any:
        """A connection of the pool, inside a transaction."""
        lent = self._engine.raw_connection()
        try:
            lent.driver_connection.execute("BEGIN")  # type: ignore[union-attr] # one that was just lent has a driver's
        except BaseException:
            lent.close()
            raise
        return lent

    @cached_property
    def sync_session(self) -> Session:  # type: ignore[override] # of AsyncSession it is a field
        connection = Connection(self._engine, connection=self._lent)
        return Session(connection, expire_on_commit=False, autoflush=False)

    @cached_property
    def _proxied(self) -> Session:  # type: ignore[override]
        return self.sync_session

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    async def ask(self, question: str, values: Sequence[Any]) -> Rows:
        for listener in self._engine.dispatch.before_cursor_execute:
            listener(None, None, question, values, None, False)
        try:
            return cast("sqlite3.Connection", self._lent.driver_connection).execute(question, values).fetchall()
        except sqlite3.Error as error:  # whoever lives on after a session's fault lives on after this one; values stay out of it
            raise DBAPIError.instance(question, None, error, sqlite3.Error, hide_parameters=True) from error

    async def execute(self, *asked: Any, **how: Any) -> Result[Any]:
        return self.sync_session.execute(*asked, **how)

    async def scalar(self, *asked: Any, **how: Any) -> Any:
        return self.sync_session.scalar(*asked, **how)

    async def scalars(self, *asked: Any, **how: Any) -> ScalarResult[Any]:
        return self.sync_session.scalars(*asked, **how)

    async def get(self, *asked: Any, **how: Any) -> Any:
        return self.sync_session.get(*asked, **how)

    async def __aenter__(self) -> InlineSession:
        return self

    async def __aexit__(self, *_error: object) -> None:
        if "sync_session" in self.__dict__:
            self.sync_session.close()
        if "_lent" in self.__dict__:
            self._lent.close()  # the pool rolls back what was begun
