"""Keyboards: what the server accepts, drops and refuses of a reply_markup."""

from __future__ import annotations

from typing import Any

import orjson

from bot.sandbox.errors import Refused
from bot.sandbox.links import WrongLinkError, checked

Json = dict[str, Any]

# The first of these a button has is what it is; the rest are ignored.
KINDS = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip
STYLES = ("danger", "success", "primary", "default")
MOST_IN_ROW, MOST_IN_ALL, MOST_INLINE, MOST_BYTES, MOST_DATA = 12, 300, 100, 10_000, 64
ASKS = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
}


def loaded(value: Any) -> Json | None:
    """The reply_markup of a call, as an object."""
    if isinstance(value, str):
        if not value:
            return None
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise Refused("can't parse reply keyboard markup JSON object") from error
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Refused("object expected as reply markup")
    return value


def inline(markup: Json | None, *, private: bool = True) -> Json | None:
    """The inline keyboard as the server keeps it, or None. Raises Refused in its words."""
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    kept = _kept([[_inline_button(raw, private=private) for raw in row] for row in rows])
    if sum(map(len, kept)) > MOST_INLINE or len(orjson.dumps(kept)) > MOST_BYTES:
        raise Refused("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def reply(markup: Json | None, *, private: bool = True) -> Json | None:
    """The reply keyboard, `{"remove_keyboard": true}`, `{"force_reply": true}`, or None."""
    if not markup:
        return None
    if "keyboard" in markup:
        rows = markup["keyboard"]
        kept = _kept([[_reply_button(raw, private=private) for raw in row] for row in rows])
        return {**markup, "keyboard": kept} if kept else None
    if "inline_keyboard" in markup:
        return None
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _kept(rows: list[list[Json]]) -> list[list[Json]]:
    """Buttons without text, past the twelfth of a row and past the 300th of all are dropped without a word."""
    left: float = MOST_IN_ALL
    kept = []
    for row in rows:
        named = [button for button in row if button["text"]][: int(min(MOST_IN_ROW, max(left, 0)))]
        left -= len(named)
        if named:
            kept.append(named)
    return kept


def _inline_button(raw: Any, *, private: bool) -> Json:
    if not isinstance(raw, dict):
        raise Refused("can't parse inline keyboard button: expected an Object")
    if not isinstance(raw.get("text"), str):
        raise Refused('can\'t parse inline keyboard button: field "text" must be of type String')
    kind = next((kind for kind in KINDS if raw.get(kind) is not None), None)
    if kind is None:
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _style(raw)
    value = raw[kind]
    button = {key: raw[key] for key in ("text", "style", "icon_custom_emoji_id") if key in raw} | {kind: value}
    if kind == "callback_data":
        if not isinstance(value, str) or not 0 < len(value.encode()) <= MOST_DATA:
            raise Refused("BUTTON_DATA_INVALID")
    elif kind == "url":
        try:
            button["url"] = checked(str(value))
        except WrongLinkError as error:
            raise Refused(f"inline keyboard button URL '{value}' is invalid: {error}") from error
    elif kind == "web_app":
        _web_app(value)
        if not private:
            raise Refused("BUTTON_TYPE_INVALID")
    return button


def _web_app(value: Any) -> None:
    url = value.get("url", "") if isinstance(value, dict) else ""
    try:
        checked(url, https_only=True)
    except WrongLinkError as error:
        raise Refused(f"inline keyboard button Web App URL '{url}' is invalid: {error}") from error


def _style(raw: Json) -> None:
    if raw.get("style", "") not in ("", *STYLES):
        raise Refused("invalid button style specified")


def _reply_button(raw: Any, *, private: bool) -> Json:
    if not isinstance(raw, dict):
        raise Refused("can't parse keyboard button: KeyboardButton must be an Object")
    if not isinstance(raw.get("text"), str):
        raise Refused('can\'t parse keyboard button: field "text" must be of type String')
    _style(raw)
    if not private:
        for ask, words in ASKS.items():
            if raw.get(ask):
                raise Refused(words)
    return raw
