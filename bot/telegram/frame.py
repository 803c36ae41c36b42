"""The frame around every handler: private chats only, a refusal becomes an answer, a command ends a talk."""

from __future__ import annotations

from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType, ContentType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update

from bot.refusals import Refusal
from bot.settings import Settings
from bot.telegram.doorman import Handler
from bot.voice import Say, voice
from handlers.ui import refuse, toast

# What somebody sends; the rest are a chat's own notes (pinned, background, topic, timer …): nobody waits for an answer to them.
SENT = frozenset(
    (
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    )
)
ALBUMS = 1_000  # remembered: an album's parts come one right after the other


class FromPeople(BaseMiddleware):
    """A chat's own notes are passed over in silence; a file is a file, whatever stands below it."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Message):
            if event.content_type not in SENT:
                return None
            if event.caption is not None and event.caption.startswith("/"):  # aiogram would read a command
                event = event.model_copy(update={"caption": event.caption.lstrip("/"), "caption_entities": None})
        return await handler(event, data)


class OneAnswer(BaseMiddleware):
    """An album comes as so many messages and gets one answer: to the first of them."""

    def __init__(self) -> None:
        self._first: dict[tuple[int, str], int] = {}

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Message) and event.media_group_id is not None:
            album = event.chat.id, event.media_group_id
            first = self._first.setdefault(album, event.message_id)
            if len(self._first) > ALBUMS:
                del self._first[next(iter(self._first))]
            if first != event.message_id:
                return None
        return await handler(event, data)


class PrivateOnly(BaseMiddleware):
    """A group gets one constant sentence, whatever it says."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        if not isinstance(chat, Chat) or chat.type == ChatType.PRIVATE:  # aiogram keeps any field: a query's `chat` is none
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
