"""PostgreSQL read as it is: what is ready is asked of asyncpg itself, on the session's own connection.

SQLAlchemy takes three times as long with a question as asyncpg, whose connection knows the statement already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asyncpg import InterfaceError, InternalClientError, PostgresError  # type: ignore[import-untyped]
from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage.asking import Asking, Rows
from storage.away import DatabaseAway, is_trouble


class PooledSession(AsyncSession, Asking):
    """It begins no transaction for what is ready: PostgreSQL reads statement by statement within one too (READ COMMITTED)."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)
        self._engine = engine.sync_engine
        self._driver: Any = None

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    async def ask(self, question: str, values: Sequence[Any]) -> Rows:
        if self._driver is None:
            self._driver = (await (await self.connection()).get_raw_connection()).driver_connection
        for listener in self._engine.dispatch.before_cursor_execute:
            listener(None, None, question, values, None, False)
        try:
            return list(await self._driver.fetch(question, *values))
        except (PostgresError, InterfaceError, InternalClientError, OSError) as error:
            if isinstance(error, OSError | InternalClientError) or is_trouble(error) or self._driver.is_closed():
                await (await self.connection()).invalidate()  # else the pool would lend it again
                raise DatabaseAway(type(error).__name__) from error
            raise DBAPIError.instance(question, None, error, Exception, hide_parameters=True) from error  # values stay out of it
