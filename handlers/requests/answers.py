"""The answers to a request, the partner's or the coordinator's for it: a seat or the reserve, for one child or for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import ChangedSince, Refusal
from bot.services.requests.everybody import reserve_all, seats_in
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, seen
from bot.targets import RequestLine, RequestPage, WriteAbout
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.requests import line_in_words, repeated_in_words
from handlers.door import may, opens
from handlers.requests.places import Refuse
from handlers.requests.requests import EnrollAll, ReserveAll, show
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.enrollment.history import last_step
from storage.requests.requests import Line, Whole


class Enroll(CallbackData, prefix="request.enroll"):
    """group 0: the one that suits best."""

    request: int
    choice: int
    group: int


class Reserve(CallbackData, prefix="request.reserve"):
    request: int
    choice: int


async def line_shown(visit: Visit, at: RequestLine) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, at.request, visit.person)
        line = line_of(whole, at.choice)
        offers = await courses.offers(tx, [line.course_id], current=False)
    groups = offers[0].groups if offers else ()
    waits = line.state == "requested"
    seats = {group: seats_in(group, line) for group in groups}
    answers = _answers(visit, at, seats) if waits else []
    full = visit.say("request-child-full") if waits and groups and not any(seats.values()) else ""
    write = [visit.button("button-write", WriteAbout("wish", at.choice))]
    rows = [*answers, write, visit.ways_back(RequestPage(request=at.request, page=0))]
    await visit.show(lines([line_in_words(line, groups, visit.say, visit.today), full]), rows)


def _answers(visit: Visit, at: RequestLine, seats: Mapping[GroupOffer, int]) -> list[list[Button]]:
    """Nobody is offered to be enrolled where there is no seat."""
    request, choice = at.request, at.choice
    open_ones = [group for group, left in seats.items() if left]
    into = [
        (group.id, visit.say.plain("button-enroll-in", group=group.code, left=max(group.left, 1)))  # one: its own
        for group in open_ones
    ]
    if open_ones and len(seats) < 2:
        into = [(0, visit.say.plain("button-enroll"))]
    rest = [
        visit.button("button-reserve", Reserve(request=request, choice=choice)),
        visit.button("button-decline", Refuse(request=request, choice=choice)),
    ]
    return [*([Button(label, Enroll(request=request, choice=choice, group=group))] for group, label in into), rest]


def line_of(whole: Whole, choice: int) -> Line:
    """One child of a request. Refusals: gone, child-nameless."""
    line = next((line for line in whole.lines if line.choice_id == choice), None)
    if line is None:
        raise Refusal("gone")
    if not line.child:
        raise Refusal("child-nameless")
    return line


async def answered(visit: Visit, request: int, choice: int, said: Callable[[int], str]) -> None:
    """The request again, under what was done about one child and whether its family reads it."""
    async with visit.db.read() as tx:
        whole = await seen(tx, request, visit.person)
    pupils = {line.pupil_id for line in whole.lines if line.choice_id == choice}
    await show(visit, request, 0, await visit.promise(pupils, said))


async def answered_before(visit: Visit, request: int, choice: int) -> bool:
    """Whether the child has its answer already: the request is shown under who gave it and when, and nothing is done.

    An update handled again after a death finds its own doing, and says so as if it were the first time.
    """
    async with visit.db.read() as tx:
        line = line_of(await seen(tx, request, visit.person), choice)
        step = await last_step(tx, choice)
    if visit.again or step is None or line.state == "requested":
        return False
    await show(visit, request, 0, repeated_in_words(line, step, visit.say))
    return True


async def enrolled(visit: Visit, at: Enroll) -> None:
    if await answered_before(visit, at.request, at.choice):
        return
    await enroll(visit.db, at.choice, at.group or None, by=visit.person, now=visit.now, today=visit.today)
    await answered(visit, at.request, at.choice, lambda told: visit.say("request-done-enrolled", told=told))


async def reserved(visit: Visit, at: Reserve) -> None:
    if await answered_before(visit, at.request, at.choice):
        return
    number = await put_in_reserve(visit.db, at.choice, by=visit.person, now=visit.now, today=visit.today)
    await answered(visit, at.request, at.choice, lambda told: visit.say("request-done-reserve", number=number, told=told))


async def all_enrolled(visit: Visit, at: EnrollAll) -> None:
    try:
        done = await enroll_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show(visit, at.request, 0, visit.say(since.key))
        return
    count = len(done.enrolled)
    said = await visit.promise(done.enrolled, lambda told: visit.say("request-done-all", count=count, told=told))
    left = [visit.say("request-done-left", count=done.left)] if done.left else []
    await show(visit, at.request, 0, "\n".join([said, *left]))


async def all_reserved(visit: Visit, at: ReserveAll) -> None:
    try:
        waiting = await reserve_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show(visit, at.request, 0, visit.say(since.key))
        return
    count = len(waiting)
    said = await visit.promise(waiting, lambda told: visit.say("request-done-all-reserve", count=count, told=told))
    await show(visit, at.request, 0, said)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="answers")
    router.callback_query.register(line_shown, opens(RequestLine), flags=may("enrollment.answer"))
    router.callback_query.register(enrolled, Enroll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(reserved, Reserve.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_enrolled, EnrollAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_reserved, ReserveAll.filter(), flags=may("enrollment.answer"))
    return router
