"""Updates in: polling or webhook → durable inbox → dispatcher; in order per chat, concurrent across chats."""

from __future__ import annotations

import asyncio
import hmac
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import Update
from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.metrics import HANDLED, KEPT
from bot.raw import ANSWER_MOST, UPDATE_MOST, Odd, Piece, TooLong, batch, cleaned, keepable, piece, seconds
from bot.speech import TokenRefused
from storage import inbox
from storage.away import DatabaseAway
from storage.db import Database
from storage.inbox import Arrived

log = structlog.get_logger()

WANTED = ["message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"]
POLL_SECONDS = 30
BATCH = 100  # updates an answer may hold (Bot API, getUpdates)
CHATS_AT_ONCE = 64
TRIES = 3  # of one update whose handling failed for a passing reason
DEATHS = 12  # of the process with one update waiting or in hand: it is put aside, for it may be the cause
PASSING = (ClientDecodeError, TelegramNetworkError, TelegramServerError, DBAPIError, OSError, TimeoutError)

Sorry = Callable[[Update], Awaitable[None]]


class Intake:
    """Takes updates in so that none is lost: kept first, acknowledged then, handled after, and again after a kill."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, db: Database, clock: Clock, sorry: Sorry, after: Callable[[], None] = lambda: None
    ) -> None:
        self.bot = bot
        self.dispatcher = dispatcher
        self.db = db
        self.clock = clock
        self.sorry = sorry
        self.after = after  # an update is handled: there may be letters now
        self._lanes: dict[int, deque[Arrived]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._finished: list[int] = []
        self._interrupted: set[int] = set()  # in hand when this process ceased to lead: no death of theirs
        self._to_record = asyncio.Event()
        self._resumed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._polling: asyncio.Task[None] | None = None

    async def run(self, *, poll: bool) -> None:
        """Handle what was left, then what comes. Ends only by cancellation or TokenRefused; may be run again."""
        await self.db.insist(self._resume)
        self._resumed.set()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._record())
                for _ in range(CHATS_AT_ONCE):
                    tasks.create_task(self._work())
                if poll:
                    self._polling = tasks.create_task(self._poll())
        finally:
            self._lay_down()

    def _lay_down(self) -> None:
        """Whatever is in hand stays in the inbox, for whoever takes updates in next."""
        self._resumed.clear()
        self._interrupted = {each.update_id for lane in self._lanes.values() for each in lane}
        self._lanes.clear()
        self._ready = asyncio.Queue()
        self._idle.set()

    def close_door(self) -> None:
        """Take nothing new: what Telegram still holds stays with Telegram."""
        if self._polling is not None:
            self._polling.cancel()

    async def idle(self) -> None:
        """Until everything taken in is handled and recorded."""
        await self._idle.wait()

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def receive(self, updates: list[dict[str, Any]]) -> None:
        """Keep a batch (one commit), then hand the new ones to their chats' lanes: behind what the last run left."""
        await self._take([Piece(orjson.dumps(update), 0) for update in updates])

    async def _take(self, pieces: list[Piece]) -> int | None:
        """Keep each by itself; what cannot be kept is put aside under its id. Returns the last id that was passed."""
        await self._resumed.wait()
        arrived: list[Arrived] = []
        odd: list[int] = []
        passed: int | None = None
        for each in pieces:
            try:
                arrived.append(_arrived(each))
                passed = arrived[-1].update_id
            except Odd as why:
                HANDLED.labels("aside").inc()
                log.warning("an update that cannot be kept was passed", update=each.update_id, why=str(why))
                number = each.update_id
                if number is not None:
                    passed = number
                    odd += [number] if keepable(number) else []
        async with self.db.write() as tx:
            new = await inbox.keep(tx, arrived, now=self.clock.now())
            await inbox.keep_odd(tx, odd, now=self.clock.now())
        KEPT.inc(len(new))
        for kept in new:
            self._line_up(kept)
        return passed

    async def webhook(self, request: web.Request, secret: str) -> web.Response:
        """Telegram's call: 200 only when the update is kept."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):  # headers are any bytes
            return web.Response(status=403)
        try:
            update = piece(await request.read())
            update.read()
        except Odd:
            return web.Response(status=400)
        if not self._resumed.is_set():
            return web.Response(status=503)  # another process leads, or this one does not yet: Telegram comes again
        try:
            with self.db.reigning():
                await self._take([update])
        except DatabaseAway:
            return web.Response(status=503)
        return web.Response()

    async def _resume(self) -> None:
        async with self.db.write() as tx:
            left = [each for each in await inbox.unfinished(tx) if each.update_id not in self._finished]
            for each in left:
                if each.update_id in self._interrupted:
                    continue
                await inbox.tried(tx, each.update_id)
                if each.attempts >= DEATHS:
                    await inbox.aside(tx, each.update_id)
        for each in left:
            if each.attempts < DEATHS:
                self._line_up(each)
        if left:
            log.info("unfinished updates are handled again", count=len(left))

    async def _poll(self) -> None:
        session = self.bot.session
        assert isinstance(session, AiohttpSession)  # noqa: S101 - bot/speech.py makes it
        url = session.api.api_url(self.bot.token, "getUpdates")
        ask = _Asking()
        while True:
            try:
                client = await session.create_session()
                limit = aiohttp.ClientTimeout(POLL_SECONDS + 15)
                async with client.post(url, data=ask.question(), timeout=limit, allow_redirects=False) as response:
                    body = await _read(response)
                ask.pause = await self._polled(body, ask)
            except TokenRefused:
                raise
            except Exception as trouble:  # no answer of anybody ends the polling: a proxy's page, a line that broke, an odd batch
                ask.pause = min(30.0, ask.pause * 2 + 0.5)
                log.warning("taking updates in failed; trying again", why=type(trouble).__name__, pause=ask.pause)
            if ask.pause:
                await asyncio.sleep(ask.pause)

    async def _polled(self, body: bytes, ask: _Asking) -> float:
        """Take in one answer. Returns how long to wait before the next question, in seconds."""
        try:
            answer, pieces = batch(body)
        except TooLong:
            if ask.limit > 1:
                ask.limit = 1  # one by one, each is passed or put aside by itself
                return 0.0
            answer, pieces = {"ok": True}, [Piece(body, UPDATE_MOST)]
        if answer.get("ok") is not True:
            if answer.get("error_code") == 401 or (answer.get("error_code") == 404 and answer.get("description") == "Not Found"):
                raise TokenRefused("Telegram does not accept the token: see BOT_TOKEN")
            parameters = answer.get("parameters")
            wanted = parameters.get("retry_after") if isinstance(parameters, dict) else None
            pause = seconds(wanted, otherwise=min(30.0, ask.pause * 2 + 1))
            log.warning("getUpdates refused", code=answer.get("error_code"), pause=pause)
            return pause
        passed = await self._take(pieces) if pieces else None
        ask.limit = BATCH
        if passed is not None:
            ask.offset = passed + 1
        elif pieces:
            raise Odd("no id to go on from")
        return 0.0

    # ── through ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _line_up(self, each: Arrived) -> None:
        self._idle.clear()
        chat = each.chat_id if each.chat_id is not None else -each.update_id
        lane = self._lanes.get(chat)
        if lane is None:
            self._lanes[chat] = deque([each])
            self._ready.put_nowait(chat)
        else:
            lane.append(each)

    async def _work(self) -> None:
        """Take a chat, handle its updates in order until there are none."""
        while True:
            chat = await self._ready.get()
            lane = self._lanes[chat]
            while lane:
                each = lane[0]
                if await self._handle(each):
                    self._finished.append(each.update_id)
                lane.popleft()
                self._to_record.set()
                self.after()
            del self._lanes[chat]
            self._to_record.set()

    async def _handle(self, each: Arrived) -> bool:
        """Whether the update is done with; False: it was put aside, or waits for the next start."""
        try:
            update = Update.model_validate(orjson.loads(each.body), context={"bot": self.bot})
        except (ValidationError, orjson.JSONDecodeError, RecursionError) as unknown:
            log.warning("an update of an unknown kind was put aside", update=each.update_id, why=type(unknown).__name__)
            HANDLED.labels("aside").inc()
            return not await self._aside(each)
        for attempt in range(1, TRIES + 1):
            try:
                await self.db.insist(lambda: self.dispatcher.feed_update(self.bot, update))
            except TelegramForbiddenError:
                break  # they blocked the bot while we were answering
            except PASSING as trouble:
                log.warning("handling failed; trying again", update=each.update_id, why=type(trouble).__name__, attempt=attempt)
                if attempt < TRIES:
                    await asyncio.sleep(attempt * attempt * 0.5)
            except TelegramAPIError as refused:
                log.error(
                    "Telegram refused an answer", update=each.update_id, why=refused.message, method=type(refused.method).__name__
                )
                return await self._give_up(each, update)
            except Exception:
                log.exception("handling failed", update=each.update_id)
                return await self._give_up(each, update)
            else:
                break
        else:
            return await self._give_up(each, update)
        HANDLED.labels("done").inc()
        return True

    async def _give_up(self, each: Arrived, update: Update) -> bool:
        HANDLED.labels("failed").inc()
        try:
            await self.sorry(update)
        except Exception as trouble:
            log.warning("could not even say sorry", why=type(trouble).__name__)
        return not await self._aside(each)

    async def _aside(self, each: Arrived) -> bool:
        async def put() -> None:
            async with self.db.write() as tx:
                await inbox.aside(tx, each.update_id)

        try:
            await self.db.insist(put)
        except DBAPIError:
            log.warning("could not put an update aside; it is handled again at the next start", update=each.update_id)
        return True

    async def _record(self) -> None:
        """Mark what is done, as many as there are in one commit."""
        while True:
            await self._to_record.wait()
            self._to_record.clear()
            done = list(self._finished)
            try:
                if done:
                    async with self.db.write() as tx:
                        await inbox.done(tx, done)
                    del self._finished[: len(done)]
            except (DBAPIError, DatabaseAway) as trouble:
                log.warning("could not record what is done; trying again", why=type(trouble).__name__)
                await asyncio.sleep(0.5)
                self._to_record.set()
                continue
            if not self._lanes and not self._finished:
                self._idle.set()


@dataclass
class _Asking:
    """Where the polling stands."""

    offset: int = 0
    limit: int = BATCH
    pause: float = 0.0

    def question(self) -> dict[str, str]:
        wanted = orjson.dumps(WANTED).decode()
        return {"offset": str(self.offset), "limit": str(self.limit), "timeout": str(POLL_SECONDS), "allowed_updates": wanted}


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The whole body, or as much of a too long one as says that it is."""
    body = bytearray()
    async for part in response.content.iter_chunked(65_536):
        body += part
        if len(body) > ANSWER_MOST:
            break
    return bytes(body)


def _arrived(piece: Piece) -> Arrived:
    """What is kept of an update; Odd for one that is none."""
    update = cleaned(piece.read())
    if not keepable(update.get("update_id")):
        raise Odd("without an id")
    return Arrived(update["update_id"], _chat_of(update), orjson.dumps(update).decode())


def _chat_of(update: dict[str, Any]) -> int | None:
    """The lane an update belongs to: its private chat is its sender's id."""
    for thing in update.values():
        if isinstance(thing, dict):
            message = thing.get("message")
            for owner in (thing.get("chat"), thing.get("from"), message.get("chat") if isinstance(message, dict) else None):
                if isinstance(owner, dict) and isinstance(owner.get("id"), int):
                    return int(owner["id"])
    return None
