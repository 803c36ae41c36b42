"""Lessons for those who teach and organize: the week, the groups of a partner, one lesson and who has seen its change."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.network.years import running_now
from bot.services.timetable.answers import card
from bot.services.timetable.lessons import reader_of, require_lesson, scope_of
from bot.targets import LessonPage, Lessons, MarkLesson, PastLessons, Timetable
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.voice import lines, short_name
from bot.words.timetable import lesson_facts, who_saw
from bot.words.years import dated
from handlers.door import may, opens
from handlers.timetable import changes as changing
from handlers.timetable.changes import LessonBack, LessonDrop, LessonPlace, LessonWhen, Undo
from storage.db import Tx
from storage.network import years
from storage.timetable import timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Scope, Stood

PER_PAGE = 12  # lessons of a week on one page
LABEL = 40  # characters of a name on a button
TEN_YEARS = 3653  # days


class LessonsWeek(CallbackData, prefix="lessons.week"):
    """A week of lessons: one's own, or of one group."""

    monday: int = 0  # the day's ordinal; 0: this week
    group: int = 0
    page: int = 0


class LessonsPartners(AlsoOld, CallbackData, prefix="lessons.partners"):
    """The partners, for a coordinator to choose one."""

    year: int = 0  # an academic year that is over; 0: the one that runs, and the next


class LessonsGroups(AlsoOld, CallbackData, prefix="lessons.groups"):
    organization: int
    year: int = 0


def monday_of(ordinal: int, today: date) -> date:
    """The Monday of the week a button means; a button that means no day of our age means this week."""
    near = abs(ordinal - today.toordinal()) < TEN_YEARS
    meant = date.fromordinal(ordinal) if near else today
    return meant - timedelta(days=meant.weekday())


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def home(visit: Visit) -> None:
    """One's own week; a coordinator who neither teaches nor keeps a partner's groups chooses the partner first."""
    if visit.person.staff_as("teacher", "partner"):
        await _show_week(visit, LessonsWeek())
    else:
        await partners(visit, LessonsPartners())


async def of_past(visit: Visit, at: PastLessons) -> None:
    """The last week of a year that is over; a coordinator who does not teach chooses the partner first."""
    if not visit.person.staff_as("teacher", "partner"):
        await partners(visit, LessonsPartners(year=at.year))
        return
    await _show_week(visit, LessonsWeek(monday=await _last_day(visit, at.year)))


async def _last_day(visit: Visit, year: int) -> int:
    async with visit.db.read() as tx:
        return ((await years.known(tx)).get(year) or years.usual(year)).ends_on.toordinal()


async def partners(visit: Visit, at: LessonsPartners) -> None:
    if not visit.person.organizations_as("coordinator"):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        found = await timetable.partners(tx)
    rows = [[Button(_label(short_name(name)), LessonsGroups(organization=partner, year=at.year))] for partner, name in found]
    text = visit.say("lessons-partners") if found else visit.say("lessons-no-partners")
    await visit.show(text, [*rows, *_family(visit), [visit.menu]])


async def groups(visit: Visit, at: LessonsGroups) -> None:
    if not visit.person.organizations_as("coordinator"):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        name = dict(await timetable.partners(tx)).get(at.organization)
        this = (await running_now(tx, visit.today)).year
        found = await timetable.groups_of_organization(tx, at.organization, (at.year, at.year) if at.year else (this, this + 1))
    if name is None:
        raise Refusal("gone")
    labels = [(group, visit.say.plain("lessons-group-button", course=_label(group.course), group=group.code)) for group in found]
    monday = await _last_day(visit, at.year) if at.year else 0
    rows = [
        [Button(dated(label, group.year, at.year or this), LessonsWeek(monday=monday, group=group.id))] for group, label in labels
    ]
    text = visit.say("lessons-groups", organization=name) if found else visit.say("lessons-no-groups")
    await visit.show(text, [*rows, visit.ways_back(LessonsPartners(year=at.year))])


async def week(visit: Visit, at: LessonsWeek) -> None:
    await _show_week(visit, at)


async def _show_week(visit: Visit, at: LessonsWeek) -> None:
    zone = visit.zone
    today = visit.now.astimezone(zone).date()
    monday = monday_of(at.monday, today)
    begins, ends = (datetime.combine(day, time(), zone) for day in (monday, monday + timedelta(days=7)))
    scope, group = _scope(visit, at.group), at.group or None
    async with visit.db.read() as tx:
        found = await timetable.lessons_taught(tx, scope, begins, ends, group_id=group)
        soon = None if found else await timetable.next_taught(tx, scope, max(ends, visit.now), group_id=group)
    title = visit.say("lessons-week", monday=monday, sunday=monday + timedelta(days=6))
    if found and group:
        title = visit.say(
            "lessons-week-group", course=found[0].course, group=found[0].group, monday=monday, sunday=monday + timedelta(days=6)
        )
    here = page_of(found, at.page, PER_PAGE)
    rows: list[list[Button]] = [[Button(_line(visit, lesson), LessonPage(lesson=lesson.id))] for lesson in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: LessonsWeek(monday=monday.toordinal(), group=at.group, page=to)))
    rows += _around(visit, monday, at.group, soon.astimezone(zone).date() if soon else None)
    text = (
        visit.say("lessons-choose")
        if found
        else (visit.say("lessons-empty-next", at=soon) if soon else visit.say("lessons-empty"))
    )
    await visit.show(lines([title, text]), [*rows, *_ways_back(visit, at.group)])


def _scope(visit: Visit, group: int) -> Scope:
    """A group was chosen by a coordinator; one's own week holds one's own lessons, not the whole network's."""
    scope = scope_of(visit.person)
    return scope if group else Scope(scope.teachers, scope.organizations)


def _line(visit: Visit, lesson: Stood) -> str:
    state = "cancelled" if lesson.cancelled_at else "plain" if lesson.starts_at == lesson.plan_starts_at else "moved"
    return visit.say.plain("lessons-line", state=state, at=lesson.starts_at, course=_label(lesson.course))


def _around(visit: Visit, monday: date, group: int, soon: date | None) -> list[list[Button]]:
    def at(day: date) -> LessonsWeek:
        return LessonsWeek(monday=day.toordinal(), group=group)

    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    weeks = [visit.button("button-week-before", at(before)), visit.button("button-week-after", at(after))]
    return [[visit.button("button-lessons-next", at(soon))], weeks] if soon else [weeks]


def _ways_back(visit: Visit, group: int) -> Rows:
    if group:
        return [visit.ways_back(LessonsPartners() if visit.person.organizations_as("coordinator") else Lessons())]
    everywhere = (
        [[visit.button("button-all-partners", LessonsPartners())]] if visit.person.organizations_as("coordinator") else []
    )
    return [*everywhere, *_family(visit), [visit.menu]]


def _family(visit: Visit) -> Rows:
    return [[visit.button("button-family-timetable", Timetable())]] if visit.person.pupils else []


def _label(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"


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
    about = await card(tx, stood, reader_of(visit.person, stood))
    begun = stood.starts_at <= visit.now
    said = "\n".join(lesson_facts(stood, about.pupils, visit.say))
    text = lines([said, who_saw(about.answers, about.missing, visit.say), visit.say("lesson-is-over") if begun else ""])
    rows = _marking(visit, stood) if begun else _verbs(visit, stood, about.last)
    monday = stood.starts_at.astimezone(visit.zone).date()
    own = bool(visit.person.staff_as("teacher", "partner"))
    where = LessonsWeek(monday=monday.toordinal(), group=0 if own else stood.group_id)
    return text, [*rows, visit.ways_back(where)]


def _marking(visit: Visit, stood: Stood) -> Rows:
    """A lesson that has begun can be marked, in the year that runs; one of an earlier year is only read."""
    recent = visit.now - stood.starts_at < timedelta(days=60)
    if stood.cancelled_at is not None or not recent or not is_open(visit.person, "journal.enter"):
        return []
    return [[visit.button("button-mark", MarkLesson(stood.id))]]


def _verbs(visit: Visit, stood: Stood, last: Change | None) -> Rows:
    move = visit.button("button-lesson-move", LessonWhen(lesson=stood.id))
    if stood.cancelled_at is not None:
        return [[visit.button("button-lesson-restore", LessonBack(lesson=stood.id)), move]]
    rows = [
        [move, visit.button("button-lesson-cancel", LessonDrop(lesson=stood.id))],
        [visit.button("button-lesson-place", LessonPlace(lesson=stood.id))],
    ]
    undoable = last is not None and last.now == stood.standing and last.was.starts_at > visit.now
    if last is not None and undoable and not stood.as_planned:
        rows.append([visit.button("button-lesson-undo", Undo(change=last.id))])
    return rows


def routes() -> Router:
    """The table of contents of this file; what changes a lesson stands in lesson_changes.py."""
    router = Router(name="lessons")
    router.callback_query.register(home, opens(Lessons), flags=may("timetable.teach"))
    router.callback_query.register(of_past, opens(PastLessons), flags=may("timetable.teach"))
    router.callback_query.register(week, LessonsWeek.filter(), flags=may("timetable.teach"))
    router.callback_query.register(partners, LessonsPartners.filter(), flags=may("timetable.teach"))
    router.callback_query.register(groups, LessonsGroups.filter(), flags=may("timetable.teach"))
    router.callback_query.register(lesson, opens(LessonPage), flags=may("timetable.teach"))
    router.include_router(changing.routes())
    return router
