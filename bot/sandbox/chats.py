"""Chats: what lies in each, and who may write there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import Refused
from bot.sandbox.messages import Message, Toast, User

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class Chat:
    """A chat of the bot: with a person (its id is the person's), or a group."""

    id: int
    person: User | None = None
    title: str = ""
    kind: str = "private"
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None  # the reply keyboard that is open
    pins: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    shown: set[tuple[int, str]] = field(default_factory=set)
    members: dict[int, User] = field(default_factory=dict)
    read: int = 0  # the newest message the person has seen
    bell: Bell = field(default_factory=Bell)

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def wire(self) -> Json:
        """The Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        found: Json = {"id": self.id, "type": "private", "first_name": self.person.first_name}
        if self.person.last_name:
            found["last_name"] = self.person.last_name
        if self.person.username:
            found["username"] = self.person.username
        return found

    def check_writing(self) -> None:
        """Raises Refused if the bot may not write here."""
        if self.blocked:
            raise Refused("bot was blocked by the user" if self.private else f"bot was kicked from the {self.kind} chat", 403)
        if not self.started:
            raise Refused(
                "bot can't initiate conversation with a user" if self.private else f"bot is not a member of the {self.kind} chat",
                403,
            )

    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]

    def newest(self) -> Message | None:
        """The newest message of the bot that is still there."""
        for message in reversed(self.messages.values()):
            if message.from_bot and not message.deleted:
                return message
        return None

    def unread(self) -> int:
        """How many messages of the bot the person has not seen."""
        count = 0
        for message in reversed(self.messages.values()):
            if message.id <= self.read:
                break
            count += message.from_bot and not message.deleted
        return count

    def find(self, message_id: Any) -> Message | None:
        message = self.messages.get(message_id) if isinstance(message_id, int) else None
        return None if message is None or message.deleted else message

    def note(self, message: Message) -> None:
        """A message of the bot came or changed: the person has seen it."""
        self.notices.append(message.text)
        self.shown.update((message.id, data) for data in message.datas())
