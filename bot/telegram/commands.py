"""What Telegram shows of the bot beside its pages: the command menu of each role, the bot's own words."""

from __future__ import annotations

import hashlib
from functools import cache
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.policy import Person, may
from bot.voice import LANGUAGES, LOCALES, Say, voice

log = structlog.get_logger()


@cache
def words_told(bot_id: int) -> str:
    """Which bot told Telegram which words: another value when either has changed."""
    words = "".join(path.read_text("utf-8") for path in sorted(LOCALES.rglob("*.ftl")))
    return hashlib.sha256(f"{bot_id} {words}".encode()).hexdigest()


async def introduce(bot: Bot) -> None:
    """The command menu of strangers and the bot's own words, in every language. Called once at the start."""
    stranger = Person(None, 0)
    for language in LANGUAGES:
        say = voice(language, ZoneInfo("UTC"))
        code = None if language == "ru" else language  # Russian is for everybody whose language we do not speak
        await bot.set_my_commands(_commands(stranger, say), language_code=code)
        await bot.set_my_description(say.plain("bot-description"), language_code=code)
        await bot.set_my_short_description(say.plain("bot-short-description"), language_code=code)


async def set_commands(bot: Bot, person: Person, say: Say) -> None:
    """Telegram's command menu shows each role only its own. A nicety: where it fails, the menu of the page remains."""
    scope = BotCommandScopeChat(chat_id=person.telegram_id)
    try:
        if person.id is None:
            await bot.delete_my_commands(scope=scope)
        else:
            await bot.set_my_commands(_commands(person, say), scope=scope)
    except TelegramAPIError as refused:
        log.warning("the command menu could not be set", why=type(refused).__name__)


def _commands(person: Person, say: Say) -> list[BotCommand]:
    known, staff = person.id is not None, bool(person.posts)
    offered = [
        ("start", say.plain("command-start"), True),
        ("inbox", say.plain("command-inbox"), staff),
        ("courses", say.plain("command-courses"), True),
        ("applications", say.plain("command-applications"), may(person, "enrollment.see")),
        ("timetable", say.plain("command-timetable"), may(person, "timetable.see") or may(person, "timetable.look")),
        ("journal", say.plain("command-journal"), may(person, "journal.open")),
        ("tasks", say.plain("command-tasks"), may(person, "roadmap.see")),
        ("settings", say.plain("command-settings"), known),
        ("mydata", say.plain("command-mydata"), known),
        ("help", say.plain("command-help"), True),
    ]
    return [BotCommand(command=command, description=words) for command, words, shown in offered if shown]
