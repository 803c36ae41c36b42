"""Telephones without a line: an update goes straight to its handler, and what the handler says to Telegram is kept here.

So what is measured is the bot's own work: the update read, its handler, its questions, the words, the call put together.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson
from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardMarkup, Message, User

from bot.post.pace import Pace
from bot.settings import Settings
from bot.telegram.frame import say_sorry
from bot.telegram.handling import Handling
from bot.telegram.session import Session
from bot.telegram.speech import telephone
from bot.turn import Behind, Limits
from storage.db import Database
from storage.inbox import Arrived
from tests.world import NOW, TOKEN

Button = tuple[str, str]  # the label, and what a press on it says
_US: dict[str, Any] = {"id": 42, "is_bot": True, "username": "bench_bot"}
FILES = ("SendDocument", "SendPhoto")


class Line(Session):
    """Telegram answers at once, whatever is said: each call is put together as for the real one, and kept."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[TelegramMethod[Any]] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: float | None = None) -> Any:  # noqa: ARG002
        self.build_form_data(bot, method)
        self.said.append(method)
        if method.__returning__ in (bool, User):
            return True if method.__returning__ is bool else User.model_construct(**_US)
        known: dict[str, Any] = {"message_id": len(self.said) + 1000}
        return Message.model_construct(**known)


def without_limits() -> Pace:
    pace = Pace(1_000_000)
    pace.per_chat = 0
    return pace


@dataclass
class Shown:
    """What a reader has before them after a tap."""

    took: float  # seconds of the processor
    text: str
    buttons: list[Button]
    file: bool  # a document or a picture came


@dataclass
class Phone:
    """Somebody's chat with a bot in this process."""

    telegram_id: int
    feed: Callable[[dict[str, Any]], Any]
    line: Line
    text: str = ""
    markup: InlineKeyboardMarkup | None = None
    message_id: int = 1
    _updates: int = field(default=0)

    async def send(self, text: str) -> Shown:
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        return await self._fed({"message": self._message(text, self._person) | {"entities": entities}})

    async def press(self, data: str) -> Shown:
        page = self._message(self.text, {"id": 42, "is_bot": True, "first_name": "Бот"})
        if self.markup is not None:
            page["reply_markup"] = orjson.loads(self.markup.model_dump_json(exclude_none=True))
        return await self._fed(
            {"callback_query": {"id": "1", "from": self._person, "chat_instance": "1", "data": data, "message": page}}
        )

    async def _fed(self, update: dict[str, Any]) -> Shown:
        self._updates += 1
        before = len(self.line.said)
        began = time.process_time()
        await self.feed({"update_id": self.telegram_id * 1000 + self._updates} | update)
        took = time.process_time() - began
        said = self.line.said[before:]
        for method in said:
            if (text := getattr(method, "text", None)) and hasattr(method, "reply_markup"):
                self.text, self.markup = str(text), method.reply_markup
        return Shown(took, self.text, self.buttons, any(type(method).__name__ in FILES for method in said))

    @property
    def buttons(self) -> list[Button]:
        rows = self.markup.inline_keyboard if self.markup else []
        return [(button.text, button.callback_data) for row in rows for button in row if button.callback_data]

    @property
    def _person(self) -> dict[str, Any]:
        return {"id": self.telegram_id, "is_bot": False, "first_name": "Гость", "language_code": "ru"}

    def _message(self, text: str, sender: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": self.telegram_id, "type": "private", "first_name": "Гость"}
        return {"message_id": self.message_id, "date": int(NOW.timestamp()), "chat": chat, "from": sender, "text": text}


def connected(db: Database, settings: Settings, dispatcher: Dispatcher) -> Callable[[int], Phone]:
    """Makes telephones of people who talk to this bot."""
    bot, line = telephone(TOKEN, "http://127.0.0.1:9", without_limits()), Line()
    line.middleware(bot.session.middleware._middlewares[0])
    bot.session = line
    handling = Handling(bot, dispatcher, db, partial(say_sorry, db=db, settings=settings))
    handling.limits = Limits(work=600.0, wait=3600.0)  # what is slow is measured, not given up

    async def feed(update: dict[str, Any]) -> None:
        body = orjson.dumps(update).decode()
        if not await handling.handle(Arrived(update["update_id"], None, body), Behind()):
            raise AssertionError(f"not handled: {body[:300]}")

    return lambda telegram_id: Phone(telegram_id, feed, line)
