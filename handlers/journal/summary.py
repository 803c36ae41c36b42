"""A child's week in the journal: the picture, and the same facts as text below it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from aiogram import Router

from bot.clock import day_numbered
from bot.documents.summary import summary_png
from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.journal.weekly import weeks_of
from bot.targets import JournalOf, SummaryOf
from bot.visit import Visit
from handlers.door import may, opens


async def shown(visit: Visit, at: SummaryOf) -> None:
    """The week of that day; none is this one."""
    require(visit.person, "journal.see", Thing(pupil_id=at.pupil))
    day = day_numbered(at.monday) if at.monday else visit.today
    if day is None:
        raise Refusal("gone")
    monday = day - timedelta(days=day.weekday())
    async with visit.db.read() as tx:
        told = (await weeks_of(tx, [at.pupil], monday, today=visit.today, zone=visit.zone)).get(at.pupil)
    back = visit.ways_back(JournalOf(pupil=at.pupil))
    if told is None:
        text = visit.say("week-told-empty", monday=monday, sunday=monday + timedelta(days=6))
        await visit.show(text, [back], anew=visit.at_letter)
        return
    other = SummaryOf(pupil=at.pupil, monday=monday.toordinal(), dark=1 - bool(at.dark))
    light = visit.button("button-picture-light", other) if at.dark else visit.button("button-picture-dark", other)
    png = await asyncio.to_thread(summary_png, told.drawn(visit.say, dark=bool(at.dark)))
    text = told.own_text(visit.say, "full") if at.pupil in visit.person.own else told.text(visit.say, "full")
    await visit.show_below_picture(f"journal-{monday}.png", png, text, [[light], back])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="summary")
    router.callback_query.register(shown, opens(SummaryOf), flags=may("journal.see"))
    return router
