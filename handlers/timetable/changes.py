"""A lesson is changed: moved, cancelled, brought back — always shown first, then confirmed, then undone if wished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.reading.illness import speaks_of_illness
from bot.refusals import Refusal, stamp
from bot.services.timetable.free import free_hours
from bot.services.timetable.lessons import REASON, cancel_lesson, move_lesson, one_line, restore_lesson, undo_change
from bot.services.timetable.moments import Span, read_span
from bot.services.timetable.preview import against_undoing, preview, unreached_of
from bot.targets import Epoch, LessonPage
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Packs, Visit
from bot.voice import lines
from bot.words.timetable import clashes_in_words, move_in_words, will_hear, with_unreached
from handlers.door import TYPED, may
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from storage.timetable.timetable import Stood


class LessonTyping(StatesGroup):
    """What somebody is asked to type; the talk's data hold the lesson, and what was typed until it is confirmed."""

    when = State()
    why = State()


class LessonWhen(CallbackData, prefix="lesson.when"):
    """Choose another time."""

    lesson: int


class LessonDrop(CallbackData, prefix="lesson.drop"):
    """Before a lesson is cancelled."""

    lesson: int


class LessonBack(CallbackData, prefix="lesson.back"):
    """Before a cancelled lesson takes place after all."""

    lesson: int


class Undo(AlsoOld, CallbackData, prefix="lesson.undo"):
    change: int
    sure: int = 0  # 1: what stands against it was seen


class LessonTo(CallbackData, prefix="lesson.to"):
    """Before a lesson is moved."""

    lesson: int
    to: Epoch


class Move(AlsoOld, CallbackData, prefix="lesson.move"):
    lesson: int
    to: Epoch
    was: Epoch = 0  # what the person saw; 0: not said
    ends: Epoch = 0  # 0: as long as before


class Cancel(AlsoOld, CallbackData, prefix="lesson.cancel"):
    lesson: int
    was: int = 0  # its beginning, as the person saw it; 0: an old button, which says nothing of it
    why: str = ""  # the stamp of the reason shown; empty: none


class Restore(AlsoOld, CallbackData, prefix="lesson.restore"):
    lesson: int
    was: int = 0


def at_moment(epoch: int) -> datetime:
    """Callback data packs no dates: epoch seconds; what is no moment of our age is refused."""
    if not 0 < epoch < 4_102_444_800:  # the year 2100
        raise Refusal("gone")
    return datetime.fromtimestamp(epoch, UTC)


LONG_AGO = datetime.fromtimestamp(0, UTC)  # when no lesson begins


def epoch_of(at: datetime) -> int:
    return int(at.timestamp())


def seen_at(epoch: int) -> datetime:
    """The beginning a page showed; a button that says nothing of it (0) was made before there was a way to."""
    return at_moment(epoch) if epoch else LONG_AGO


# ── move ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def choosing(visit: Visit, at: LessonWhen) -> None:
    """Days to choose from at the same hour; another time may be typed."""
    seen = await preview(visit.db, at.lesson, "lesson.move", by=visit.person, at=visit.moment)
    lesson = seen.lesson
    await visit.talk.begin(LessonTyping.when, lesson=lesson.id)
    here = lesson.starts_at.astimezone(visit.zone).date()
    first = max(visit.today, here - timedelta(days=2))  # from two days before the lesson on, not its own day
    days = [
        suggestion(visit, lesson, when, LessonTo(lesson=lesson.id, to=epoch_of(when)))
        for when in await free_hours(visit.db, lesson, first, at=visit.moment, but=here)
    ]
    rows = in_rows(days, 2)
    await visit.show(
        visit.say("lesson-move-when", course=lesson.course, at=lesson.starts_at), [*rows, _ways_back(visit, lesson.id)]
    )


def suggestion(visit: Visit, lesson: Stood, when: datetime, to: Packs) -> Button:
    """A day on which nothing stands against the lesson; with the hour where it is another than the lesson has."""
    usual = lesson.starts_at.astimezone(visit.zone).time()
    if when.astimezone(visit.zone).time() == usual:
        return visit.button("lesson-move-day", to, at=when)
    return visit.button("lesson-move-day-hour", to, at=when)


async def typed_when(visit: Visit) -> None:
    lesson_id = await talked_of(visit)
    async with visit.db.read() as tx:
        lesson = await timetable.lesson(tx, lesson_id)
    if lesson is None:
        raise Refusal("lesson-gone")
    to = read_span(visit.text, now=visit.now, zone=visit.zone, like=lesson.starts_at)
    if to is None:
        raise Refusal("lesson-time-unclear")
    await _show_move(visit, lesson_id, to)


async def to_move(visit: Visit, at: LessonTo) -> None:
    await _show_move(visit, at.lesson, Span(at_moment(at.to)))


async def _show_move(visit: Visit, lesson_id: int, span: Span) -> None:
    seen = await preview(visit.db, lesson_id, "lesson.move", by=visit.person, at=visit.moment, to=span)
    ends = 0 if span.ends is None else epoch_of(span.ends)
    confirm = Move(lesson=lesson_id, to=epoch_of(span.starts), was=epoch_of(seen.lesson.starts_at), ends=ends)
    rows = [
        [visit.button("button-confirm", confirm)],
        [visit.button("button-other-time", LessonWhen(lesson=lesson_id))],
        _ways_back(visit, lesson_id),
    ]
    await visit.show(move_in_words(seen, span, visit.moment, visit.say), rows)


async def moved(visit: Visit, at: Move) -> None:
    to = Span(at_moment(at.to), at_moment(at.ends) if at.ends else None)
    was = at_moment(at.was) if at.was else None
    told = await move_lesson(visit.db, at.lesson, to, by=visit.person, at=visit.moment, was=was)
    await lesson_done(visit, at.lesson, visit.say("lesson-done", families=told))


# ── cancel and bring back ───────────────────────────────────────────────────────────────────────────────────────────


async def to_cancel(visit: Visit, at: LessonDrop) -> None:
    await visit.talk.begin(LessonTyping.why, lesson=at.lesson)
    await _show_cancel(visit, at.lesson, None)


async def typed_why(visit: Visit) -> None:
    lesson_id, why = await talked_of(visit), one_line(visit.text, REASON)
    await visit.talk.note(why=why)
    await _show_cancel(visit, lesson_id, why)


async def _show_cancel(visit: Visit, lesson_id: int, why: str | None) -> None:
    seen = await preview(visit.db, lesson_id, "lesson.cancel", by=visit.person, at=visit.moment)
    text = visit.say("lesson-cancel-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    reason = visit.say("lesson-because", reason=why) if why else visit.say("lesson-cancel-why")
    ill = visit.say("reason-illness") if why and speaks_of_illness(why) else ""
    confirm = Cancel(lesson=lesson_id, was=epoch_of(seen.lesson.starts_at), why=stamp(why) if why else "")
    rows = [[confirming(visit, confirm, ill=bool(ill))], _ways_back(visit, lesson_id)]
    await visit.show(lines([text, reason, ill, will_hear(seen, visit.say)]), rows)


def confirming(visit: Visit, confirm: Packs, *, ill: bool) -> Button:
    """«Подтвердить»; of a reason that speaks of an illness its button says so."""
    return visit.button("button-reason-illness", confirm) if ill else visit.button("button-confirm", confirm)


async def cancelled(visit: Visit, at: Cancel) -> None:
    typed = await visit.talk.data()
    why = typed.get("why") if at.why and typed.get("lesson") == at.lesson else None
    # A reason that is not the one the page showed, typed for another page since, is not given to the families.
    was = seen_at(at.was) if not at.why or at.why == stamp(why) else LONG_AGO
    told = await cancel_lesson(visit.db, at.lesson, by=visit.person, at=visit.moment, reason=why, was=was)
    await lesson_done(visit, at.lesson, visit.say("lesson-done", families=told))


async def to_restore(visit: Visit, at: LessonBack) -> None:
    seen = await preview(visit.db, at.lesson, "lesson.cancel", by=visit.person, at=visit.moment)
    text = visit.say("lesson-restore-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    confirm = Restore(lesson=seen.lesson.id, was=epoch_of(seen.lesson.starts_at))
    rows = [[visit.button("button-confirm", confirm)], _ways_back(visit, seen.lesson.id)]
    await visit.show(lines([text, clashes_in_words(seen.clashes, visit.say), will_hear(seen, visit.say)]), rows)


async def restored(visit: Visit, at: Restore) -> None:
    was = seen_at(at.was)
    told = await restore_lesson(visit.db, at.lesson, by=visit.person, at=visit.moment, was=was)
    await lesson_done(visit, at.lesson, visit.say("lesson-done", families=told))


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def undone(visit: Visit, at: Undo) -> None:
    """What stands against it is seen first, as before a move."""
    found = [] if at.sure else await against_undoing(visit.db, at.change, by=visit.person, at=visit.moment)
    if found:
        text = lines([visit.say("lesson-undo-preview"), clashes_in_words(found, visit.say)])
        await visit.show(text, [[visit.button("button-confirm", Undo(change=at.change, sure=1))], [visit.menu]])
        return
    told = await undo_change(visit.db, at.change, by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        change = await lesson_changes.change(tx, at.change)
        silent = await unreached_of(tx, [change.lesson_id]) if change else 0
    page = [visit.button("button-lesson-page", LessonPage(lesson=change.lesson_id))] if change else []
    await visit.show(with_unreached(visit.say("lesson-undone", families=told), silent, visit.say), [page, [visit.menu]])


async def lesson_done(visit: Visit, lesson_id: int, text: str) -> None:
    """It is done, and can be undone while the old time has not come."""
    async with visit.db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
        silent = await unreached_of(tx, [lesson_id])
    rows: list[list[Button]] = []
    if changes and changes[-1].was.starts_at > visit.now:
        rows.append([visit.button("button-lesson-undo", Undo(change=changes[-1].id))])
    text = with_unreached(text, silent, visit.say)
    await visit.show(text, [*rows, [visit.button("button-lesson-page", LessonPage(lesson=lesson_id)), visit.menu]])


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def talked_of(visit: Visit) -> int:
    """The lesson of which the talk is."""
    lesson_id = (await visit.talk.data()).get("lesson")
    if not isinstance(lesson_id, int):
        raise Refusal("gone")
    return lesson_id


def _ways_back(visit: Visit, lesson_id: int) -> list[Button]:
    return visit.ways_back(LessonPage(lesson=lesson_id))


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_changes")
    typed = TYPED
    router.callback_query.register(choosing, LessonWhen.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_move, LessonTo.filter(), flags=may("lesson.move", keeps_talk=LessonTyping))
    router.callback_query.register(moved, Move.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_cancel, LessonDrop.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(cancelled, Cancel.filter(), flags=may("lesson.cancel", keeps_talk=LessonTyping))
    router.callback_query.register(to_restore, LessonBack.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(restored, Restore.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(undone, Undo.filter(), flags=may("lesson.move"))
    router.message.register(typed_when, LessonTyping.when, typed, flags=may("lesson.move"))
    router.message.register(typed_why, LessonTyping.why, typed, flags=may("lesson.cancel"))
    return router
