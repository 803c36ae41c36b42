"""Lessons for those who teach and organize: the week, the groups of a partner, one lesson and who has seen its change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.timetable.answers import Answers, card
from bot.services.timetable.lessons import known_to, require_lesson, scope_of
from bot.settings import Settings
from bot.voice import Say, lines, short_name
from handlers.timetable import changes as changing
from handlers.timetable.changes import LessonBack, LessonDrop, LessonPage, LessonPlace, LessonWhen, Undo
from handlers.ui import Button, Lessons, Rows, Timetable, back, back_to_menu, may, pager, show
from storage.db import Database, Tx
from storage.timetable import timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Learner, Scope, Stood

PER_PAGE = 12  # lessons of a week on one page
NAMES = 25  # of those who have not answered, on a lesson's page
LABEL = 40  # characters of a name on a button


class LessonsWeek(CallbackData, prefix="lessons.week"):
    """A week of lessons: one's own, or of one group."""

    monday: int = 0  # the day's ordinal; 0: this week
    group: int = 0
    page: int = 0


class LessonsPartners(CallbackData, prefix="lessons.partners"):
    """The partners, for a coordinator to choose one."""


class LessonsGroups(CallbackData, prefix="lessons.groups"):
    organization: int


def monday_of(ordinal: int, today: date) -> date:
    """The Monday of the week a button means; a button that means no day of our age means this week."""
    near = abs(ordinal - today.toordinal()) < 1000
    meant = date.fromordinal(ordinal) if near else today
    return meant - timedelta(days=meant.weekday())


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def home(event: Message | CallbackQuery, db: Database, say: Say, person: Person, now: datetime, settings: Settings) -> None:
    """One's own week; a coordinator who neither teaches nor keeps a partner's groups chooses the partner first."""
    if person.staff_as("teacher", "partner"):
        await _show_week(event, LessonsWeek(), db, say, person, now, settings)
    else:
        await partners(event, db, say, person)


async def partners(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    if not person.organizations_as("coordinator"):
        raise Refusal("not-yours")
    async with db.read() as tx:
        found = await timetable.partners(tx)
    rows = [[Button(_label(short_name(name)), LessonsGroups(organization=partner))] for partner, name in found]
    text = say("lessons-partners") if found else say("lessons-no-partners")
    await show(event, text, [*rows, *_family(say, person), [back_to_menu(say)]])


async def groups(tap: CallbackQuery, callback_data: LessonsGroups, db: Database, say: Say, person: Person) -> None:
    if not person.organizations_as("coordinator"):
        raise Refusal("not-yours")
    async with db.read() as tx:
        name = dict(await timetable.partners(tx)).get(callback_data.organization)
        found = await timetable.groups_of_organization(tx, callback_data.organization)
    if name is None:
        raise Refusal("gone")
    labels = [(group.id, say.plain("lessons-group-button", course=_label(group.course), group=group.code)) for group in found]
    rows = [[Button(label, LessonsWeek(group=group_id))] for group_id, label in labels]
    text = say("lessons-groups", organization=name) if found else say("lessons-no-groups")
    await show(tap, text, [*rows, [back(say, LessonsPartners()), back_to_menu(say)]])


async def week(
    tap: CallbackQuery, callback_data: LessonsWeek, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    await _show_week(tap, callback_data, db, say, person, now, settings)


async def _show_week(
    event: Message | CallbackQuery, at: LessonsWeek, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    zone = settings.zone
    today = now.astimezone(zone).date()
    monday = monday_of(at.monday, today)
    begins, ends = (datetime.combine(day, time(), zone) for day in (monday, monday + timedelta(days=7)))
    scope, group = _scope(person, at.group), at.group or None
    async with db.read() as tx:
        found = await timetable.lessons_taught(tx, scope, begins, ends, group_id=group)
        soon = None if found else await timetable.next_taught(tx, scope, max(ends, now), group_id=group)
    title = say("lessons-week", monday=monday, sunday=monday + timedelta(days=6))
    if found and group:
        title = say(
            "lessons-week-group", course=found[0].course, group=found[0].group, monday=monday, sunday=monday + timedelta(days=6)
        )
    pages = (len(found) + PER_PAGE - 1) // PER_PAGE
    page = min(max(at.page, 0), max(pages - 1, 0))
    rows: list[list[Button]] = [
        [Button(_line(lesson, say), LessonPage(lesson=lesson.id))] for lesson in found[page * PER_PAGE : (page + 1) * PER_PAGE]
    ]
    rows.append(pager(say, page, pages, lambda to: LessonsWeek(monday=monday.toordinal(), group=at.group, page=to)))
    rows += _around(say, monday, at.group, soon.astimezone(zone).date() if soon else None)
    text = say("lessons-choose") if found else (say("lessons-empty-next", at=soon) if soon else say("lessons-empty"))
    await show(event, lines([title, text]), [*rows, *_ways_back(say, person, at.group)])


def _scope(person: Person, group: int) -> Scope:
    """A group was chosen by a coordinator; one's own week holds one's own lessons, not the whole network's."""
    scope = scope_of(person)
    return scope if group else Scope(scope.teachers, scope.organizations)


def _line(lesson: Stood, say: Say) -> str:
    state = "cancelled" if lesson.cancelled_at else "plain" if lesson.starts_at == lesson.plan_starts_at else "moved"
    return say.plain("lessons-line", state=state, at=lesson.starts_at, course=_label(lesson.course))


def _around(say: Say, monday: date, group: int, soon: date | None) -> list[list[Button]]:
    def at(day: date) -> LessonsWeek:
        return LessonsWeek(monday=day.toordinal(), group=group)

    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    weeks = [Button(say.plain("button-week-before"), at(before)), Button(say.plain("button-week-after"), at(after))]
    return [[Button(say.plain("button-lessons-next"), at(soon))], weeks] if soon else [weeks]


def _ways_back(say: Say, person: Person, group: int) -> Rows:
    if group:
        return [[back(say, LessonsPartners() if person.organizations_as("coordinator") else Lessons()), back_to_menu(say)]]
    everywhere = [[Button(say.plain("button-all-partners"), LessonsPartners())]] if person.organizations_as("coordinator") else []
    return [*everywhere, *_family(say, person), [back_to_menu(say)]]


def _family(say: Say, person: Person) -> Rows:
    return [[Button(say.plain("button-family-timetable"), Timetable())]] if person.pupils else []


def _label(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"


# ── one lesson ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def lesson(
    tap: CallbackQuery,
    callback_data: LessonPage,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    if await state.get_state() is not None:  # back from a page where something was to be typed
        await state.clear()
    async with db.read() as tx:
        text, rows = await _page(tx, callback_data.lesson, say, person, now, settings)
    await show(tap, text, rows, anew=_is_letter(tap))


def _is_letter(tap: CallbackQuery) -> bool:
    """The list to call is a letter that stays: its only button leads here."""
    markup = tap.message.reply_markup if isinstance(tap.message, Message) else None
    return markup is not None and [len(row) for row in markup.inline_keyboard] == [1]


async def _page(tx: Tx, lesson_id: int, say: Say, person: Person, now: datetime, settings: Settings) -> tuple[str, Rows]:
    stood = await timetable.lesson(tx, lesson_id)
    if stood is None:
        raise Refusal("lesson-gone")
    require_lesson(person, "timetable.teach", stood)
    about = await card(tx, stood, schools=person.organizations_as("coordinator"))
    begun = stood.starts_at <= now
    said = "\n".join(_facts(stood, about.pupils, say))
    missing = known_to(person, stood, about.missing)
    text = lines([said, _seen(about.answers, missing, say), say("lesson-is-over") if begun else ""])
    rows = [] if begun else _verbs(stood, about.last, say, now)
    monday = stood.starts_at.astimezone(settings.zone).date()
    own = bool(person.staff_as("teacher", "partner"))
    where = LessonsWeek(monday=monday.toordinal(), group=0 if own else stood.group_id)
    return text, [*rows, [back(say, where), back_to_menu(say)]]


def _facts(stood: Stood, pupils: int, say: Say) -> list[str]:
    said = [
        say("lesson-page", course=stood.course, group=stood.group),
        say("lesson-when", starts=stood.starts_at, ends=stood.ends_at),
    ]
    if stood.cancelled_at is not None:
        said.append(say("lesson-is-cancelled"))
    elif stood.starts_at != stood.plan_starts_at:
        said.append(say("lesson-was-planned", planned=stood.plan_starts_at))
    place = stood.where
    said.append(
        say("lesson-place", organization=stood.organization, place=place)
        if place
        else say("lesson-place-only", organization=stood.organization)
    )
    return [*said, say("lesson-teacher-name", teacher=stood.teacher), say("lesson-pupils", count=pupils)]


def _seen(answered: Answers, missing: Sequence[Learner], say: Say) -> str:
    if not answered.pupils:
        return ""
    said = [say("lesson-seen-by", seen=answered.seen, total=len(answered.pupils))]
    if missing:
        named = [one for one in missing if one.full_name]
        said.append(say("lesson-missing"))
        said += [say("lesson-call-line", name=f"{one.full_name}, {one.class_name}") for one in named[:NAMES]]
        if len(named) > NAMES:
            said.append(say("lesson-call-rest", count=len(named) - NAMES))
        if len(missing) > len(named):
            said.append(say("families-nameless", count=len(missing) - len(named)))
    return "\n".join(said)


def _verbs(stood: Stood, last: Change | None, say: Say, now: datetime) -> Rows:
    move = Button(say.plain("button-lesson-move"), LessonWhen(lesson=stood.id))
    if stood.cancelled_at is not None:
        return [[Button(say.plain("button-lesson-restore"), LessonBack(lesson=stood.id)), move]]
    rows = [
        [move, Button(say.plain("button-lesson-cancel"), LessonDrop(lesson=stood.id))],
        [Button(say.plain("button-lesson-place"), LessonPlace(lesson=stood.id))],
    ]
    undoable = last is not None and last.now == stood.standing and last.was.starts_at > now
    if last is not None and undoable and not stood.as_planned:
        rows.append([Button(say.plain("button-lesson-undo"), Undo(change=last.id))])
    return rows


def routes() -> Router:
    """The table of contents of this file; what changes a lesson stands in lesson_changes.py."""
    router = Router(name="lessons")
    router.callback_query.register(home, Lessons.filter(), flags=may("timetable.teach"))
    router.callback_query.register(week, LessonsWeek.filter(), flags=may("timetable.teach"))
    router.callback_query.register(partners, LessonsPartners.filter(), flags=may("timetable.teach"))
    router.callback_query.register(groups, LessonsGroups.filter(), flags=may("timetable.teach"))
    router.callback_query.register(lesson, LessonPage.filter(), flags=may("timetable.teach"))
    router.include_router(changing.routes())
    return router
