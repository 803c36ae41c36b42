"""Agreeing of courses: the school sends, the partner's administrator answers."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.policy import Thing, can
from bot.services.courses.clashes import brief
from bot.services.network.years import running_now
from bot.services.programme.agreeing import answer, one_sent, send, standings
from bot.targets import AgreeingHome, AgreeingPage, Papers
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.agreeing import sent_page
from bot.words.years import dated
from handlers.door import TYPED, may, opens
from handlers.reasons import show_reason, shown_reason


class Send(CallbackData, prefix="agree.send"):
    course: int
    school: int


class Agree(CallbackData, prefix="agree.yes"):
    agreeing: int


class Remark(CallbackData, prefix="agree.ask"):
    agreeing: int


class RemarkSure(CallbackData, prefix="agree.sure"):
    agreeing: int
    why: str


class Remarks(StatesGroup):
    """Whoever answers for the partner types what is to be changed."""

    typing = State()


async def opened(visit: Visit, at: AgreeingHome) -> None:
    async with visit.db.read() as tx:
        here = await standings(tx, visit.person, visit.today, at.page)
        this = (await running_now(tx, visit.today)).year
    rows = []
    for one in here.some:
        label = visit.say.plain("button-agreeing", state=one.state, course=brief(one.taught.course, 60))
        sends = one.state in ("new", "changed") and can(visit.person, "agreeing.send", Thing(school_id=one.school_id))
        if sends:
            to: Send | AgreeingPage = Send(course=one.taught.course_id, school=one.school_id)
        elif one.last is not None:
            to = AgreeingPage(one.last.id)
        else:
            continue
        rows.append([Button(dated(label, one.taught.year, this), to)])
    back = [visit.menu] if visit.person.organizations_as("partner") else visit.ways_back(Papers())
    rows += [visit.pager(here.number, here.of, lambda to: AgreeingHome(page=to)), back]
    await visit.show(visit.say("agreeing-title") if here.some else visit.say("agreeing-none"), rows)


async def sent(visit: Visit, at: Send) -> None:
    one = await send(visit.db, at.course, at.school, by=visit.person, at=visit.moment)
    await _show(visit, one.id, visit.say("agreeing-sent", partner=brief(one.organization, 120)))


async def shown(visit: Visit, at: AgreeingPage) -> None:
    await _show(visit, at.agreeing)


async def _show(visit: Visit, number: int, done: str = "") -> None:
    async with visit.db.read() as tx:
        one, stands = await one_sent(tx, number, visit.person)
    rows = []
    thing = Thing(school_id=one.school_id, organization_id=one.organization_id)
    if stands and one.answer != "agreed" and can(visit.person, "agreeing.answer", thing):
        rows.append([visit.button("button-agreeing-yes", Agree(agreeing=number))])
        rows.append([visit.button("button-agreeing-remarks", Remark(agreeing=number))])
    text = lines([done, sent_page(one, stands, visit.say)])
    await visit.show(text, [*rows, visit.ways_back(AgreeingHome())], anew=visit.at_letter)


async def agreed(visit: Visit, at: Agree) -> None:
    await answer(visit.db, at.agreeing, None, by=visit.person, now=visit.now, zone=visit.zone)
    await _show(visit, at.agreeing, visit.say("agreeing-done", answer="agreed"))


async def asked_what(visit: Visit, at: Remark) -> None:
    async with visit.db.read() as tx:
        one, _ = await one_sent(tx, at.agreeing, visit.person)
    await visit.talk.begin(Remarks.typing, agreeing=one.id)
    await visit.show(visit.say("agreeing-why", course=brief(one.course)), [[visit.back(AgreeingPage(one.id))]])


async def typed(visit: Visit) -> None:
    number = int((await visit.talk.data())["agreeing"])
    async with visit.db.read() as tx:
        one, _ = await one_sent(tx, number, visit.person)
    head = visit.say("agreeing-why-sure", course=brief(one.course))
    sure = AgreeingPage(one.id)
    await show_reason(visit, head, lambda why: RemarkSure(agreeing=one.id, why=why), back=sure, family=False)


async def remarked(visit: Visit, at: RemarkSure) -> None:
    why = await shown_reason(visit, at.why)
    await answer(visit.db, at.agreeing, why, by=visit.person, now=visit.now, zone=visit.zone)
    await _show(visit, at.agreeing, visit.say("agreeing-done", answer="remarks"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="agreeing")
    router.callback_query.register(opened, opens(AgreeingHome), flags=may("agreeing.see"))
    router.callback_query.register(sent, Send.filter(), flags=may("agreeing.send"))
    router.callback_query.register(shown, opens(AgreeingPage), flags=may("agreeing.see"))
    router.callback_query.register(agreed, Agree.filter(), flags=may("agreeing.answer"))
    router.callback_query.register(asked_what, Remark.filter(), flags=may("agreeing.answer"))
    router.message.register(typed, Remarks.typing, TYPED, flags=may("agreeing.answer"))
    router.callback_query.register(remarked, RemarkSure.filter(), flags=may("agreeing.answer", keeps_talk=Remarks))
    return router
