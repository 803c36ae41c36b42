"""Lessons for those who teach and organize: a week or a day of them, one lesson and who has seen its change."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from aiogram import Router

from bot.documents.week import A_PICTURE, week_png
from bot.paging import page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.timetable.answers import card
from bot.services.timetable.lessons import reader_of, require_lesson
from bot.services.timetable.views.narrowing import heads, looked
from bot.services.timetable.views.week import Days, day_of, lessons_taught, week_of
from bot.targets import Files, LessonPage, Lessons, MarkLesson, PastLessons, Subscription, WriteAbout
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.absences import who_is_away
from bot.words.timetable import lesson_facts, who_saw
from bot.words.week import staff_button, staff_text, staff_title
from bot.words.week_picture import Drawing, staff_picture
from handlers.door import may, opens
from handlers.timetable import changes as changing
from handlers.timetable import choosing, class_absences, extra, feeds, network_day, periods, placing, roll
from handlers.timetable.changes import LessonBack, LessonDrop, LessonWhen, Undo
from handlers.timetable.extra import LessonExtra
from handlers.timetable.periods import PeriodAsk, PeriodTeachers
from handlers.timetable.placing import LessonPlace
from handlers.timetable.ways import (
    LessonRoll,
    LessonsGroups,
    LessonsPartners,
    LessonsPicture,
    LessonsWeek,
    as_picture,
    back,
    whose_of,
)
from storage.db import Tx
from storage.network import years
from storage.resources import attachments
from storage.timetable import timetable, views
from storage.timetable.changes import Change
from storage.timetable.timetable import Stood

PER_PAGE = 12  # lessons on one page


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def home(visit: Visit) -> None:
    """One's own week; who neither teaches nor keeps a partner's groups chooses the partner first."""
    if visit.person.staff_as("teacher", "partner"):
        await listed(visit, LessonsWeek())
    else:
        await choosing.partners(visit, LessonsPartners())


async def of_past(visit: Visit, at: PastLessons) -> None:
    """The last week of a year that is over; who does not teach chooses the partner first."""
    if not visit.person.staff_as("teacher", "partner"):
        await choosing.partners(visit, LessonsPartners(year=at.year))
        return
    async with visit.db.read() as tx:
        last = ((await years.known(tx)).get(at.year) or years.usual(at.year)).ends_on
    await listed(visit, LessonsWeek(monday=last.toordinal()))


async def listed(visit: Visit, at: LessonsWeek) -> None:
    """A week of lessons, or a day of them; each is a button."""
    await visit.show(*await _list(visit, at))


async def picture(visit: Visit, at: LessonsPicture) -> None:
    """The same week as a picture, and the list again below it."""
    days = Days(week_of(at.monday, visit.today), 7, visit.zone)
    async with visit.db.read() as tx:
        what = await looked(tx, visit.person, at.week.asked, visit.today)
        week = await staff_picture(tx, what, Drawing(days, visit.today, bool(at.dark)), visit.say)
    if week is None:
        raise Refusal("lessons-empty")
    png = await asyncio.to_thread(week_png, week)
    page = await _list(visit, at.week, below=True, dark=not at.dark)
    await visit.show_below_picture(f"week-{days.first}.png", png, *page)


async def _list(visit: Visit, at: LessonsWeek, *, below: bool = False, dark: bool = False) -> tuple[str, Rows]:
    whole = at.days != 1
    first = week_of(at.monday, visit.today) if whole else day_of(at.monday, visit.today)
    days = Days(first, 7 if whole else 1, visit.zone)
    async with visit.db.read() as tx:
        what = await looked(tx, visit.person, at.asked, visit.today)
        found = await lessons_taught(tx, what.scope, what.narrowed, days)
        soon = None if found else await views.next_taught(tx, what.scope, what.narrowed, max(days.ends, visit.now))
    here = page_of(found, at.page, PER_PAGE)
    opens_them = is_open(visit.person, "timetable.teach")
    said = here.some if opens_them else []
    rows: list[list[Button]] = [[Button(staff_button(one, visit.say), LessonPage(lesson=one.lesson.id))] for one in said]
    rows.append(visit.pager(here.number, here.of, lambda to: _at(at, first, page=to)))
    rows += _around(visit, at, days, soon.astimezone(visit.zone).date() if soon else None)
    if whole and 0 < len(found) <= A_PICTURE:
        to = LessonsPicture.of(_at(at, first), dark=dark)
        rows.append([as_picture(visit, to, below=below, dark=dark)])
    if opens_them and found and days.ends > visit.now:
        rows.append([visit.button("button-period", PeriodAsk(whose=whose_of(at)))])
    text = staff_text(here.some, soon, days, opens_them, visit.say)
    return lines([staff_title(found, days, what, visit.say), text]), [*rows, *_ways_on(visit, at)]


def _at(at: LessonsWeek, day: date, **changed: int) -> LessonsWeek:
    """The same list of another day or week, its first page."""
    return at.model_copy(update={"monday": day.toordinal(), "page": 0} | changed)


def _around(visit: Visit, at: LessonsWeek, days: Days, soon: date | None) -> list[list[Button]]:
    before, after = (_at(at, days.first + timedelta(days=way * days.count)) for way in (-1, 1))
    if days.count == 1:
        return [
            [visit.button("button-day-before", before), visit.button("button-day-after", after)],
            [visit.button("button-lessons-week", _at(at, days.first, days=7))],
        ]
    beside = [visit.button("button-week-before", before), visit.button("button-week-after", after)]
    return [[visit.button("button-lessons-next", _at(at, soon))], beside] if soon else [beside]


def _ways_on(visit: Visit, at: LessonsWeek) -> Rows:
    way = back(visit.person, at)
    if way is not None:
        return [visit.ways_back(way)]
    by = [
        visit.button("button-lessons-today", LessonsWeek(days=1)),
        visit.button("button-by-group", LessonsGroups(organization=0)),
    ]
    if at.days == 1:
        by = by[1:]
    everywhere = [[visit.button("button-all-partners", LessonsPartners())]] if heads(visit.person) else []
    others = choosing.ways(visit)[1:] if visit.person.organizations_as("partner") and not heads(visit.person) else []
    calendar = [[visit.button("button-feed", Subscription())]] if visit.person.staff_as("teacher") else []
    return [by, *others, *calendar, *everywhere, *choosing.of_family(visit), [visit.menu]]


# ── one lesson ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def lesson(visit: Visit, at: LessonPage) -> None:
    async with visit.db.read() as tx:
        text, rows = await _page(visit, tx, at.lesson)
    await visit.show(text, rows, anew=_is_letter(visit))


def _is_letter(visit: Visit) -> bool:
    """The list to call is a letter that stays: its only button leads here."""
    return visit.buttons_seen == 1


async def _page(visit: Visit, tx: Tx, lesson_id: int) -> tuple[str, Rows]:
    stood = await timetable.lesson(tx, lesson_id)
    if stood is None:
        raise Refusal("lesson-gone")
    require_lesson(visit.person, "timetable.teach", stood)
    about = await card(tx, stood, reader_of(visit.person, stood), visit.zone)
    begun = stood.starts_at <= visit.now
    said = "\n".join(lesson_facts(stood, about.pupils, about.off, visit.say))
    away = who_is_away(about.away, visit.say)
    seen = who_saw(about.answers, about.missing, visit.say)
    text = lines([said, away, seen, visit.say("lesson-is-over") if begun else ""])
    files = Files(course=await attachments.course_of(tx, stood.group_id))
    rows = [*(_marking(visit, stood) if begun else _verbs(visit, stood, about.last)), [visit.button("button-materials", files)]]
    monday = stood.starts_at.astimezone(visit.zone).date()
    own = bool(visit.person.staff_as("teacher", "partner"))
    where = LessonsWeek(monday=monday.toordinal(), group=0 if own else stood.group_id)
    write = [visit.button("button-write", WriteAbout("lesson", stood.id))]
    return text, [*rows, write, visit.ways_back(where)]


def _marking(visit: Visit, stood: Stood) -> Rows:
    """A lesson that has begun can be marked, in the year that runs; one of an earlier year is only read."""
    recent = visit.now - stood.starts_at < timedelta(days=60)
    if stood.cancelled_at is not None or not recent or not is_open(visit.person, "journal.enter"):
        return []
    return [[visit.button("button-mark", MarkLesson(stood.id))]]


def _verbs(visit: Visit, stood: Stood, last: Change | None) -> Rows:
    move = visit.button("button-lesson-move", LessonWhen(lesson=stood.id))
    if stood.cancelled_at is not None:
        back = visit.button("button-lesson-restore", LessonBack(lesson=stood.id))
        return [[back, move], [visit.button("button-lesson-extra", LessonExtra(lesson=stood.id))]]
    day = stood.starts_at.astimezone(visit.zone).date().toordinal()
    other = PeriodTeachers(whose=f"l{stood.id}", first=day, days=1)
    rows = [
        [move, visit.button("button-lesson-cancel", LessonDrop(lesson=stood.id))],
        [visit.button("button-lesson-place", LessonPlace(lesson=stood.id)), visit.button("button-lesson-teacher", other)],
    ]
    rows.append([visit.button("button-roll", LessonRoll(lesson=stood.id))])
    undoable = last is not None and last.now == stood.standing and last.was.starts_at > visit.now
    if last is not None and undoable and (not stood.as_planned or stood.makes_up_id is not None):
        rows.append([visit.button("button-lesson-undo", Undo(change=last.id))])
    return rows


def routes() -> Router:
    """The table of contents of this file; what changes a lesson stands in changes.py."""
    router = Router(name="lessons")
    router.callback_query.register(home, opens(Lessons), flags=may("timetable.look"))
    router.callback_query.register(of_past, opens(PastLessons), flags=may("timetable.look"))
    router.callback_query.register(listed, LessonsWeek.filter(), flags=may("timetable.look"))
    router.callback_query.register(picture, LessonsPicture.filter(), flags=may("timetable.look"))
    router.callback_query.register(lesson, opens(LessonPage), flags=may("timetable.teach"))
    router.include_router(choosing.routes())
    router.include_router(feeds.routes())
    router.include_router(class_absences.routes())
    router.include_router(roll.routes())
    router.include_router(network_day.routes())
    router.include_router(changing.routes())
    router.include_router(placing.routes())
    router.include_router(periods.routes())
    router.include_router(extra.routes())
    return router
