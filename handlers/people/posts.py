"""Somebody opened an invitation to a post that is held: the holder, or after a day the director, says whether it passes."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.policy import Person
from bot.services.people.posts import Seen, answer, seen
from bot.voice import Say, lines
from handlers.ui import Button, Rows, back_to_menu, is_letter, may, show
from storage.db import Database


class Ask(CallbackData, prefix="post.ask"):
    id: int


class Answer(CallbackData, prefix="post.answer"):
    id: int
    yes: bool


async def asked(tap: CallbackQuery, callback_data: Ask, person: Person, say: Say, now: datetime, db: Database) -> None:
    found = await seen(db, callback_data.id, by=person, now=now)
    await show(tap, *_page(found, say), anew=is_letter(tap))


async def answered(tap: CallbackQuery, callback_data: Answer, person: Person, say: Say, now: datetime, db: Database) -> None:
    await answer(db, callback_data.id, yes=callback_data.yes, by=person, now=now)
    found = await seen(db, callback_data.id, by=person, now=now)
    await show(tap, *_page(found, say))


def _page(found: Seen, say: Say) -> tuple[str, Rows]:
    post, number = found.post, str(found.id)
    facts = {"name": post.full_name, "role": post.role, "organization": post.organization}
    head = say("post-ask-page", number=number, **facts, at=found.asked_at, by=found.by or say.plain("invite-nameless"))
    if found.how != "open":
        return lines([head, say("post-ask-ended", how=found.how)]), [[back_to_menu(say)]]
    rows = [
        [
            Button(say.plain("button-post-yes"), Answer(id=found.id, yes=True)),
            Button(say.plain("button-post-no"), Answer(id=found.id, yes=False)),
        ],
        [back_to_menu(say)],
    ]
    return lines([head, say("post-ask-open", until=found.lapses_at)]), rows


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="posts")
    router.callback_query.register(asked, Ask.filter(), flags=may("post.see"))
    router.callback_query.register(answered, Answer.filter(), flags=may("post.see"))
    return router
