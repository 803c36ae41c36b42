"""Malformed parameters the real server refuses in words of its own, before its types are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from bot.sandbox import keyboards
from bot.sandbox.errors import Refused

IN_ALBUMS = frozenset(("photo", "document", "audio", "video", "live_photo"))


def _markup(value: Any) -> Any:
    markup = keyboards.loaded(value)
    if markup is not None:
        _rows(markup, "inline_keyboard", 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        _rows(markup, "keyboard", 'field "keyboard" must be an Array of Arrays')
        if "keyboard" in markup:
            # A button that is only a string is short for one with that text.
            rows = [[{"text": button} if isinstance(button, str) else button for button in row] for row in markup["keyboard"]]
            markup = {**markup, "keyboard": rows}
    return markup


def _only_inline(value: Any) -> Any:
    if value and "inline_keyboard" not in value:
        raise Refused("inline keyboard expected")
    return value


def _rows(markup: dict[str, Any], field: str, words: str) -> None:
    if field not in markup:
        return
    rows = markup[field]
    if rows is None:
        raise Refused(f'field "{field}" must be of type Array')
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused(words)


def _array(what: str, of: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise Refused(f"can't parse {what} JSON object") from error
        if not isinstance(value, list):
            raise Refused(f"expected an Array of {of}")
        return value

    return read


def _album(value: Any) -> Any:
    items = _array("media", "InputMedia")(value)
    for item in items:
        kind = item.get("type") if isinstance(item, dict) else None
        if isinstance(kind, str) and kind not in IN_ALBUMS:
            raise Refused(f"can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup")
    return items


def _menu(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise Refused("can't parse menu button JSON object") from error
    if isinstance(value, dict) and value.get("type") not in ("default", "commands", "web_app"):
        raise Refused("can't parse menu button: MenuButton has unsupported type")
    return value


_READERS: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("setmycommands", "commands"): _array("commands", "BotCommand"),
    ("sendmediagroup", "media"): _album,
    ("setchatmenubutton", "menu_button"): _menu,
    ("answerinlinequery", "results"): _array("inline query results", "InlineQueryResult"),
}


def read(method: str, raw: dict[str, Any]) -> None:
    """Load, in place, the parameters that have words of their own. `method` in lower case. Raises Refused."""
    if "reply_markup" in raw:
        raw["reply_markup"] = _markup(raw["reply_markup"])
        if method.startswith("edit"):
            _only_inline(raw["reply_markup"])
    for (of, name), reader in _READERS.items():
        if of == method and name in raw:
            raw[name] = reader(raw[name])
