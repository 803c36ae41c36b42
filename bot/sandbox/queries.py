"""What a person asks and the bot must answer: pressed buttons and inline queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.messages import Chat, Message, User

WINDOW = 15  # seconds a pressed button waits for its answer
INLINE_WINDOW = 30


@dataclass(slots=True, eq=False)
class Query:
    """A pressed button. `answer` is None until the bot has answered."""

    id: str
    person: User
    chat: Chat
    message_id: int
    data: str
    asked: datetime
    answer: dict[str, Any] | None = None
    missed: bool = False  # nobody answered in time; already a violation
    late: bool = False  # older than its time when the bot first heard of it
    refused: bool = False  # the bot has tried to answer, too late


@dataclass(slots=True, eq=False)
class InlineQuery:
    """What a person typed after the bot's name. `results` is None until the bot has answered."""

    id: str
    person: User
    text: str
    asked: datetime
    results: list[dict[str, Any]] | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)


def callback(query: Query, message: Message | None, chat: Chat) -> dict[str, Any]:
    """The Bot API's CallbackQuery."""
    body = {"id": query.id, "from": query.person.wire(), "chat_instance": str(-chat.id * 7919), "data": query.data}
    if message and message.inline_id:
        return body | {"inline_message_id": message.inline_id}
    return body | {"message": message.wire() if message else {"chat": chat.wire(), "message_id": query.message_id, "date": 0}}
