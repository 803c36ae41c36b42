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
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.services.timetable.answers import acknowledge
from bot.services.timetable.lessons import given_names
from bot.settings import Settings
from bot.voice import Say, lines
from handlers.timetable import lessons
from handlers.ui import Button, Courses, Lessons, Rows, Timetable, back_to_menu, change_buttons, may, show, toast
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.timetable import timetable
from storage.timetable.timetable import Stood

AT_MOST = 3500  # characters of a page: a message must fit, its title and last lines too


class Day(CallbackData, prefix="timetable.day"):
    ahead: int  # 0 is today, 1 tomorrow


class Week(CallbackData, prefix="timetable.week"):
    monday: int = 0  # the day's ordinal; 0: this week


class Seen(CallbackData, prefix="lesson.seen"):
    change: int
    pupil: int


@dataclass(frozen=True)
class Span:
    """The days a page shows, and what it says when they are empty."""

    first: date
    days: int
    title: str
    empty: str


async def opened(
    event: Message | CallbackQuery, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    """/timetable and the menu's button: a family's day; the lessons of those who teach and organize."""
    if person.pupils:
        await _show_day(event, 0, db, say, person, now, settings.zone)
    else:
        await lessons.home(event, db, say, person, now, settings)


async def day(
    tap: CallbackQuery, callback_data: Day, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    await _show_day(tap, min(max(callback_data.ahead, 0), 1), db, say, person, now, settings.zone)


async def week(
    tap: CallbackQuery, callback_data: Week, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    today = now.astimezone(settings.zone).date()
    monday = lessons.monday_of(callback_data.monday, today)
    title = say("timetable-week", monday=monday, sunday=monday + timedelta(days=6))
    span = Span(monday, 7, title, say("timetable-empty-week"))
    around = [
        Button(say.plain("button-week-before"), Week(monday=(monday - timedelta(days=7)).toordinal())),
        Button(say.plain("button-week-after"), Week(monday=(monday + timedelta(days=7)).toordinal())),
    ]
    rows = [around, [_today(say), _tomorrow(say)]]
    await _show(tap, span, rows, db, say, person, now, settings.zone)


async def _show_day(
    event: Message | CallbackQuery, ahead: int, db: Database, say: Say, person: Person, now: datetime, zone: ZoneInfo
) -> None:
    on = now.astimezone(zone).date() + timedelta(days=ahead)
    if ahead:
        span = Span(on, 1, say("timetable-tomorrow", day=on), say("timetable-empty-tomorrow"))
    else:
        span = Span(on, 1, say("timetable-today", day=on), say("timetable-empty-today"))
    other = _today(say) if ahead else _tomorrow(say)
    await _show(event, span, [[other, Button(say.plain("button-week"), Week())]], db, say, person, now, zone)


async def _show(
    event: Message | CallbackQuery, span: Span, rows: Rows, db: Database, say: Say, person: Person, now: datetime, zone: ZoneInfo
) -> None:
    async with db.read() as tx:
        learning = await enrollment.groups_of_pupils(tx, person.pupils)
        text = await _text(tx, span, learning, say, person, now, zone)
    if not learning:
        rows = [[Button(say.plain("button-courses"), Courses())]]
    if person.staff_as("teacher", "partner", "coordinator"):
        rows = [*rows, [Button(say.plain("button-lessons"), Lessons())]]
    await show(event, text, [*rows, [back_to_menu(say)]])


async def _text(
    tx: Tx, span: Span, learning: dict[int, list[int]], say: Say, person: Person, now: datetime, zone: ZoneInfo
) -> str:
    if not learning:
        return lines([span.title, say("timetable-no-groups")])
    groups = {group for some in learning.values() for group in some}
    names = await people.first_names(tx, learning) if len(person.pupils) > 1 else {}
    who = {group: ", ".join(names[pupil] for pupil in names if group in learning[pupil]) for group in groups}
    begins = datetime.combine(span.first, time(), zone)
    ends = datetime.combine(span.first + timedelta(days=span.days), time(), zone)
    found = await timetable.lessons_of_groups(tx, groups, begins, ends)
    if not found:
        return lines([span.title, f"{span.empty}\n{await _next(tx, groups, who, say, now)}"])
    said = _fitting([_lesson(lesson, who[lesson.group_id], say) for lesson in found])
    shown = said if span.days == 1 else _by_day(found, said, say, zone)
    return lines([span.title, *shown, say("timetable-more", count=len(found) - len(said)) if len(said) < len(found) else ""])


def _fitting(said: Sequence[str]) -> list[str]:
    """As many as a message takes."""
    sizes = list(accumulate(len(one) for one in said))
    return [one for one, size in zip(said, sizes, strict=True) if size <= AT_MOST]


async def _next(tx: Tx, groups: set[int], who: dict[int, str], say: Say, now: datetime) -> str:
    soon = await timetable.next_lesson(tx, groups, now)
    if soon is None:
        return say("timetable-no-next")
    if who[soon.group_id]:
        return say("timetable-next-of", course=soon.course, at=soon.starts_at, who=who[soon.group_id])
    return say("timetable-next", course=soon.course, at=soon.starts_at)


def _by_day(found: Sequence[Stood], said: Sequence[str], say: Say, zone: ZoneInfo) -> list[str]:
    """A paragraph a day, under its heading."""
    days: dict[date, list[str]] = {}
    for lesson, words in zip(found, said, strict=False):  # what does not fit was left out at the end
        on = lesson.starts_at.astimezone(zone).date()
        days.setdefault(on, [say("timetable-day", day=on)]).append(words)
    return ["\n".join(some) for some in days.values()]


def _lesson(lesson: Stood, who: str, say: Say) -> str:
    course = lesson.course
    starts, ends = lesson.starts_at, lesson.ends_at
    if lesson.cancelled_at is not None:
        if who:
            return say("timetable-cancelled-of", starts=starts, ends=ends, course=course, who=who)
        return say("timetable-cancelled", starts=starts, ends=ends, course=course)
    if who:
        first = say("timetable-lesson-of", starts=starts, ends=ends, course=course, who=who)
    else:
        first = say("timetable-lesson", starts=starts, ends=ends, course=course)
    place = ", ".join(part for part in (lesson.organization, lesson.where) if part)
    said = [first, say("timetable-where", place=place, teacher=given_names(lesson.teacher))]
    if starts != lesson.plan_starts_at:
        said.append(say("timetable-moved-from", was=lesson.plan_starts_at))
    return "\n".join(said)


def _today(say: Say) -> Button:
    return Button(say.plain("button-today"), Day(ahead=0))


def _tomorrow(say: Say) -> Button:
    return Button(say.plain("button-tomorrow"), Day(ahead=1))


async def seen(tap: CallbackQuery, callback_data: Seen, db: Database, say: Say, person: Person, now: datetime) -> None:
    """«Ознакомлен(а)»: the letter stays, its button says that it was pressed."""
    first = await acknowledge(db, callback_data.change, callback_data.pupil, by=person, now=now)
    await toast(tap, say.plain("lesson-seen-thanks") if first else say.plain("lesson-seen-already"))
    await change_buttons(tap, [[Button(say.plain("button-lesson-seen-done"), callback_data)]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="timetable")
    router.message.register(opened, Command("timetable"), flags=may("timetable.open"))
    router.callback_query.register(opened, Timetable.filter(), flags=may("timetable.open"))
    router.callback_query.register(day, Day.filter(), flags=may("timetable.see"))
    router.callback_query.register(week, Week.filter(), flags=may("timetable.see"))
    router.callback_query.register(seen, Seen.filter(), flags=may("lesson.seen"))
    return router
