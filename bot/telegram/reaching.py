"""What Telegram answers a bot that starts, as one clear line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

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
    except (*AWAY, TelegramRetryAfter):
        raise Away(f"Telegram cannot be reached at TELEGRAM_API={settings.telegram_api}") from None
    except TelegramAPIError as refused:
        raise Refused(f"Telegram refused the start: {refused.message}") from None
