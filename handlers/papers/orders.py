"""The director's orders: whom the next one is on, a look at its draft, its day, and the order itself, with its number."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.clock import day_numbered
from bot.paging import page_of
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.clashes import brief
from bot.services.papers.orders import Asked, draft, issue, order_draft
from bot.services.papers.papers import Listed
from bot.services.papers.registers import day_in
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.words.papers import issued_words, order_page
from handlers.door import TYPED, may
from handlers.papers.numbers import NumberPage
from handlers.papers.partners import home, label, partners_of, schools_of
from handlers.papers.sent import SentFile, SentPaper

PAGE = 8  # partners a page
SHOWN = 4  # orders in force offered below the next one


class Orders(AlsoOld, CallbackData, prefix="papers.orders"):
    page: int
    year: int = 0  # of an academic year that is over; 0: the one whose papers are made now; here and below


class OrderPage(AlsoOld, CallbackData, prefix="papers.order"):
    """partner 0: everybody who is enrolled. Days as ordinals; 0: today, and as the lessons begin."""

    school: int
    partner: int
    year: int = 0
    day: int = 0
    starts: int = 0


class OrderDraft(CallbackData, prefix="papers.order.draft"):
    school: int
    partner: int
    year: int
    day: int
    starts: int


class Issue(CallbackData, prefix="papers.order.go"):
    school: int
    partner: int
    year: int
    day: int
    starts: int
    seen: str  # the digest of what the page said


class AskDay(CallbackData, prefix="papers.order.day"):
    """of 1: from when the order holds; 0: the order's own day."""

    school: int
    partner: int
    year: int
    day: int
    starts: int
    of: int


class OrderTyping(StatesGroup):
    day = State()


async def opened(visit: Visit, at: Orders) -> None:
    found = await partners_of(visit, at.year)
    here = page_of(found, at.page, PAGE)
    rows = []
    for school in dict.fromkeys((one.school_id, one.school) for one in found):
        if here.number == 0 and sum(one.school_id == school[0] for one in found) > 1:
            words = visit.say.plain("button-papers-all") + (f", {brief(school[1], 100)}" if schools_of(found) > 1 else "")
            rows.append([Button(words, OrderPage(school=school[0], partner=0, year=at.year))])
    for one in here.some:
        rows.append([Button(label(visit, one, found), OrderPage(school=one.school_id, partner=one.id, year=at.year))])
    rows += [visit.pager(here.number, here.of, lambda to: Orders(page=to, year=at.year)), visit.ways_back(home(at.year))]
    await visit.show(visit.say("papers-order") if found else visit.say("papers-empty"), rows)


async def page(visit: Visit, at: OrderPage) -> None:
    await _show(visit, at, "")


async def _show(visit: Visit, at: OrderPage, first: str) -> None:
    made = await draft(visit.db, _asked(at), by=visit.person, at=visit.moment)
    same = at.model_dump()
    rows: list[list[Button]] = []
    if not made.empty:
        go = Issue(**same, seen=made.digest)
        rows = [
            [visit.button("button-order-draft", OrderDraft(**same))],
            [visit.button("button-order-issue", go, number=made.book.printed)],
            [visit.button("button-order-day", AskDay(**same, of=0)), visit.button("button-order-starts", AskDay(**same, of=1))],
            [visit.button("button-paper-number", NumberPage(school=at.school, kind="order"))],
        ]
    for one in reversed(made.before[-SHOWN:]):
        rows.append([visit.button("button-order-made", SentPaper(paper=one.id), number=one.number, day=one.day)])
    rows.append(visit.ways_back(Orders(page=0, year=at.year)))
    await visit.show(order_page(made, first, visit.say), rows)


def _asked(at: OrderPage | OrderDraft | Issue, seen: str | None = None) -> Asked:
    listed = Listed(at.school, at.partner or None, year=at.year)
    return Asked(listed, _day(at.day), _day(at.starts), seen)


def _day(ordinal: int) -> date | None:
    if not ordinal:
        return None
    if (day := day_numbered(ordinal)) is None:
        raise Refusal("gone")
    return day


async def drafted(visit: Visit, at: OrderDraft) -> None:
    file = await order_draft(visit.db, _asked(at), by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    await visit.give(file.name, file.content, visit.say("order-draft-caption"), [[visit.back(OrderPage(**at.model_dump()))]])


async def issued(visit: Visit, at: Issue) -> None:
    asked = _asked(at, at.seen)
    try:
        made = await issue(visit.db, asked, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    except ChangedSince:
        await _show(visit, OrderPage(**at.model_dump(exclude={"seen"})), visit.say("changed-since"))
        return
    rows = [
        [visit.button("button-paper-file", SentFile(paper=made.id))],
        [visit.button("button-order-made", SentPaper(paper=made.id), number=made.number, day=made.day)],
        visit.ways_back(Orders(page=0, year=at.year)),
    ]
    await visit.show(issued_words(made, visit.say), rows)


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def day_asked(visit: Visit, at: AskDay) -> None:
    await visit.talk.begin(OrderTyping.day, order=at.model_dump())
    text = visit.say("order-ask-starts") if at.of else visit.say("order-ask-day")
    await visit.show(text, [[visit.button("button-cancel", OrderPage(**at.model_dump(exclude={"of"})))]])


async def day_typed(visit: Visit) -> None:
    kept = (await visit.talk.data())["order"]
    at = OrderPage(**{name: value for name, value in kept.items() if name != "of"})
    made = await draft(visit.db, _asked(at), by=visit.person, at=visit.moment)
    day = day_in(visit.text, made.order.year)
    await visit.talk.end()
    changed = {"starts": day.toordinal()} if kept["of"] else {"day": day.toordinal()}
    await _show(visit, at.model_copy(update=changed), "")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="orders")
    see, make = may("papers.see"), may("papers.issue")
    router.callback_query.register(opened, Orders.filter(), flags=see)
    router.callback_query.register(page, OrderPage.filter(), flags=see)
    router.callback_query.register(drafted, OrderDraft.filter(), flags=see)
    router.callback_query.register(issued, Issue.filter(), flags=make)
    router.callback_query.register(day_asked, AskDay.filter(), flags=make)
    router.message.register(day_typed, OrderTyping.day, TYPED, flags=make)
    return router
