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


def edit_text(telegram: Telegram, call: Call) -> Json:
    if call.get("rich_message") is not None:
        telegram.violate("editMessageText: rich_message is not simulated")
        raise Refused("sandbox: rich_message is not simulated")
    text, entities = text_of(telegram, call)
    message = _message(telegram, call)
    if message.file:
        raise Refused("there is no text in the message to edit")
    return _changed(telegram, call, message, text, entities)


def edit_caption(telegram: Telegram, call: Call) -> Json:
    text, entities = caption_of(telegram, call)
    message = _message(telegram, call)
    if not message.file:
        raise Refused("there is no caption in the message to edit")
    return _changed(telegram, call, message, text, entities)


def edit_markup(telegram: Telegram, call: Call) -> Json:
    message = _message(telegram, call)
    return _changed(telegram, call, message, message.text, message.entities, only_markup=True)


def edit_media(telegram: Telegram, call: Call) -> Json:
    media = call.get("media")
    if not media:
        raise Refused("expected an InputMedia")
    message = _message(telegram, call)
    if not message.file and media["type"] not in ("photo", "document"):
        raise Refused("message can't be edited")
    text, entities = caption(telegram, inner(call, media), media.get("caption") or "")
    file = file_of(telegram, call, media["type"], media["media"])
    changed = message.file is not file
    message.file = file
    return _changed(telegram, call, message, text, entities, changed=changed)


def _message(telegram: Telegram, call: Call) -> Message:
    if call.get("inline_message_id"):
        telegram.violate(f"{call.method}: inline messages are not simulated")
        raise Refused("sandbox: inline messages are not simulated")
    chat = telegram.chat(call.get("chat_id"))
    message = chat.find(call.get("message_id"))
    if message is None:
        raise Refused("message to edit not found")
    chat.check_writing()
    if not message.from_bot or message.origin:
        raise Refused("message can't be edited")
    return message


def _changed(
    telegram: Telegram,
    call: Call,
    message: Message,
    text: str,
    entities: list[Json],
    *,
    changed: bool = False,
    only_markup: bool = False,
) -> Json:
    markup = keyboards.inline(call.get("reply_markup"), private=message.chat.private)
    if not changed and (message.text, message.entities, message.markup) == (text, entities, markup):
        raise Refused("MESSAGE_NOT_MODIFIED")
    message.text, message.entities, message.markup = text, entities, markup
    telegram.edited(message, seen=not only_markup)
    return message.wire()
