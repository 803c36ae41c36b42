"""The tests: stories of a named cast on a real database file and a real HTTP Bot API."""

import bot.telegram  # noqa: F401 - before a test imports aiogram
