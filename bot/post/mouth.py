"""How the postman speaks: one small way to say something in a chat, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from bot.notices.drawn import Picture
from bot.visit import Rows


class TokenRefused(Exception):  # noqa: N818 - an answer
    """The messenger does not know this bot any more: everything stops."""


class Meaning(Enum):
    """What became of something said."""

    SAID = auto()
    NO_TURN = auto()  # it waited for its turn in vain
    NO_LINE = auto()  # it was not the messenger that answered, or nobody was asked: the line's fault
    LOST = auto()  # it was asked and did not answer: said, perhaps
    TROUBLE = auto()  # the messenger's own (5xx)
    SLOW_DOWN = auto()  # 429
    MOVED = auto()  # the chat has another number now
    REFUSED = auto()  # 400: never, as it stands
    FORBIDDEN = auto()  # 403: this person is not reached
    UNAUTHORIZED = auto()  # 401: the token is no longer good


@dataclass(frozen=True)
class Answer:
    """What became of a message, in words for the log; its id once it is there, the chat's new number when that has moved."""

    meaning: Meaning
    why: str = ""
    message_id: int | None = None
    moved_to: int | None = None


class Mouth(Protocol):
    """Another messenger is one more of these."""

    async def say(self, chat: int, text: str, rows: Rows = (), *, urgency: int, picture: Picture | None = None) -> Answer:
        """Say a text (HTML) in a chat, below a picture if there is one, in its turn (`urgency` of bot.post.pace). Never raises for what the line or Telegram does."""
        ...
