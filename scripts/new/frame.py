"""The frame around every handler: private chats only, a refusal becomes an answer, a page that is left ends its talk."""

from __future__ import annotations

from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot.policy import DOORS, Person, may
from bot.refusals import Refusal
from bot.settings import Settings
from bot.telegram.doorman import Handler
from bot.telegram.visit import TelegramVisit
from bot.voice import voice


class PrivateOnly(BaseMiddleware):
    """A group gets one constant sentence, whatever it says."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        if chat is None or chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        visit: TelegramVisit = data["visit"]
        if isinstance(event, CallbackQuery):
            await visit.toast(visit.say.plain("private-only"))
        elif isinstance(event, Message) and event.text and event.text.startswith("/"):
            await event.answer(visit.say("private-only"), protect_content=False)
        return None


class Refusals(BaseMiddleware):
    """A Refusal raised anywhere below is shown to the person."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            if isinstance(event, Message | CallbackQuery):
                await data["visit"].refuse(refusal)
            return None


class PageLeft(BaseMiddleware):
    """Any press or command ends a typed talk, except where the page it opens keeps it (`may(…, keeps_talk=True)`)."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        left = isinstance(event, CallbackQuery) or (isinstance(event, Message) and (event.text or "").startswith("/"))
        if left and not get_flag(data, "keeps_talk"):
            await data["visit"].talk.end()
        return await handler(event, data)


class Door(BaseMiddleware):
    """In front of every handler: its `may` flag names an action of the policy; without one it opens to nobody.

    Behind the door a handler gets the visit in place of aiogram's event, and the target of a press as `at`.
    """

    async def __call__(self, handler: Handler, _event: TelegramObject, data: dict[str, Any]) -> Any:
        action = get_flag(data, "may")
        visit: TelegramVisit = data["visit"]
        if action is None or not may(visit.person, action):
            raise Refusal(_why(visit.person, action))
        return await handler(visit, {"at": data.get("callback_data"), "command": data.get("command")})


def _why(person: Person, action: str | None) -> str:
    """The sentence at a closed door: a guardian who has not yet agreed is told that this is what is missing."""
    if person.id is None:
        return "stranger"
    waits = person.wards - person.children and action is not None and "guardian" in DOORS.get(action, ())
    return "consent-first" if waits else "not-yours"


async def say_sorry(update: Update, settings: Settings) -> None:
    """Our own fault: a plain word to whoever waits, and nothing of what went wrong."""
    say = voice(settings.locale, settings.zone)
    if update.callback_query is not None:
        await update.callback_query.answer(say.plain("went-wrong"), show_alert=True)
    elif update.message is not None:
        await update.message.answer(say("went-wrong"))
