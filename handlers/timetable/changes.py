"""A lesson is changed: moved, cancelled, brought back, held elsewhere — always shown first, then confirmed, then undone if wished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.timetable.lessons import PLACE, REASON, cancel_lesson, move_lesson, move_to_place, restore_lesson, undo_change
from bot.services.timetable.moments import read_moment
from bot.services.timetable.preview import preview, unreached
from bot.settings import Settings
from bot.voice import Say, lines
from bot.words.timetable import clashes_in_words, will_hear, with_unreached
from handlers.ui import AlsoOld, Button, Epoch, back, back_to_menu, may, show
from storage.db import Database
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable

DAYS = 6  # suggested for a move


class LessonTyping(StatesGroup):
    """What somebody is asked to type; the talk's data hold the lesson, and what was typed until it is confirmed."""

    when = State()
    why = State()
    place = State()


class LessonPage(CallbackData, prefix="lesson"):
    lesson: int


class LessonWhen(CallbackData, prefix="lesson.when"):
    """Choose another time."""

    lesson: int


class LessonDrop(CallbackData, prefix="lesson.drop"):
    """Before a lesson is cancelled."""

    lesson: int


class LessonPlace(CallbackData, prefix="lesson.place"):
    """Write another place."""

    lesson: int


class LessonBack(CallbackData, prefix="lesson.back"):
    """Before a cancelled lesson takes place after all."""

    lesson: int


class Undo(CallbackData, prefix="lesson.undo"):
    change: int


class LessonTo(CallbackData, prefix="lesson.to"):
    """Before a lesson is moved."""

    lesson: int
    to: Epoch


class Move(CallbackData, prefix="lesson.move"):
    lesson: int
    to: Epoch
    was: Epoch = 0  # what the person saw; 0: not said


class Cancel(AlsoOld, CallbackData, prefix="lesson.cancel"):
    lesson: int
    was: int = 0  # its beginning, as the person saw it; 0: an old button, which says nothing of it
    why: str = ""  # the stamp of the reason shown; empty: none


class Restore(AlsoOld, CallbackData, prefix="lesson.restore"):
    lesson: int
    was: int = 0


class MoveTo(AlsoOld, CallbackData, prefix="lesson.room"):
    lesson: int
    was: int = 0
    place: str = ""  # the stamp of the place shown


def at_moment(epoch: int) -> datetime:
    """Callback data packs no dates: epoch seconds; what is no moment of our age is refused."""
    if not 0 < epoch < 4_102_444_800:  # the year 2100
        raise Refusal("gone")
    return datetime.fromtimestamp(epoch, UTC)


LONG_AGO = datetime.fromtimestamp(0, UTC)  # when no lesson begins


def _epoch(at: datetime) -> int:
    return int(at.timestamp())


def _seen_at(epoch: int) -> datetime:
    """The beginning a page showed; a button that says nothing of it (0) was made before there was a way to."""
    return at_moment(epoch) if epoch else LONG_AGO


# ── move ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def choosing(
    tap: CallbackQuery,
    callback_data: LessonWhen,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    """Days to choose from at the same hour; another time may be typed."""
    seen = await preview(db, callback_data.lesson, "lesson.move", by=person, now=now, zone=settings.zone)
    lesson = seen.lesson
    await state.set_state(LessonTyping.when)
    await state.set_data({"lesson": lesson.id})
    days = [
        Button(say.plain("lesson-move-day", at=at), LessonTo(lesson=lesson.id, to=int(at.timestamp())))
        for at in _suggested(lesson.starts_at, now, settings)
    ]
    rows = [days[place : place + 2] for place in range(0, len(days), 2)]
    await show(tap, say("lesson-move-when", course=lesson.course, at=lesson.starts_at), [*rows, _ways_back(say, lesson.id)])


def _suggested(starts_at: datetime, now: datetime, settings: Settings) -> list[datetime]:
    """The nearest days at the same hour: from two days before the lesson on, no Sundays, not the lesson's own day."""
    zone = settings.zone
    here, today = starts_at.astimezone(zone), now.astimezone(zone).date()
    first = max(today, here.date() - timedelta(days=2))
    days = [first + timedelta(days=ahead) for ahead in range(DAYS + 4)]
    found = [datetime.combine(day, here.time(), zone) for day in days if day != here.date() and day.weekday() != 6]
    return [at for at in found if at > now][:DAYS]


async def typed_when(
    message: Message, db: Database, say: Say, person: Person, now: datetime, settings: Settings, state: FSMContext
) -> None:
    lesson_id = await _talked_of(state)
    async with db.read() as tx:
        lesson = await timetable.lesson(tx, lesson_id)
    if lesson is None:
        raise Refusal("lesson-gone")
    to = read_moment(message.text or "", now=now, zone=settings.zone, like=lesson.starts_at)
    if to is None:
        raise Refusal("lesson-time-unclear")
    await _show_move(message, lesson_id, to, db, say, person, now, settings)


async def to_move(
    tap: CallbackQuery, callback_data: LessonTo, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    await _show_move(tap, callback_data.lesson, at_moment(callback_data.to), db, say, person, now, settings)


async def _show_move(
    event: Message | CallbackQuery,
    lesson_id: int,
    to: datetime,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
) -> None:
    seen = await preview(db, lesson_id, "lesson.move", by=person, now=now, zone=settings.zone, to=to)
    was = seen.lesson.starts_at
    confirm = Move(lesson=lesson_id, to=int(to.timestamp()), was=int(was.timestamp()))
    text = say("lesson-move-preview", course=seen.lesson.course, was=was, now=to)
    rows = [
        [Button(say.plain("button-confirm"), confirm)],
        [Button(say.plain("button-other-time"), LessonWhen(lesson=lesson_id))],
        _ways_back(say, lesson_id),
    ]
    await show(event, lines([text, clashes_in_words(seen.clashes, say), will_hear(seen, say)]), rows)


async def moved(
    tap: CallbackQuery,
    callback_data: Move,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    to = at_moment(callback_data.to)
    was = at_moment(callback_data.was) if callback_data.was else None
    told = await move_lesson(db, callback_data.lesson, to, by=person, now=now, zone=settings.zone, was=was)
    await _done(tap, callback_data.lesson, say("lesson-done", families=told), db, say, now, state)


# ── cancel and bring back ───────────────────────────────────────────────────────────────────────────────────────────


async def to_cancel(
    tap: CallbackQuery,
    callback_data: LessonDrop,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    await state.set_state(LessonTyping.why)
    await state.set_data({"lesson": callback_data.lesson})
    await _show_cancel(tap, callback_data.lesson, None, db, say, person, now, settings)


async def typed_why(
    message: Message, db: Database, say: Say, person: Person, now: datetime, settings: Settings, state: FSMContext
) -> None:
    lesson_id, why = await _talked_of(state), _line(message, REASON)
    await state.update_data(why=why)
    await _show_cancel(message, lesson_id, why, db, say, person, now, settings)


async def _show_cancel(
    event: Message | CallbackQuery,
    lesson_id: int,
    why: str | None,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
) -> None:
    seen = await preview(db, lesson_id, "lesson.cancel", by=person, now=now, zone=settings.zone)
    text = say("lesson-cancel-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    reason = say("lesson-because", reason=why) if why else say("lesson-cancel-why")
    confirm = Cancel(lesson=lesson_id, was=_epoch(seen.lesson.starts_at), why=stamp(why) if why else "")
    rows = [[Button(say.plain("button-confirm"), confirm)], _ways_back(say, lesson_id)]
    await show(event, lines([text, reason, will_hear(seen, say)]), rows)


async def cancelled(
    tap: CallbackQuery,
    callback_data: Cancel,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    typed = await state.get_data()
    at = callback_data
    why = typed.get("why") if at.why and typed.get("lesson") == at.lesson else None
    # A reason that is not the one the page showed, typed for another page since, is not given to the families.
    was = _seen_at(at.was) if not at.why or at.why == stamp(why) else LONG_AGO
    told = await cancel_lesson(db, at.lesson, by=person, now=now, zone=settings.zone, reason=why, was=was)
    await _done(tap, callback_data.lesson, say("lesson-done", families=told), db, say, now, state)


async def to_restore(
    tap: CallbackQuery, callback_data: LessonBack, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    seen = await preview(db, callback_data.lesson, "lesson.cancel", by=person, now=now, zone=settings.zone)
    text = say("lesson-restore-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    confirm = Restore(lesson=seen.lesson.id, was=_epoch(seen.lesson.starts_at))
    rows = [[Button(say.plain("button-confirm"), confirm)], _ways_back(say, seen.lesson.id)]
    await show(tap, lines([text, will_hear(seen, say)]), rows)


async def restored(
    tap: CallbackQuery,
    callback_data: Restore,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    was = _seen_at(callback_data.was)
    told = await restore_lesson(db, callback_data.lesson, by=person, now=now, zone=settings.zone, was=was)
    await _done(tap, callback_data.lesson, say("lesson-done", families=told), db, say, now, state)


# ── another place ───────────────────────────────────────────────────────────────────────────────────────────────────


async def to_place(
    tap: CallbackQuery,
    callback_data: LessonPlace,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    seen = await preview(db, callback_data.lesson, "lesson.move", by=person, now=now, zone=settings.zone)
    await state.set_state(LessonTyping.place)
    await state.set_data({"lesson": seen.lesson.id})
    text = say("lesson-place-ask", course=seen.lesson.course, at=seen.lesson.starts_at, place=seen.lesson.where or "—")
    await show(tap, text, [_ways_back(say, seen.lesson.id)])


async def typed_place(
    message: Message, db: Database, say: Say, person: Person, now: datetime, settings: Settings, state: FSMContext
) -> None:
    lesson_id, place = await _talked_of(state), _line(message, PLACE)
    seen = await preview(db, lesson_id, "lesson.move", by=person, now=now, zone=settings.zone)
    if seen.lesson.where == place:
        raise Refusal("lesson-same-place")
    await state.update_data(place=place)
    text = say(
        "lesson-place-preview",
        course=seen.lesson.course,
        at=seen.lesson.starts_at,
        was=seen.lesson.where or "—",
        now=place,
    )
    confirm = MoveTo(lesson=lesson_id, was=_epoch(seen.lesson.starts_at), place=stamp(place))
    rows = [[Button(say.plain("button-confirm"), confirm)], _ways_back(say, lesson_id)]
    await show(message, lines([text, will_hear(seen, say)]), rows)


async def placed(
    tap: CallbackQuery,
    callback_data: MoveTo,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    typed = await state.get_data()
    at = callback_data
    known = [typed.get("place") if typed.get("lesson") == at.lesson else None, await _last_place(db, at.lesson)]
    place = next((one for one in known if one and stamp(one) == at.place), None)
    if place is None:  # another one was typed since, for another page
        raise Refusal("lesson-changed-since")
    told = await move_to_place(db, at.lesson, place, by=person, now=now, zone=settings.zone, was=_seen_at(at.was))
    await _done(tap, callback_data.lesson, say("lesson-done", families=told), db, say, now, state)


async def _last_place(db: Database, lesson_id: int) -> str | None:
    """Where it was moved to last: what a second press of the same button meant, the talk being over."""
    async with db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
    return changes[-1].now.place if changes and changes[-1].kind == "room" else None


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def undone(
    tap: CallbackQuery, callback_data: Undo, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    told = await undo_change(db, callback_data.change, by=person, now=now, zone=settings.zone)
    async with db.read() as tx:
        change = await lesson_changes.change(tx, callback_data.change)
        silent = await unreached(tx, change.lesson_id) if change else 0
    page = [Button(say.plain("button-lesson-page"), LessonPage(lesson=change.lesson_id))] if change else []
    await show(tap, with_unreached(say("lesson-undone", families=told), silent, say), [page, [back_to_menu(say)]])


async def _done(tap: CallbackQuery, lesson_id: int, text: str, db: Database, say: Say, now: datetime, state: FSMContext) -> None:
    """It is done, and can be undone while the old time has not come."""
    if await state.get_state() is not None:
        await state.clear()
    async with db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
        silent = await unreached(tx, lesson_id)
    rows: list[list[Button]] = []
    if changes and changes[-1].was.starts_at > now:
        rows.append([Button(say.plain("button-lesson-undo"), Undo(change=changes[-1].id))])
    text = with_unreached(text, silent, say)
    await show(tap, text, [*rows, [Button(say.plain("button-lesson-page"), LessonPage(lesson=lesson_id)), back_to_menu(say)]])


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _talked_of(state: FSMContext) -> int:
    lesson_id = (await state.get_data()).get("lesson")
    if not isinstance(lesson_id, int):
        raise Refusal("gone")
    return lesson_id


def _line(message: Message, limit: int) -> str:
    """What was typed, on one line."""
    typed = " ".join((message.text or "").split())
    if len(typed) > limit:
        raise Refusal("lesson-too-long", limit=limit)
    return typed


def _ways_back(say: Say, lesson_id: int) -> list[Button]:
    return [back(say, LessonPage(lesson=lesson_id)), back_to_menu(say)]


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_changes")
    typed = F.text & ~F.text.startswith("/")
    router.callback_query.register(choosing, LessonWhen.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_move, LessonTo.filter(), flags=may("lesson.move"))
    router.callback_query.register(moved, Move.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_cancel, LessonDrop.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(cancelled, Cancel.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(to_restore, LessonBack.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(restored, Restore.filter(), flags=may("lesson.cancel"))
    router.callback_query.register(to_place, LessonPlace.filter(), flags=may("lesson.move"))
    router.callback_query.register(placed, MoveTo.filter(), flags=may("lesson.move"))
    router.callback_query.register(undone, Undo.filter(), flags=may("lesson.move"))
    router.message.register(typed_when, LessonTyping.when, typed, flags=may("lesson.move"))
    router.message.register(typed_why, LessonTyping.why, typed, flags=may("lesson.cancel"))
    router.message.register(typed_place, LessonTyping.place, typed, flags=may("lesson.move"))
    return router
