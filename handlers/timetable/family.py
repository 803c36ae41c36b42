"""The family's timetable: today, tomorrow, the week; and «Ознакомлен(а)» under a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.services.timetable.answers import acknowledge
from bot.services.timetable.telling import given_names
from bot.targets import Courses, Lessons, LessonSeen, Timetable
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from handlers.door import may, opens
from handlers.timetable import lessons
from storage.db import Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.timetable import timetable
from storage.timetable.timetable import Stood

AT_MOST = 3500  # characters of a page: a message must fit, its title and last lines too


class Day(CallbackData, prefix="timetable.day"):
    ahead: int  # 0 is today, 1 tomorrow


class Week(CallbackData, prefix="timetable.week"):
    monday: int = 0  # the day's ordinal; 0: this week


@dataclass(frozen=True)
class Span:
    """The days a page shows, and what it says when they are empty."""

    first: date
    days: int
    title: str
    empty: str


async def opened(visit: Visit) -> None:
    """/timetable and the menu's button: a family's day; the lessons of those who teach and organize."""
    if visit.person.pupils:
        await _show_day(visit, 0, visit.zone)
    else:
        await lessons.home(visit)


async def day(visit: Visit, at: Day) -> None:
    await _show_day(visit, min(max(at.ahead, 0), 1), visit.zone)


async def week(visit: Visit, at: Week) -> None:
    today = visit.now.astimezone(visit.zone).date()
    monday = lessons.monday_of(at.monday, today)
    title = visit.say("timetable-week", monday=monday, sunday=monday + timedelta(days=6))
    span = Span(monday, 7, title, visit.say("timetable-empty-week"))
    around = [
        visit.button("button-week-before", Week(monday=(monday - timedelta(days=7)).toordinal())),
        visit.button("button-week-after", Week(monday=(monday + timedelta(days=7)).toordinal())),
    ]
    rows = [around, [_today(visit), _tomorrow(visit)]]
    await _show(visit, span, rows, visit.zone)


async def _show_day(visit: Visit, ahead: int, zone: ZoneInfo) -> None:
    on = visit.now.astimezone(zone).date() + timedelta(days=ahead)
    if ahead:
        span = Span(on, 1, visit.say("timetable-tomorrow", day=on), visit.say("timetable-empty-tomorrow"))
    else:
        span = Span(on, 1, visit.say("timetable-today", day=on), visit.say("timetable-empty-today"))
    other = _today(visit) if ahead else _tomorrow(visit)
    await _show(visit, span, [[other, visit.button("button-week", Week())]], zone)


async def _show(visit: Visit, span: Span, rows: Rows, zone: ZoneInfo) -> None:
    async with visit.db.read() as tx:
        learning = await enrollment.groups_of_pupils(tx, visit.person.pupils)
        text = await _text(visit, tx, span, learning, zone)
    if not learning:
        rows = [[visit.button("button-courses", Courses())]]
    if visit.person.staff_as("teacher", "partner", "coordinator"):
        rows = [*rows, [visit.button("button-lessons", Lessons())]]
    await visit.show(text, [*rows, [visit.menu]])


async def _text(visit: Visit, tx: Tx, span: Span, learning: dict[int, list[int]], zone: ZoneInfo) -> str:
    if not learning:
        return lines([span.title, visit.say("timetable-no-groups")])
    groups = {group for some in learning.values() for group in some}
    names = await people.first_names(tx, learning) if len(visit.person.pupils) > 1 else {}
    who = {group: ", ".join(names[pupil] for pupil in names if group in learning[pupil]) for group in groups}
    begins = datetime.combine(span.first, time(), zone)
    ends = datetime.combine(span.first + timedelta(days=span.days), time(), zone)
    found = await timetable.lessons_of_groups(tx, groups, begins, ends)
    if not found:
        return lines([span.title, f"{span.empty}\n{await _next(visit, tx, groups, who)}"])
    said = _fitting([_lesson(visit, lesson, who[lesson.group_id]) for lesson in found])
    shown = said if span.days == 1 else _by_day(visit, found, said, zone)
    return lines(
        [span.title, *shown, visit.say("timetable-more", count=len(found) - len(said)) if len(said) < len(found) else ""]
    )


def _fitting(said: Sequence[str]) -> list[str]:
    """As many as a message takes."""
    sizes = list(accumulate(len(one) for one in said))
    return [one for one, size in zip(said, sizes, strict=True) if size <= AT_MOST]


async def _next(visit: Visit, tx: Tx, groups: set[int], who: dict[int, str]) -> str:
    soon = await timetable.next_lesson(tx, groups, visit.now)
    if soon is None:
        return visit.say("timetable-no-next")
    if who[soon.group_id]:
        return visit.say("timetable-next-of", course=soon.course, at=soon.starts_at, who=who[soon.group_id])
    return visit.say("timetable-next", course=soon.course, at=soon.starts_at)


def _by_day(visit: Visit, found: Sequence[Stood], said: Sequence[str], zone: ZoneInfo) -> list[str]:
    """A paragraph a day, under its heading."""
    days: dict[date, list[str]] = {}
    for lesson, words in zip(found, said, strict=False):  # what does not fit was left out at the end
        on = lesson.starts_at.astimezone(zone).date()
        days.setdefault(on, [visit.say("timetable-day", day=on)]).append(words)
    return ["\n".join(some) for some in days.values()]


def _lesson(visit: Visit, lesson: Stood, who: str) -> str:
    course = lesson.course
    starts, ends = lesson.starts_at, lesson.ends_at
    if lesson.cancelled_at is not None:
        if who:
            return visit.say("timetable-cancelled-of", starts=starts, ends=ends, course=course, who=who)
        return visit.say("timetable-cancelled", starts=starts, ends=ends, course=course)
    if who:
        first = visit.say("timetable-lesson-of", starts=starts, ends=ends, course=course, who=who)
    else:
        first = visit.say("timetable-lesson", starts=starts, ends=ends, course=course)
    place = ", ".join(part for part in (lesson.organization, lesson.where) if part)
    said = [first, visit.say("timetable-where", place=place, teacher=given_names(lesson.teacher))]
    if starts != lesson.plan_starts_at:
        said.append(visit.say("timetable-moved-from", was=lesson.plan_starts_at))
    return "\n".join(said)


def _today(visit: Visit) -> Button:
    return visit.button("button-today", Day(ahead=0))


def _tomorrow(visit: Visit) -> Button:
    return visit.button("button-tomorrow", Day(ahead=1))


async def seen(visit: Visit, at: LessonSeen) -> None:
    """«Ознакомлен(а)»: the letter stays, its button says that it was pressed."""
    first = await acknowledge(visit.db, at.change, at.pupil, by=visit.person, now=visit.now)
    await visit.toast(visit.say.plain("lesson-seen-thanks") if first else visit.say.plain("lesson-seen-already"))
    await visit.change_buttons([[visit.button("button-lesson-seen-done", at)]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="timetable")
    router.message.register(opened, Command("timetable"), flags=may("timetable.open"))
    router.callback_query.register(opened, opens(Timetable), flags=may("timetable.open"))
    router.callback_query.register(day, Day.filter(), flags=may("timetable.see"))
    router.callback_query.register(week, Week.filter(), flags=may("timetable.see"))
    router.callback_query.register(seen, opens(LessonSeen), flags=may("lesson.seen"))
    return router
