"""Per update: who is this, in which language, at what moment; and whether the door of the handler opens to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import TelegramObject, User

from bot.clock import Clock
from bot.policy import Person, Post, Role, may
from bot.refusals import Refusal
from bot.settings import Settings
from bot.voice import voice
from storage import people
from storage.db import Database

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
        person = await self.recognise(user) if user else Person(None, 0, language=self.settings.locale)
        now = self.clock.now()
        data |= {
            "person": person,
            "say": voice(person.language, self.settings.zone),
            "now": now,
            "today": now.astimezone(self.settings.zone).date(),
        }
        return await handler(event, data)

    async def recognise(self, user: User) -> Person:
        async with self.db.read() as tx:
            found = await people.who(tx, user.id)
        if found is None:
            return Person(None, user.id, name=user.full_name, language=self.settings.locale)
        return person_of(found, user.id, self.settings)


def person_of(found: people.Who, telegram_id: int, settings: Settings) -> Person:
    posts: set[Post] = set()
    for role, thing, organization in found.held:
        if organization is not None:
            held: Role = role  # type: ignore[assignment]  # the workbook's reader lets no other role in
            posts.add(Post(held, thing, organization))
    return Person(
        found.id,
        telegram_id,
        name=found.name,
        language=found.language or settings.locale,
        detail=found.detail,
        quiet=found.quiet,
        children=frozenset(thing for role, thing, _ in found.held if role == "guardian"),
        own=frozenset(thing for role, thing, _ in found.held if role == "student"),
        posts=frozenset(posts),
    )


class Door(BaseMiddleware):
    """In front of every handler: its `may` flag names an action of the policy; without one it opens to nobody."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        action = get_flag(data, "may")
        person: Person = data["person"]
        if action is None or not may(person, action):
            raise Refusal("stranger" if person.id is None else "not-yours")
        return await handler(event, data)
