"""The school's own templates: a paper's blank is taken, changed in Word and sent back; what cannot be drawn from is said by its word."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.documents.paper import LARGEST
from bot.documents.samples import NAMES
from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.papers.blanks import blank, blanks, put, put_back
from bot.targets import Papers
from bot.visit import Visit
from bot.words.clashes import why_not
from handlers.door import TYPED, may

PAGE = 10


class Blanks(CallbackData, prefix="papers.blanks"):
    page: int = 0


class BlankPage(CallbackData, prefix="papers.blank"):
    """number: of NAMES."""

    number: int


class BlankFile(CallbackData, prefix="papers.blank.file"):
    number: int


class SendBlank(CallbackData, prefix="papers.blank.send"):
    number: int


class PutBack(CallbackData, prefix="papers.blank.back"):
    number: int


class BlankTyping(StatesGroup):
    file = State()


async def opened(visit: Visit, at: Blanks) -> None:
    here = page_of(list(enumerate(blanks(visit.settings))), at.page, PAGE)
    rows = []
    for number, one in here.some:
        label = visit.button("button-blank", BlankPage(number=number), paper=_stem(one.name), own="yes" if one.own else "no")
        rows.append([label])
    rows += [visit.pager(here.number, here.of, lambda to: Blanks(page=to)), visit.ways_back(Papers())]
    await visit.show(visit.say("blanks-title"), rows)


def _stem(name: str) -> str:
    return name.removesuffix(".docx")


def _name(number: int) -> str:
    if not 0 <= number < len(NAMES):
        raise Refusal("gone")
    return NAMES[number]


async def page(visit: Visit, at: BlankPage) -> None:
    await _show(visit, at.number, "")


async def _show(visit: Visit, number: int, done: str) -> None:
    one, _ = blank(visit.settings, _name(number))
    rows = [
        [visit.button("button-blank-file", BlankFile(number=number)), visit.button("button-blank-send", SendBlank(number=number))]
    ]
    if one.own:
        rows.append([visit.button("button-blank-back", PutBack(number=number))])
    said = visit.say("blank-page", paper=_stem(one.name), own="yes" if one.own else "no")
    await visit.show(f"{done}\n\n{said}" if done else said, [*rows, visit.ways_back(Blanks())])


async def given(visit: Visit, at: BlankFile) -> None:
    one, content = blank(visit.settings, _name(at.number))
    await visit.give(one.name, content)


async def asked(visit: Visit, at: SendBlank) -> None:
    await visit.talk.begin(BlankTyping.file, number=at.number, name=_name(at.number))
    await visit.show(visit.say("blank-ask"), [[visit.button("button-cancel", BlankPage(number=at.number))]])


async def sent(visit: Visit) -> None:
    number = int((await visit.talk.data())["number"])
    cancel = [[visit.button("button-cancel", BlankPage(number=number))]]
    file = visit.file
    if file is None:
        await visit.show(visit.say("blank-ask"), cancel)
        return
    try:
        if file.size is not None and file.size > LARGEST:
            raise Refusal("template-too-big", file=file.name)
        content = (file.name, await visit.read(file))
        await put(visit.db, _name(number), content, by=visit.person, settings=visit.settings, now=visit.now)
    except Refusal as no:
        await visit.show(visit.say("blank-refused", why=why_not(no, visit.say)), cancel)
        return
    await visit.talk.end()
    await _show(visit, number, visit.say("blank-taken"))


async def put_it_back(visit: Visit, at: PutBack) -> None:
    await put_back(visit.db, _name(at.number), by=visit.person, settings=visit.settings, now=visit.now)
    await _show(visit, at.number, visit.say("blank-put-back"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="blanks")
    change = may("papers.template")
    router.callback_query.register(opened, Blanks.filter(), flags=change)
    router.callback_query.register(page, BlankPage.filter(), flags=change)
    router.callback_query.register(given, BlankFile.filter(), flags=change)
    router.callback_query.register(asked, SendBlank.filter(), flags=change)
    router.message.register(sent, BlankTyping.file, TYPED | F.document | F.photo, flags=change)
    router.callback_query.register(put_it_back, PutBack.filter(), flags=change)
    return router
