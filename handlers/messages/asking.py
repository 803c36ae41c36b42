"""«Кому передать?»: a question nobody asked for goes to whom the family chooses, with one press."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.messages.parties import Subject, options
from bot.services.messages.reach import reach
from bot.services.people.asking import is_question, who_answers
from bot.services.people.codes import looks_like_code
from bot.targets import PassOn
from bot.visit import Visit
from bot.voice import lines
from bot.words import messages as words_of
from handlers.door import TYPED, UNASKED, Passing, may, opens
from handlers.messages.writing import rows_of

PAGE = 8  # people to choose from


async def asks(message: Message, visit: Visit) -> bool:
    """Whether a text nobody asked for is a family's question."""
    text = message.text or ""
    return bool(visit.person.pupils) and not looks_like_code(text) and is_question(text)


async def asked(visit: Visit) -> None:
    await _ask(visit, visit.text, "question")


async def passed(visit: Visit, at: PassOn) -> None:
    """Words that no page answered, as they were typed last."""
    words = (await visit.talk.data()).get("words")
    if not isinstance(words, str):
        raise Refusal("gone")
    await _ask(visit, words, "words", at.page)


async def _ask(visit: Visit, words: str, kind: str, page: int = 0) -> None:
    """Whom it can be passed on to here, and how the others are reached."""
    family = bool(visit.person.pupils)  # of who is both: what they ask as a parent
    async with visit.db.read() as tx:
        offered = await options(tx, visit.person, Subject(), visit.moment)
        found = await reach(tx, [(about, pair) for about, pair in offered if pair.pupil_id or not family])
        told = words_of.contacts(await who_answers(tx, visit.person) or found.contacts, visit.say)
        here = page_of(found.some, page, PAGE)
        rows = await rows_of(tx, visit, here.some)
    if rows:
        await visit.talk.begin(Passing.words, words=words)
        rows.append(visit.pager(here.number, here.of, lambda to: PassOn(page=to)))
    answer = (kind if told else "bare") if rows else "no"
    quoted = visit.say("ask-words", words=words) if rows else ""
    title, apart = visit.say("ask-title", you=visit.you, here=answer), words_of.apart(found, visit.say)
    await visit.show(lines([title, quoted, told, apart]), [*rows, [visit.menu]])


def routes() -> Router:
    """The table of contents of this file; handlers/messages/threads.py takes it in."""
    router = Router(name="asking")
    router.message.register(asked, UNASKED, TYPED, asks, flags=may("message.write"))
    router.callback_query.register(passed, opens(PassOn), flags=may("message.write", keeps_talk=Passing))
    return router
