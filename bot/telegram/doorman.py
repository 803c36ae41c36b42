"""Per update: who is this, in which language, at what moment; and whether the door of the handler opens to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.clock import Clock
from bot.policy import DOORS, Person, may
from bot.refusals import Refusal
from bot.services.people.people import came_back, recognise
from bot.settings import Settings
from bot.voice import voice
from storage.db import Database

NUMBERS = 2**31  # what a button's numbers stay below

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

OFFERED = frozenset({"person", "say", "now", "today", "db", "settings", "bot", "state", "callback_data", "command", "key"})


class Doorman(BaseMiddleware):
    """Offers every handler `person`, `say` and `now` (aware, UTC) and `today` (the network's day)."""

    def __init__(self, db: Database, settings: Settings, clock: Clock) -> None:
        self.db = db
        self.settings = settings
        self.clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        person = (
            await recognise(self.db, user.id, self.settings, name=user.full_name)
            if user
            else Person(None, 0, language=self.settings.locale)
        )
        if person.unreachable and isinstance(event, Update) and isinstance(event.event, Message | CallbackQuery):
            await came_back(self.db, person)  # whoever talks to the bot can be written to
        now = self.clock.now()
        data |= {
            "person": person,
            "say": voice(person.language, self.settings.zone),
            "now": now,
            "today": now.astimezone(self.settings.zone).date(),
        }
        return await handler(event, data)


class Door(BaseMiddleware):
    """In front of every handler: its `may` flag names an action of the policy; without one it opens to nobody."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        action = get_flag(data, "may")
        person: Person = data["person"]
        if action is None or not may(person, action):
            raise Refusal(_why(person, action))
        within_bounds(data.get("callback_data"))
        return await handler(event, data)


def within_bounds(pressed: CallbackData | None) -> None:
    """A number in a button's data lies within 0 … 2³¹ unless its field declares a range of its own; a forged one is refused.

    What a field declares (`Field(ge=…, le=…)`) pydantic has checked when the data was read.
    """
    if pressed is None:
        return
    for name, field in type(pressed).model_fields.items():
        value = getattr(pressed, name)
        if isinstance(value, int) and not field.metadata and not 0 <= value < NUMBERS:
            raise Refusal("gone")


def _why(person: Person, action: str | None) -> str:
    """The sentence at a closed door: a guardian who has not yet agreed is told that this is what is missing."""
    if person.id is None:
        return "stranger"
    waits = person.wards - person.children and action is not None and "guardian" in DOORS.get(action, ())
    return "consent-first" if waits else "not-yours"
