"""«Класс не ходит»: the coordinator announces a class in quarantine, day by day chosen, sees whom it concerns, takes it back."""

from __future__ import annotations

from datetime import date, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.refusals import stamp
from bot.services.timetable.absences.classes import (
    Concerned,
    OfClass,
    class_of,
    classes_of,
    keep_at_home,
    let_come_again,
    look_at_class,
)
from bot.services.timetable.typed_days import Period
from bot.services.timetable.views.week import day_of
from bot.targets import ClassAbsences, Lessons, NetworkDay
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.absences import class_lessons, class_line
from handlers.door import may, opens
from storage.db import Tx
from storage.timetable import absences as questions

PER_PAGE = 40  # classes
FROM, UNTIL = 8, 21  # days to choose from


class ClassAbsenceFrom(CallbackData, prefix="absence.from"):
    school: int
    which: str  # the class's stamp: a name may hold anything


class ClassAbsenceUntil(ClassAbsenceFrom, CallbackData, prefix="absence.until"):
    first: int  # the day's ordinal


class ClassAbsenceLook(ClassAbsenceUntil, CallbackData, prefix="absence.view"):
    last: int


class ClassAbsenceKeep(ClassAbsenceLook, CallbackData, prefix="absence.keep"):
    """Say so."""


class ClassAbsenceBack(CallbackData, prefix="absence.again"):
    number: int


async def opened(visit: Visit, at: ClassAbsences) -> None:
    await _show(visit, page=at.page)


async def _show(visit: Visit, above: str = "", page: int = 0) -> None:
    """The classes that stay at home, each to be taken back, and those to choose from."""
    async with visit.db.read() as tx:
        standing = await questions.of_classes(tx, visit.person.organizations_as("coordinator"), visit.today)
        classes = await classes_of(tx, visit.person, visit.today)
    say = visit.say
    back = [
        [visit.button("button-class-absence-back", ClassAbsenceBack(number=one.id), class_name=one.class_name)]
        for one in standing
    ]
    here = page_of(classes, page, PER_PAGE)
    buttons = [Button(name, ClassAbsenceFrom(school=school, which=stamp(name))) for school, name in here.some]
    said = "\n".join([say("class-absences-stand"), *(class_line(one, say) for one in standing)]) if standing else ""
    pager = visit.pager(here.number, here.of, ClassAbsences)
    text = lines([above, say("class-absences"), said])
    await visit.show(text, [*back, *in_rows(buttons, 4), pager, visit.ways_back(Lessons())])


async def first_asked(visit: Visit, at: ClassAbsenceFrom) -> None:
    async with visit.db.read() as tx:
        name = await class_of(tx, visit.person, at.school, at.which, today=visit.today)
    days = [visit.today + timedelta(days=ahead) for ahead in range(FROM)]
    buttons = [_day(visit, day, ClassAbsenceUntil(school=at.school, which=at.which, first=day.toordinal())) for day in days]
    text = visit.say("class-absence-from", class_name=name)
    await visit.show(text, [*in_rows(buttons, 2), visit.ways_back(ClassAbsences())])


async def last_asked(visit: Visit, at: ClassAbsenceUntil) -> None:
    async with visit.db.read() as tx:
        name = await class_of(tx, visit.person, at.school, at.which, today=visit.today)
    first = day_of(at.first, visit.today)
    where = {"school": at.school, "which": at.which, "first": first.toordinal()}
    days = [first + timedelta(days=ahead) for ahead in range(UNTIL)]
    buttons = [_day(visit, day, ClassAbsenceLook(**where, last=day.toordinal())) for day in days]
    text = visit.say("class-absence-until", class_name=name, first=first)
    back = ClassAbsenceFrom(school=at.school, which=at.which)
    await visit.show(text, [*in_rows(buttons, 3), visit.ways_back(back)])


def _day(visit: Visit, day: date, to: CallbackData) -> Button:
    return visit.button("lesson-move-day", to, at=day)


async def looked(visit: Visit, at: ClassAbsenceLook) -> None:
    """Whom it concerns, before it is said."""
    async with visit.db.read() as tx:
        what = await _what(tx, visit, at)
        concerned = await look_at_class(tx, what, by=visit.person, at=visit.moment)
    text = lines([_preview(visit, what, concerned), class_lessons(concerned, visit.say), await _hears(visit, concerned)])
    keep = ClassAbsenceKeep(school=at.school, which=at.which, first=at.first, last=at.last)
    back = ClassAbsenceUntil(school=at.school, which=at.which, first=at.first)
    await visit.show(text, [[visit.button("button-confirm", keep)], visit.ways_back(back)])


def _preview(visit: Visit, what: OfClass, concerned: Concerned) -> str:
    return visit.say(
        "class-absence-preview",
        class_name=what.class_name,
        first=what.days.first,
        last=what.days.last,
        one_day="yes" if what.days.first == what.days.last else "no",
        pupils=len(concerned.pupils),
        lessons=len(concerned.lessons),
    )


async def _hears(visit: Visit, concerned: Concerned) -> str:
    return await visit.promise(concerned.pupils, lambda told: visit.say("class-absence-hears", families=told))


async def kept(visit: Visit, at: ClassAbsenceKeep) -> None:
    async with visit.db.read() as tx:
        what = await _what(tx, visit, at)
    _, concerned = await keep_at_home(visit.db, what, by=visit.person, at=visit.moment)
    said = await visit.promise(concerned.pupils, lambda told: visit.say("class-absence-done", families=told))
    await _show(visit, said)


async def _what(tx: Tx, visit: Visit, at: ClassAbsenceLook) -> OfClass:
    days = Period(day_of(at.first, visit.today), day_of(at.last, visit.today))
    return OfClass(at.school, await class_of(tx, visit.person, at.school, at.which, today=visit.today), days)


async def taken_back(visit: Visit, at: ClassAbsenceBack) -> None:
    row, concerned = await let_come_again(visit.db, at.number, by=visit.person, at=visit.moment)
    said = await visit.promise(
        concerned.pupils, lambda told: visit.say("class-absence-over", class_name=row.class_name, families=told)
    )
    await _show(visit, said)


def ways(visit: Visit) -> Rows:
    """The ways on from the lessons, for a coordinator."""
    if not visit.person.organizations_as("coordinator"):
        return []
    return [[visit.button("button-network-day", NetworkDay()), visit.button("button-class-absences", ClassAbsences())]]


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="class_absences")
    router.callback_query.register(opened, opens(ClassAbsences), flags=may("absence.of-class"))
    router.callback_query.register(first_asked, ClassAbsenceFrom.filter(), flags=may("absence.of-class"))
    router.callback_query.register(last_asked, ClassAbsenceUntil.filter(), flags=may("absence.of-class"))
    router.callback_query.register(looked, ClassAbsenceLook.filter(), flags=may("absence.of-class"))
    router.callback_query.register(kept, ClassAbsenceKeep.filter(), flags=may("absence.of-class"))
    router.callback_query.register(taken_back, ClassAbsenceBack.filter(), flags=may("absence.of-class"))
    return router
