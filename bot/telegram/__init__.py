"""Everything that touches aiogram's objects outside handlers."""

from bot.telegram import models  # noqa: F401 - before anybody here imports aiogram
