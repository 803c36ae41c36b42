"""Which news of the journal somebody wants to be written of: a line each, switched by a press."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.notices import NEWS
from bot.services.people.people import choose_news
from bot.targets import NewsHome, SettingsHome
from bot.visit import Button, Visit
from handlers.door import may, opens


class Switch(CallbackData, prefix="settings.news.switch"):
    """One kind of news, to be on or off."""

    kind: str
    on: bool


async def shown(visit: Visit) -> None:
    own = visit.person.is_pupil
    await visit.show(visit.say("settings-news-own") if own else visit.say("settings-news"), _rows(visit))


def _rows(visit: Visit) -> list[list[Button]]:
    def line(kind: str) -> Button:
        words = visit.say.plain("news-of", kind=kind)
        if kind in visit.person.muted:
            return visit.button("button-news-off", Switch(kind=kind, on=True), news=words)
        return visit.button("button-news-on", Switch(kind=kind, on=False), news=words)

    return [*([line(kind)] for kind in NEWS), visit.ways_back(SettingsHome())]


async def switched(visit: Visit, at: Switch) -> None:
    muted = await choose_news(visit.db, at.kind, on=at.on, by=visit.person)
    visit.become(replace(visit.person, muted=muted))
    await shown(visit)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="news")
    router.callback_query.register(shown, opens(NewsHome), flags=may("settings.change"))
    router.callback_query.register(switched, Switch.filter(), flags=may("settings.change"))
    return router
