"""A person holding Telegram: what they see, press, write and send."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.bell import PATIENCE
from bot.sandbox.files import Upload
from bot.sandbox.html import parse
from bot.sandbox.keyboards import inline
from bot.sandbox.messages import Button, Chat, Message, Toast, User
from bot.sandbox.queries import InlineQuery, Query
from bot.sandbox.telegram import Telegram, noticed
from bot.sandbox.wire import Call

# What stands before a label's words: an emoji, a mark, a space.
_BEFORE_WORDS = re.compile(r"^[^\w(«\"']+")
PAGES_SHOWN = 3


class Phone:
    """One person's Telegram with the bot's chat open."""

    def __init__(self, telegram: Telegram, log: Iterable[Call], person: User) -> None:
        self.telegram = telegram
        self.log = log  # what the bot has asked for
        self.user = person
        self.id = person.id
        self.opened: list[str] = []  # links whose buttons were pressed
        self.chat = self.telegram.chats.setdefault(person.id, Chat(person.id, person))

    def __repr__(self) -> str:
        return f"<{self.user.name} ({self.id})>"

    # What they see

    @property
    def messages(self) -> list[Message]:
        """The chat in order, deleted messages too (see `deleted`)."""
        return list(self.chat.messages.values())

    @property
    def newest(self) -> Message | None:
        """The newest message of the bot."""
        return self.chat.newest()

    @property
    def page(self) -> str:
        """The text of the newest message of the bot, "" if there is none."""
        return self.newest.text if self.newest else ""

    @property
    def html(self) -> str:
        return self.newest.html if self.newest else ""

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the newest message's inline keyboard."""
        return [[button.label for button in row] for row in self.newest.rows] if self.newest else []

    @property
    def keyboard(self) -> list[list[str]]:
        """Labels of the reply keyboard that is open."""
        return [[button["text"] for button in row] for row in self.chat.keyboard["keyboard"]] if self.chat.keyboard else []

    @property
    def toasts(self) -> list[Toast]:
        """Texts pressed buttons were answered with, newest last."""
        return self.chat.toasts

    @property
    def notices(self) -> list[str]:
        """Every message and edit of the bot as it happened."""
        return self.chat.notices

    @property
    def shown(self) -> set[tuple[int, str]]:
        """Every (message id, callback data) this person was ever shown."""
        return self.chat.shown

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The command menu this person is offered."""
        return self.telegram.profile.menu(self.chat.id, self.user.language or "")

    # What they do

    async def send(self, text: str, *, reply_to: int | None = None, to: Chat | None = None) -> Message:
        """Write to the bot. `/start` also opens the chat, or opens it again. `to`: a group, where the bot hears commands,
        its own name and answers to itself."""
        chat = to or self.chat
        if to is None:
            self._open(text)
        message = self.telegram.post(chat, self.user, text=text, entities=noticed(text, []), reply_to=reply_to)
        if to is None or self._is_for_bot(to, message):
            self.telegram.said(message)
        return message

    def _is_for_bot(self, chat: Chat, message: Message) -> bool:
        answered = chat.messages.get(message.reply_to or 0)
        return (
            message.text.startswith("/")
            or f"@{self.telegram.bot.username}" in message.text
            or (answered is not None and answered.from_bot)
        )

    async def attach(self, name: str, content: bytes, caption: str | None = None, *, kind: str = "document") -> Message:
        """Send a file."""
        self._open("")
        file = self.telegram.files.add(kind, Upload(name, content))
        message = self.telegram.post(self.chat, self.user, text=caption or "", file=file)
        self.telegram.said(message)
        return message

    async def tap(self, label: str, on: Message | None = None, *, timeout: float = PATIENCE) -> Query | None:
        """Press the button with this label and wait until the bot has answered.

        Looked for: on the newest message, then on the open keyboard, then on older messages; an exact label first (an emoji
        before it does not count), then one that contains the words. Raises AssertionError if there is none or no answer.
        """
        found = self._find(label, on)
        if found is None:
            raise AssertionError(f"{self.user.name} sees no button {label!r}\n{self._describe()}")
        if isinstance(found, str):
            if self.chat.keyboard and self.chat.keyboard.get("one_time_keyboard"):
                self.chat.keyboard = None
            await self.send(found)
            return None
        message, button = found
        if button.data is not None:
            return await self.press(message.id, button.data, timeout=timeout)
        await self.follow(button)
        return None

    async def press(
        self, message_id: int, data: str, *, timeout: float = PATIENCE, to: Chat | None = None, ago: float = 0
    ) -> Query:
        """Press a button with this data, shown or not, and wait until the bot has answered. `to`: in a group.

        `ago`: it was pressed so many seconds before the bot hears of it; past its time it waits for the try to answer.
        """
        chat = to or self.chat
        if chat.blocked:
            raise AssertionError(f"{self.user.name} has blocked the bot")
        query = self.telegram.press(chat, self.user, message_id, data, ago=ago)
        await chat.bell.until(lambda: query.answer is not None or query.refused, timeout)
        if query.answer is None and not (query.late and query.refused):
            raise AssertionError(f"nobody answered {self.user.name} pressing {data!r} in {timeout} s\n{self._describe()}")
        return query

    async def inline(self, text: str, *, offset: str = "", timeout: float = PATIENCE) -> InlineQuery:
        """Type after the bot's name and wait for the results."""
        query = self.telegram.ask(self.user, text, offset)
        await query.bell.until(lambda: query.results is not None, timeout)
        if query.results is None:
            raise AssertionError(f"nobody answered {self.user.name} asking {text!r} in {timeout} s")
        return query

    async def choose(self, query: InlineQuery, number: int = 0) -> Message:
        """Choose a result of an inline query: it is sent to the chat with the bot."""
        result = (query.results or [])[number]
        content = result.get("input_message_content") or {}
        text = content.get("message_text") or result.get("caption") or result.get("title") or ""
        entities: list[dict[str, Any]] = []
        if (content.get("parse_mode") or "").lower() == "html":
            text, entities = parse(text)
        markup = inline(result.get("reply_markup"))
        bot = self.telegram.bot
        message = self.telegram.post(self.chat, self.user, text=text, entities=entities, via_bot=bot, markup=markup)
        self.chat.shown.update((message.id, data) for data in message.datas())
        self.telegram.said(message)
        body = {"result_id": result["id"], "from": self.user.wire(), "query": query.text}
        if markup:
            body["inline_message_id"] = message.inline_id
        self.telegram.updates.add("chosen_inline_result", body, self.id)
        return message

    async def sees(self, text: str, timeout: float = PATIENCE, after: Message | int | None = None) -> Message:
        """Wait until a message of the bot that is there contains the text. `after`: only messages newer than this one."""
        newer = after.id if isinstance(after, Message) else after or 0

        def found() -> Message | None:
            for message in reversed(self.chat.messages.values()):
                if message.id <= newer:
                    return None
                if message.from_bot and not message.deleted and text in message.text:
                    return message
            return None

        message = await self.chat.bell.until(found, timeout)
        if message is None:
            raise AssertionError(f"{self.user.name} did not see {text!r} in {timeout} s\n{self._describe()}")
        return message

    async def holds(self, count: int, timeout: float = PATIENCE) -> None:
        """Wait until there are so many messages in the chat, one's own too."""
        if not await self.chat.bell.until(lambda: len(self.messages) >= count, timeout):
            raise AssertionError(f"{self.user.name} has no {count} messages in {timeout} s\n{self._describe()}")

    async def file(self, message: Message) -> bytes:
        """The contents of the message's file."""
        if message.file is None:
            raise AssertionError(f"message {message.id} has no file: {message.text!r}")
        return message.file.content

    def block(self) -> None:
        """Block the bot."""
        if not self.chat.blocked:
            self.chat.blocked = True
            self.telegram.join(self.chat, self.user, inside=False)

    def unblock(self) -> None:
        if self.chat.blocked:
            self.chat.blocked = False
            self.telegram.join(self.chat, self.user, inside=True)

    def see(self, upto: int) -> None:
        """They have looked at the chat up to this message. No bot learns of it."""
        if upto > self.chat.read:
            self.chat.read = upto
            self.telegram.tell("read", self.chat)

    def wipe(self) -> None:
        """Forget the chat, as if it never was."""
        self.telegram.chats[self.id] = self.chat = Chat(self.id, self.user)
        self.telegram.tell("wipe", self.chat)

    # How it is done

    def _open(self, text: str) -> None:
        if self.chat.blocked:
            if not text.startswith("/start"):
                raise AssertionError(f"{self.user.name} has blocked the bot: /start or unblock() first")
            self.unblock()
        self.chat.started = True

    def _find(self, label: str, on: Message | None) -> tuple[Message, Button] | str | None:
        if on is not None:
            return _on(on, label)
        newest = self.chat.newest()
        if newest and (found := _on(newest, label)):
            return found
        labels = [text for row in self.keyboard for text in row]
        for text in labels:
            if _bare(text) == _bare(label):
                return text
        for message in reversed(self.chat.messages.values()):
            if not message.deleted and (found := _on(message, label)):
                return found
        return next((text for text in labels if label in text), None)

    async def follow(self, button: Button) -> None:
        """A button that is a link, or that asks for something else."""
        if button.url:
            self.opened.append(button.url)
            parts = urlsplit(button.url)
            start = parse_qs(parts.query).get("start")
            if parts.hostname == "t.me" and parts.path == f"/{self.telegram.bot.username}":
                await self.send(f"/start {start[0]}" if start else "/start")
        elif "switch_inline_query_current_chat" in button.raw:
            await self.inline(button.raw["switch_inline_query_current_chat"])

    def _describe(self) -> str:
        """The last pages with their buttons, for whoever reads why a test failed."""
        pages = [message for message in self.chat.messages.values() if message.from_bot and not message.deleted][-PAGES_SHOWN:]
        lines = [f"  the bot's last {len(pages)} messages:"]
        for message in pages:
            lines.append(f"  #{message.id}: {message.text!r}")
            lines += ["      " + " | ".join(button.label for button in row) for row in message.rows]
        if self.keyboard:
            lines.append("  keyboard: " + " / ".join(" | ".join(row) for row in self.keyboard))
        if self.toasts:
            lines.append(f"  last toast: {self.toasts[-1]!r}")
        refused = [f"{call.method}: {call.error}" for call in list(self.log)[-20:] if call.error]
        if refused:
            lines.append("  refused lately: " + "; ".join(refused))
        if self.telegram.violations:
            lines.append("  violations: " + "; ".join(self.telegram.violations[-5:]))
        return "\n".join(lines)


def _bare(label: str) -> str:
    return _BEFORE_WORDS.sub("", label).strip()


def _on(message: Message, label: str) -> tuple[Message, Button] | None:
    buttons = message.buttons
    for button in buttons:
        if button.label == label:
            return message, button
    for button in buttons:
        if _bare(button.label) == _bare(label):
            return message, button
    for button in buttons:
        if label in button.label:
            return message, button
    return None
