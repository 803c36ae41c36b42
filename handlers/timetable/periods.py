"""All lessons of some days are changed together: whose, which days, what becomes of them; shown first, then confirmed, then undone if wished."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from pydantic import BaseModel

from bot.paging import in_rows
from bot.reading.illness import speaks_of_illness
from bot.refusals import Refusal, stamp
from bot.services.courses.clashes import brief
from bot.services.timetable.free import free_rooms, free_teachers
from bot.services.timetable.lessons import PLACE, REASON, one_line
from bot.services.timetable.moments import read_span
from bot.services.timetable.periods.deciding import change_lessons, undo_together
from bot.services.timetable.periods.free import free_ways
from bot.services.timetable.periods.looking import lessons_of_days, look_at
from bot.services.timetable.periods.meant import Deed, Wanted, Whose, deed, period
from bot.services.timetable.periods.reading import read_days
from bot.services.timetable.typed_days import Period
from bot.services.workdays import monday_of
from bot.targets import LessonPage, Lessons
from bot.visit import Button, Packs, Visit
from bot.voice import lines
from bot.words.periods import days_in_words, done_in_words, listed, look_in_words, undone_in_words
from handlers.door import TYPED, may
from handlers.timetable.changes import confirming
from storage.timetable.rooms import Place

TEACHERS = 8  # on one page
OF = 16  # characters of another organization beside a teacher
ROOMS = 10
WEEK = 7


class PeriodTyping(StatesGroup):
    """What somebody is asked to type; the talk's data hold whose lessons and which days."""

    days = State()
    more = State()  # why, where or at what hour: the talk's data say which (`ask_for`)


class PeriodAsk(CallbackData, prefix="period.ask"):
    """Which days?"""

    whose: str = "o"


class _Days(BaseModel):
    whose: str
    first: int  # the ordinal of the first day
    days: int  # how many


class PeriodDays(_Days, CallbackData, prefix="period.days"):
    """What shall become of them?"""


class PeriodTeachers(_Days, CallbackData, prefix="period.who"):
    """Who shall give them?"""

    page: int = 0


class PeriodRooms(_Days, CallbackData, prefix="period.where"):
    """Where shall they be held?"""


class PeriodShift(_Days, CallbackData, prefix="period.when"):
    """When shall they be held?"""


class PeriodLook(_Days, CallbackData, prefix="period.look"):
    """Before they are changed."""

    do: str


class PeriodDo(_Days, CallbackData, prefix="period.do"):
    do: str
    seen: str  # the stamp of the lessons shown
    why: str  # of the reason shown; empty: none


class PeriodUndo(CallbackData, prefix="period.undo"):
    change: int


async def asked(visit: Visit, at: PeriodAsk) -> None:
    await visit.talk.begin(PeriodTyping.days, whose=at.whose)
    today, monday = visit.today, monday_of(visit.today)

    def days(first: date, count: int) -> PeriodDays:
        return PeriodDays(whose=at.whose, first=first.toordinal(), days=count)

    buttons = [
        visit.button("button-today", days(today, 1)),
        visit.button("button-tomorrow", days(today + timedelta(days=1), 1)),
        visit.button("button-period-this-week", days(today, WEEK - today.weekday())),
        visit.button("button-period-next-week", days(monday + timedelta(days=WEEK), WEEK)),
    ]
    await visit.show(visit.say("period-which-days"), [*in_rows(buttons, 2), visit.ways_back(Lessons())])


async def typed_days(visit: Visit) -> None:
    whose = (await visit.talk.data())["whose"]
    found = read_days(visit.text, visit.today)
    if found is None:
        raise Refusal("period-days-unclear")
    await what_to_do(visit, PeriodDays(whose=whose, first=found.first.toordinal(), days=found.days))


async def what_to_do(visit: Visit, at: PeriodDays) -> None:
    """The lessons of these days, and what may become of them."""
    days = _period(visit, at)
    found = await lessons_of_days(visit.db, Whose(at.whose), days, by=visit.person, at=visit.moment)
    given = _given(at)
    rows = [
        [visit.button("button-period-cancel", _look(at, Deed("cancel")), count=len(found))],
        [visit.button("button-period-give", PeriodTeachers(**given))],
        [visit.button("button-lesson-move", PeriodShift(**given)), visit.button("button-lesson-place", PeriodRooms(**given))],
    ]
    title = visit.say("period-lessons", count=len(found), days=days_in_words(days, visit.say))
    text = lines([title, listed(found, visit.say), visit.say("period-what")])
    await visit.show(text, [*rows, visit.ways_back(PeriodAsk(whose=at.whose))])


async def teachers(visit: Visit, at: PeriodTeachers) -> None:
    """Those who could give them, the free ones first."""
    lessons = await lessons_of_days(visit.db, Whose(at.whose), _period(visit, at), by=visit.person, at=visit.moment)
    async with visit.db.read() as tx:
        here = await free_teachers(tx, lessons, at.page, TEACHERS)
    rows = [
        [
            visit.button(
                "button-period-teacher",
                _look(at, Deed("give", one.id)),
                name=one.name,
                of=brief(one.of, OF) or "none",
                busy=one.busy,
            )
        ]
        for one in here.some
    ]
    rows.append(visit.pager(here.number, here.of, lambda to: at.model_copy(update={"page": to})))
    text = lines([visit.say("period-who") if here.some else visit.say("period-nobody"), listed(lessons, visit.say)])
    await visit.show(text, [*rows, visit.ways_back(_back(at))])


async def places(visit: Visit, at: PeriodRooms) -> None:
    """Free rooms; another place may be typed."""
    lessons = await lessons_of_days(visit.db, Whose(at.whose), _period(visit, at), by=visit.person, at=visit.moment)
    await visit.talk.begin(PeriodTyping.more, ask_for="place", **_given(at))
    async with visit.db.read() as tx:
        found = await free_rooms(tx, lessons)
    buttons = [room_button(visit, room, _look(at, Deed("room", room.id))) for room in found[:ROOMS]]
    text = lines([visit.say("period-where"), listed(lessons, visit.say)])
    await visit.show(text, [*in_rows(buttons, 2), visit.ways_back(_back(at))])


def room_button(visit: Visit, room: Place, to: Packs) -> Button:
    return visit.button("button-room", to, name=room.name, seats=room.seats or 0)


async def typed_more(visit: Visit) -> None:
    """What was asked for: a place, an hour, a reason."""
    typed = {"place": _typed_place, "hour": _typed_hour, "why": _typed_why}
    await typed[(await visit.talk.data())["ask_for"]](visit)


async def _typed_place(visit: Visit) -> None:
    at, place = await _talked_of(visit), one_line(visit.text, PLACE)
    await visit.talk.note(place=place)
    await _show(visit, at, Deed("place", words=place), None)


async def shift(visit: Visit, at: PeriodShift) -> None:
    lessons = await lessons_of_days(visit.db, Whose(at.whose), _period(visit, at), by=visit.person, at=visit.moment)
    await visit.talk.begin(PeriodTyping.more, ask_for="hour", **_given(at))
    free = await free_ways(visit.db, lessons, at=visit.moment)
    days = [_shift(visit, at, shift, shift in free.days) for shift in (-1, 1, WEEK)]
    more = [_shift(visit, at, shift, True) for shift in free.days if shift not in (-1, 1, WEEK)]
    hours = [
        visit.button("button-period-hour", _look(at, Deed("hour", hour.hour * 60 + hour.minute)), hour=f"{hour:%H:%M}")
        for hour in free.hours
    ]
    found = visit.say("period-when-free", found="yes" if free.days or free.hours else "no")
    text = lines([visit.say("period-when"), found, listed(lessons, visit.say)])
    await visit.show(text, [days[:2], [*days[2:], *more[:1]], more[1:], hours, visit.ways_back(_back(at))])


def _shift(visit: Visit, at: PeriodShift, days: int, free: bool) -> Button:
    way = {-1: "before", 1: "after", WEEK: "week"}.get(days, "later" if days > 0 else "earlier")
    to = _look(at, Deed("days", days))
    return visit.button("button-period-shift", to, way=way, count=abs(days), free="yes" if free else "no")


async def _typed_hour(visit: Visit) -> None:
    """An hour alone: the days stay as they are."""
    at = await _talked_of(visit)
    lessons = await lessons_of_days(visit.db, Whose(at.whose), _period(visit, at), by=visit.person, at=visit.moment)
    own = lessons[0].starts_at
    found = read_span(visit.text, now=visit.now, zone=visit.zone, like=own)
    if found is None or found.ends is not None or found.starts.date() != own.astimezone(visit.zone).date():
        raise Refusal("period-hour-unclear")
    await _show(visit, at, Deed("hour", found.starts.hour * 60 + found.starts.minute), None)


async def looked_at(visit: Visit, at: PeriodLook) -> None:
    wanted = deed(at.do, str((await visit.talk.data()).get("place") or ""))
    if wanted.verb == "cancel":
        await visit.talk.begin(PeriodTyping.more, ask_for="why", **_given(at))
    await _show(visit, at, wanted, None)


async def _typed_why(visit: Visit) -> None:
    at, why = await _talked_of(visit), one_line(visit.text, REASON)
    await visit.talk.note(why=why)
    await _show(visit, at, Deed("cancel"), why)


async def _show(visit: Visit, at: _Days, what: Deed, why: str | None) -> None:
    days = _period(visit, at)
    look = await look_at(visit.db, Wanted(Whose(at.whose), days, what, why), by=visit.person, at=visit.moment)
    asks = visit.say("lesson-cancel-why") if what.verb == "cancel" else ""
    reason = visit.say("lesson-because", reason=why) if why else asks
    ill = visit.say("reason-illness") if why and speaks_of_illness(why) else ""
    confirm = PeriodDo(**_given(at), do=what.code, seen=look.stamp, why=stamp(why) if why else "")
    text = lines([look_in_words(look, days, visit.say), reason, ill])
    await visit.show(text, [[confirming(visit, confirm, ill=bool(ill))], visit.ways_back(_back(at))])


async def done(visit: Visit, at: PeriodDo) -> None:
    typed = await visit.talk.data()
    why = typed.get("why") if at.why and stamp(typed.get("why")) == at.why else None
    if at.why and why is None:
        raise Refusal("period-changed-since")
    what = deed(at.do, str(typed.get("place") or ""))
    wanted = Wanted(Whose(at.whose), _period(visit, at), what, why)
    made = await change_lessons(visit.db, wanted, at.seen, by=visit.person, at=visit.moment)
    undo = [visit.button("button-lesson-undo", PeriodUndo(change=made.change))] if made.change else []
    await visit.show(done_in_words(made, visit.say), [undo, _onward(visit, at.whose)])


async def undone(visit: Visit, at: PeriodUndo) -> None:
    back = await undo_together(visit.db, at.change, by=visit.person, at=visit.moment)
    await visit.show(undone_in_words(back, visit.say), [_onward(visit, "o")])


def _onward(visit: Visit, whose: str) -> list[Button]:
    one = Whose(whose).lesson
    if one:
        return [visit.button("button-lesson-page", LessonPage(lesson=one)), visit.menu]
    return [visit.button("button-lessons", Lessons()), visit.menu]


def _period(visit: Visit, at: _Days) -> Period:
    return period(at.first, at.days, visit.today)


def _given(at: _Days) -> dict[str, Any]:
    return {"whose": at.whose, "first": at.first, "days": at.days}


def _look(at: _Days, what: Deed) -> PeriodLook:
    return PeriodLook(**_given(at), do=what.code)


def _back(at: _Days) -> Packs:
    """One step back: to the lesson, or to what may become of these days."""
    one = Whose(at.whose).lesson
    return LessonPage(lesson=one) if one else PeriodDays(**_given(at))


async def _talked_of(visit: Visit) -> PeriodDays:
    return PeriodDays.model_validate(await visit.talk.data())


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lesson_periods")
    press, keeps = router.callback_query.register, may("lesson.move", keeps_talk=PeriodTyping)
    press(asked, PeriodAsk.filter(), flags=may("lesson.move"))
    press(what_to_do, PeriodDays.filter(), flags=may("lesson.move"))
    press(teachers, PeriodTeachers.filter(), flags=may("lesson.move"))
    press(places, PeriodRooms.filter(), flags=may("lesson.move"))
    press(shift, PeriodShift.filter(), flags=may("lesson.move"))
    press(looked_at, PeriodLook.filter(), flags=keeps)
    press(done, PeriodDo.filter(), flags=keeps)
    press(undone, PeriodUndo.filter(), flags=may("lesson.move"))
    router.message.register(typed_days, PeriodTyping.days, TYPED, flags=may("lesson.move"))
    router.message.register(typed_more, PeriodTyping.more, TYPED, flags=may("lesson.move"))
    return router
