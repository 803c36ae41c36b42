"""Methods that take messages away or pin them."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.errors import Refused
from bot.sandbox.messages import Chat, Message
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

DELETABLE = timedelta(hours=48)
MOST_AT_ONCE = 100


def delete_message(telegram: Telegram, call: Call) -> bool:
    if call.get("chat_id") in (None, ""):
        raise Refused("chat identifier is not specified")
    if call.get("message_id") is None:
        raise Refused("message identifier is not specified")
    message = telegram.chat(call.get("chat_id")).find(call.get("message_id"))
    if message is None:
        raise Refused("message to delete not found")
    if telegram.now() - message.date > DELETABLE:
        raise Refused("message can't be deleted for everyone")
    telegram.delete(message)
    return True


def delete_messages(telegram: Telegram, call: Call) -> bool:
    """What cannot be deleted is skipped."""
    if call.get("chat_id") in (None, ""):
        raise Refused("chat identifier is not specified")
    wanted = call.get("message_ids") or []
    if not wanted:
        raise Refused("message identifiers are not specified")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too many message identifiers specified")
    chat = telegram.chat(call.get("chat_id"))
    for message_id in wanted:
        message = chat.find(message_id)
        if message and telegram.now() - message.date <= DELETABLE:
            telegram.delete(message)
    return True


def pin(telegram: Telegram, call: Call) -> bool:
    chat, message = _found(telegram, call, "message to pin not found")
    if message is None:
        raise Refused("message to pin not found")
    if message.id in chat.pins:
        chat.pins.remove(message.id)
    chat.pins.append(message.id)
    telegram.post(chat, telegram.bot, pinned=message.id, silent=bool(call.get("disable_notification")))
    return True


def unpin(telegram: Telegram, call: Call) -> bool:
    chat, message = _found(telegram, call, "message to unpin not found")
    if message is None and chat.pins:
        chat.pins.pop()
    elif message and message.id in chat.pins:
        chat.pins.remove(message.id)
    telegram.tell("chat", chat)
    return True


def unpin_all(telegram: Telegram, call: Call) -> bool:
    chat, _ = _found(telegram, call, "")
    chat.pins.clear()
    telegram.tell("chat", chat)
    return True


def _found(telegram: Telegram, call: Call, words: str) -> tuple[Chat, Message | None]:
    chat = telegram.chat(call.get("chat_id"))
    chat.check_writing()
    if call.get("message_id") is None:
        return chat, None
    message = chat.find(call.get("message_id"))
    if message is None:
        raise Refused(words)
    return chat, message
