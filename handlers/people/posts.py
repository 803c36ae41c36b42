"""Somebody opened an invitation to a post that is held: the holder, or after a day the director, says whether it passes."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.services.people.posts import Seen, answer, seen
from bot.targets import PostAsked
from bot.visit import Rows, Visit
from bot.voice import lines
from handlers.door import may, opens


class Answer(CallbackData, prefix="post.answer"):
    id: int
    yes: bool


async def asked(visit: Visit, at: PostAsked) -> None:
    found = await seen(visit.db, at.id, by=visit.person, now=visit.now)
    await visit.show(*_page(visit, found), anew=visit.at_letter)


async def answered(visit: Visit, at: Answer) -> None:
    await answer(visit.db, at.id, yes=at.yes, by=visit.person, now=visit.now)
    found = await seen(visit.db, at.id, by=visit.person, now=visit.now)
    await visit.show(*_page(visit, found))


def _page(visit: Visit, found: Seen) -> tuple[str, Rows]:
    post, number = found.post, str(found.id)
    facts = {"name": post.full_name, "role": post.role, "organization": post.organization}
    head = visit.say("post-ask-page", number=number, **facts, at=found.asked_at, by=found.by or "none")
    if found.how != "open":
        return lines([head, visit.say("post-ask-ended", how=found.how)]), [[visit.menu]]
    rows = [
        [
            visit.button("button-post-yes", Answer(id=found.id, yes=True)),
            visit.button("button-post-no", Answer(id=found.id, yes=False)),
        ],
        [visit.menu],
    ]
    return lines([head, visit.say("post-ask-open", until=found.lapses_at)]), rows


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="posts")
    router.callback_query.register(asked, opens(PostAsked), flags=may("post.see"))
    router.callback_query.register(answered, Answer.filter(), flags=may("post.see"))
    return router
