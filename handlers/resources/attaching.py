"""Files and links of a resource or of a course: looked at, taken, sent in the chat, replaced, removed and put back."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows, page_of
from bot.refusals import Refusal
from bot.services.resources.attaching import LARGEST, Given, change, give, listed, take
from bot.targets import CourseCard, Files, ResourcePage
from bot.visit import Button, Packs, Rows, Visit
from bot.voice import lines
from bot.words.resources import files_page
from handlers.door import TYPED, may, opens
from storage.db import Tx
from storage.resources import attachments
from storage.resources.attachments import To

PAGE = 6  # files a page


class Take(CallbackData, prefix="files.take"):
    file: int


class Send(CallbackData, prefix="files.send"):
    """Asks for a file or a link; `instead`: of what it takes the place."""

    resource: int = 0
    course: int = 0
    instead: int = 0


class Manage(CallbackData, prefix="files.one"):
    """What can be done with one of them."""

    file: int


class Put(CallbackData, prefix="files.put"):
    """Remove it (0), or put it back (1)."""

    file: int
    stands: int


class Attaching(StatesGroup):
    """Staff send a file or a link; the talk's data say to what, and in the place of what."""

    sending = State()


async def shown(visit: Visit, at: Files) -> None:
    async with visit.db.read() as tx:
        await visit.show(*await _page(visit, tx, _to(at), at.page, at.at))


async def _page(visit: Visit, tx: Tx, to: To, page: int = 0, at: str = "") -> tuple[str, Rows]:
    whose, stand = await listed(tx, to, visit.person)
    here = page_of([(number, one) for number, one in enumerate(stand, 1)], page, PAGE)
    files = [
        visit.button("button-attachment-take", Take(file=one.id), number=number, name=one.name)
        for number, one in here.some
        if one.document_id is not None
    ]
    rows = [[file] for file in files]
    if whose.changes:
        manage = [visit.button("button-attachment-manage", Manage(file=one.id), number=number) for number, one in here.some]
        rows += in_rows(manage, 3)
        rows.append([visit.button("button-attachment-add", Send(resource=to.resource or 0, course=to.course or 0))])

    def of(number: int) -> Files:
        return Files(resource=to.resource or 0, course=to.course or 0, page=number, at=at)

    rows.append(visit.pager(here.number, here.of, of))
    return files_page(whose, stand, visit.say), [*rows, visit.ways_back(_back(to, at))]


def _back(to: To, at: str = "") -> Packs:
    return CourseCard(to.course, at) if to.course is not None else ResourcePage(to.resource or 0, at)


def _to(at: Files | Send) -> To:
    return To(course=at.course) if at.course else To(resource=at.resource)


def _files(to: To) -> Files:
    return Files(resource=to.resource or 0, course=to.course or 0)


async def taken(visit: Visit, at: Take) -> None:
    put, content = await take(visit.db, at.file, by=visit.person)
    if content is None:
        await visit.toast(put.link or "")
        return
    await visit.give(put.name, content)


async def asked(visit: Visit, at: Send) -> None:
    to = _to(at)
    async with visit.db.read() as tx:
        whose, _ = await listed(tx, to, visit.person)
    if not whose.changes:
        raise Refusal("not-yours")
    await visit.talk.begin(Attaching.sending, resource=at.resource, course=at.course, instead=at.instead)
    instead = "yes" if at.instead else "no"
    text = visit.say("attachment-ask", name=whose.name, limit=LARGEST // 2**20, instead=instead)
    await visit.show(text, [[visit.button("button-cancel", _files(to))]])


async def sent(visit: Visit) -> None:
    """A file or a link; another may follow at once."""
    data = await visit.talk.data()
    to = To(course=data["course"]) if data["course"] else To(resource=data["resource"])
    file = visit.file
    if file is not None and (file.size or 0) > LARGEST:
        raise Refusal("attachment-too-big", limit=LARGEST // 2**20)
    name = (file.name or f"{visit.say.plain('attachment-photo')}.jpg") if file is not None else ""
    content = (name, await visit.read(file)) if file is not None else None
    put = await give(visit.db, to, Given(visit.text, content, data.get("instead") or None), by=visit.person, now=visit.now)
    await visit.talk.note(instead=0)
    async with visit.db.read() as tx:
        text, rows = await _page(visit, tx, to)
    await visit.show(lines([visit.say("attachment-kept", name=put.name), text]), rows)


async def managed(visit: Visit, at: Manage) -> None:
    async with visit.db.read() as tx:
        put = await attachments.one(tx, at.file)
        if put is None or put.removed_at is not None:
            raise Refusal("gone")
        whose, _ = await listed(tx, put.to, visit.person)
    if not whose.changes:
        raise Refusal("not-yours")
    send = Send(resource=put.to.resource or 0, course=put.to.course or 0, instead=put.id)
    rows: list[list[Button]] = [
        [visit.button("button-attachment-replace", send), visit.button("button-attachment-remove", Put(file=put.id, stands=0))],
        visit.ways_back(_files(put.to)),
    ]
    await visit.show(visit.say("attachment-one", name=put.name, of=whose.name), rows)


async def changed(visit: Visit, at: Put) -> None:
    put = await change(visit.db, at.file, stands=bool(at.stands), by=visit.person, now=visit.now)
    async with visit.db.read() as tx:
        text, rows = await _page(visit, tx, put.to)
    if at.stands:
        await visit.show(lines([visit.say("attachment-back", name=put.name), text]), rows)
        return
    undo = [visit.button("button-attachment-undo", Put(file=put.id, stands=1))]
    await visit.show(lines([visit.say("attachment-removed", name=put.name), text]), [undo, *rows])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="resource_files")
    see, give_ = may("resources.see"), may("material.give")
    router.callback_query.register(shown, opens(Files), flags=see)
    router.callback_query.register(taken, Take.filter(), flags=see)
    router.callback_query.register(asked, Send.filter(), flags=give_)
    router.message.register(sent, Attaching.sending, TYPED | F.document | F.photo, flags=give_)
    router.callback_query.register(managed, Manage.filter(), flags=give_)
    router.callback_query.register(changed, Put.filter(), flags=give_)
    return router
