"""Somebody shuts the bot out, or lets it in again: from then on they are written to, or not."""

from __future__ import annotations

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from bot.services.people.people import became_unreachable, came_back
from bot.telegram.visit import TelegramVisit
from handlers.door import may


async def changed(visit: TelegramVisit) -> None:
    event = visit.event
    if visit.person.id is None or not isinstance(event, ChatMemberUpdated) or event.chat.type != ChatType.PRIVATE:
        return
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await became_unreachable(visit.db, visit.person.id, now=visit.now)
    elif event.new_chat_member.status == ChatMemberStatus.MEMBER:
        await came_back(visit.db, visit.person)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="membership")
    router.my_chat_member.register(changed, flags=may("start.menu"))
    return router
