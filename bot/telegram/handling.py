"""One update to its handler: tried again when it fails for a passing reason, put aside with a sorry when it fails for good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import orjson
import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bot.metrics import HANDLED
from bot.telegram.reaching import AWAY
from bot.telegram.visit import draw_left
from bot.turn import Behind, Limits, Turn, Watch, WorkedTooLong, heeding
from storage import inbox, talks
from storage.db import Database
from storage.inbox import Arrived

log = structlog.get_logger()

TRIES = 3  # of one update whose handling failed for a passing reason
PASSING = (*AWAY, DBAPIError, OSError, TimeoutError)

Sorry = Callable[[Update, str], Awaitable[None]]  # the second: why, a key of storage.inbox.ASIDE


class Handling:
    """How an update is handled: by whom, how long it may work, and who says sorry when it cannot be."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, db: Database, sorry: Sorry, watch: Watch | None = None) -> None:
        self.bot = bot
        self.dispatcher = dispatcher
        self.db = db
        self.sorry = sorry
        self.watch = watch or Watch()
        self.limits = Limits()

    async def handle(self, each: Arrived, behind: Behind, speaks: Callable[[], None] = lambda: None) -> bool:
        """Whether the update is done with; False: it was put aside, or waits for the next start.

        `speaks`: it leaves for Telegram; what it had to decide is decided.
        """
        try:
            update = Update.model_validate(orjson.loads(each.body), context={"bot": self.bot})
            _ = update.event_type
        except (ValidationError, UpdateTypeLookupError, orjson.JSONDecodeError, ArithmeticError, OSError) as unknown:
            log.warning("an update of an unknown kind was put aside", update=each.update_id, why=type(unknown).__name__)
            HANDLED.labels("aside").inc()
            return not await self._aside(each, "unknown")

        again = each.again

        async def handled() -> None:
            nonlocal again
            if again:
                await self._take_back(each)
            fed = partial(self._fed, update, each, behind, again=again)
            again = True
            turn = Turn(self.watch, behind, self.limits, speaks)
            with heeding():
                await turn.take(fed)

        for attempt in range(1, TRIES + 1):
            try:
                await self.db.insist(handled)
            except TelegramForbiddenError:
                break  # they blocked the bot while we were answering
            except WorkedTooLong:
                log.error("handling took too long and was given up", update=each.update_id)
                return await self._give_up(each, update, behind, "too-long")
            except PASSING as trouble:
                log.warning("handling failed; trying again", update=each.update_id, why=type(trouble).__name__, attempt=attempt)
                if attempt < TRIES:
                    await asyncio.sleep(attempt * attempt * 0.5)
            except TelegramAPIError as refused:
                log.error(
                    "Telegram refused an answer", update=each.update_id, why=refused.message, method=type(refused.method).__name__
                )
                return await self._give_up(each, update, behind, "failed")
            except Exception:
                log.exception("handling failed", update=each.update_id)
                return await self._give_up(each, update, behind, "failed")
            else:
                break
        else:
            return await self._give_up(each, update, behind, "failed")
        HANDLED.labels("done").inc()
        return True

    async def _take_back(self, each: Arrived) -> None:
        """It finds its talk as it found it the first time: what is typed is asked for still, and a reason is not used up."""
        async with self.db.write() as tx:
            await talks.take_back(tx, each.update_id)

    async def _fed(self, update: Update, each: Arrived, behind: Behind, *, again: bool) -> None:
        """Its handler, and the page an overtaken press left to this one, should it have drawn none."""
        await self.dispatcher.feed_update(self.bot, update, again=again)
        await self._draw_left(each, behind)

    async def _draw_left(self, each: Arrived, behind: Behind) -> None:
        if each.pressed is not None and not behind.presses[each.pressed] and (page := behind.undrawn.get(each.pressed)):
            await draw_left(self.bot, page)
            behind.undrawn.pop(each.pressed, None)

    async def _give_up(self, each: Arrived, update: Update, behind: Behind, why: str) -> bool:
        HANDLED.labels("failed").inc()
        try:
            await self.sorry(update, why)
            await self._draw_left(each, behind)  # what came before it was done all the same
        except Exception as trouble:
            log.warning("could not even say sorry", why=type(trouble).__name__)
        return not await self._aside(each, why)

    async def _aside(self, each: Arrived, why: str) -> bool:
        async def put() -> None:
            async with self.db.write() as tx:
                await inbox.aside(tx, each.update_id, why)

        try:
            await self.db.insist(put)
        except DBAPIError:
            log.warning("could not put an update aside; it is handled again at the next start", update=each.update_id)
        return True
