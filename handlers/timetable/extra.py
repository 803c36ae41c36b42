"""An extra lesson for a cancelled one: the nearest free hours, or one that is typed; shown first, then confirmed."""

from __future__ import annotations

from datetime import timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.refusals import Refusal
from bot.services.timetable.extra import add_lesson, extra_preview
from bot.services.timetable.free import free_hours
from bot.services.timetable.moments import Span, read_span
from bot.services.timetable.preview import unreached_of
from bot.targets import Epoch, LessonPage
from bot.visit import Visit
from bot.words.timetable import extra_in_words, with_unreached
from handlers.door import TYPED, may
from handlers.timetable.changes import at_moment, epoch_of, suggestion, talked_of
from handlers.timetable.periods import PeriodUndo
from storage.timetable import changes as lesson_changes


class ExtraTyping(StatesGroup):
    """When an extra lesson shall be; the talk's data hold the cancelled one."""

    when = State()


class LessonExtra(CallbackData, prefix="extra.when"):
    """Choose when an extra lesson is held."""

    lesson: int  # the cancelled one


class ExtraTo(CallbackData, prefix="extra.to"):
    """Before an extra lesson is added."""

    lesson: int
    to: Epoch
    ends: Epoch = 0  # 0: as long as the cancelled one


class AddExtra(CallbackData, prefix="extra.add"):
    lesson: int
    to: Epoch
    ends: Epoch = 0


async def choosing(visit: Visit, at: LessonExtra) -> None:
    seen = await extra_preview(visit.db, at.lesson, by=visit.person, at=visit.moment)
    lesson = seen.lesson
    await visit.talk.begin(ExtraTyping.when, lesson=lesson.id)
    tomorrow = visit.today + timedelta(days=1)
    buttons = [
        suggestion(visit, lesson, when, ExtraTo(lesson=lesson.id, to=epoch_of(when)))
        for when in await free_hours(visit.db, lesson, tomorrow, at=visit.moment)
    ]
    text = visit.say("lesson-extra-when", course=lesson.course, at=lesson.starts_at)
    await visit.show(text, [*in_rows(buttons, 2), visit.ways_back(LessonPage(lesson=lesson.id))])


async def typed_when(visit: Visit) -> None:
    lesson_id = await talked_of(visit)
    seen = await extra_preview(visit.db, lesson_id, by=visit.person, at=visit.moment)
    span = read_span(visit.text, now=visit.now, zone=visit.zone, like=seen.lesson.starts_at)
    if span is None:
        raise Refusal("lesson-time-unclear")
    await _show(visit, lesson_id, span)


async def to_add(visit: Visit, at: ExtraTo) -> None:
    await _show(visit, at.lesson, _span(at))


async def _show(visit: Visit, lesson_id: int, span: Span) -> None:
    seen = await extra_preview(visit.db, lesson_id, span, by=visit.person, at=visit.moment)
    ends = epoch_of(span.ends) if span.ends is not None else 0
    rows = [
        [visit.button("button-confirm", AddExtra(lesson=lesson_id, to=epoch_of(span.starts), ends=ends))],
        [visit.button("button-other-time", LessonExtra(lesson=lesson_id))],
        visit.ways_back(LessonPage(lesson=lesson_id)),
    ]
    await visit.show(extra_in_words(seen, span, visit.moment, visit.say), rows)


async def added(visit: Visit, at: AddExtra) -> None:
    extra, told = await add_lesson(visit.db, at.lesson, _span(at), by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [extra])).get(extra, [])
        silent = await unreached_of(tx, [extra])
    undo = [visit.button("button-lesson-undo", PeriodUndo(change=changes[-1].id))] if changes else []
    page = [visit.button("button-lesson-page", LessonPage(lesson=extra)), visit.menu]
    await visit.show(with_unreached(visit.say("lesson-extra-done", families=told), silent, visit.say), [undo, page])


def _span(at: ExtraTo | AddExtra) -> Span:
    return Span(at_moment(at.to), at_moment(at.ends) if at.ends else None)


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_extra")
    router.callback_query.register(choosing, LessonExtra.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_add, ExtraTo.filter(), flags=may("lesson.move", keeps_talk=ExtraTyping))
    router.callback_query.register(added, AddExtra.filter(), flags=may("lesson.move"))
    router.message.register(typed_when, ExtraTyping.when, TYPED, flags=may("lesson.move"))
    return router
