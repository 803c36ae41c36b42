"""The requests in a list: of the years that run, and of one that is over."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Router

from bot.paging import page_of
from bot.services.courses.clashes import brief
from bot.targets import PastRequests, PastYear, RequestPage
from bot.visit import Button, Visit
from bot.words.years import dated
from handlers.door import may, opens
from storage.network.years import usual
from storage.requests import requests
from storage.requests.requests import Sent

PAGE = 8  # requests a page


async def of_past(visit: Visit, at: PastRequests) -> None:
    """The requests of a year that is over, as they stand."""
    async with visit.db.read() as tx:
        schools, partners = visit.person.organizations_as("coordinator"), visit.person.organizations_as("partner")
        sent = await requests.sent(tx, (at.year, at.year), schools=schools, partners=partners)
    here = page_of(sent, at.page, PAGE)
    pager = visit.pager(here.number, here.of, lambda to: PastRequests(at.year, page=to))
    text = visit.say("requests-past", year=usual(at.year).name, total=len(sent))
    await visit.show(text, [*buttons(visit, here.some, at.year), pager, visit.ways_back(PastYear(at.year))])


def buttons(visit: Visit, some: Sequence[Sent], this: int) -> list[list[Button]]:
    """A button a request, with the year where it is another than this one."""
    rows = []
    for one in some:
        facts = {"number": str(one.number), "partner": brief(one.organization, 100)}
        label = visit.say.plain("button-request", **facts, day=one.made_at, children=one.children, waiting=one.waiting)
        rows.append([Button(dated(label, one.year, this), RequestPage(request=one.id, page=0))])
    return rows


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="past-requests")
    router.callback_query.register(of_past, opens(PastRequests), flags=may("enrollment.answer"))
    return router
