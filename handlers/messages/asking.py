"""«Кому передать?»: a question nobody asked for goes to whom the family chooses, with one press."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from bot.services.messages.parties import Subject, options
from bot.services.people.asking import is_question, who_answers
from bot.services.people.codes import looks_like_code
from bot.visit import Visit
from bot.voice import lines
from handlers.door import TYPED, may
from handlers.messages.writing import LetterTyping, rows_of

MOST = 8  # people to choose from


async def asks(message: Message, visit: Visit) -> bool:
    """Whether a text nobody asked for is a family's question."""
    text = message.text or ""
    return bool(visit.person.pupils) and not looks_like_code(text) and is_question(text)


async def asked(visit: Visit) -> None:
    await ask(visit, visit.text)


async def ask(visit: Visit, question: str) -> None:
    """Whom it can be passed on to here, and how the others are reached."""
    async with visit.db.read() as tx:
        contacts = await who_answers(tx, visit.person)
        found = [(about, pair) for about, pair in await options(tx, visit.person, Subject(), visit.moment) if pair.pupil_id]
        rows = await rows_of(tx, visit, found[:MOST])
    if rows:
        await visit.talk.begin(LetterTyping.words, question=question)
    told = [
        visit.say("ask-whom", name=one.name, role=one.role, phone=one.phone or "none", site=one.site or "none")
        for one in contacts
    ]
    here = "yes" if rows else "no"
    await visit.show(lines([visit.say("ask-title", you=visit.you, here=here), "\n".join(told)]), [*rows, [visit.menu]])


def routes() -> Router:
    """The table of contents of this file; handlers/messages/threads.py takes it in."""
    router = Router(name="asking")
    router.message.register(asked, StateFilter(None), TYPED, asks, flags=may("message.write"))
    return router
