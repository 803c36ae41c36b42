"""The little web server at LISTEN: /live, /ready, /metrics, calendar feeds, and the webhook when there is one; site.py adds the public pages."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.copies import COPIES, newest
from bot.documents.ics import Calendar, ics
from bot.settings import Settings
from bot.web.pace import Pace, away, too_often
from bot.web.site import Site
from storage import due, inbox, workers
from storage.away import DatabaseAway
from storage.db import Database
from storage.people import calls

log = structlog.get_logger()

CLOSING = 2.0  # seconds for calls under way when the bot stops: Telegram repeats what was not answered
A_MINUTE = 60  # readings of one calendar's address; whoever asks more often is told to wait
FRESH = 300  # seconds a calendar need not be asked for again
STUCK_AFTER = timedelta(minutes=1)
PATIENCE = 5.0  # seconds a database may take to say that it is there


class ListenRefused(Exception):  # noqa: N818 - an answer
    """Nothing can listen at LISTEN; the message is one line for a person."""


class Web:
    """Answers on loopback (or behind a proxy); holds no data of anybody."""

    def __init__(self, settings: Settings, db: Database, ready: Callable[[], bool], now: Callable[[], datetime]) -> None:
        host, _, port = settings.listen.rpartition(":")
        self.host, self.port = host, int(port)
        self.copies = settings.data_dir / COPIES
        database = Path(db.url.database or "").parent if db.is_sqlite else settings.data_dir
        self.folders = (settings.data_dir, self.copies, settings.journal_dir, database)
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

    def add_pages(self, settings: Settings, username: Callable[[], str]) -> None:
        """The public pages of the network."""
        self.site = Site(self.db, settings, self.now, username)
        self.site.open_in(self.app)

    def add_feeds(self, calendar: Callable[[str], Awaitable[Calendar | None]]) -> None:
        """Calendars by the secret of their address; None, and whoever asked learns no more than that there is none."""
        pace = Pace(A_MINUTE)

        async def asked(request: web.Request) -> web.Response:
            secret = request.match_info["secret"]
            if not pace.allows(secret, self.now()):
                return too_often()
            try:
                async with asyncio.timeout(PATIENCE):
                    found = await calendar(secret)
            except (DatabaseAway, DBAPIError, TimeoutError):
                return away()
            return await _served(found, request)

        self.app.router.add_get("/calendar/{secret}.ics", asked)

    async def start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=CLOSING)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self.port).start()
        except OSError as error:
            await self.stop()
            raise ListenRefused(f"cannot listen at LISTEN={self.host}:{self.port}: {error.strerror}") from None
        self.port = self._runner.addresses[0][1]  # where 0 was asked for, any that is free

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _live(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE):
                async with self.db.read() as tx:
                    await tx.execute(text("SELECT 1"))
                keeps = await self.db.keeps()
        except (DatabaseAway, DBAPIError, TimeoutError):
            return web.Response(status=503, text="database away\n")
        if not keeps:
            return web.Response(status=503, text="database keeps nothing\n")
        return web.Response(text="ready\n") if self.ready() else web.Response(status=503, text="starting or stopping\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        metrics.LEADER.set(self.ready() and self.db.leads)
        try:
            async with asyncio.timeout(PATIENCE):
                metrics.KEEPS.set(await self.db.keeps())
                await self._look()
        except (DatabaseAway, DBAPIError, TimeoutError):  # what else was last known stands
            metrics.KEEPS.set(0)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _look(self) -> None:
        now = self.now()
        copy = await asyncio.to_thread(newest, self.copies)
        metrics.BACKUP.set(copy.stat().st_mtime if copy is not None else 0)
        metrics.FREE.set(await asyncio.to_thread(self._free))
        async with self.db.read() as tx:
            metrics.UNDELIVERED.set(await calls.undelivered(tx))
            waiting, oldest = await due.due_since(tx, now=now)
            metrics.WAITING.set(waiting)
            metrics.OLDEST.set((now - oldest).total_seconds() if oldest else 0)
            kept, arrived = await inbox.waiting_since(tx)
            metrics.INBOX.set(kept)
            metrics.INBOX_LAG.set((now - arrived).total_seconds() if arrived else 0)
            metrics.STUCK.set(await inbox.stuck(tx, before=now - STUCK_AFTER))
            if not self.db.is_sqlite:
                found = await workers.seen(tx)
                metrics.WORKERS.set(sum(each.lives for each in found))
                metrics.LATE.set(max([0.0, *(each.late for each in found if not each.has_left)]))
            else:
                metrics.WORKERS.set(self.ready())
            metrics.ASIDE.set(await inbox.count_aside(tx))
            metrics.DATABASE.labels(self.db.url.get_backend_name()).set(await self.db.bytes(tx))

    def _free(self) -> int:
        """Bytes left on the fullest of the disks that the bot writes to: the copies' folder may be one of its own."""
        return min(shutil.disk_usage(folder).free for folder in self.folders if folder.is_dir())


async def _served(calendar: Calendar | None, request: web.Request) -> web.Response:
    if calendar is None:
        return web.Response(status=404, text="no such calendar\n")
    headers = {"ETag": calendar.tag, "Cache-Control": f"private, max-age={FRESH}", "X-Robots-Tag": "noindex"}
    if any(each.value in ("*", calendar.tag.strip('"')) for each in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    body = await asyncio.to_thread(ics, calendar)
    answer = web.Response(body=body, headers=headers | {"Content-Type": "text/calendar; charset=utf-8"})
    answer.enable_compression()
    return answer
