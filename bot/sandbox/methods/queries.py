"""Methods that answer what a person asked: a pressed button, an inline query."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.errors import Refused
from bot.sandbox.messages import Toast
from bot.sandbox.queries import INLINE_WINDOW
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

MOST_TOAST, MOST_RESULTS, MOST_START = 200, 50, 64


def answer_callback(telegram: Telegram, call: Call) -> bool:
    query = telegram.queries.get(str(call.get("callback_query_id")))
    if query is None or query.answer is not None or telegram.too_old(query.asked):
        if query is not None:
            telegram.refused(query)
        raise Refused("QUERY_ID_INVALID")
    text = call.get("text") or ""
    if len(text) > MOST_TOAST:
        raise Refused("MESSAGE_TOO_LONG")
    if call.get("url") and not call.get("url").startswith(("tg://", f"https://t.me/{telegram.bot.username}", "t.me/")):
        raise Refused("URL_INVALID")
    if text:
        toast = Toast(text, alert=bool(call.get("show_alert")), data=query.data)
        query.chat.toasts.append(toast)
    telegram.answered(query, dict(call.params))
    return True


def answer_inline(telegram: Telegram, call: Call) -> bool:
    query = telegram.inline.get(str(call.get("inline_query_id")))
    results = call.get("results") or []
    if len(results) > MOST_RESULTS:
        raise Refused("too many inline query results specified")
    if button := call.get("button"):
        _start_parameter(button.get("start_parameter"), present="start_parameter" in button)
    if query is None or query.results is not None or telegram.too_old(query.asked, INLINE_WINDOW):
        raise Refused("QUERY_ID_INVALID")
    seen: set[str] = set()
    for result in results:
        _result(result, seen)
    query.results = results
    query.answer = dict(call.params)
    query.bell.ring()
    telegram.tell("inline", telegram.chats.get(query.person.id), query)
    return True


def _result(result: dict[str, Any], seen: set[str]) -> None:
    identifier = result.get("id")
    if not isinstance(identifier, str) or not 0 < len(identifier.encode()) <= 64:
        raise Refused("RESULT_ID_INVALID")
    if identifier in seen:
        raise Refused("RESULT_ID_DUPLICATE")
    seen.add(identifier)
    if result.get("reply_markup"):
        keyboards.inline(result["reply_markup"])


def _start_parameter(value: str | None, *, present: bool) -> None:
    if not present:
        return
    if not value:
        raise Refused("can't use empty start_parameter")
    if len(value) > MOST_START:
        raise Refused("too long start_parameter specified")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise Refused("unallowed characters in start_parameter are used")
