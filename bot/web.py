"""The little web server at LISTEN: /live, /ready, /metrics, and the webhook when there is one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.metrics import UNDELIVERED, WAITING
from storage import outbox
from storage.away import DatabaseAway
from storage.db import Database
from storage.people import calls

log = structlog.get_logger()

CLOSING = 2.0  # seconds for calls under way when the bot stops: Telegram repeats what was not answered
PATIENCE = 5.0  # seconds a database may take to say that it is there


class ListenRefused(Exception):  # noqa: N818 - an answer
    """Nothing can listen at LISTEN; the message is one line for a person."""


class Web:
    """Answers on loopback (or behind a proxy); holds no data of anybody."""

    def __init__(self, listen: str, db: Database, ready: Callable[[], bool], now: Callable[[], datetime]) -> None:
        host, _, port = listen.rpartition(":")
        self.host, self.port = host, int(port)
        self.db = db
        self.ready = ready
        self.now = now
        self.app = web.Application(client_max_size=5 * 1024 * 1024)
        self.app.router.add_get("/live", self._live)
        self.app.router.add_get("/ready", self._ready)
        self.app.router.add_get("/metrics", self._metrics)
        self._runner: web.AppRunner | None = None

    def add_webhook(self, path: str, handler: Callable[[web.Request], Awaitable[web.Response]]) -> None:
        self.app.router.add_post(path, handler)

    async def start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=CLOSING)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self.port).start()
        except OSError as error:
            await self.stop()
            raise ListenRefused(f"cannot listen at LISTEN={self.host}:{self.port}: {error.strerror}") from None

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _live(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE), self.db.read() as tx:
                await tx.execute(text("SELECT 1"))
        except (DatabaseAway, DBAPIError, TimeoutError):
            return web.Response(status=503, text="database away\n")
        return web.Response(text="ready\n") if self.ready() else web.Response(status=503, text="starting or stopping\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        with contextlib.suppress(DatabaseAway, DBAPIError, TimeoutError):  # what was last known stands
            async with asyncio.timeout(PATIENCE), self.db.read() as tx:
                UNDELIVERED.set(await calls.undelivered(tx))
                WAITING.set(await outbox.count_due(tx, now=self.now()))
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
