"""A lesson is changed: moved, cancelled, brought back, held elsewhere — always shown first, then confirmed, then undone if wished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.refusals import Refusal, stamp
from bot.services.timetable.lessons import PLACE, REASON, cancel_lesson, move_lesson, move_to_place, restore_lesson, undo_change
from bot.services.timetable.moments import Span, read_span
from bot.services.timetable.preview import against_undoing, preview, unreached
from bot.services.workdays import open_days
from bot.targets import Epoch, LessonPage
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.reasons import speaks_of_illness
from bot.words.timetable import clashes_in_words, will_hear, with_unreached
from handlers.door import TYPED, may
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable

DAYS = 6  # suggested for a move
LONGEST_BREAK = 21  # days looked through for them: the winter holidays and what stands around them


class LessonTyping(StatesGroup):
    """What somebody is asked to type; the talk's data hold the lesson, and what was typed until it is confirmed."""

    when = State()
    why = State()
    place = State()


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


async def choosing(visit: Visit, at: LessonWhen) -> None:
    """Days to choose from at the same hour; another time may be typed."""
    seen = await preview(visit.db, at.lesson, "lesson.move", by=visit.person, at=visit.moment)
    lesson = seen.lesson
    await visit.talk.begin(LessonTyping.when, lesson=lesson.id)
    days = [
        visit.button("lesson-move-day", LessonTo(lesson=lesson.id, to=int(at.timestamp())), at=at)
        for at in await _suggested(visit, lesson.starts_at)
    ]
    rows = in_rows(days, 2)
    await visit.show(
        visit.say("lesson-move-when", course=lesson.course, at=lesson.starts_at), [*rows, _ways_back(visit, lesson.id)]
    )


async def _suggested(visit: Visit, starts_at: datetime) -> list[datetime]:
    """The nearest days at the same hour: from two days before the lesson on, no days off, not the lesson's own day."""
    zone = visit.zone
    here, today = starts_at.astimezone(zone), visit.now.astimezone(zone).date()
    first = max(today, here.date() - timedelta(days=2))
    days = [first + timedelta(days=ahead) for ahead in range(DAYS + LONGEST_BREAK)]
    found = [datetime.combine(day, here.time(), zone) for day in await open_days(visit.db, days) if day != here.date()]
    return [at for at in found if at > visit.now][:DAYS]


async def typed_when(visit: Visit) -> None:
    lesson_id = await _talked_of(visit)
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
    to = span.starts
    seen = await preview(visit.db, lesson_id, "lesson.move", by=visit.person, at=visit.moment, to=span)
    was = seen.lesson.starts_at
    ends = 0 if span.ends is None else _epoch(span.ends)
    confirm = Move(lesson=lesson_id, to=_epoch(to), was=_epoch(was), ends=ends)
    text = visit.say("lesson-move-preview", course=seen.lesson.course, was=was, now=to)
    rows = [
        [visit.button("button-confirm", confirm)],
        [visit.button("button-other-time", LessonWhen(lesson=lesson_id))],
        _ways_back(visit, lesson_id),
    ]
    other_year = to.astimezone(visit.zone).year != visit.today.year
    year = visit.say("lesson-move-other-year", to=to) if other_year else ""
    until = visit.say("lesson-move-until", ends=span.ends) if span.ends is not None else ""
    await visit.show(lines([text, until, year, clashes_in_words(seen.clashes, visit.say), will_hear(seen, visit.say)]), rows)


async def moved(visit: Visit, at: Move) -> None:
    to = Span(at_moment(at.to), at_moment(at.ends) if at.ends else None)
    was = at_moment(at.was) if at.was else None
    told = await move_lesson(visit.db, at.lesson, to, by=visit.person, at=visit.moment, was=was)
    await _done(visit, at.lesson, visit.say("lesson-done", families=told))


# ── cancel and bring back ───────────────────────────────────────────────────────────────────────────────────────────


async def to_cancel(visit: Visit, at: LessonDrop) -> None:
    await visit.talk.begin(LessonTyping.why, lesson=at.lesson)
    await _show_cancel(visit, at.lesson, None)


async def typed_why(visit: Visit) -> None:
    lesson_id, why = await _talked_of(visit), _line(visit, REASON)
    await visit.talk.note(why=why)
    await _show_cancel(visit, lesson_id, why)


async def _show_cancel(visit: Visit, lesson_id: int, why: str | None) -> None:
    seen = await preview(visit.db, lesson_id, "lesson.cancel", by=visit.person, at=visit.moment)
    text = visit.say("lesson-cancel-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    reason = visit.say("lesson-because", reason=why) if why else visit.say("lesson-cancel-why")
    ill = visit.say("reason-illness") if why and speaks_of_illness(why) else ""
    confirm = Cancel(lesson=lesson_id, was=_epoch(seen.lesson.starts_at), why=stamp(why) if why else "")
    rows = [[visit.button("button-reason-illness" if ill else "button-confirm", confirm)], _ways_back(visit, lesson_id)]
    await visit.show(lines([text, reason, ill, will_hear(seen, visit.say)]), rows)


async def cancelled(visit: Visit, at: Cancel) -> None:
    typed = await visit.talk.data()
    why = typed.get("why") if at.why and typed.get("lesson") == at.lesson else None
    # A reason that is not the one the page showed, typed for another page since, is not given to the families.
    was = _seen_at(at.was) if not at.why or at.why == stamp(why) else LONG_AGO
    told = await cancel_lesson(visit.db, at.lesson, by=visit.person, at=visit.moment, reason=why, was=was)
    await _done(visit, at.lesson, visit.say("lesson-done", families=told))


async def to_restore(visit: Visit, at: LessonBack) -> None:
    seen = await preview(visit.db, at.lesson, "lesson.cancel", by=visit.person, at=visit.moment)
    text = visit.say("lesson-restore-preview", course=seen.lesson.course, at=seen.lesson.starts_at)
    confirm = Restore(lesson=seen.lesson.id, was=_epoch(seen.lesson.starts_at))
    rows = [[visit.button("button-confirm", confirm)], _ways_back(visit, seen.lesson.id)]
    await visit.show(lines([text, clashes_in_words(seen.clashes, visit.say), will_hear(seen, visit.say)]), rows)


async def restored(visit: Visit, at: Restore) -> None:
    was = _seen_at(at.was)
    told = await restore_lesson(visit.db, at.lesson, by=visit.person, at=visit.moment, was=was)
    await _done(visit, at.lesson, visit.say("lesson-done", families=told))


# ── another place ───────────────────────────────────────────────────────────────────────────────────────────────────


async def to_place(visit: Visit, at: LessonPlace) -> None:
    seen = await preview(visit.db, at.lesson, "lesson.move", by=visit.person, at=visit.moment)
    await visit.talk.begin(LessonTyping.place, lesson=seen.lesson.id)
    text = visit.say("lesson-place-ask", course=seen.lesson.course, at=seen.lesson.starts_at, place=seen.lesson.where or "—")
    await visit.show(text, [_ways_back(visit, seen.lesson.id)])


async def typed_place(visit: Visit) -> None:
    lesson_id, place = await _talked_of(visit), _line(visit, PLACE)
    seen = await preview(visit.db, lesson_id, "lesson.move", by=visit.person, at=visit.moment)
    if seen.lesson.where == place:
        raise Refusal("lesson-same-place")
    await visit.talk.note(place=place)
    text = visit.say(
        "lesson-place-preview",
        course=seen.lesson.course,
        at=seen.lesson.starts_at,
        was=seen.lesson.where or "—",
        now=place,
    )
    confirm = MoveTo(lesson=lesson_id, was=_epoch(seen.lesson.starts_at), place=stamp(place))
    rows = [[visit.button("button-confirm", confirm)], _ways_back(visit, lesson_id)]
    await visit.show(lines([text, will_hear(seen, visit.say)]), rows)


async def placed(visit: Visit, at: MoveTo) -> None:
    typed = await visit.talk.data()
    known = [typed.get("place") if typed.get("lesson") == at.lesson else None, await _last_place(visit, at.lesson)]
    place = next((one for one in known if one and stamp(one) == at.place), None)
    if place is None:  # another one was typed since, for another page
        raise Refusal("lesson-changed-since")
    told = await move_to_place(visit.db, at.lesson, place, by=visit.person, at=visit.moment, was=_seen_at(at.was))
    await _done(visit, at.lesson, visit.say("lesson-done", families=told))


async def _last_place(visit: Visit, lesson_id: int) -> str | None:
    """Where it was moved to last: what a second press of the same button meant, the talk being over."""
    async with visit.db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
    return changes[-1].now.place if changes and changes[-1].kind == "room" else None


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
        silent = await unreached(tx, change.lesson_id) if change else 0
    page = [visit.button("button-lesson-page", LessonPage(lesson=change.lesson_id))] if change else []
    await visit.show(with_unreached(visit.say("lesson-undone", families=told), silent, visit.say), [page, [visit.menu]])


async def _done(visit: Visit, lesson_id: int, text: str) -> None:
    """It is done, and can be undone while the old time has not come."""
    async with visit.db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
        silent = await unreached(tx, lesson_id)
    rows: list[list[Button]] = []
    if changes and changes[-1].was.starts_at > visit.now:
        rows.append([visit.button("button-lesson-undo", Undo(change=changes[-1].id))])
    text = with_unreached(text, silent, visit.say)
    await visit.show(text, [*rows, [visit.button("button-lesson-page", LessonPage(lesson=lesson_id)), visit.menu]])


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _talked_of(visit: Visit) -> int:
    lesson_id = (await visit.talk.data()).get("lesson")
    if not isinstance(lesson_id, int):
        raise Refusal("gone")
    return lesson_id


def _line(visit: Visit, limit: int) -> str:
    """What was typed, on one line."""
    typed = " ".join(visit.text.split())
    if len(typed) > limit:
        raise Refusal("lesson-too-long", limit=limit)
    return typed


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
    router.callback_query.register(to_place, LessonPlace.filter(), flags=may("lesson.move"))
    router.callback_query.register(placed, MoveTo.filter(), flags=may("lesson.move", keeps_talk=LessonTyping))
    router.callback_query.register(undone, Undo.filter(), flags=may("lesson.move"))
    router.message.register(typed_when, LessonTyping.when, typed, flags=may("lesson.move"))
    router.message.register(typed_why, LessonTyping.why, typed, flags=may("lesson.cancel"))
    router.message.register(typed_place, LessonTyping.place, typed, flags=may("lesson.move"))
    return router
