"""A lesson is held elsewhere: in a free room, or wherever somebody types."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.refusals import stamp
from bot.services.timetable.free import free_rooms, place_meant, place_preview, room_named
from bot.services.timetable.lessons import PLACE, move_to_place, one_line
from bot.services.timetable.preview import preview
from bot.targets import LessonPage
from bot.telegram.pressed import AlsoOld
from bot.visit import Visit
from bot.voice import lines
from bot.words.timetable import clashes_in_words, will_hear
from handlers.door import TYPED, may
from handlers.timetable.changes import epoch_of, lesson_done, seen_at, talked_of
from handlers.timetable.periods import ROOMS, room_button


class PlaceTyping(StatesGroup):
    """The place that is typed; the talk's data hold the lesson, and what was typed until it is confirmed."""

    place = State()


class LessonPlace(CallbackData, prefix="lesson.place"):
    """Choose a room, or write another place."""

    lesson: int


class LessonRoom(CallbackData, prefix="lesson.into"):
    """Before a lesson is held in another room."""

    lesson: int
    room: int


class MoveTo(AlsoOld, CallbackData, prefix="lesson.room"):
    lesson: int
    was: int = 0
    place: str = ""  # the stamp of the place shown


async def to_place(visit: Visit, at: LessonPlace) -> None:
    """The rooms that are free then; another place may be typed."""
    seen = await preview(visit.db, at.lesson, "lesson.move", by=visit.person, at=visit.moment)
    lesson = seen.lesson
    await visit.talk.begin(PlaceTyping.place, lesson=lesson.id)
    async with visit.db.read() as tx:
        found = await free_rooms(tx, [lesson])
    rooms = "yes" if found else "no"
    text = visit.say("lesson-place-ask", course=lesson.course, at=lesson.starts_at, place=lesson.where or "—", rooms=rooms)
    buttons = [room_button(visit, room, LessonRoom(lesson=lesson.id, room=room.id)) for room in found[:ROOMS]]
    await visit.show(text, [*in_rows(buttons, 2), visit.ways_back(LessonPage(lesson=lesson.id))])


async def typed_place(visit: Visit) -> None:
    lesson_id, place = await talked_of(visit), one_line(visit.text, PLACE)
    await _show(visit, lesson_id, place)
    await visit.talk.note(place=place)


async def to_room(visit: Visit, at: LessonRoom) -> None:
    await _show(visit, at.lesson, await room_named(visit.db, at.lesson, at.room))


async def _show(visit: Visit, lesson_id: int, place: str) -> None:
    seen = await place_preview(visit.db, lesson_id, place, by=visit.person, at=visit.moment)
    lesson, was = seen.lesson, seen.lesson.where or "—"
    said = visit.say("lesson-place-preview", course=lesson.course, at=lesson.starts_at, was=was, now=place)
    text = lines([said, clashes_in_words(seen.clashes, visit.say), will_hear(seen, visit.say)])
    confirm = MoveTo(lesson=lesson_id, was=epoch_of(lesson.starts_at), place=stamp(place))
    await visit.show(text, [[visit.button("button-confirm", confirm)], visit.ways_back(LessonPage(lesson=lesson_id))])


async def placed(visit: Visit, at: MoveTo) -> None:
    typed = await visit.talk.data()
    mine = typed.get("place") if typed.get("lesson") == at.lesson else None
    place = await place_meant(visit.db, at.lesson, at.place, mine)
    told = await move_to_place(visit.db, at.lesson, place, by=visit.person, at=visit.moment, was=seen_at(at.was))
    await lesson_done(visit, at.lesson, visit.say("lesson-done", families=told))


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_placing")
    router.callback_query.register(to_place, LessonPlace.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_room, LessonRoom.filter(), flags=may("lesson.move"))
    router.callback_query.register(placed, MoveTo.filter(), flags=may("lesson.move", keeps_talk=PlaceTyping))
    router.message.register(typed_place, PlaceTyping.place, TYPED, flags=may("lesson.move"))
    return router
