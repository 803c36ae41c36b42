"""The registers of numbers: which number comes next, and by which years the school counts."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.papers.registers import count_by, set_next
from bot.targets import Papers
from bot.visit import Visit
from handlers.door import TYPED, may
from storage.papers import registers
from storage.papers.registers import ACADEMIC, Book

KINDS = ("order", "agreement")


class NumberPage(CallbackData, prefix="papers.number"):
    school: int
    kind: str  # order | agreement


class CountBy(CallbackData, prefix="papers.number.years"):
    school: int
    kind: str
    academic: bool


class NumberTyping(StatesGroup):
    number = State()


async def asked(visit: Visit, at: NumberPage) -> None:
    await _show(visit, await _book(visit, at.school, at.kind))


async def _book(visit: Visit, school: int, kind: str) -> Book:
    require(visit.person, "papers.number", Thing(school_id=school))
    if kind not in KINDS:
        raise Refusal("gone")
    async with visit.db.read() as tx:
        return await registers.book(tx, school, kind, visit.today)


async def _show(visit: Visit, book: Book) -> None:
    await visit.talk.begin(NumberTyping.number, school=book.school_id, kind=book.kind)
    year = str(book.year) if book.counted != ACADEMIC else f"{book.year}/{book.year + 1}"
    text = visit.say("number-page", kind=book.kind, year=year, number=book.printed)
    other = CountBy(school=book.school_id, kind=book.kind, academic=book.counted != ACADEMIC)
    if book.counted == ACADEMIC:
        choice = visit.button("button-count-calendar", other)
    else:
        choice = visit.button("button-count-academic", other)
    await visit.show(text, [[choice], visit.ways_back(Papers())])


async def typed(visit: Visit) -> None:
    told = await visit.talk.data()
    book = await _book(visit, told["school"], told["kind"])
    changed = await set_next(visit.db, book, visit.text, by=visit.person, now=visit.now)
    await visit.talk.end()
    await visit.show(visit.say("number-set", kind=changed.kind, number=changed.printed), [visit.ways_back(Papers())])


async def counted(visit: Visit, at: CountBy) -> None:
    book = await _book(visit, at.school, at.kind)
    changed = await count_by(visit.db, book, academic=at.academic, by=visit.person, now=visit.now, today=visit.today)
    await _show(visit, changed)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="numbers")
    router.callback_query.register(asked, NumberPage.filter(), flags=may("papers.number"))
    router.message.register(typed, NumberTyping.number, TYPED, flags=may("papers.number"))
    router.callback_query.register(counted, CountBy.filter(), flags=may("papers.number"))
    return router
