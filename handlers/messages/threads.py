"""One's threads: the list, one thread that turns, its files; closing it, complaining of it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import may as is_open
from bot.post.bundle import LABEL
from bot.services.courses.clashes import brief
from bot.services.messages.reading import PAGE, Line, Shown, file_of, mine, shown
from bot.services.messages.writing import close, report
from bot.targets import ThreadAnswer, ThreadLog, ThreadPage, Threads, WriteAbout
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words import messages as words
from handlers.door import Passing, may, opens
from handlers.messages import asking, log, writing
from handlers.messages.writing import LetterTyping


class FileOf(CallbackData, prefix="thread.file"):
    letter: int


class Close(CallbackData, prefix="thread.close"):
    """It says how it is to be, so that pressed twice it is pressed once."""

    thread: int
    closed: bool


class Complain(CallbackData, prefix="thread.complain"):
    """Asks first; `sure`: it is meant."""

    thread: int
    sure: bool


async def listed(visit: Visit, at: Threads) -> None:
    async with visit.db.read() as tx:
        found = await mine(tx, visit.person, at.page)
    numbered = list(enumerate(found.some, found.page * PAGE + 1))
    rows: list[list[Button]] = [[_line(visit, number, line)] for number, line in numbered]
    rows.append(visit.pager(found.page, found.pages, lambda to: Threads(page=to)))
    ways = [visit.button("button-write", WriteAbout("question"))] if is_open(visit.person, "message.write") else []
    if is_open(visit.person, "message.log"):
        ways.append(visit.button("button-thread-logs", ThreadLog()))
    head = visit.say("threads-title", count=found.total, you=visit.you)
    said = [words.listed(number, line, visit.say) for number, line in numbered]
    await visit.show(lines([head, *said]), [*rows, ways, [visit.menu]], anew=visit.at_letter)


def _line(visit: Visit, number: int, line: Line) -> Button:
    side = brief(words.side_words(line.title.theirs, line.title, visit.say), LABEL - 8)
    to = ThreadPage(line.title.thread.id)
    if line.listed.unread:
        return visit.button("button-thread-unread", to, number=number, side=side)
    return visit.button("button-thread", to, number=number, side=side)


async def opened(visit: Visit, at: ThreadPage) -> None:
    await show_thread(visit, at.thread, at.page)


async def show_thread(visit: Visit, thread: int, page: int = 0, done: str = "") -> None:
    """A page of a thread with all that can be done with it."""
    seen = await shown(visit.db, thread, page, by=visit.person, at=visit.moment)
    rows = writing.files(visit, seen, lambda letter: FileOf(letter=letter))
    rows.append(visit.pager(seen.page, seen.pages, lambda to: ThreadPage(thread, page=to)))
    if seen.shut is None:
        to = ThreadAnswer(thread)
        mine = bool(seen.letters) and seen.letters[-1].side == seen.title.mine and not seen.page
        rows.append([visit.button("button-thread-more", to) if mine else visit.button("button-thread-answer", to)])
    elif seen.shut.why != "mine" and is_open(visit.person, "message.write"):  # whom else one may ask
        rows.append([visit.button("button-write-other", WriteAbout("question"))])
    rows += [[way] for way in _ways(visit, seen)]  # beside each other they are cut off on a phone
    text = words.thread_page(seen, visit.person, visit.say, done)
    await visit.show(text, [*rows, visit.ways_back(Threads())], anew=visit.at_letter)


def _ways(visit: Visit, seen: Shown) -> list[Button]:
    thread = seen.title.thread
    ways = [visit.button("button-thread-report", Complain(thread=thread.id, sure=False))]
    if thread.closed_at is None:
        ways.insert(0, visit.button("button-thread-close", Close(thread=thread.id, closed=True)))
    elif thread.closed_side == seen.title.mine:
        ways.insert(0, visit.button("button-thread-reopen", Close(thread=thread.id, closed=False)))
    return ways


async def file_given(visit: Visit, at: FileOf) -> None:
    async with visit.db.read() as tx:
        name, content = await file_of(tx, at.letter, visit.person)
    await visit.give(name, content)


async def closed(visit: Visit, at: Close) -> None:
    await close(visit.db, at.thread, closed=at.closed, by=visit.person, at=visit.moment)
    done = visit.say("thread-closed-done") if at.closed else visit.say("thread-reopened-done")
    await show_thread(visit, at.thread, done=done)


async def complained(visit: Visit, at: Complain) -> None:
    if not at.sure:
        rows: Rows = [
            [visit.button("button-thread-report", Complain(thread=at.thread, sure=True))],
            visit.ways_back(ThreadPage(at.thread)),
        ]
        await visit.show(visit.say("thread-report-sure"), rows)
        return
    told = await report(visit.db, at.thread, by=visit.person, at=visit.moment)
    await show_thread(visit, at.thread, done=visit.say("thread-reported", count=told))


async def answering(visit: Visit, at: ThreadAnswer) -> None:
    """The newest letters, and what is typed next is the answer."""
    seen = await shown(visit.db, at.thread, 0, by=visit.person, at=visit.moment)
    if seen.shut is not None:
        await show_thread(visit, at.thread)
        return
    await visit.talk.begin(LetterTyping.words, thread=at.thread)
    rows = writing.files(visit, seen, lambda letter: FileOf(letter=letter))
    text = lines([words.thread_page(seen, visit.person, visit.say), await writing.ask_words(visit, seen.title)])
    await visit.show(text, [*rows, visit.ways_back(ThreadPage(at.thread))], anew=visit.at_letter)


async def written(visit: Visit) -> None:
    """What was typed or sent: into the thread, or to whom was chosen."""
    done = await writing.send(visit)
    album = visit.say("message-album") if visit.file is not None and visit.file.album else ""
    await show_thread(visit, done.thread_id, done=lines([visit.say("message-sent", told=done.told), album]))


async def chosen(visit: Visit, at: writing.WriteTo) -> None:
    """Whom: the question that was asked goes to them at once; else it is typed now."""
    done = await writing.chosen(visit, at)
    if done is not None:
        await show_thread(visit, done.thread_id, done=visit.say("message-sent", told=done.told))


def routes() -> Router:
    """The table of contents of this subject."""
    router = Router(name="messages")
    see, write = may("message.see"), may("message.write")
    router.callback_query.register(listed, opens(Threads), flags=see)
    router.callback_query.register(opened, opens(ThreadPage), flags=see)
    router.callback_query.register(file_given, FileOf.filter(), flags=may("message.see", keeps_talk=LetterTyping))
    router.callback_query.register(closed, Close.filter(), flags=see)
    router.callback_query.register(complained, Complain.filter(), flags=see)
    router.callback_query.register(answering, opens(ThreadAnswer), flags=see)
    router.callback_query.register(chosen, writing.WriteTo.filter(), flags=may("message.write", keeps_talk=Passing))
    router.message.register(written, LetterTyping.words, writing.ANYTHING, flags=write)
    router.include_router(writing.routes())
    router.include_router(log.routes())
    router.include_router(asking.routes())
    return router
