"""Whoever holds a document of learning asks whether it is genuine: its QR opens the bot."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart

from bot.services.certificates.verifying import LINK, verify
from bot.visit import Visit
from bot.words.certificates import verified_page
from handlers.door import may

_LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/\w+\?start=" + LINK + r"([A-Za-z0-9_-]{1,59})")


async def followed(visit: Visit, command: CommandObject) -> None:
    """/start cert_…: a stranger asks too."""
    await _answer(visit, (command.args or "").removeprefix(LINK))


async def typed(visit: Visit) -> None:
    """The same link, copied and sent as a text."""
    found = _LINK.search(visit.text)
    await _answer(visit, found[1] if found else "")


async def _answer(visit: Visit, code: str) -> None:
    one = await verify(visit.db, code, telegram_id=visit.person.telegram_id, now=visit.now)
    await visit.show(verified_page(one, visit.say), [[visit.menu]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="verifying")
    router.message.register(followed, CommandStart(magic=F.args.startswith(LINK)), flags=may("certificate.verify"))
    router.message.register(typed, F.text.regexp(_LINK, mode="search"), flags=may("certificate.verify"))
    return router
