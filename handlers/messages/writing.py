"""Writing: whom one may write to about what a page shows, and what is typed or sent then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.post.bundle import LABEL
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.messages.files import LARGEST, File, too_large
from bot.services.messages.parties import Pair, Subject, as_thread, options
from bot.services.messages.reach import reach
from bot.services.messages.reading import Shown, Titled, titled
from bot.services.messages.writing import LONGEST, Draft, Sent, answer, brought, ready, write_to
from bot.targets import Threads, WriteAbout
from bot.visit import Button, Packs, Visit
from bot.voice import lines
from bot.words import messages as words
from handlers.door import may, opens
from storage.db import Tx
from storage.messages.threads import FAMILY, Side
from storage.people import consent

PAGE = 8  # people on a page
ROLES = {"g": "guardian", "s": "student", "t": "teacher", "c": "coordinator", "p": "partner"}
ANYTHING = ~F.text.startswith("/")  # what is no command: what cannot be passed on is said to be so


class LetterTyping(StatesGroup):
    """A letter is being typed: into which thread, or to whom, stands in the talk's data."""

    words = State()


class WriteTo(CallbackData, prefix="write.to"):
    """To whom, about what, and as whom one writes: a letter for the role, and whose."""

    about: str
    thing: int
    mine: str
    theirs: str
    pupil: int = 0  # the child it is about; 0: none


def to(about: Subject, pair: Pair) -> WriteTo:
    mine, theirs = (f"{side.role[0]}{side.id}" for side in (pair.mine, pair.theirs))
    return WriteTo(about=about.kind, thing=about.id, mine=mine, theirs=theirs, pupil=pair.pupil_id or 0)


def meant(at: WriteTo) -> tuple[Subject, Pair]:
    """What a button says; one nobody of ours made is refused."""
    return Subject(at.about, at.thing), Pair(_side(at.mine), _side(at.theirs), at.pupil or None)


def _side(packed: str) -> Side:
    number = packed[1:]
    if packed[:1] not in ROLES or not (number.isascii() and number.isdigit() and len(number) <= 10):
        raise Refusal("gone")
    return Side(ROLES[packed[0]], int(number))


# ── to whom ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def to_whom(visit: Visit, at: WriteAbout) -> None:
    """Everybody one may write to about this; the only one at once."""
    async with visit.db.read() as tx:
        found = await reach(tx, await options(tx, visit.person, Subject(at.about, at.thing), visit.moment))
        here = page_of(found.some, at.page, PAGE)
        rows = await rows_of(tx, visit, here.some)
    if len(found.some) == 1 and not found.apart:
        await _ask(visit, *found.some[0])
        return
    rows.append(visit.pager(here.number, here.of, lambda page: WriteAbout(at.about, at.thing, page)))
    text = visit.say("write-whom") if found.some else visit.say("write-whom-nobody")
    apart = [words.apart(found, visit.say), words.contacts(found.contacts, visit.say)]
    await visit.show(
        lines([text, "\n".join(each for each in apart if each)]), [*rows, visit.ways_back(Threads())], anew=visit.at_letter
    )


async def rows_of(tx: Tx, visit: Visit, found: Sequence[tuple[Subject, Pair]]) -> list[list[Button]]:
    """A button for each."""
    titles = await titled(tx, [as_thread(about, pair, visit.now) for about, pair in found], visit.person)
    children = {pair.pupil_id for _, pair in found if pair.mine.role in FAMILY}
    posts = {pair.mine for _, pair in found if pair.mine.role not in FAMILY}
    return [
        [_button(visit, title, to(about, pair), several=len(posts if pair.mine in posts else children) > 1)]
        for (about, pair), title in zip(found, titles, strict=True)
    ]


def _button(visit: Visit, title: Titled, at: WriteTo, *, several: bool) -> Button:
    """Of a family's lesson or journal the course stands first; of several children the child, of several posts one's own."""
    role = title.theirs.role
    name = title.child if role in FAMILY else words.called(title.theirs, title.sides)
    family = title.thread.one.role in FAMILY and role not in FAMILY
    course = title.about.courses[0] if family and title.about.kind in ("lesson", "group") and title.about.courses else ""
    child = title.child if family and several else ""
    mine = title.thread.side(title.mine)
    post = words.called(mine, title.sides) if several and mine.role not in FAMILY else ""
    before = " · ".join(brief(each, 16) for each in (child, course, post) if each)
    return visit.button("button-write-to", at, role=role, before=before or "none", name=brief(name, LABEL - len(before) - 6))


async def chosen(visit: Visit, at: WriteTo) -> Sent | None:
    """The words that wait to be passed on go to them; None: without any they are asked what to write."""
    about, pair = meant(at)
    waiting = (await visit.talk.data()).get("words")
    if not isinstance(waiting, str):
        if visit.again and (before := await brought(visit.db, visit.talk.update_id, by=visit.person, now=visit.now)):
            return before
        await _ask(visit, about, pair)
        return None
    draft = Draft(waiting, update_id=visit.talk.update_id)
    done = await write_to(visit.db, about, pair, draft, by=visit.person, at=visit.moment)
    await visit.talk.end()
    return done


async def _ask(visit: Visit, about: Subject, pair: Pair) -> None:
    async with visit.db.read() as tx:
        thread = await ready(tx, about, pair, by=visit.person, at=visit.moment)
        title = (await titled(tx, [thread], visit.person))[0]
    await visit.talk.begin(LetterTyping.words, **to(about, pair).model_dump())
    head = words.heading(title, visit.say)
    await visit.show(lines([head, await ask_words(visit, title)]), [visit.ways_back(Threads())], anew=visit.at_letter)


async def ask_words(visit: Visit, title: Titled) -> str:
    """What can be sent, who reads it besides, and that no letter will come where none was wanted."""
    said = [visit.say("message-ask", you=visit.you, limit=LONGEST, megabytes=LARGEST // 2**20)]
    mine = title.thread.side(title.mine)
    if mine.role in FAMILY:
        said.append(visit.say("message-pupil-sees") if visit.person.is_pupil else visit.say("message-family-sees"))
        async with visit.db.read() as tx:
            hears = mine.id in visit.person.own or await consent.hears(tx, visit.person.known, mine.id)
        said += [] if hears else [visit.say("message-no-letters")]
    return "\n".join(said)


# ── what was sent ───────────────────────────────────────────────────────────────────────────────────────────────────


async def send(visit: Visit) -> Sent:
    """What was typed or sent, to whom the talk says."""
    data = await visit.talk.data()
    draft = Draft(visit.text, await _file(visit), visit.talk.update_id)
    if not draft.words.strip() and draft.file is None:
        raise Refusal("message-kind")
    if "thread" in data:
        done = await answer(visit.db, int(data["thread"]), draft, by=visit.person, at=visit.moment)
    else:
        about, pair = meant(WriteTo(**data))
        done = await write_to(visit.db, about, pair, draft, by=visit.person, at=visit.moment)
    await visit.talk.end()
    return done


async def _file(visit: Visit) -> File | None:
    sent = visit.file
    if sent is None:
        return None
    if too_large(sent.size):
        raise Refusal("message-file-large", limit=LARGEST // 2**20)
    return File(sent.name or visit.say.plain("task-photo-name", day=visit.today), await visit.read(sent))


def files(visit: Visit, seen: Shown, at: Callable[[int], Packs]) -> list[list[Button]]:
    """A button for each file of a page."""
    return [
        [visit.button("thread-file", at(each.id), name=brief(each.document, LABEL - 4))]
        for each in seen.letters
        if each.document and each.document_id is not None
    ]


def routes() -> Router:
    """The table of contents of this file; handlers/messages/threads.py takes it in."""
    router = Router(name="writing")
    router.callback_query.register(to_whom, opens(WriteAbout), flags=may("message.write"))
    return router
