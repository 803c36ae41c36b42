"""Methods that change a message."""

from __future__ import annotations

from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import Refused
from bot.sandbox.messages import Message
from bot.sandbox.methods.sending import file_of, inner
from bot.sandbox.methods.words import caption, caption_of, text_of
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

Json = dict[str, Any]


def edit_text(telegram: Telegram, call: Call) -> Json | bool:
    if call.get("rich_message") is not None:
        telegram.violate("editMessageText: rich_message is not simulated")
        raise Refused("sandbox: rich_message is not simulated")
    text, entities = text_of(telegram, call)
    message = _message(telegram, call)
    if message.file:
        raise Refused("there is no text in the message to edit")
    return _rewritten(telegram, call, message, text, entities)


def edit_caption(telegram: Telegram, call: Call) -> Json | bool:
    text, entities = caption_of(telegram, call)
    message = _message(telegram, call)
    if not message.file:
        raise Refused("there is no caption in the message to edit")
    return _rewritten(telegram, call, message, text, entities)


def edit_markup(telegram: Telegram, call: Call) -> Json | bool:
    message = _message(telegram, call)
    _must_differ(call, message, message.text, message.entities)
    return _changed(telegram, call, message, seen=False)


def edit_media(telegram: Telegram, call: Call) -> Json | bool:
    media = call.get("media")
    if not media:
        raise Refused("expected an InputMedia")
    message = _message(telegram, call)
    if not message.file and media["type"] not in ("photo", "document"):
        raise Refused("message can't be edited")
    text, entities = caption(telegram, inner(call, media), media.get("caption") or "")
    file = file_of(telegram, call, media["type"], media["media"])
    if message.file is file:
        return _rewritten(telegram, call, message, text, entities)
    message.file, message.text, message.entities = file, text, entities
    return _changed(telegram, call, message)


def _message(telegram: Telegram, call: Call) -> Message:
    if inline_id := call.get("inline_message_id"):
        return _inline_message(telegram, inline_id)
    chat = telegram.chat(call.get("chat_id"))
    message = chat.find(call.get("message_id"))
    if message is None:
        raise Refused("message to edit not found")
    chat.check_writing()
    if not message.from_bot or message.origin:
        raise Refused("message can't be edited")
    return message


def _inline_message(telegram: Telegram, inline_id: str) -> Message:
    """The message a person sent through the bot's inline mode."""
    parts = inline_id.split("-")
    chat = telegram.chats.get(int(parts[1])) if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit() else None
    message = chat.find(int(parts[2])) if chat else None
    if message is None or message.inline_id != inline_id:
        raise Refused("MESSAGE_ID_INVALID")
    return message


def _rewritten(telegram: Telegram, call: Call, message: Message, text: str, entities: list[Json]) -> Json | bool:
    _must_differ(call, message, text, entities)
    message.text, message.entities = text, entities
    return _changed(telegram, call, message)


def _must_differ(call: Call, message: Message, text: str, entities: list[Json]) -> None:
    if (message.text, message.entities, message.markup) == (text, entities, _markup(call, message)):
        raise Refused("MESSAGE_NOT_MODIFIED")


def _markup(call: Call, message: Message) -> Json | None:
    return keyboards.inline(call.get("reply_markup"), private=message.chat.private)


def _changed(telegram: Telegram, call: Call, message: Message, *, seen: bool = True) -> Json | bool:
    message.markup = _markup(call, message)
    telegram.edited(message, seen=seen)
    return True if message.via_bot else message.wire()
