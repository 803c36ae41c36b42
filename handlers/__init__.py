"""What the bot hears: one file per subject, each reads, calls one service and shows a page."""

import bot.telegram  # noqa: F401 - before a handler imports aiogram
