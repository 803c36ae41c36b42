"""A partner declines, one child or everybody who waits: the reason typed, shown, then sent."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import ChangedSince, Refusal
from bot.services.courses.clashes import brief
from bot.services.requests.everybody import decline_all
from bot.services.requests.requests import seen, turn_down
from bot.targets import RequestLine, RequestPage
from bot.visit import Visit
from handlers.door import TYPED, may
from handlers.reasons import show_reason, shown_reason
from handlers.requests.answers import answered, answered_before, line_of
from handlers.requests.places import Refuse, RefuseAll
from handlers.requests.requests import show


class RefuseSure(CallbackData, prefix="request.sure"):
    """With the reason typed, as the page showed it."""

    request: int
    choice: int
    why: str  # the stamp of the reason


class RefuseAllSure(CallbackData, prefix="request.sure.all"):
    """The same for everybody who waits."""

    request: int
    version: int
    why: str


class ReasonForAll(StatesGroup):
    """The same for everybody who waits."""

    typing = State()


class AnswerReason(StatesGroup):
    """The partner (or the coordinator for it) types why a child is declined."""

    typing = State()


async def refusing_all(visit: Visit, at: RefuseAll) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, at.request, visit.person)
    if not whole.waiting:
        raise Refusal("request-answered")
    await visit.talk.begin(ReasonForAll.typing, **at.model_dump())
    text = visit.say("request-why-all", count=len(whole.waiting))
    await visit.show(text, [[visit.back(RequestPage(request=at.request, page=0))]])


async def all_reasoned(visit: Visit) -> None:
    data: dict[str, Any] = await visit.talk.data()
    of = {"request": int(data["request"]), "version": int(data["version"])}
    async with visit.db.read() as tx:
        waiting = len((await seen(tx, of["request"], visit.person)).waiting)
    head = visit.say("request-sure-all", count=waiting)
    back = RequestPage(request=of["request"], page=0)
    await show_reason(visit, head, lambda why: RefuseAllSure(**of, why=why), back=back)


async def all_refused(visit: Visit, at: RefuseAllSure) -> None:
    why = await shown_reason(visit, at.why)
    try:
        declined = await decline_all(visit.db, at.request, why, by=visit.person, now=visit.now, version=at.version)
    except ChangedSince as since:
        await show(visit, at.request, 0, visit.say(since.key))
        return
    count = len(declined)
    said = await visit.promise(declined, lambda told: visit.say("request-done-all-declined", count=count, told=told))
    await show(visit, at.request, 0, said)


async def refusing(visit: Visit, at: Refuse) -> None:
    async with visit.db.read() as tx:
        line = line_of(await seen(tx, at.request, visit.person), at.choice)
    if await answered_before(visit, at.request, at.choice):
        return
    await visit.talk.begin(AnswerReason.typing, **at.model_dump())
    facts = {"child": brief(line.child), "course": brief(line.course)}
    await visit.show(visit.say("request-why", **facts), [[visit.back(RequestLine(**at.model_dump()))]])


async def reasoned(visit: Visit) -> None:
    data: dict[str, Any] = await visit.talk.data()
    of = {"request": int(data["request"]), "choice": int(data["choice"])}
    async with visit.db.read() as tx:
        line = line_of(await seen(tx, of["request"], visit.person), of["choice"])
    head = visit.say("request-sure", child=brief(line.child), course=brief(line.course))
    await show_reason(visit, head, lambda why: RefuseSure(**of, why=why), back=RequestLine(**of))


async def refused(visit: Visit, at: RefuseSure) -> None:
    if await answered_before(visit, at.request, at.choice):
        return
    why = await shown_reason(visit, at.why)
    await turn_down(visit.db, at.choice, why, by=visit.person, now=visit.now)
    await answered(visit, at.request, at.choice, lambda told: visit.say("request-done-declined", told=told))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="refusing")
    router.callback_query.register(refusing, Refuse.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(refusing_all, RefuseAll.filter(), flags=may("enrollment.answer"))
    router.message.register(all_reasoned, ReasonForAll.typing, TYPED, flags=may("enrollment.answer"))
    router.callback_query.register(refused, RefuseSure.filter(), flags=may("enrollment.answer", keeps_talk=AnswerReason))
    router.callback_query.register(all_refused, RefuseAllSure.filter(), flags=may("enrollment.answer", keeps_talk=ReasonForAll))
    router.message.register(reasoned, AnswerReason.typing, TYPED, flags=may("enrollment.answer"))
    return router
