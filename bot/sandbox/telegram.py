"""The whole state of the local Telegram, and what happens in it whoever causes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import Refused
from bot.sandbox.files import Files
from bot.sandbox.messages import Chat, Message, User
from bot.sandbox.profile import Profile
from bot.sandbox.queries import WINDOW, InlineQuery, Query, callback
from bot.sandbox.updates import Update, Updates

Listener = Callable[[str, Chat | None, Any], None]


class Telegram:
    """Chats, files, updates and what is wrong with the bot. Knows no HTTP."""

    def __init__(self, bot: User, now: Callable[[], datetime]) -> None:
        self.bot = bot
        self.now = now
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(now)
        self.updates.taken = self._taken
        self.profile = Profile(bot.first_name)
        self.queries: dict[str, Query] = {}
        self.inline: dict[str, InlineQuery] = {}
        self.listeners: list[Listener] = []
        self.violations: list[str] = []
        self.bell = Bell()  # a query was answered, or is too old
        self._waiting: dict[str, Query] = {}
        self._message = 0
        self._query = 4_000_000_000_000_000_000
        self._album = 13_000_000_000_000_000

    # What is there

    def chat(self, chat_id: Any) -> Chat:
        """The chat of a call's chat_id. Raises Refused."""
        if chat_id is None or chat_id == "":
            raise Refused("chat_id is empty")
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise Refused("chat not found")
        return found

    def tell(self, kind: str, chat: Chat | None = None, about: Any = None) -> None:
        for listener in self.listeners:
            listener(kind, chat, about)

    def violate(self, words: str) -> None:
        self.violations.append(words)
        self.tell("violation", None, words)

    # Messages

    def post(self, chat: Chat, sender: User, **what: Any) -> Message:
        """A new message in the chat."""
        self._message += 1
        message = Message(self._message, chat, sender, self.now(), **what)
        chat.messages[message.id] = message
        if sender.is_bot:
            chat.note(message)
        if self.listeners:
            self.tell("message", chat, message)
        chat.bell.ring()
        return message

    def edited(self, message: Message, *, seen: bool = True) -> None:
        """The message was changed by the bot."""
        if seen:
            message.edited = self.now()
        message.chat.note(message)
        self.tell("edit", message.chat, message)
        message.chat.bell.ring()

    def delete(self, message: Message) -> None:
        message.deleted = True
        if message.id in message.chat.pins:
            message.chat.pins.remove(message.id)
        self.tell("delete", message.chat, message)
        message.chat.bell.ring()

    def open_keyboard(self, chat: Chat, markup: dict[str, Any] | None) -> None:
        """What a reply markup does to the chat's reply keyboard."""
        if markup is None or "inline_keyboard" in markup or "force_reply" in markup:
            return
        chat.keyboard = None if markup.get("remove_keyboard") else markup
        self.tell("keyboard", chat, chat.keyboard)
        chat.bell.ring()

    def album(self) -> str:
        self._album += 1
        return str(self._album)

    # What a person does

    def said(self, message: Message) -> None:
        """A person's message goes to the bot."""
        self.updates.add("message", message.wire(), message.chat.id)

    def _taken(self, update: Update) -> None:
        """The second tick of a person's message."""
        if update.kind == "message" and (chat := self.chats.get(update.lane)):
            message = chat.find(update.body["message"]["message_id"])
            if message is not None:
                message.taken = True
                self.tell("taken", chat, message)

    def join(self, chat: Chat, person: User, *, inside: bool) -> None:
        """The bot was let in or shut out: blocked or unblocked, added to a group or removed."""
        self.tell("chat", chat)
        chat.bell.ring()
        out = "kicked" if chat.private else "left"
        was, now = (out, "member") if inside else ("member", out)
        stamp = int(self.now().timestamp())
        member = {"user": self.bot.wire()}
        old, new = ({**member, "status": status, **({"until_date": 0} if status == "kicked" else {})} for status in (was, now))
        change = {"chat": chat.wire(), "from": person.wire(), "date": stamp, "old_chat_member": old, "new_chat_member": new}
        self.updates.add("my_chat_member", change, chat.id)

    def press(self, chat: Chat, person: User, message_id: int, data: str, *, ago: float = 0) -> Query:
        """A button's data goes to the bot; the query waits for its answer.

        `ago`: seconds since it was pressed, the bot having been away; past its time nobody waits any more.
        """
        self._query += 7
        query = Query(str(self._query), person, chat, message_id, data, self.now() - timedelta(seconds=ago))
        query.late = self.too_old(query.asked)
        self.queries[query.id] = query
        if not query.late:
            self._waiting[query.id] = query
        self.updates.add("callback_query", callback(query, chat.find(message_id), chat), person.id)
        return query

    def ask(self, person: User, text: str, offset: str) -> InlineQuery:
        """An inline query goes to the bot."""
        self._query += 7
        query = InlineQuery(str(self._query), person, text, self.now())
        self.inline[query.id] = query
        body = {"id": query.id, "from": person.wire(), "query": text, "offset": offset, "chat_type": "sender"}
        self.updates.add("inline_query", body, person.id)
        return query

    # Queries

    def answered(self, query: Query, answer: dict[str, Any]) -> None:
        query.answer = answer
        self._waiting.pop(query.id, None)
        self.tell("answer", query.chat, query)
        query.chat.bell.ring()
        self.bell.ring()

    def refused(self, query: Query) -> None:
        """An answer that came when nobody waited any more."""
        query.refused = True
        query.chat.bell.ring()
        self.bell.ring()

    def too_old(self, asked: datetime, window: int = WINDOW) -> bool:
        return self.now() - asked > timedelta(seconds=window)

    def unanswered(self) -> list[Query]:
        """Pressed buttons still within their time. Those past it become violations."""
        for query in [query for query in self._waiting.values() if self.too_old(query.asked)]:
            del self._waiting[query.id]
            query.missed = True
            self.violate(
                f"answerCallbackQuery: nobody answered in {WINDOW} s: {query.person.name} ({query.person.id}) pressed {query.data!r}"
            )
        return list(self._waiting.values())


_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}", re.ASCII)),
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)»]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)


def noticed(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Commands, links, addresses and tags that Telegram finds by itself, where nothing of the kind is marked yet."""
    if not any(mark in text for mark in "/@#"):
        return entities
    taken = [
        (e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    found = list(entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = len(text[: match.start()].encode("utf-16-le")) // 2
            end = start + len(match[0].encode("utf-16-le")) // 2
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))
