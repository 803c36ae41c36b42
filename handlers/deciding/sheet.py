"""The applications as a sheet, for deciding on a big screen; it comes back as any file does (handlers/journal/decisions.py)."""

from __future__ import annotations

from aiogram import Router

from bot.services.deciding.sheet import sheet_out
from bot.targets import Inbox
from bot.visit import Visit
from handlers.deciding.places import SheetOut
from handlers.door import may


async def given(visit: Visit) -> None:
    content = await sheet_out(visit.db, by=visit.person, today=visit.today, say=visit.say)
    name = visit.say.plain("sheet-file", day=visit.today.isoformat())
    await visit.give(name, content, visit.say("sheet-caption"), [visit.ways_back(Inbox())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="sheet")
    router.callback_query.register(given, SheetOut.filter(), flags=may("enrollment.decide"))
    return router
