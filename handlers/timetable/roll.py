"""«Не придёт»: whoever gives a lesson or organizes it writes down what a family has said by telephone."""

from __future__ import annotations

from datetime import timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.services.timetable.absences.entering import (
    Expected,
    enter,
    expected,
    lesson_of,
    may_say_days,
    roll,
    take_back_entered,
)
from bot.services.timetable.typed_days import Period
from bot.services.timetable.views.week import day_of
from bot.services.workdays import monday_of
from bot.targets import LessonPage
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.week import label
from handlers.door import may
from handlers.timetable.ways import LessonRoll
from storage.people import calls, people

PER_PAGE = 12  # names
WEEK = 7


class RollOf(CallbackData, prefix="roll.of"):
    """Of which lessons? Asked of who may say it of all of them."""

    lesson: int
    pupil: int


class RollEnter(RollOf, CallbackData, prefix="roll.away"):
    """Write it down."""

    first: int = 0  # ordinals of days; 0: this lesson
    last: int = 0


class RollBack(CallbackData, prefix="roll.back"):
    """Take it back."""

    absence: int
    lesson: int


async def opened(visit: Visit, at: LessonRoll) -> None:
    await _show(visit, at)


async def _show(visit: Visit, at: LessonRoll, above: str = "") -> None:
    async with visit.db.read() as tx:
        lesson = await lesson_of(tx, at.lesson, by=visit.person, at=visit.moment)
        found = await roll(tx, lesson, by=visit.person, at=visit.moment)
    here = page_of(found, at.page, PER_PAGE)
    rows = [[_button(visit, one, at.lesson)] for one in here.some if one.away in ("", "staff")]
    said = [
        visit.say("roll-said", name=one.learner.full_name, whose=one.away) for one in here.some if one.away in ("family", "class")
    ]
    asks = visit.say("roll-choose") if rows else ""
    title = visit.say("roll", course=lesson.course, group=lesson.group, at=lesson.starts_at)
    text = lines([above, title, asks if found else visit.say("roll-nobody"), "\n".join(said)])
    pager = visit.pager(here.number, here.of, lambda to: LessonRoll(lesson=at.lesson, page=to))
    await visit.show(text, [*rows, pager, visit.ways_back(LessonPage(lesson=at.lesson))])


def _button(visit: Visit, one: Expected, lesson: int) -> Button:
    if one.absence:
        return visit.button("button-roll-back", RollBack(absence=one.absence, lesson=lesson), name=label(one.learner.full_name))
    days = may_say_days(visit.person, one)
    to = RollOf(lesson=lesson, pupil=one.learner.id) if days else RollEnter(lesson=lesson, pupil=one.learner.id)
    return Button(label(one.learner.full_name), to)


async def of_what(visit: Visit, at: RollOf) -> None:
    """This lesson, or everything for some days."""
    async with visit.db.read() as tx:
        lesson = await lesson_of(tx, at.lesson, by=visit.person, at=visit.moment)
        one = await expected(tx, lesson, at.pupil, by=visit.person, at=visit.moment)
    day = lesson.starts_at.astimezone(visit.zone).date()
    sunday = monday_of(day) + timedelta(days=WEEK - 1)
    given = {"lesson": at.lesson, "pupil": at.pupil}

    def days(first: int, last: int) -> RollEnter:
        return RollEnter(**given, first=first, last=last)

    on, end = day.toordinal(), sunday.toordinal()
    rows = [
        [visit.button("button-roll-lesson", RollEnter(**given))],
        [visit.button("button-roll-day", days(on, on), day=day), visit.button("button-roll-until", days(on, end), day=sunday)],
        [visit.button("button-roll-until", days(on, end + WEEK), day=sunday + timedelta(days=WEEK))],
    ]
    back = LessonRoll(lesson=at.lesson)
    await visit.show(visit.say("roll-of", name=one.learner.full_name), [*rows, visit.ways_back(back)])


async def entered(visit: Visit, at: RollEnter) -> None:
    days = Period(day_of(at.first, visit.today), day_of(at.last, visit.today)) if at.first else None
    found = await enter(visit.db, at.lesson, at.pupil, days, by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        silent = await calls.unreached(tx, [found.pupil_id])  # they have called: nobody has to call them
    said = visit.say("roll-done", name=found.name, told=0 if silent else 1)
    await _show(visit, LessonRoll(lesson=at.lesson), said)


async def taken_back(visit: Visit, at: RollBack) -> None:
    row = await take_back_entered(visit.db, at.absence, by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        names = await people.first_names(tx, [row.pupil_id])
    await _show(visit, LessonRoll(lesson=at.lesson), visit.say("absence-taken-back", child=names.get(row.pupil_id, "")))


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="roll")
    router.callback_query.register(opened, LessonRoll.filter(), flags=may("absence.enter"))
    router.callback_query.register(of_what, RollOf.filter(), flags=may("absence.enter"))
    router.callback_query.register(entered, RollEnter.filter(), flags=may("absence.enter"))
    router.callback_query.register(taken_back, RollBack.filter(), flags=may("absence.enter"))
    return router
