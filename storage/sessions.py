"""Connections of one's own on PostgreSQL: locks that die with their process, and ears for what other processes call."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import URL, Engine, Row, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.turn import heeding
from storage.away import DatabaseAway, is_trouble, name_trouble

PATIENCE = 5  # seconds for an answer: a server that is silent for longer is taken for gone
TURN = 0.1  # seconds between two tries to be the one that starts
BELIEVED = 1.0  # seconds after its last work that a connection is taken to live still
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


def pooled_engine(url: str) -> AsyncEngine:
    """Connections of many, for the work of every hour."""
    engine = create_async_engine(
        url,
        pool_size=10,
        max_overflow=10,
        pool_timeout=60,
        hide_parameters=True,
        connect_args=POSTGRES,
    )
    _ask_whether_it_lives(engine.sync_engine)
    return engine


def _ask_whether_it_lives(engine: Engine) -> None:
    """Of a connection that has lain for a while; one that has just worked is believed. SQLAlchemy's `pool_pre_ping` asks each
    time it is lent: as often again as anything else is asked.
    """

    @event.listens_for(engine, "checkin")
    def _back(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["worked"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _lent(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError("closed")
        if time.monotonic() - record.info.get("worked", math.inf) < BELIEVED:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as gone:  # the pool opens another one
            raise DisconnectionError(type(gone).__name__) from gone


class OwnSession:
    """A connection that is nobody else's: each question is its own transaction, and what breaks it is told at once."""

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=POSTGRES, hide_parameters=True
        )
        name_trouble(self._engine.sync_engine)
        self._connection: AsyncConnection | None = None

    @property
    def held(self) -> bool:
        """Whether it stood when last asked."""
        return self._connection is not None

    async def ask(self, question: str, **values: Any) -> Any:
        """One value; DatabaseAway when it is not open, or does not answer."""
        async with self._talking():
            return await self._open.scalar(text(question), values)

    async def rows(self, question: str, **values: Any) -> Sequence[Row[Any]]:
        """The same for rows."""
        async with self._talking():
            return (await self._open.execute(text(question), values)).all()

    async def drop(self) -> None:
        """Give it back. Never fails: a server that is away has forgotten it, or will."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSING):
                    await connection.invalidate()
                    await connection.close()

    @property
    def _open(self) -> AsyncConnection:
        if self._connection is None:
            raise DatabaseAway("not held")
        return self._connection

    @contextlib.asynccontextmanager
    async def _talking(self) -> AsyncIterator[None]:
        """Whatever breaks here costs the connection, and what it holds: it cannot be known to be held."""
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


class Listening(OwnSession):
    """Hears what other processes call (NOTIFY), and asks its questions on the same connection."""

    async def listen(self, ears: Mapping[str, Callable[[str], None]]) -> None:
        """Open it anew and hear these, by channel with what is called there; what was called before is not heard."""
        await self.drop()
        async with self._talking():
            self._connection = await self._engine.connect()
            driver = (await self._connection.get_raw_connection()).driver_connection
            assert driver is not None  # noqa: S101 - a connection that is open has one
            for channel, ear in ears.items():
                await driver.add_listener(channel, partial(_heard, ear))


def _heard(ear: Callable[[str], None], _connection: object, _pid: int, _channel: str, called: str) -> None:
    ear(called)


class SessionLock(OwnSession):
    """Held from `hold` until `drop`, until its connection breaks, or until this process dies."""

    def __init__(self, url: URL, *key: int) -> None:
        """`key`: one number of 64 bits or two of 32, as PostgreSQL has them."""
        super().__init__(url)
        self._key = ", ".join(str(int(part)) for part in key)

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
        await self.ask("SELECT 1")


@contextlib.asynccontextmanager
async def one_at_a_time(url: URL, key: int) -> AsyncIterator[None]:
    """Inside one process of all that use this key: the others wait as long as it takes."""
    lock = SessionLock(url, key)
    while not await lock.hold():  # noqa: ASYNC110 - what it waits for happens in another process
        await asyncio.sleep(TURN)
    try:
        yield
    finally:
        await lock.drop()
