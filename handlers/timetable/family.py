"""The family's timetable: the next lesson, today, tomorrow, a day, the week, of all children or of one; «Ознакомлен(а)» under a letter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.documents.week import week_png
from bot.paging import in_rows
from bot.policy import Thing, require
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.timetable.answers import acknowledge
from bot.services.timetable.views.months import month_of, number_of
from bot.services.timetable.views.week import Days, Family, day_of, family, lessons_of, next_of, week_of
from bot.targets import (
    AbsenceOn,
    Courses,
    Files,
    Lessons,
    LessonSeen,
    Nowhere,
    PastTimetable,
    PastYear,
    Subscription,
    Timetable,
    WeekPicture,
    WriteAbout,
)
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Packs, Rows, Visit
from bot.voice import lines, weekday_names
from bot.words import week as words
from bot.words.week_picture import Drawing, family_picture
from handlers.door import may, opens
from handlers.timetable import absences, lessons, reminders
from handlers.timetable.ways import as_picture
from storage.db import Tx
from storage.enrollment import yearend
from storage.network import years
from storage.people import people
from storage.resources import attachments
from storage.timetable import timetable

MATERIALS = 3  # courses whose materials a page leads to
A_ROW = 3  # children's names beside each other


class Day(AlsoOld, CallbackData, prefix="timetable.day"):
    ahead: int  # 0 is today, 1 tomorrow
    child: int = 0  # 0: all of them
    on: int = 0  # the day's ordinal; 0: as `ahead` says
    year: int = 0  # of an academic year that is over


class Week(AlsoOld, CallbackData, prefix="timetable.week"):
    monday: int = 0  # the day's ordinal; 0: this week
    year: int = 0  # of an academic year that is over; 0: of what is attended now
    child: int = 0


class Month(CallbackData, prefix="timetable.month"):
    """A month to choose a day from."""

    month: int  # as one number, see bot/services/timetable/views/months.py
    child: int = 0
    year: int = 0


@dataclass(frozen=True)
class Page:
    """The days a page shows and of whom, what it says above them and when they are empty."""

    days: Days
    title: str
    empty: str
    child: int = 0
    year: int = 0  # an academic year that is over; 0: the one of today
    opens: bool = False  # today's: the next lesson stands at its top


async def opened(visit: Visit) -> None:
    """/timetable and the menu's button: a family's day; the lessons of those who teach and organize."""
    if visit.person.pupils:
        await _day(visit, Day(ahead=0), anew=visit.at_letter)
    else:
        await lessons.home(visit)


async def day(visit: Visit, at: Day) -> None:
    await _day(visit, at)


async def _day(visit: Visit, at: Day, *, anew: bool = False) -> None:
    ahead = min(max(at.ahead, 0), 1)
    on = day_of(at.on, visit.today) if at.on else visit.today + timedelta(days=ahead)
    if at.on and (at.year or on - visit.today not in (timedelta(), timedelta(days=1))):
        title, empty = visit.say("timetable-on", day=on), visit.say("timetable-empty-on")
    elif on != visit.today:
        title, empty = visit.say("timetable-tomorrow", day=on), visit.say("timetable-empty-tomorrow")
    else:
        title, empty = visit.say("timetable-today", day=on), visit.say("timetable-empty-today")
    opens_it = on == visit.today and not at.year
    page = Page(Days(on, 1, visit.zone), title, empty, at.child, at.year, opens_it)
    this = Week(monday=0 if not at.on else on.toordinal(), year=at.year, child=at.child)
    week_of = visit.button("button-week", this)
    rows: Rows = [[week_of, _date(visit, page)], [visit.back(PastYear(at.year))]]
    if not at.year:
        near = _tomorrow(visit, at.child) if opens_it else _today(visit, at.child)
        calendar = [visit.button("button-feed", Subscription())] if opens_it else []
        missing = (
            [visit.button("button-absence", AbsenceOn(on.toordinal()))] if visit.person.children and on >= visit.today else []
        )
        write = [visit.button("button-write-teacher", WriteAbout("day", on.toordinal()))]
        rows = [[near, week_of], [_date(visit, page), *calendar], missing, write]
    shown = await _composed(visit, page, rows, lambda child: Day(ahead=ahead, child=child, on=at.on, year=at.year))
    await visit.show(*shown, anew=anew)


async def week(visit: Visit, at: Week) -> None:
    await visit.show(*await _week(visit, at))


async def _week(visit: Visit, at: Week, *, below: bool = False, dark: bool = False) -> tuple[str, Rows]:
    """The page of a week; below a light picture the dark one is offered, and below a dark one the light."""
    monday = week_of(at.monday, visit.today)
    title = visit.say("timetable-week", monday=monday, sunday=monday + timedelta(days=6))
    page = Page(Days(monday, 7, visit.zone), title, visit.say("timetable-empty-week"), at.child, at.year)

    def of(day: date, child: int = at.child) -> Week:
        return Week(monday=day.toordinal(), year=at.year, child=child)

    around = [
        visit.button("button-week-before", of(monday - timedelta(days=7))),
        visit.button("button-week-after", of(monday + timedelta(days=7))),
    ]
    near = [visit.back(PastYear(at.year))] if at.year else [_today(visit, at.child), _tomorrow(visit, at.child)]
    to = WeekPicture(monday=monday.toordinal(), year=at.year, child=at.child, dark=int(dark))
    drawn = as_picture(visit, to, below=below, dark=dark)
    return await _composed(visit, page, [around, [drawn, _date(visit, page)], near], lambda child: of(monday, child))


async def picture(visit: Visit, at: WeekPicture) -> None:
    """The same week as a picture, and the page again below it."""
    this = Week(monday=at.monday, year=at.year, child=at.child)
    days = Days(week_of(at.monday, visit.today), 7, visit.zone)
    async with visit.db.read() as tx:
        whose = await family(tx, children(visit, at.child), at.year)
        drawing = Drawing(days, visit.today, bool(at.dark), at.year)
        drawn = await family_picture(tx, whose, visit.person.pupils, drawing, visit.say)
    if drawn is None:
        raise Refusal("timetable-empty-week")
    png = await asyncio.to_thread(week_png, drawn)
    page = await _week(visit, this, below=True, dark=not at.dark)
    await visit.show_below_picture(f"week-{days.first}.png", png, *page)


async def of_past(visit: Visit, at: PastTimetable) -> None:
    """The last week with lessons of a year that is over."""
    async with visit.db.read() as tx:
        learning = await yearend.groups_of_pupils(tx, visit.person.pupils, at.year)
        last = await timetable.last_lesson(tx, {group for some in learning.values() for group in some})
        ends_on = ((await years.known(tx)).get(at.year) or years.usual(at.year)).ends_on
    day = last.astimezone(visit.zone).date() if last else ends_on
    await week(visit, Week(monday=day.toordinal(), year=at.year))


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def children(visit: Visit, child: int) -> Collection[int]:
    """Whose timetable is looked at: of one child, who must be theirs, or of all."""
    if child:
        require(visit.person, "timetable.see", Thing(pupil_id=child))
        return [child]
    return visit.person.pupils


async def _composed(visit: Visit, page: Page, rows: Rows, of_child: Callable[[int], Packs]) -> tuple[str, Rows]:
    pupils = children(visit, page.child)
    async with visit.db.read() as tx:
        whose = await family(tx, pupils, page.year)
        names = await people.first_names(tx, visit.person.pupils) if len(visit.person.pupils) > 1 else {}
        text = await _text(visit, tx, page, whose)
        with_materials = [] if page.year else await attachments.courses_with_any(tx, whose.groups)
    title = "\n".join([page.title, visit.say("timetable-child", child=names[page.child])]) if page.child in names else page.title
    text = lines([title, text])
    everybody = _by_child(visit, names, page.child, of_child)
    if page.year:
        return text, [*rows, *everybody, [visit.menu]]
    if not whose.learning and not page.child:
        rows, everybody = [[visit.button("button-courses", Courses())]], []
    if visit.person.staff_as("teacher", "partner", "coordinator", "director"):
        everybody = [*everybody, [visit.button("button-lessons", Lessons())]]
    materials = [[_materials(visit, *course)] for course in with_materials[:MATERIALS]]
    return text, [*rows, *materials, *everybody, [visit.menu]]


def _materials(visit: Visit, course: int, name: str) -> Button:
    return visit.button("button-lesson-materials", Files(course=course), course=brief(name, 24))


async def _text(visit: Visit, tx: Tx, page: Page, whose: Family) -> str:
    if not whose.learning:
        return visit.say("timetable-no-groups-own") if visit.person.is_pupil else visit.say("timetable-no-groups")
    found = await lessons_of(tx, whose, page.days)
    if not found and page.year:
        return page.empty
    soon = words.coming(await next_of(tx, whose, visit.now), whose, visit.zone, visit.say) if page.opens or not found else ""
    if not found:
        return f"{page.empty}\n{soon}"
    return lines([f"⏰ {soon}" if soon else "", words.of_days(found, whose, page.days, visit.say)])


def _by_child(visit: Visit, names: dict[int, str], chosen: int, of_child: Callable[[int], Packs]) -> list[list[Button]]:
    """Each child's own timetable, or everybody's again."""
    if len(names) < 2:
        return []
    if chosen:
        return [[visit.button("button-all-children", of_child(0))]]
    buttons = [Button(f"👤 {name}", of_child(pupil)) for pupil, name in names.items()]
    return in_rows(buttons, A_ROW)


def _date(visit: Visit, page: Page) -> Button:
    on = page.days.first + timedelta(days=page.days.count // 2)  # of a week the month in which most of it lies
    return visit.button("button-date", Month(month=number_of(on), child=page.child, year=page.year))


def _today(visit: Visit, child: int) -> Button:
    return visit.button("button-today", Day(ahead=0, child=child))


def _tomorrow(visit: Visit, child: int) -> Button:
    return visit.button("button-tomorrow", Day(ahead=1, child=child))


# ── a day to choose ─────────────────────────────────────────────────────────────────────────────────────────────────


async def month(visit: Visit, at: Month) -> None:
    """A month of the academic year, the days with lessons marked."""
    async with visit.db.read() as tx:
        whose = await family(tx, children(visit, at.child), at.year)
        here = await month_of(tx, at.month, whose.groups, visit.moment, at.year)
    own = visit.person.is_pupil
    text = visit.say("timetable-month-own", month=here.first) if own else visit.say("timetable-month", month=here.first)

    def cell(day: date | None) -> Button:
        if day is None:
            return Button("·", Nowhere())
        to = Day(ahead=0, child=at.child, on=day.toordinal(), year=at.year)
        return visit.button("button-month-day", to, day=str(day.day), busy="yes" if day in here.busy else "no")

    def beside(day: date) -> Month:
        return Month(month=number_of(day), child=at.child, year=at.year)

    before = [visit.button("button-month-before", beside(here.before), month=here.before)] if here.before else []
    after = [visit.button("button-month-after", beside(here.after), month=here.after)] if here.after else []
    heading = [Button(name, Nowhere()) for name in weekday_names(visit.say.language)]
    back = Week(year=at.year, child=at.child, monday=here.first.toordinal()) if at.year else Day(ahead=0, child=at.child)
    await visit.show(
        text, [heading, *([cell(day) for day in week] for week in here.weeks), [*before, *after], visit.ways_back(back)]
    )


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def seen(visit: Visit, at: LessonSeen) -> None:
    """«Ознакомлен(а)»: the letter stays, its button says that it was pressed."""
    first = await acknowledge(visit.db, at.change, at.pupil, by=visit.person, now=visit.now)
    await visit.toast(visit.say.plain("lesson-seen-thanks") if first else visit.say.plain("lesson-seen-already"))
    await visit.change_button(visit.button("button-lesson-seen-done", at))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="timetable")
    router.message.register(opened, Command("timetable"), flags=may("timetable.open"))
    router.callback_query.register(opened, opens(Timetable), flags=may("timetable.open"))
    router.callback_query.register(day, Day.filter(), flags=may("timetable.see"))
    router.callback_query.register(week, Week.filter(), flags=may("timetable.see"))
    router.callback_query.register(picture, opens(WeekPicture), flags=may("timetable.see"))
    router.callback_query.register(month, Month.filter(), flags=may("timetable.see"))
    router.callback_query.register(of_past, opens(PastTimetable), flags=may("timetable.see"))
    router.callback_query.register(seen, opens(LessonSeen), flags=may("lesson.seen"))
    router.include_router(absences.routes())
    router.include_router(reminders.routes())
    return router
