"""The coordinator's log of threads: who, when, about what; a conflict, which both sides hear of first; stopping a writer."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.post.bundle import LABEL
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.messages.overseeing import (
    WRITTEN,
    Logged,
    let_write,
    letters_of,
    log_of,
    logged,
    may_open,
    open_thread,
    opened,
    stop,
    told_of,
    writer_of,
)
from bot.services.messages.parties import thread_of
from bot.services.messages.reading import PAGE, file_of
from bot.targets import LoggedThread, ThreadLog, Threads
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words import messages as words
from handlers.door import TYPED, may, opens
from handlers.reasons import show_reason, shown_reason
from storage.db import Tx
from storage.messages import subjects
from storage.messages.threads import Thread


class LogReason(StatesGroup):
    """Why a thread is opened for a conflict, or a writer stopped, is being typed."""

    typing = State()


class AskWhy(CallbackData, prefix="thread.why"):
    """Asks for the reason. `person` 0: to open the thread; else to stop this writer."""

    thread: int
    person: int


class LogSure(CallbackData, prefix="thread.sure"):
    """With the reason typed, as the page showed it."""

    thread: int
    person: int
    why: str


class Let(CallbackData, prefix="thread.let"):
    thread: int
    person: int


class Opened(CallbackData, prefix="thread.opened"):
    """A thread as it was when it was opened."""

    opening: int
    page: int


class OpenedFile(CallbackData, prefix="thread.opened.file"):
    opening: int
    letter: int


async def listed(visit: Visit, at: ThreadLog) -> None:
    async with visit.db.read() as tx:
        found = await log_of(tx, visit.person, at.page)
    numbered = list(enumerate(found.some, found.page * PAGE + 1))
    rows: list[list[Button]] = []
    for number, line in numbered:
        one = brief(words.side_words(line.title.thread.one, line.title, visit.say), LABEL - 6)
        to = LoggedThread(line.title.thread.id)
        rows.append([visit.button("button-thread-log-line", to, number=number, one=one)])
    rows.append(visit.pager(found.page, found.pages, lambda to: ThreadLog(page=to)))
    said = [words.logged_line(number, line, visit.say) for number, line in numbered]
    await visit.show(lines([visit.say("thread-log-title", count=found.total), *said]), [*rows, visit.ways_back(Threads())])


async def one(visit: Visit, at: LoggedThread) -> None:
    await _show(visit, at.thread, at.page)


async def _show(visit: Visit, thread: int, page: int = 0, done: str = "") -> None:
    async with visit.db.read() as tx:
        found = await logged(tx, thread, visit.person)
        pupil = await _pupil(tx, found.title.thread)
    here = page_of(found.written[::-1], page, WRITTEN)
    rows: list[list[Button]] = [visit.pager(here.number, here.of, lambda to: LoggedThread(thread, page=to))]
    if not found.title.mine:
        rows.append([visit.button("button-thread-open", AskWhy(thread=thread, person=0))])
        mine = [each for each in found.openings if each.opened_by == visit.person.id]
        rows += [
            [visit.button("button-thread-opening", Opened(opening=each.id, page=0), at=each.opened_at)] for each in mine[-2:]
        ]
    rows += _writers(visit, found, pupil)
    text = words.logged_page(found, list(here.some), visit.say, pupil=pupil)
    await visit.show(lines([done, text]), [*rows, visit.ways_back(ThreadLog())], anew=visit.at_letter)


def _writers(visit: Visit, found: Logged, pupil: int | None) -> list[list[Button]]:
    """Whoever wrote can be stopped, but for the coordinators."""
    rows: list[list[Button]] = []
    thread = found.title.thread
    for person, each in {each.person_id: each for each in found.written}.items():
        if person is None or thread.side(each.side).role == "coordinator" or person == visit.person.id:
            continue
        name = brief(words.writer(each, thread, visit.say, pupil=pupil), LABEL - 12)
        if person in found.stopped:
            rows.append([visit.button("button-thread-let", Let(thread=thread.id, person=person), name=name)])
        else:
            rows.append([visit.button("button-thread-stop", AskWhy(thread=thread.id, person=person), name=name)])
    return rows


async def _pupil(tx: Tx, thread: Thread) -> int | None:
    return await subjects.own_account(tx, thread.one.id) if thread.one.role == "student" else None


# ── with a reason ───────────────────────────────────────────────────────────────────────────────────────────────────


async def asked(visit: Visit, at: AskWhy) -> None:
    async with visit.db.read() as tx:
        if at.person:
            name = await _name(tx, visit, at.thread, at.person)
            text = visit.say("thread-stop-why", name=name)
        else:
            await may_open(tx, at.thread, visit.person)
            text = visit.say("thread-open-why")
    await visit.talk.begin(LogReason.typing, thread=at.thread, person=at.person)
    await visit.show(text, [visit.ways_back(LoggedThread(at.thread))])


async def _name(tx: Tx, visit: Visit, thread_id: int, person: int) -> str:
    found = await writer_of(tx, thread_id, person, visit.person)
    thread = await thread_of(tx, thread_id)
    return words.writer(found, thread, visit.say, pupil=await _pupil(tx, thread))


async def typed(visit: Visit) -> None:
    data = await visit.talk.data()
    thread, person = int(data["thread"]), int(data["person"])
    async with visit.db.read() as tx:
        if person:
            head = visit.say("thread-stop-head", name=await _name(tx, visit, thread, person))
        else:
            told = await told_of(tx, await may_open(tx, thread, visit.person), visit.person)
            head = visit.say("thread-open-head", number=thread, told=len(told))
    back = LoggedThread(thread)
    await show_reason(visit, head, lambda why: LogSure(thread=thread, person=person, why=why), back=back)


async def sure(visit: Visit, at: LogSure) -> None:
    why = await shown_reason(visit, at.why)
    if at.person:
        await stop(visit.db, at.thread, at.person, why, by=visit.person, at=visit.moment)
        await _show(visit, at.thread, done=visit.say("thread-stop-done"))
        return
    opening = await open_thread(visit.db, at.thread, why, by=visit.person, at=visit.moment)
    rows = [[visit.button("button-thread-opening-read", Opened(opening=opening.id, page=0))]]
    await visit.show(visit.say("thread-opening-done"), [*rows, visit.ways_back(LoggedThread(at.thread))])


async def let(visit: Visit, at: Let) -> None:
    await let_write(visit.db, at.thread, at.person, by=visit.person, at=visit.moment)
    await _show(visit, at.thread, done=visit.say("thread-let-done"))


# ── a conflict ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def read(visit: Visit, at: Opened) -> None:
    async with visit.db.read() as tx:
        found = await opened(tx, at.opening, at.page, visit.person)
        pupil = await _pupil(tx, found.title.thread)
    rows = [
        [visit.button("thread-file", OpenedFile(opening=at.opening, letter=each.id), name=brief(each.document, LABEL - 4))]
        for each in found.letters
        if each.document
    ]
    rows.append(visit.pager(found.page, found.pages, lambda to: Opened(opening=at.opening, page=to)))
    back = visit.ways_back(LoggedThread(found.title.thread.id))
    await visit.show(words.opened_page(found, visit.say, pupil=pupil), [*rows, back])


async def file_given(visit: Visit, at: OpenedFile) -> None:
    async with visit.db.read() as tx:
        letters = await letters_of(tx, at.opening, visit.person)
        if at.letter not in letters:
            raise Refusal("gone")
        name, content = await file_of(tx, at.letter, visit.person, opened=letters)
    await visit.give(name, content)


def routes() -> Router:
    """The table of contents of this file; handlers/messages/threads.py takes it in."""
    router = Router(name="log")
    log = may("message.log")
    router.callback_query.register(listed, opens(ThreadLog), flags=log)
    router.callback_query.register(one, opens(LoggedThread), flags=log)
    router.callback_query.register(asked, AskWhy.filter(), flags=log)
    router.message.register(typed, LogReason.typing, TYPED, flags=log)
    router.callback_query.register(sure, LogSure.filter(), flags=may("message.log", keeps_talk=LogReason))
    router.callback_query.register(let, Let.filter(), flags=log)
    router.callback_query.register(read, Opened.filter(), flags=log)
    router.callback_query.register(file_given, OpenedFile.filter(), flags=log)
    return router
