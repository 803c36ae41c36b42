"""The answers to a request, the partner's or the coordinator's for it: a seat, the reserve, a decline; for one child or for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import ChangedSince, Refusal
from bot.services.courses.clashes import brief
from bot.services.requests.everybody import decline_all, reserve_all
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, seen, turn_down
from bot.targets import RequestLine, RequestPage
from bot.visit import Button, Visit
from bot.words.requests import line_in_words
from handlers.door import TYPED, may, opens
from handlers.requests.requests import EnrollAll, RefuseAll, ReserveAll, show_request
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.requests.requests import Line, Whole


class Enroll(CallbackData, prefix="request.enroll"):
    """group 0: the one that suits best."""

    request: int
    choice: int
    group: int


class Reserve(CallbackData, prefix="request.reserve"):
    request: int
    choice: int


class Refuse(CallbackData, prefix="request.refuse"):
    """Asks for the reason."""

    request: int
    choice: int


class ReasonForAll(StatesGroup):
    """The same for everybody who waits."""

    typing = State()


class AnswerReason(StatesGroup):
    """The partner (or the coordinator for it) types why a child is declined."""

    typing = State()


async def line_shown(visit: Visit, at: RequestLine) -> None:
    async with visit.db.read() as tx:
        line = _line_of(await seen(tx, at.request, visit.person), at.choice)
        offers = await courses.offers(tx, [line.course_id], current=False)
    groups = offers[0].groups if offers else ()
    answers = _answers(visit, at, groups) if line.state == "requested" else []
    rows = [*answers, visit.ways_back(RequestPage(request=at.request, page=0))]
    await visit.show(line_in_words(line, groups, visit.say, visit.today), rows)


def _answers(visit: Visit, at: RequestLine, groups: Sequence[GroupOffer]) -> list[list[Button]]:
    request, choice = at.request, at.choice
    into = [(group.id, visit.say.plain("button-enroll-in", group=group.code, left=group.left)) for group in groups]
    if len(groups) < 2:
        into = [(0, visit.say.plain("button-enroll"))]
    rest = [
        visit.button("button-reserve", Reserve(request=request, choice=choice)),
        visit.button("button-decline", Refuse(request=request, choice=choice)),
    ]
    return [*([Button(label, Enroll(request=request, choice=choice, group=group))] for group, label in into), rest]


def _line_of(whole: Whole, choice: int) -> Line:
    line = next((line for line in whole.lines if line.choice_id == choice), None)
    if line is None:
        raise Refusal("gone")
    if not line.child:
        raise Refusal("child-nameless")
    return line


async def _answered(visit: Visit, request: int, choice: int, said: Callable[[int], str]) -> None:
    """The request again, under what was done about one child and whether its family reads it."""
    async with visit.db.read() as tx:
        whole = await seen(tx, request, visit.person)
    pupils = {line.pupil_id for line in whole.lines if line.choice_id == choice}
    await show_request(visit, request, 0, await visit.promise(pupils, said))


async def enrolled(visit: Visit, at: Enroll) -> None:
    await enroll(visit.db, at.choice, at.group or None, by=visit.person, now=visit.now, today=visit.today)
    await _answered(visit, at.request, at.choice, lambda told: visit.say("request-done-enrolled", told=told))


async def reserved(visit: Visit, at: Reserve) -> None:
    number = await put_in_reserve(visit.db, at.choice, by=visit.person, now=visit.now, today=visit.today)
    await _answered(visit, at.request, at.choice, lambda told: visit.say("request-done-reserve", number=number, told=told))


async def all_enrolled(visit: Visit, at: EnrollAll) -> None:
    try:
        done = await enroll_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show_request(visit, at.request, 0, visit.say(since.key))
        return
    count = len(done.enrolled)
    said = await visit.promise(done.enrolled, lambda told: visit.say("request-done-all", count=count, told=told))
    left = [visit.say("request-done-left", count=done.left)] if done.left else []
    await show_request(visit, at.request, 0, "\n".join([said, *left]))


async def all_reserved(visit: Visit, at: ReserveAll) -> None:
    try:
        waiting = await reserve_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show_request(visit, at.request, 0, visit.say(since.key))
        return
    count = len(waiting)
    said = await visit.promise(waiting, lambda told: visit.say("request-done-all-reserve", count=count, told=told))
    await show_request(visit, at.request, 0, said)


async def refusing_all(visit: Visit, at: RefuseAll) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, at.request, visit.person)
    if not whole.waiting:
        raise Refusal("request-answered")
    await visit.talk.begin(ReasonForAll.typing, **at.model_dump())
    text = visit.say("request-why-all", count=len(whole.waiting))
    await visit.show(text, [[visit.back(RequestPage(request=at.request, page=0))]])


async def all_refused(visit: Visit) -> None:
    data: dict[str, Any] = await visit.talk.data()
    request, version = int(data["request"]), int(data["version"])
    try:
        declined = await decline_all(visit.db, request, visit.text, by=visit.person, now=visit.now, version=version)
    except ChangedSince as since:
        await visit.talk.end()
        await show_request(visit, request, 0, visit.say(since.key))
        return
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await visit.talk.end()
        raise
    await visit.talk.end()
    count = len(declined)
    said = await visit.promise(declined, lambda told: visit.say("request-done-all-declined", count=count, told=told))
    await show_request(visit, request, 0, said)


async def refusing(visit: Visit, at: Refuse) -> None:
    async with visit.db.read() as tx:
        line = _line_of(await seen(tx, at.request, visit.person), at.choice)
    if line.state != "requested":
        raise Refusal("choice-no-step", state=line.state)
    await visit.talk.begin(AnswerReason.typing, **at.model_dump())
    facts = {"child": brief(line.child), "course": brief(line.course)}
    await visit.show(visit.say("request-why", **facts), [[visit.back(RequestLine(**at.model_dump()))]])


async def refused(visit: Visit) -> None:
    data: dict[str, Any] = await visit.talk.data()
    try:
        await turn_down(visit.db, int(data["choice"]), visit.text, by=visit.person, now=visit.now)
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await visit.talk.end()
        raise
    await visit.talk.end()
    request, choice = int(data["request"]), int(data["choice"])
    await _answered(visit, request, choice, lambda told: visit.say("request-done-declined", told=told))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="answers")
    router.callback_query.register(line_shown, opens(RequestLine), flags=may("enrollment.answer"))
    router.callback_query.register(enrolled, Enroll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(reserved, Reserve.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(refusing, Refuse.filter(), flags=may("enrollment.answer"))
    router.message.register(refused, AnswerReason.typing, TYPED, flags=may("enrollment.answer"))
    router.callback_query.register(all_enrolled, EnrollAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_reserved, ReserveAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(refusing_all, RefuseAll.filter(), flags=may("enrollment.answer"))
    router.message.register(all_refused, ReasonForAll.typing, TYPED, flags=may("enrollment.answer"))
    return router
