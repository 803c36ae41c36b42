"""«Отметить»: a lesson in one message, a press for each pupil; every page is drawn from what stands in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows, page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.journal import marking
from bot.services.journal.entering import undo
from bot.services.journal.marking import MARK, Line, Sheet
from bot.targets import JournalHome, MarkHome, MarkLesson
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.words.journal import limited
from bot.words.marking import SIGNS, brush_words, earlier_label, sheet_page, short_child, today_label, topic_label
from handlers.door import TYPED, may, opens
from handlers.journal.pages import form_buttons

PUPILS = 30  # a page: with everything else well below Telegram's hundred buttons
EARLIER = 8
TOPICS = 8


class MarkTap(CallbackData, prefix="mark.tap"):
    """What is to stand, so that a press handled twice changes nothing more."""

    lesson: int
    pupil: int
    page: int
    what: str  # absent | late | sick | present; «m5»: a mark; «m»: none


class MarkOthers(CallbackData, prefix="mark.others"):
    lesson: int
    page: int
    what: str


class MarkUndo(CallbackData, prefix="mark.undo"):
    writing: int
    lesson: int
    page: int
    what: str


class MarkNote(AlsoOld, CallbackData, prefix="mark.note"):
    lesson: int
    page: int = 0  # of the programme's topics


class MarkTopic(CallbackData, prefix="mark.topic"):
    """One of the programme's topics is this lesson's."""

    lesson: int
    topic: int


class MarkTyping(StatesGroup):
    """The lesson's topic and homework; the talk's data hold the lesson."""

    note = State()


async def home(visit: Visit) -> None:
    found = await marking.to_mark(visit.db, by=visit.person, at=visit.moment)
    today = [one for one in found.today if marking.may_mark(visit.person, one)]
    rows = [[Button(today_label(one, visit.say), MarkLesson(one.id))] for one in today]
    rows += [[Button(earlier_label(one, visit.say), MarkLesson(one.lesson_id))] for one in found.earlier[:EARLIER]]
    text = visit.say("mark-home", today=len(found.today), earlier=len(found.earlier))
    await visit.show(text, [*rows, visit.ways_back(JournalHome())])


async def opened(visit: Visit, at: MarkLesson) -> None:
    if at.what not in SIGNS and not at.what.startswith(MARK):
        raise Refusal("gone")
    await _show(visit, at, anew=visit.at_letter)


async def tapped(visit: Visit, at: MarkTap) -> None:
    await marking.tap(visit.db, at.lesson, at.pupil, at.what, by=visit.person, at=visit.moment)
    await _show(visit, MarkLesson(at.lesson, at.page, at.what))


async def others(visit: Visit, at: MarkOthers) -> None:
    await marking.others_present(visit.db, at.lesson, by=visit.person, at=visit.moment)
    await _show(visit, MarkLesson(at.lesson, at.page, at.what))


async def taken_back(visit: Visit, at: MarkUndo) -> None:
    await undo(visit.db, at.writing, by=visit.person, at=visit.moment)
    await _show(visit, MarkLesson(at.lesson, at.page, at.what))


async def _show(visit: Visit, at: MarkLesson, *, anew: bool = False) -> None:
    sheet = await marking.sheet_of(visit.db, at.lesson, by=visit.person, at=visit.moment)
    here = page_of(sheet.lines, at.page, PUPILS)
    at = MarkLesson(at.lesson, here.number, at.what)
    rows: Rows = [
        [_brush(visit, at, what) for what in ("absent", "late")],
        [_brush(visit, at, what) for what in ("sick", "present")],
        [_brush(visit, at, f"{MARK}{mark}") for mark in (*sheet.scale, "")],
        *_pupils(at, here.some),
        visit.pager(here.number, here.of, lambda to: MarkLesson(at.lesson, to, at.what)),
        *_below(visit, sheet, at),
        visit.ways_back(MarkHome()),
    ]
    text = sheet_page(sheet, here, at.what, visit.say)
    await visit.show(limited(text.split("\n")), rows, anew=anew)


def _brush(visit: Visit, at: MarkLesson, what: str) -> Button:
    """What the next presses on names will set; the chosen one is marked."""
    label = brush_words(what, visit.say)
    to = MarkLesson(at.lesson, at.page, what)
    return visit.chosen(label, to, now=what == at.what)


def _pupils(at: MarkLesson, some: Sequence[Line]) -> list[list[Button]]:
    buttons = [
        Button(
            f"{SIGNS.get(one.attendance or '', '🙅' if one.announced else '▫️')} {short_child(one.name)}",
            MarkTap(lesson=at.lesson, pupil=one.pupil_id, page=at.page, what=at.what),
        )
        for one in some
    ]
    return in_rows(buttons, 2)


def _below(visit: Visit, sheet: Sheet, at: MarkLesson) -> Rows:
    rows: list[list[Button]] = []
    if any(one.attendance is None for one in sheet.lines):
        rows.append([visit.button("button-mark-others", MarkOthers(lesson=at.lesson, page=at.page, what=at.what))])
    last = [visit.button("button-mark-note", MarkNote(lesson=at.lesson))]
    if sheet.undo is not None:
        last.append(visit.button("button-mark-undo", MarkUndo(writing=sheet.undo, lesson=at.lesson, page=at.page, what=at.what)))
    return [*rows, last]


async def asked_note(visit: Visit, at: MarkNote) -> None:
    sheet = await marking.sheet_of(visit.db, at.lesson, by=visit.person, at=visit.moment)
    await visit.talk.begin(MarkTyping.note, lesson=at.lesson)
    some = await marking.topics_to_come(visit.db, at.lesson, by=visit.person, at=visit.moment)
    here = page_of(some, at.page, TOPICS)
    rows = [[Button(topic_label(one, visit.say), MarkTopic(lesson=at.lesson, topic=one.id))] for one in here.some]
    course = brief(sheet.lesson.course, 120)
    said = visit.say("mark-note-ask", course=course, at=sheet.lesson.starts_at, topics=len(some))
    pager = visit.pager(here.number, here.of, lambda to: MarkNote(lesson=at.lesson, page=to))
    await visit.show(said, [*rows, pager, [visit.back(MarkLesson(at.lesson))]])


async def picked(visit: Visit, at: MarkTopic) -> None:
    await marking.pick(visit.db, at.lesson, at.topic, by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _show(visit, MarkLesson(at.lesson))


async def noted(visit: Visit) -> None:
    lesson_id = (await visit.talk.data()).get("lesson")
    if not isinstance(lesson_id, int):
        raise Refusal("gone")
    await marking.note(visit.db, lesson_id, visit.text, by=visit.person, at=visit.moment)
    await visit.talk.end()
    await _show(visit, MarkLesson(lesson_id))


async def pictured(visit: Visit) -> None:
    """A photo of the paper journal: said what can be read, with the blank forms and the lesson to be marked here."""
    if not is_open(visit.person, "journal.enter"):  # a family's picture: nothing was asked for
        await visit.show(visit.say("start-puzzled"), [[visit.menu]])
        return
    rows = [[visit.button("button-mark", MarkHome())], *await form_buttons(visit), [visit.menu]]
    await visit.show(visit.say("photo-not-read"), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="marking")
    router.callback_query.register(home, opens(MarkHome), flags=may("journal.enter"))
    router.callback_query.register(opened, opens(MarkLesson), flags=may("journal.enter"))
    router.callback_query.register(tapped, MarkTap.filter(), flags=may("journal.enter"))
    router.callback_query.register(others, MarkOthers.filter(), flags=may("journal.enter"))
    router.callback_query.register(taken_back, MarkUndo.filter(), flags=may("journal.enter"))
    router.callback_query.register(asked_note, MarkNote.filter(), flags=may("journal.enter"))
    router.callback_query.register(picked, MarkTopic.filter(), flags=may("journal.enter"))
    router.message.register(noted, MarkTyping.note, TYPED, flags=may("journal.enter"))
    return router


def photos() -> Router:
    """Photos nobody else has asked for: registered after every talk that takes one."""
    router = Router(name="photos")
    router.message.register(pictured, F.photo, flags=may("start.help"))
    return router
