"""Updates in: polling or webhook → durable inbox → dispatcher; in order per chat, concurrent across chats."""

from __future__ import annotations

import asyncio
import hmac
from collections import deque
from collections.abc import Awaitable, Callable
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
from bot.speech import TokenRefused
from storage import inbox
from storage.db import Database
from storage.inbox import Arrived

log = structlog.get_logger()

WANTED = ["message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"]
POLL_SECONDS = 30
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
        self._to_record = asyncio.Event()
        self._resumed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._polling: asyncio.Task[None] | None = None

    async def run(self, *, poll: bool) -> None:
        """Handle what was left, then what comes. Ends only by cancellation or TokenRefused."""
        await self._resume()
        self._resumed.set()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._record())
            for _ in range(CHATS_AT_ONCE):
                tasks.create_task(self._work())
            if poll:
                self._polling = tasks.create_task(self._poll())

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
        await self._resumed.wait()
        arrived = [_arrived(update) for update in updates if isinstance(update.get("update_id"), int)]
        async with self.db.write() as tx:
            new = await inbox.keep(tx, arrived, now=self.clock.now())
        KEPT.inc(len(new))
        for each in new:
            self._line_up(each)

    async def webhook(self, request: web.Request, secret: str) -> web.Response:
        """Telegram's call: 200 only when the update is kept."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        await self.receive([update])
        return web.Response()

    async def _resume(self) -> None:
        async with self.db.write() as tx:
            left = await inbox.unfinished(tx)
            for each in left:
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
        offset, pause = 0, 0.0
        while True:
            try:
                client = await session.create_session()
                question = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": orjson.dumps(WANTED).decode()}
                async with client.post(url, data=question, timeout=aiohttp.ClientTimeout(POLL_SECONDS + 15)) as response:
                    answer = orjson.loads(await response.read())
                if response.status == 401 or (response.status == 404 and answer.get("description") == "Not Found"):
                    raise TokenRefused("Telegram does not accept the token: see BOT_TOKEN")
                if not answer.get("ok"):
                    pause = float(answer.get("parameters", {}).get("retry_after", min(30.0, pause * 2 + 1)))
                    log.warning("getUpdates refused", why=answer.get("description"), pause=pause)
                    await asyncio.sleep(pause)
                    continue
                if answer["result"]:
                    await self.receive(answer["result"])
                    offset = answer["result"][-1]["update_id"] + 1
                pause = 0.0
            except (aiohttp.ClientError, TimeoutError, OSError, orjson.JSONDecodeError, DBAPIError) as trouble:
                pause = min(30.0, pause * 2 + 0.5)
                log.warning("taking updates in failed; trying again", why=type(trouble).__name__, pause=pause)
                await asyncio.sleep(pause)

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
        except (ValidationError, orjson.JSONDecodeError) as unknown:
            log.warning("an update of an unknown kind was put aside", update=each.update_id, why=type(unknown).__name__)
            HANDLED.labels("aside").inc()
            return not await self._aside(each)
        for attempt in range(1, TRIES + 1):
            try:
                await self.dispatcher.feed_update(self.bot, update)
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
        try:
            async with self.db.write() as tx:
                await inbox.aside(tx, each.update_id)
        except DBAPIError:
            log.warning("could not put an update aside; it is handled again at the next start", update=each.update_id)
        return True

    async def _record(self) -> None:
        """Mark what is done, as many as there are in one commit."""
        while True:
            await self._to_record.wait()
            self._to_record.clear()
            done, self._finished = self._finished, []
            try:
                if done:
                    async with self.db.write() as tx:
                        await inbox.done(tx, done)
            except DBAPIError as trouble:
                log.warning("could not record what is done; trying again", why=type(trouble).__name__)
                self._finished[:0] = done
                await asyncio.sleep(0.5)
                self._to_record.set()
                continue
            if not self._lanes and not self._finished:
                self._idle.set()


def _arrived(update: dict[str, Any]) -> Arrived:
    return Arrived(update["update_id"], _chat_of(update), orjson.dumps(_without_rich(update)).decode())


def _chat_of(update: dict[str, Any]) -> int | None:
    """The lane an update belongs to: its private chat is its sender's id."""
    for thing in update.values():
        if isinstance(thing, dict):
            for owner in (thing.get("chat"), thing.get("from"), (thing.get("message") or {}).get("chat")):
                if isinstance(owner, dict) and isinstance(owner.get("id"), int):
                    return int(owner["id"])
    return None


def _without_rich(thing: Any) -> Any:
    """Without `rich_message`, wherever it stands: validating a nested one freezes the loop for seconds."""
    if isinstance(thing, dict):
        return {name: _without_rich(value) for name, value in thing.items() if name != "rich_message"}
    if isinstance(thing, list):
        return [_without_rich(value) for value in thing]
    return thing
