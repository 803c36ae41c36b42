"""Per update: who is this, in which language, at what moment, with which talk: the visit that every handler gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.clock import Clock
from bot.policy import Person
from bot.services.people.people import came_back, recognise
from bot.settings import Settings
from bot.telegram.talks import talk_of
from bot.telegram.visit import TelegramVisit, came
from bot.voice import voice
from storage.db import Database

OFFERED = frozenset({"at", "command"})  # what a handler may ask for beside the visit: what was pressed, aiogram's command

Handler = Callable[[Any, dict[str, Any]], Awaitable[Any]]


class Doorman(BaseMiddleware):
    """Makes the visit: `person`, `say`, `now`, the talk, and what came."""

    def __init__(self, db: Database, settings: Settings, clock: Clock) -> None:
        self.db = db
        self.settings = settings
        self.clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        person = await recognise(self.db, user.id, self.settings) if user else Person(None, 0, language=self.settings.locale)
        if person.unreachable and isinstance(event, Update) and isinstance(event.event, Message | CallbackQuery):
            await came_back(self.db, person)  # whoever talks to the bot can be written to
        now = self.clock.now()
        inner = event.event if isinstance(event, Update) else event
        say, talk = voice(person.language, self.settings.zone), talk_of(self.db, event, data, now)
        data["visit"] = TelegramVisit(
            person,
            say,
            now,
            self.db,
            self.settings,
            talk,
            **came(inner),
            again=data.get("again", False),
            event=inner,
            bot=data["bot"],
        )
        return await handler(event, data)
