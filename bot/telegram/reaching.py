"""What Telegram answers a bot that starts, as one clear line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.settings import Settings
from bot.standing import Away, Refused

AWAY = (ClientDecodeError, TelegramNetworkError, TelegramServerError)  # no answer of Telegram's own: it may come later


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
