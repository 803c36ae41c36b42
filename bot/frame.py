"""The frame around every handler: private chats only, a refusal becomes an answer, a command ends a talk."""

from __future__ import annotations

from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot.doorman import Handler
from bot.refusals import Refusal
from bot.settings import Settings
from bot.voice import Say, voice
from handlers.ui import refuse, toast


class PrivateOnly(BaseMiddleware):
    """A group gets one constant sentence, whatever it says."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        if chat is None or chat.type == ChatType.PRIVATE:
            return await handler(event, data)
        say: Say = data["say"]
        if isinstance(event, CallbackQuery):
            await toast(event, say.plain("private-only"))
        elif isinstance(event, Message) and event.text and event.text.startswith("/"):
            await event.answer(say("private-only"), protect_content=False)
        return None


class Refusals(BaseMiddleware):
    """A Refusal raised anywhere below is shown to the person."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            if isinstance(event, Message | CallbackQuery):
                await refuse(event, refusal, data["say"])
            return None


class CommandEndsTalk(BaseMiddleware):
    """Who sends a command in the middle of a typed conversation has left it."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Message) and event.text and event.text.startswith("/") and data.get("raw_state"):
            state: FSMContext = data["state"]
            await state.clear()
            data["raw_state"] = None
        return await handler(event, data)


async def say_sorry(update: Update, settings: Settings) -> None:
    """Our own fault: a plain word to whoever waits, and nothing of what went wrong."""
    say = voice(settings.locale, settings.zone)
    if update.callback_query is not None:
        await toast(update.callback_query, say.plain("went-wrong"), alert=True)
    elif update.message is not None:
        await update.message.answer(say("went-wrong"))
