"""Locks that die with their process: advisory locks of PostgreSQL, each on a connection of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.turn import heeding
from storage.away import DatabaseAway, is_trouble, name_trouble

PATIENCE = 5  # seconds for an answer: a server that is silent for longer is taken for gone
CLOSING = 1  # seconds to say good-bye to a server that may not listen
# Said at every connection, so that neither side keeps the other's lock or transaction for long after a cable is pulled.
POSTGRES: dict[str, Any] = {
    "timeout": 10,
    "command_timeout": 60,
    "server_settings": {
        "tcp_keepalives_idle": "10",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
        "idle_in_transaction_session_timeout": "60000",
    },
}


class SessionLock:
    """Held from `hold` until `drop`, until its connection breaks, or until this process dies."""

    def __init__(self, url: URL, *key: int) -> None:
        """`key`: one number of 64 bits or two of 32, as PostgreSQL has them."""
        self._engine: AsyncEngine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=POSTGRES, hide_parameters=True
        )
        name_trouble(self._engine)
        self._key = ", ".join(str(int(part)) for part in key)
        self._connection: AsyncConnection | None = None

    @property
    def held(self) -> bool:
        """Whether it was held when last asked."""
        return self._connection is not None

    async def hold(self) -> bool:
        """Take it if nobody has it. Whether it is held. DatabaseAway when nothing answers."""
        async with self._talking():
            if self._connection is None:
                self._connection = await self._engine.connect()
                if not await self._connection.scalar(text(f"SELECT pg_try_advisory_lock({self._key})")):
                    await self.drop()
        return self.held

    async def check(self) -> None:
        """DatabaseAway if it is not held any more: the connection that holds it does not answer."""
        async with self._talking():
            if self._connection is None:
                raise DatabaseAway("not held")
            await self._connection.execute(text("SELECT 1"))

    async def ask(self, question: str) -> Any:
        """One value, asked on the connection that holds the lock."""
        async with self._talking():
            if self._connection is None:
                raise DatabaseAway("not held")
            return await self._connection.scalar(text(question))

    async def drop(self) -> None:
        """Give it back. Never fails: a server that is away has forgotten it, or will."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSING):
                    await connection.invalidate()
                    await connection.close()

    @contextlib.asynccontextmanager
    async def _talking(self) -> AsyncIterator[None]:
        """Whatever breaks here costs the lock: it cannot be known to be held."""
        try:
            with heeding():
                async with asyncio.timeout(PATIENCE):
                    yield
        except TimeoutError:
            await self.drop()
            raise DatabaseAway("no answer") from None
        except Exception as error:
            await self.drop()
            if is_trouble(error):
                raise DatabaseAway(type(error).__name__) from error
            raise
        except BaseException:
            await self.drop()
            raise
