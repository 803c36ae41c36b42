"""The end of a year: per group, of each pupil пройден, не пройден, выбыл or продолжает, in one tap; for teacher and partner."""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.enrollment.yearend import OUTCOMES, all_completed, answer, groups_of, pupils_of, take_back_all, year_ending
from bot.targets import Epoch, YearEnd
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.enrollment.yearend import Learnt
from storage.network.years import usual

GROUPS = 8  # groups a page
PUPILS = 6  # pupils a page: each has a row of four buttons
SIGNS = {"completed": "✅", "failed": "✖️", "left": "🚪", "continues": "🔁"}


class OfGroup(CallbackData, prefix="year.group"):
    group: int
    page: int


class Says(CallbackData, prefix="year.says"):
    """How the year ended for one pupil: 1 completed, 2 failed, 3 left, 4 continues; 0 takes the answer back."""

    choice: int
    outcome: int
    page: int


class AllCompleted(CallbackData, prefix="year.all"):
    group: int


class TakeBack(CallbackData, prefix="year.back"):
    """What was said of all at that moment is taken back."""

    group: int
    at: Epoch


async def opened(visit: Visit, at: YearEnd) -> None:
    async with visit.db.read() as tx:
        year = await year_ending(tx, visit.today)
        found = await groups_of(tx, year, visit.person) if year is not None else []
    if year is None:
        raise Refusal("year-end-over")
    here = page_of(found, at.page, GROUPS)
    rows = []
    for one in here.some:
        to = OfGroup(group=one.id, page=0)
        rows.append([visit.button("button-year-group", to, group=one.code, course=brief(one.course, 80), open=one.open)])
    left = sum(one.open for one in found)
    text = (
        visit.say("year-end", year=usual(year).name, count=left) if found else visit.say("year-end-none", year=usual(year).name)
    )
    pager = visit.pager(here.number, here.of, lambda to: YearEnd(page=to))
    await visit.show(text, [*rows, pager, [visit.menu]], anew=visit.at_letter)


async def group_shown(visit: Visit, at: OfGroup) -> None:
    await _show(visit, at.group, at.page)


async def _show(visit: Visit, group: int, page: int, done: str = "", first: Rows = ()) -> None:
    async with visit.db.read() as tx:
        found = await pupils_of(tx, group, visit.today, visit.person)
    named = [one for one in found if one.child]
    here = page_of(named, page, PUPILS)
    one = found[0]
    silent = sum(each.ended is None for each in named)
    start = here.number * PUPILS + 1
    said = [_line(visit, number, each) for number, each in enumerate(here.some, start)]
    nameless = len(found) - len(named)
    unsaid = visit.say("places-nameless", count=nameless) if nameless else ""
    head = visit.say("year-group", group=one.group, course=brief(one.course), year=usual(one.year).name, open=silent)
    text = lines([done, head, "\n".join(said), unsaid, visit.say("year-group-signs")])
    rows = [*first, *(_row(visit, number, each, here.number) for number, each in enumerate(here.some, start))]
    if silent > 1:
        rows.append([visit.button("button-year-all", AllCompleted(group=group), count=silent)])
    rows.append(visit.pager(here.number, here.of, lambda to: OfGroup(group=group, page=to)))
    await visit.show(text, [*rows, visit.ways_back(YearEnd())])


def _line(visit: Visit, number: int, one: Learnt) -> str:
    child, outcome = brief(one.child, 100), one.ended or "none"
    return visit.say("year-pupil", number=number, child=child, class_name=one.class_name, outcome=outcome)


def _row(visit: Visit, number: int, one: Learnt, page: int) -> list[Button]:
    """Four signs, or the way to take the answer back; nothing for who had left before the year's end."""
    if one.state != "enrolled":
        return []
    if one.outcome is not None:
        return [visit.button("button-year-take-back", Says(choice=one.choice_id, outcome=0, page=page), number=number)]
    return [
        Button(f"{number} {SIGNS[outcome]}", Says(choice=one.choice_id, outcome=place, page=page))
        for place, outcome in enumerate(OUTCOMES, 1)
    ]


async def said(visit: Visit, at: Says) -> None:
    if not 0 <= at.outcome <= len(OUTCOMES):
        raise Refusal("gone")
    outcome = OUTCOMES[at.outcome - 1] if at.outcome else None
    one = await answer(visit.db, at.choice, outcome, by=visit.person, now=visit.now, today=visit.today)
    child = brief(one.child, 100)

    def done(told: int) -> str:
        if outcome is None:
            return visit.say("year-taken-back", child=child)
        return visit.say("year-said", child=child, outcome=outcome, told=told)

    await _show(visit, one.group_id, at.page, await visit.promise([one.pupil_id], done))


async def all_said(visit: Visit, at: AllCompleted) -> None:
    pupils, moment = await all_completed(visit.db, at.group, by=visit.person, now=visit.now, today=visit.today)
    done = await visit.promise(pupils, lambda told: visit.say("year-said-all", count=len(pupils), told=told))
    back = visit.button("button-year-take-back-all", TakeBack(group=at.group, at=int(moment.timestamp())))
    await _show(visit, at.group, 0, done, [[back]] if pupils else [])


async def taken_back(visit: Visit, at: TakeBack) -> None:
    moment = datetime.fromtimestamp(at.at, UTC)
    count = await take_back_all(visit.db, at.group, moment, by=visit.person, now=visit.now, today=visit.today)
    await _show(visit, at.group, 0, visit.say("year-taken-back-all", count=count))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="yearend")
    router.callback_query.register(opened, opens(YearEnd), flags=may("yearend.answer"))
    router.callback_query.register(group_shown, OfGroup.filter(), flags=may("yearend.answer"))
    router.callback_query.register(said, Says.filter(), flags=may("yearend.answer"))
    router.callback_query.register(all_said, AllCompleted.filter(), flags=may("yearend.answer"))
    router.callback_query.register(taken_back, TakeBack.filter(), flags=may("yearend.answer"))
    return router
