"""How people, chats, messages, files and calls look in the page's JSON."""

from __future__ import annotations

from typing import Any

from bot.sandbox.keyboards import KINDS
from bot.sandbox.messages import Chat, File, Message
from bot.sandbox.phone import Phone
from bot.sandbox.queries import InlineQuery, Query
from bot.sandbox.telegram import Telegram

Json = dict[str, Any]


def bot(telegram: Telegram) -> Json:
    profile = telegram.profile
    return {
        "id": telegram.bot.id,
        "name": telegram.bot.first_name,
        "username": telegram.bot.username,
        "description": profile.text("description", "ru"),
        "about": profile.text("short_description", "ru"),
    }


def person(phone: Phone) -> Json:
    """A line of the list of people."""
    last = next((message for message in reversed(phone.chat.messages.values()) if not message.deleted), None)
    return {
        "id": phone.id,
        "name": phone.user.name,
        "first_name": phone.user.first_name,
        "username": phone.user.username,
        "language": phone.user.language,
        "about": phone.user.about,
        "started": phone.chat.started,
        "blocked": phone.chat.blocked,
        "unread": phone.chat.unread(),
        "last": {
            "id": last.id,
            "text": last.text or (last.file.name if last.file else ""),
            "from_bot": last.from_bot,
            "date": last.date.isoformat(),
        }
        if last
        else None,
    }


def whole_chat(telegram: Telegram, phone: Phone) -> Json:
    """Everything around the messages of a chat."""
    return {
        **person(phone),
        "keyboard": keyboard(phone.chat.keyboard),
        "commands": phone.commands,
        "menu_button": telegram.profile.button(phone.id),
        "pinned": phone.chat.pins[-1] if phone.chat.pins else None,
    }


def keyboard(markup: Json | None) -> Json | None:
    """The reply keyboard that is open."""
    if not markup:
        return None
    return {
        "rows": [[{"label": button["text"]} for button in row] for row in markup["keyboard"]],
        "one_time": bool(markup.get("one_time_keyboard")),
        "small": bool(markup.get("resize_keyboard")),
        "placeholder": markup.get("input_field_placeholder", ""),
    }


def message(it: Message) -> Json:
    return {
        "id": it.id,
        "chat": it.chat.id,
        "from_bot": it.from_bot,
        "sender": it.sender.name,
        "date": it.date.isoformat(),
        "edited": it.edited.isoformat() if it.edited else None,
        "taken": it.taken,
        "text": it.text,
        "entities": it.entities,
        "file": file(it.file) if it.file else None,
        "buttons": [[_button(raw) for raw in row] for row in it.markup["inline_keyboard"]] if it.markup else [],
        "protected": it.protected,
        "silent": it.silent,
        "reply_to": it.reply_to,
        "pinned": it.pinned,
        "album": it.album,
        "forwarded": it.origin is not None,
        "via_bot": it.via_bot.username if it.via_bot else None,
    }


def _button(raw: Json) -> Json:
    kind = next((kind for kind in KINDS if kind in raw), "")
    return {
        "label": raw["text"],
        "kind": kind,
        "style": raw.get("style", ""),
        "url": raw.get("url"),
        "copy": raw.get("copy_text"),
    }


def file(it: File) -> Json:
    return {
        "id": it.id,
        "kind": it.kind,
        "name": it.name,
        "mime": it.mime,
        "size": it.size,
        "width": it.width,
        "height": it.height,
    }


def answer(query: Query) -> Json:
    """What a pressed button was answered with."""
    given = query.answer or {}
    return {
        "query": query.id,
        "message": query.message_id,
        "text": given.get("text") or "",
        "alert": bool(given.get("show_alert")),
        "url": given.get("url"),
    }


def results(query: InlineQuery) -> Json:
    return {"query": query.id, "text": query.text, "results": query.results or []}


def event(telegram: Telegram, phones: dict[int, Phone], kind: str, chat: Chat | None, about: Any) -> Json | None:
    """The body of an event. None: not for the page."""
    phone = phones.get(chat.id) if chat else None
    body: Json = {"chat": chat.id} if chat else {}
    if kind in ("message", "edit"):
        return body | {"message": message(about), "unread": chat.unread() if chat else 0}
    if kind in ("delete", "taken"):
        return body | {"message": about.id}
    if kind == "keyboard":
        return body | {"keyboard": keyboard(about)}
    if kind == "answer":
        return body | answer(about)
    if kind == "inline":
        return body | results(about)
    if kind == "action":
        return body | {"action": about}
    if kind in ("chat", "person", "wipe", "read"):
        return body | {"person": whole_chat(telegram, phone)} if phone else None
    if kind in ("commands", "profile"):
        return {"bot": bot(telegram)}
    if kind in ("violation", "webhook"):
        return {"words": about}
    if kind == "call":
        found: Json = about.wire()
        return found
    return None
