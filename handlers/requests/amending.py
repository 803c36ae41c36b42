"""The next version of a request: looked at first, sent after a yes."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import Thing, require
from bot.refusals import ChangedSince, Refusal
from bot.services.papers.kept import keep_requests
from bot.services.requests.forming import form_request, pending
from bot.services.requests.heard import heard_of
from bot.services.requests.requests import seen
from bot.targets import RequestPage
from bot.visit import Visit
from bot.voice import lines
from bot.words.requests import amend_in_words
from handlers.door import may
from handlers.requests.places import Amend
from handlers.requests.requests import show
from storage.courses import courses
from storage.requests import requests


class AmendSure(CallbackData, prefix="request.amend.go"):
    request: int
    seen: str  # the digest of what the page named


async def asked(visit: Visit, at: Amend) -> None:
    await _asked(visit, at.request, "")


async def _asked(visit: Visit, request: int, first: str) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, request, visit.person)
        require(visit.person, "enrollment.request", Thing(school_id=whole.school_id))
        said = await pending(tx, whole.school_id, whole.organization_id, whole.year)
        silent = await requests.unconsented(tx, [whole.school_id], whole.organization_id)
        offers = await courses.offers(tx, {one.course_id for one in said.named}, current=False)
    if not said.named and not said.gone:
        raise Refusal("request-nothing")
    rows = [
        [visit.button("button-confirm", AmendSure(request=request, seen=said.digest))],
        visit.ways_back(RequestPage(request=request, page=0)),
    ]
    await visit.show(lines([first, amend_in_words(whole, said, offers, silent, visit.say)]), rows)


async def sent(visit: Visit, at: AmendSure) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, at.request, visit.person)
    facts: dict[str, Any] = {"by": visit.person, "now": visit.now, "year": whole.year, "zone": visit.zone}
    try:
        request = await form_request(visit.db, whole.school_id, whole.organization_id, **facts, seen=at.seen)
    except ChangedSince as since:
        await _asked(visit, whole.id, visit.say(since.key))
        return
    await keep_requests(visit.db, by=visit.person, say=visit.say, settings=visit.settings, now=visit.now)
    partner, told_of = await heard_of(visit.db, request)
    done = await visit.promise(told_of, lambda told: visit.say("request-amended", partner=partner, told=told))
    await show(visit, request, 0, done)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="amending")
    router.callback_query.register(asked, Amend.filter(), flags=may("enrollment.request"))
    router.callback_query.register(sent, AmendSure.filter(), flags=may("enrollment.request"))
    return router
