"""The frame around every handler: private chats only, a refusal becomes an answer, a page that is left ends its talk."""

from __future__ import annotations

from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.enums import ChatType, ContentType
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update
from sqlalchemy.exc import DBAPIError

from bot.metrics import HANDLER
from bot.policy import DOORS, Person, may
from bot.refusals import Refusal
from bot.services.people.people import language_of
from bot.settings import Settings
from bot.telegram.doorman import Handler
from bot.telegram.pressed import meant
from bot.telegram.visit import TelegramVisit, say_over
from bot.voice import voice
from storage import inbox
from storage.away import DatabaseAway
from storage.db import Database

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
NUMBERS = 2**31  # what a button's numbers stay below
YEARS = frozenset({0, *range(2000, 2100)})  # … and an academic year; 0: the one that runs


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
    """An album comes as so many messages and gets one answer: to the first of them, of which the inbox knows after a restart."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if isinstance(event, Message) and event.media_group_id is not None:
            async with self.db.read() as tx:
                first = await inbox.first_of_album(tx, event.chat.id, event.media_group_id)
            if first not in (None, data["event_update"].update_id):
                return None
        return await handler(event, data)


class PrivateOnly(BaseMiddleware):
    """A group gets one constant sentence, whatever it says."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        if not isinstance(chat, Chat) or chat.type == ChatType.PRIVATE:  # aiogram keeps any field: a query's `chat` is none
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
    """Any press or command ends a typed talk, except where the page it opens keeps talks like it (`may(…, keeps_talk=…)`)."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        left = isinstance(event, CallbackQuery) or (isinstance(event, Message) and (event.text or "").startswith("/"))
        visit: TelegramVisit = data["visit"]
        kept = get_flag(data, "keeps_talk")
        if left and (kept is None or visit.talk.state not in kept.__all_states_names__):
            await visit.talk.end()
        return await handler(event, data)


class Door(BaseMiddleware):
    """In front of every handler: its `may` flag names an action of the policy; without one it opens to nobody.

    Behind the door a handler gets the visit in place of aiogram's event, and what was pressed as `at`.
    """

    async def __call__(self, handler: Handler, _event: TelegramObject, data: dict[str, Any]) -> Any:
        action = get_flag(data, "may")
        visit: TelegramVisit = data["visit"]
        if action is None or not may(visit.person, action):
            raise Refusal(_why(visit.person, action))
        pressed = data.get("callback_data")
        within_bounds(pressed)
        with HANDLER.labels(action).time():
            return await handler(visit, {"at": meant(pressed), "command": data.get("command")})


def within_bounds(pressed: CallbackData | None) -> None:
    """A number in a button's data lies within 0 … 2³¹ unless its field declares a range of its own, a year is one that has days;
    a forged one is refused.

    What a field declares (`Field(ge=…, le=…)`) pydantic has checked when the data was read.
    """
    if pressed is None:
        return
    for name, field in type(pressed).model_fields.items():
        value = getattr(pressed, name)
        if isinstance(value, int) and not field.metadata and not 0 <= value < NUMBERS:
            raise Refusal("gone")
        if name == "year" and value not in YEARS:
            raise Refusal("gone")


def _why(person: Person, action: str | None) -> str:
    """The sentence at a closed door: a guardian who has not yet agreed is told that this is what is missing."""
    if person.id is None:
        return "stranger"
    waits = person.wards - person.children and action is not None and "guardian" in DOORS.get(action, ())
    return "consent-first" if waits else "not-yours"


async def say_sorry(update: Update, why: str, *, db: Database, settings: Settings) -> None:
    """Our own fault: a plain word to whoever waits, in their language, and nothing of what went wrong.

    `why`: a key of storage.inbox.ASIDE.
    """
    event = update.callback_query or update.message
    if event is None or event.from_user is None:
        return
    say = voice(await _language(db, event.from_user.id, settings), settings.zone)
    key = "took-too-long" if why == "too-long" else "went-wrong"
    if update.callback_query is not None:
        await say_over(update.callback_query, say.plain(key), alert=True)
    elif update.message is not None:
        await update.message.answer(say(key))


async def _language(db: Database, telegram_id: int, settings: Settings) -> str:
    """The network's language when the database is what is at fault: the word must come all the same."""
    try:
        return await language_of(db, telegram_id, settings)
    except (DBAPIError, DatabaseAway):
        return settings.locale
