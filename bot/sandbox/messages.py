"""Chats and what lies in them: people, messages, buttons, toasts; who may write there, and how each looks on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import Refused
from bot.sandbox.html import unparse

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    about: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name

    def wire(self) -> Json:
        found: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            found["last_name"] = self.last_name
        if self.username:
            found["username"] = self.username
        if self.language:
            found["language_code"] = self.language
        return found


@dataclass(slots=True, frozen=True)
class Button:
    """An inline button. `raw` is the button as the bot sent it."""

    label: str
    data: str | None = None
    url: str | None = None
    raw: Json = field(default_factory=dict, compare=False)


@dataclass(slots=True, eq=False)
class File:
    """A file Telegram keeps. `kind` is what it was sent as: document, photo, …"""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    path: str
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        return len(self.content)

    def wire(self) -> Json:
        found: Json = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind == "photo":
            found |= {"width": self.width, "height": self.height}
        else:
            found |= {"file_name": self.name, "mime_type": self.mime}
        return found


class Toast(str):
    """The text a pressed button was answered with; `alert` when it came as a window."""

    __slots__ = ("alert", "data")
    alert: bool
    data: str

    def __new__(cls, text: str, *, alert: bool = False, data: str = "") -> Toast:
        toast = super().__new__(cls, text)
        toast.alert = alert
        toast.data = data
        return toast


@dataclass(slots=True, eq=False)
class Message:
    """A message of a chat. `text` is its text or its file's caption."""

    id: int
    chat: Chat
    sender: User
    date: datetime
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    file: File | None = None
    markup: Json | None = None
    edited: datetime | None = None
    protected: bool = False
    silent: bool = False
    reply_to: int | None = None
    album: str | None = None
    via_bot: User | None = None
    origin: Json | None = None
    pinned: int | None = None
    extra: Json = field(default_factory=dict)
    deleted: bool = False
    taken: bool = False  # the bot has confirmed it

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def html(self) -> str:
        return unparse(self.text, self.entities)

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        if not self.markup:
            return []
        return [
            [Button(raw["text"], raw.get("callback_data"), raw.get("url"), raw) for raw in row]
            for row in self.markup["inline_keyboard"]
        ]

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, in reading order."""
        return [button for row in self.rows for button in row]

    @property
    def document(self) -> File | None:
        return self.file if self.file and self.file.kind == "document" else None

    @property
    def photo(self) -> File | None:
        return self.file if self.file and self.file.kind == "photo" else None

    @property
    def inline_id(self) -> str | None:
        """How the bot knows a message somebody sent through its inline mode."""
        return f"AgAA-{self.chat.id}-{self.id}" if self.via_bot else None

    def datas(self) -> Iterator[str]:
        """Callback data of every button."""
        if self.markup:
            for row in self.markup["inline_keyboard"]:
                for raw in row:
                    if "callback_data" in raw:
                        yield raw["callback_data"]

    def wire(self, *, with_reply: bool = True) -> Json:  # noqa: C901 - a list of what may be there
        """The Bot API's Message."""
        found: Json = {
            "message_id": self.id,
            "from": self.sender.wire(),
            "chat": self.chat.wire(),
            "date": int(self.date.timestamp()),
        }
        if self.edited:
            found["edit_date"] = int(self.edited.timestamp())
        if self.via_bot:
            found["via_bot"] = self.via_bot.wire()
        if self.origin:
            found["forward_origin"] = self.origin
        if with_reply and self.reply_to and (to := self.chat.messages.get(self.reply_to)):
            found["reply_to_message"] = to.wire(with_reply=False)
        if self.pinned and (to := self.chat.messages.get(self.pinned)):
            found["pinned_message"] = to.wire(with_reply=False)
        if self.album:
            found["media_group_id"] = self.album
        if self.protected:
            found["has_protected_content"] = True
        if self.file:
            found[self.file.kind] = [self.file.wire()] if self.file.kind == "photo" else self.file.wire()
        if self.text:
            found["caption" if self.file else "text"] = self.text
            if self.entities:
                found["caption_entities" if self.file else "entities"] = self.entities
        if self.markup:
            found["reply_markup"] = self.markup
        if self.extra:
            found |= self.extra
        return found


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
