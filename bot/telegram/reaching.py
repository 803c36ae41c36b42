"""What Telegram answers a bot that starts, as one clear line."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.utils.token import TokenValidationError

from bot.settings import Settings
from bot.standing import Away, Refused
from bot.telegram.session import ANSWER, Session

log = structlog.get_logger()
T = TypeVar("T")

START_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds
LONGEST_WAIT = 30  # seconds that Telegram may ask for at a start; for a longer one the machine starts us again
AWAY = (ClientDecodeError, TelegramNetworkError, TelegramServerError)  # no answer of Telegram's own: it may come later

NO_TOKEN = "BOT_TOKEN does not look like a token: @BotFather gives one like 123456:ABC…"  # noqa: S105 - a sentence


async def username_of(settings: Settings) -> str:
    """The username of the bot of this token, asked of Telegram without the rest of the bot; Refused when it cannot be known."""
    session = Session(api=TelegramAPIServer.from_base(settings.telegram_api, is_local=False), timeout=ANSWER)
    try:
        async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
            with refusing(settings):
                return (await bot.get_me()).username or ""
    except TokenValidationError:
        raise Refused(NO_TOKEN) from None


@contextlib.contextmanager
def refusing(settings: Settings) -> Iterator[None]:
    """Telegram's answers at the start, as one clear line."""
    try:
        yield
    except (TelegramUnauthorizedError, TelegramNotFound):
        raise Refused("Telegram does not accept the token: see BOT_TOKEN") from None
    except TelegramRetryAfter as later:
        raise Away(f"Telegram asks to wait {later.retry_after} s", wait=later.retry_after) from None
    except AWAY:
        raise Away(f"Telegram cannot be reached at TELEGRAM_API={settings.telegram_api}") from None
    except TelegramAPIError as refused:
        raise Refused(f"Telegram refused the start: {refused.message}") from None


async def patiently(settings: Settings, ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again while Telegram is only away: a server that has just booted may get its network later than its bot.

    A wait that Telegram asks for is waited, and a moment more: of processes that start together it hears one a second.
    """
    pauses = iter(START_PAUSES)
    while True:
        try:
            with refusing(settings):
                return await ask()
        except Away as away:
            asked = 0 < away.wait <= LONGEST_WAIT
            pause = away.wait + random.random() if asked else next(pauses, None)  # noqa: S311 - so that they meet no more
            if pause is None:
                raise
            log.warning("Telegram is away; trying again", why=str(away), pause=round(pause, 1))
            await asyncio.sleep(pause)
