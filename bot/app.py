"""The roof: builds everything, starts it, closes it in reverse order. The only file that sees all rooms."""

from __future__ import annotations

import bot.telegram  # noqa: F401 - before aiogram: its models are then built when they are first used

# isort: split
import asyncio
import contextlib
import faulthandler
import signal
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Self
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.utils.token import TokenValidationError
from aiohttp import web

from bot.alarms import Alarms
from bot.clock import Clock
from bot.collector import look_seldom
from bot.folder import Folder
from bot.jobs import jobs, seed
from bot.metrics import SLOTS
from bot.post.fellows import Fellows
from bot.post.mouth import TokenRefused
from bot.post.pace import Pace
from bot.post.postman import Postman
from bot.post.silence import Silence
from bot.services.forgetting import scrub
from bot.services.people.restored import keep_ledger
from bot.services.timetable.feed.calendars import calendar_at
from bot.settings import Settings
from bot.shift import Shift
from bot.standing import Refused, alone, first
from bot.telegram import webhook
from bot.telegram.commands import introduce, words_told
from bot.telegram.frame import say_sorry
from bot.telegram.handling import Handling
from bot.telegram.intake import Intake
from bot.telegram.pencil import Pencil
from bot.telegram.polling import WANTED
from bot.telegram.reaching import NO_TOKEN, patiently
from bot.telegram.shared import Shared
from bot.telegram.speech import TelegramMouth, telephone
from bot.telegram.subjects import dispatcher
from bot.watchdog import beat
from bot.web.server import ListenRefused, Web
from storage import notes
from storage.away import DatabaseAway
from storage.db import Database, DatabaseRefused
from storage.hand import Hand
from storage.ledger import ERASURES, Ledger
from storage.migrate import migrate

log = structlog.get_logger()

# A stop ends within 20 seconds whatever hangs. What it spends, in the worst case, on
HANDLING_SECONDS = 7  # … what was taken in,
STOP_SECONDS = 10  # … that and the letters in hand,
LETTING_GO = 4  # … what is broken off: a question to a locked file takes storage.db.BUSY_MS to come back,
LAST_SECONDS = 1.5  # … the line to Telegram, and as much each on the database's connections;
LAST_RESORT = 19  # … and then the process ends whoever still holds it: nothing that was kept is lost by that.


class App:
    """Everything, built and wired. Use as `async with App(settings) as app: await app.run()`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.db = Database(settings.database_url, Ledger(settings.data_dir / ERASURES))
        self.pace = Pace(settings.send_rate)
        SLOTS.set(settings.send_rate)
        try:
            self.bot: Bot = telephone(settings.bot_token.get_secret_value(), settings.telegram_api, self.pace)
        except TokenValidationError:
            raise Refused(NO_TOKEN) from None
        self.dispatcher = dispatcher(self.db, settings, self.clock)
        self.postman = Postman(TelegramMouth(self.bot, Pencil(self.db, settings.zone, self.clock)), self.db, settings, self.clock)
        self._hand = Hand(Path(self.db.url.database or "") if self.db.is_sqlite else settings.data_dir / "in")
        handling = Handling(self.bot, self.dispatcher, self.db, partial(say_sorry, db=self.db, settings=settings))
        self.fellows = None if self.db.is_sqlite else Fellows(self.db, self.pace, settings.send_rate)
        self.silence = Silence(self.db, self.pace, self.clock) if self.fellows is None else None
        shared = None if self.fellows is None else Shared(self.db, self.fellows, spread=settings.webhook_url is None)
        self.intake = Intake(handling, self.clock, after=self.postman.stir, hand=self._hand, shared=shared)
        self.folder = Folder(settings.journal_dir)
        self.alarms = Alarms(jobs(self.db, self.folder, settings, self.clock), after=self.postman.stir)
        self.shift = Shift(self.db, self.intake, self.alarms, self.fellows, poll=settings.webhook_url is None)
        self._ready = asyncio.Event()
        self.shift.began, self.shift.ended = self._works, self._ready.clear
        if self.fellows is not None:
            self.fellows.shared = self.postman.share
            self.fellows.deaths = self.intake.count_deaths
        self.web = Web(settings, self.db, self._ready.is_set, self.clock.now)
        self.username = ""  # until Telegram has said it
        self.web.add_pages(settings, lambda: self.username)
        self.web.add_feeds(lambda secret: calendar_at(self.db, secret, settings, self.clock.now()))
        self._stop = asyncio.Event()
        self._told = False  # by a signal
        self._hurry = False
        self._finishing: asyncio.Task[None] | None = None
        self._delivered = asyncio.Event()
        self._delivered.set()  # nobody delivers yet
        self._lock = contextlib.ExitStack()

    # ── start and stop ──────────────────────────────────────────────────────────────────────────────────────────────

    async def __aenter__(self) -> Self:
        try:
            await self.db.open()
            self._be_the_only_one()
            self._hand.open()
            async with self.db.starting():
                await migrate(self.db)
                await self._forget_again()
                await seed(self.db, self.settings, self.clock)
            if self.silence is not None:
                await self.silence.heed()
        except (DatabaseRefused, DatabaseAway) as refused:
            await self.close()
            raise Refused(str(refused)) from None
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        self.alarms.stop()
        self.pace.close()
        await self.web.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await self.bot.session.close()
        if self.fellows is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await self.fellows.leave()
        await self.db.close()
        self._hand.close()
        self._lock.close()

    def _be_the_only_one(self) -> None:
        """SQLite serves one bot: a second one on the same file is refused (the command line may still write)."""
        if self.db.is_sqlite:
            self._lock.enter_context(alone(Path(self.db.url.database or "")))

    async def _forget_again(self) -> None:
        """Whoever withdrew before this database was put back, or before a kill, is erased before anything else happens."""
        try:
            touched = await keep_ledger(self.db, now=self.clock.now())
        except OSError as trouble:
            raise Refused(f"the ledger of erasures in {self.settings.data_dir / ERASURES}: {trouble.strerror}") from None
        if touched:
            log.warning("people who had withdrawn were erased again: the database was older than the ledger", count=touched)
        await scrub(self.db, self.settings.journal_dir)

    async def run(self) -> None:
        """Work until SIGTERM, SIGINT or `stop()`; then finish what is in hand, as far as STOP_SECONDS go, and leave the
        rest to the next start. A second signal does not wait. Refused when it cannot go on.
        """
        loop = asyncio.get_running_loop()
        self._listen_to_signals()
        work, told = loop.create_task(self._work()), loop.create_task(self._stop.wait())
        try:
            await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self._finishing = loop.create_task(self._finish())
                if self._hurry:
                    self._finishing.cancel()
                await asyncio.wait({self._finishing}, timeout=STOP_SECONDS)
                self._finishing.cancel()
        finally:
            work.cancel()
            told.cancel()
            await asyncio.wait({work, told}, timeout=LETTING_GO)
            if self._told or self._ready.is_set():
                log.info("the bot has stopped")
        refused: list[str] = []
        try:
            if work.done() and not work.cancelled():
                work.result()
        except* TokenRefused as group:
            refused.append(first(group))
        if refused:
            raise Refused(refused[0])

    async def _work(self) -> None:
        """Everything that goes on until it is stopped."""
        await self.introduce()
        await self._start_web()
        look_seldom()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(beat(lambda: self._told))
            tasks.create_task(self._deliver())
            if self.silence is not None:
                tasks.create_task(self.silence.keep())
            tasks.create_task(self.shift.work())

    def _works(self) -> None:
        self._ready.set()
        log.info("the bot works", username=self.username)

    async def _deliver(self) -> None:
        self._delivered.clear()
        try:
            await self.postman.run()
        finally:
            self._delivered.set()

    # ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def stop(self) -> None:
        """End `run` as SIGTERM does; said twice, without waiting for what is in hand."""
        if self._stop.is_set():
            self._hurry = True
            if self._finishing is not None:
                self._finishing.cancel()
        self._stop.set()

    def _listen_to_signals(self) -> None:
        """SIGTERM and SIGINT stop; whatever then keeps the process, even a loop that stands still, ends LAST_RESORT later.

        Until `close`: a second signal in the last moments must not end it as one nobody hears.
        """
        if threading.current_thread() is not threading.main_thread():
            return  # only the main thread may hear signals
        loop = asyncio.get_running_loop()

        def told(_number: int, _frame: FrameType | None) -> None:
            if not self._told:
                self._told = True
                faulthandler.dump_traceback_later(LAST_RESORT, exit=True)
            with contextlib.suppress(RuntimeError):  # the loop is closed already
                loop.call_soon_threadsafe(self.stop)

        for name in (signal.SIGTERM, signal.SIGINT):
            self._lock.callback(signal.signal, name, signal.signal(name, told))

    async def _finish(self) -> None:
        """Take nothing new, handle what was taken, send what is in hand."""
        self._ready.clear()
        self.alarms.stop()
        self.intake.close_door()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HANDLING_SECONDS):
                await asyncio.gather(self.web.stop(), self.intake.idle())
        await self.postman.stop()
        await self._delivered.wait()

    async def ready(self) -> None:
        """Until it works."""
        await self._ready.wait()

    async def introduce(self) -> None:
        """Try the token and tell Telegram the commands and how to bring updates; Refused when one of them cannot be."""
        self.username = (await patiently(self.settings, self.bot.get_me)).username or ""
        await patiently(self.settings, self._say_how)
        await patiently(self.settings, self._introduce_once)

    async def _say_how(self) -> bool:
        """Telegram shall call us, or we ask it."""
        if not self.settings.webhook_url:
            return await self.bot.delete_webhook()
        secret = self.settings.webhook_secret
        return await self.bot.set_webhook(
            self.settings.webhook_url,
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=WANTED,
            max_connections=40,
        )

    async def _introduce_once(self) -> None:
        """Commands and descriptions are told when their words have changed, not at every start: Telegram limits that."""
        told, called = words_told(self.bot.id), notes.username_of(self.bot.token)  # the command line asks the note, not Telegram

        async def known() -> bool:
            async with self.db.read() as tx:
                return (await notes.note(tx, "introduced"), await notes.note(tx, called)) == (told, self.username)

        async def keep() -> None:
            async with self.db.write() as tx:
                await notes.keep(tx, "introduced", told)
                await notes.keep(tx, called, self.username)

        if not await self.db.insist(known):
            await introduce(self.bot)
            await self.db.insist(keep)

    async def _start_web(self) -> None:
        secret = self.settings.webhook_secret
        if self.settings.webhook_url and secret:
            word = secret.get_secret_value()

            async def called(request: web.Request) -> web.Response:
                return await webhook.called(request, self.intake, word)

            self.web.add_webhook(urlsplit(self.settings.webhook_url).path or "/", called)
        try:
            await self.web.start()
        except ListenRefused as refused:
            if self.settings.webhook_url:
                raise Refused(str(refused)) from None
            log.warning("going on without /live, /ready, /metrics and calendar feeds", why=str(refused))

    # ── for tests and the tour ──────────────────────────────────────────────────────────────────────────────────────

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[Self]:
        """The bot at work in this process without signals, alarms and the postman's own loop: rung and sent by hand."""
        await self.introduce()
        failed: BaseException | None = None
        async with asyncio.TaskGroup() as tasks:
            taking = (
                [self.intake.run(poll=True)] if self.fellows is None else [self.shift.take_part(self.fellows), self.intake.poll()]
            )
            remembering = [] if self.silence is None else [self.silence.keep()]
            works = [tasks.create_task(each) for each in (*taking, *remembering)]
            try:
                yield self
            except BaseException as broke:
                failed = broke  # as it is, not wrapped into the group's
            for each in works:
                each.cancel()
        if failed is not None:
            raise failed
