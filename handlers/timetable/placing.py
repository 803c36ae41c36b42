"""A lesson is held elsewhere: in a free room, or wherever somebody types."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.refusals import Refusal, stamp
from bot.services.timetable.free import free_rooms
from bot.services.timetable.lessons import PLACE, move_to_place
from bot.services.timetable.preview import of_room, preview
from bot.targets import LessonPage
from bot.telegram.pressed import AlsoOld
from bot.visit import Visit
from bot.voice import Fact, lines
from bot.words.timetable import clashes_in_words, will_hear
from handlers.door import TYPED, may
from handlers.timetable.changes import epoch_of, lesson_done, seen_at
from handlers.timetable.periods import ROOMS, room_button
from handlers.timetable.typed import talked_of, typed_line
from storage.enrollment import enrollment
from storage.timetable import changes as lesson_changes
from storage.timetable import rooms as lesson_rooms
from storage.timetable import timetable


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
    said: dict[str, Fact] = {"course": lesson.course, "at": lesson.starts_at, "place": lesson.where or "—"}
    text = visit.say("lesson-room-ask", **said) if found else visit.say("lesson-place-ask", **said)
    buttons = [room_button(visit, room.name, room.seats, LessonRoom(lesson=lesson.id, room=room.id)) for room in found[:ROOMS]]
    await visit.show(text, [*in_rows(buttons, 2), visit.ways_back(LessonPage(lesson=lesson.id))])


async def typed_place(visit: Visit) -> None:
    lesson_id, place = await talked_of(visit), typed_line(visit, PLACE)
    await _show(visit, lesson_id, place)
    await visit.talk.note(place=place)


async def to_room(visit: Visit, at: LessonRoom) -> None:
    names = await _rooms(visit, at.lesson)
    if at.room not in names:
        raise Refusal("gone")
    await _show(visit, at.lesson, names[at.room])


async def _show(visit: Visit, lesson_id: int, place: str) -> None:
    seen = await preview(visit.db, lesson_id, "lesson.move", by=visit.person, at=visit.moment)
    lesson, stands = seen.lesson, seen.lesson.held_at(place)
    if lesson.where == place:
        raise Refusal("lesson-same-place")
    async with visit.db.read() as tx:
        pupils = (await enrollment.pupils_of_groups(tx, [lesson.group_id])).get(lesson.group_id, [])
        against = await of_room(tx, lesson, stands, len(pupils))
    said: dict[str, Fact] = {"course": lesson.course, "at": lesson.starts_at, "was": lesson.where or "—", "now": place}
    text = lines([visit.say("lesson-place-preview", **said), clashes_in_words(against, visit.say), will_hear(seen, visit.say)])
    confirm = MoveTo(lesson=lesson_id, was=epoch_of(lesson.starts_at), place=stamp(place))
    await visit.show(text, [[visit.button("button-confirm", confirm)], visit.ways_back(LessonPage(lesson=lesson_id))])


async def placed(visit: Visit, at: MoveTo) -> None:
    typed = await visit.talk.data()
    mine = typed.get("place") if typed.get("lesson") == at.lesson else None
    known = [mine, *(await _rooms(visit, at.lesson)).values(), await _last_place(visit, at.lesson)]
    place = next((one for one in known if one and stamp(one) == at.place), None)
    if place is None:  # another one was typed since, for another page
        raise Refusal("lesson-changed-since")
    told = await move_to_place(visit.db, at.lesson, place, by=visit.person, at=visit.moment, was=seen_at(at.was))
    await lesson_done(visit, at.lesson, visit.say("lesson-done", families=told))


async def _rooms(visit: Visit, lesson_id: int) -> dict[int, str]:
    """The rooms of the lesson's organization, by number."""
    async with visit.db.read() as tx:
        lesson = await timetable.lesson(tx, lesson_id)
        found = [] if lesson is None else await lesson_rooms.rooms_of(tx, lesson.organization_id)
    return {room.id: room.name for room in found}


async def _last_place(visit: Visit, lesson_id: int) -> str | None:
    """Where it was moved to last: what a second press of the same button meant, the talk being over."""
    async with visit.db.read() as tx:
        changes = (await lesson_changes.changes_of(tx, [lesson_id])).get(lesson_id, [])
    return changes[-1].now.place if changes and changes[-1].kind == "room" else None


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_placing")
    router.callback_query.register(to_place, LessonPlace.filter(), flags=may("lesson.move"))
    router.callback_query.register(to_room, LessonRoom.filter(), flags=may("lesson.move"))
    router.callback_query.register(placed, MoveTo.filter(), flags=may("lesson.move", keeps_talk=PlaceTyping))
    router.message.register(typed_place, PlaceTyping.place, TYPED, flags=may("lesson.move"))
    return router
