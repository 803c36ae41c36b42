"""How the bot calls Telegram: in turn, never inside a transaction, a 429 pausing everything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import orjson
import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, AnswerInlineQuery, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.metrics import PAUSED
from bot.notices.drawn import KeptPicture, Picture
from bot.post import pace
from bot.post.mouth import Answer, Meaning
from bot.post.pace import NoTurn, Pace
from bot.telegram.pencil import Pencil
from bot.telegram.session import ANSWER, NoLine, Session, meaning_of
from bot.telegram.visit import keyboard
from bot.turn import elsewhere
from bot.visit import Rows
from storage.db import in_transaction

log = structlog.get_logger()

_urgency: ContextVar[int] = ContextVar("urgency", default=pace.TAP)

TAP_TRIES = 4
PAUSES = (0.2, 10.0)  # seconds between two tries to answer somebody while the line is down: the first, the longest
OUTAGE = 15 * 60  # seconds an answer waits for the line; later than that nobody waits for it
Below = InlineKeyboardMarkup | None
LETTER_PATIENCE = 20.0  # seconds: well within the lease of a letter


class Manners(BaseRequestMiddleware):
    """Every message waits for its turn; nothing is said while a transaction is open."""

    def __init__(self, turns: Pace) -> None:
        self.turns = turns

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if in_transaction():
            raise AssertionError(f"{type(method).__name__} called inside a transaction: a slow Telegram would hold the database")
        with elsewhere(speaking=True):
            return await self._said(make_request, bot, method)

    async def _said(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        """Say it; what somebody waits for is said when the line is back, for nothing of it had reached Telegram."""
        chat_id = getattr(method, "chat_id", None)
        is_message = isinstance(chat_id, int) and type(method).__name__.startswith(("Send", "Edit", "Copy", "Forward"))
        answers = (is_message and _urgency.get() == pace.TAP) or isinstance(method, AnswerCallbackQuery | AnswerInlineQuery)
        loop = asyncio.get_running_loop()
        pause, until = PAUSES[0], loop.time() + OUTAGE
        while True:
            try:
                if is_message and isinstance(chat_id, int):
                    return await self._in_turn(make_request, bot, method, chat_id)
                return await make_request(bot, method)
            except NoLine:
                if not answers or loop.time() > until:
                    raise
            await asyncio.sleep(pause)
            pause = min(PAUSES[1], pause * 2)

    async def _in_turn(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType], chat_id: int
    ) -> Response[TelegramType]:
        priority = _urgency.get()
        for attempt in range(1, TAP_TRIES + 1):
            async with self.turns.turn(chat_id, priority, None if priority == pace.TAP else LETTER_PATIENCE):
                try:
                    return await make_request(bot, method)
                except TelegramRetryAfter as slow_down:
                    self.turns.pause(slow_down.retry_after)
                    PAUSED.inc(slow_down.retry_after)
                    if priority != pace.TAP or attempt == TAP_TRIES:
                        raise  # a letter goes back to the outbox; nobody waits for it
        raise AssertionError("unreachable")


def telephone(token: str, api: str, turns: Pace) -> Bot:
    """The aiogram Bot for any Bot API server."""
    session = Session(api=TelegramAPIServer.from_base(api, is_local=False), timeout=ANSWER, json_dumps=_dumped)
    session.middleware(Manners(turns))
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML,
            protect_content=True,
            link_preview=LinkPreviewOptions(is_disabled=True),  # link_preview_is_disabled would send a parameter of old besides
        ),
    )


def _dumped(thing: Any) -> str:
    return orjson.dumps(thing).decode()


class TelegramMouth:
    """What the postman says, said in Telegram."""

    def __init__(self, bot: Bot, pencil: Pencil) -> None:
        self.bot, self.pencil = bot, pencil
        self._known: dict[KeptPicture, str] = {}  # what Telegram calls a picture it has been given
        self._uploading: dict[KeptPicture, asyncio.Lock] = {}

    async def say(self, chat: int, text: str, rows: Rows = (), *, urgency: int, picture: Picture | None = None) -> Answer:
        """A message with its buttons; see bot.post.mouth. A picture nobody can draw or Telegram does not take is left out."""
        _urgency.set(urgency)
        below = keyboard(rows)
        if isinstance(picture, KeptPicture):
            answer = await self._with_kept(chat, text, below, picture)
        else:
            answer = None if picture is None else await self._with(chat, text, below, await self.pencil.draw(picture))
        if answer is not None and answer.meaning is not Meaning.REFUSED:
            return answer
        return await self._answered(self.bot.send_message(chat, text, reply_markup=below))

    async def _with(
        self, chat: int, text: str, below: Below, photo: bytes | str | None, keep: Callable[[Message], None] | None = None
    ) -> Answer | None:
        """Below a picture, given or known to Telegram by name; None: there is none."""
        if photo is None:
            return None
        given = photo if isinstance(photo, str) else BufferedInputFile(photo, "picture.png")
        return await self._answered(self.bot.send_photo(chat, given, caption=text, reply_markup=below), keep)

    async def _with_kept(self, chat: int, text: str, below: Below, picture: KeptPicture) -> Answer | None:
        """Uploaded once, however many get it: a thousand times five megabytes no school's line can carry."""
        if picture in self._known:
            answer = await self._with(chat, text, below, self._known[picture])
            if answer is not None and answer.meaning is Meaning.REFUSED:
                self._known.pop(picture, None)
            return answer
        async with self._uploading.setdefault(picture, asyncio.Lock()):
            if picture not in self._known:
                return await self._with(
                    chat, text, below, await self.pencil.draw(picture), lambda sent: self._keep(picture, sent)
                )
        return await self._with_kept(chat, text, below, picture)

    def _keep(self, picture: KeptPicture, sent: Message) -> None:
        if sent.photo:
            self._known[picture] = sent.photo[-1].file_id

    async def _answered(self, saying: Awaitable[Message], keep: Callable[[Message], None] | None = None) -> Answer:
        try:
            sent = await saying
        except NoTurn:
            return Answer(Meaning.NO_TURN, "no turn")
        except TelegramMigrateToChat as moved:
            return Answer(Meaning.MOVED, moved.message, moved_to=moved.migrate_to_chat_id)
        except (TelegramAPIError, ClientDecodeError) as trouble:
            return Answer(meaning_of(trouble), trouble.message)
        if keep is not None:
            keep(sent)
        return Answer(Meaning.SAID, message_id=sent.message_id)
