"""Methods about the bot itself and about chats: who it is, its commands, texts and menu buttons."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.links import WrongLinkError, checked
from bot.sandbox.profile import scope_of
from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Call

Json = dict[str, Any]
MOST_COMMANDS, MOST_NAME, MOST_WORDS = 100, 32, 256
MOST_TEXT = {"name": 64, "description": 512, "short_description": 120}


def get_me(telegram: Telegram, _call: Call) -> Json:
    return {
        **telegram.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _language(call: Call) -> str:
    language: str = call.get("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refused("invalid language code specified")
    return language


def set_my_commands(telegram: Telegram, call: Call) -> bool:
    commands = call.get("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    telegram.profile.commands[(_scope(telegram, call), _language(call))] = kept
    telegram.tell("commands")
    return True


def _command(raw: Json) -> Json:
    name, words = raw["command"].removeprefix("/"), raw["description"]
    if not name:
        raise Refused("command must be non-empty")
    if len(name) > MOST_NAME:
        raise Refused("command length must not exceed 32")
    if not words:
        raise Refused("command description must be non-empty")
    if len(words) > MOST_WORDS:
        raise Refused("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise Refused("BOT_COMMAND_INVALID")
    return {"command": name, "description": words}


def _scope(telegram: Telegram, call: Call) -> tuple[str, int | None, int | None]:
    scope = scope_of(call.get("scope"))
    if scope[1] is not None:
        telegram.chat(scope[1])
    return scope


def get_my_commands(telegram: Telegram, call: Call) -> list[Json]:
    return telegram.profile.commands.get((_scope(telegram, call), _language(call)), [])


def delete_my_commands(telegram: Telegram, call: Call) -> bool:
    telegram.profile.commands.pop((_scope(telegram, call), _language(call)), None)
    telegram.tell("commands")
    return True


def _what(call: Call) -> str:
    """setMyShortDescription is about short_description."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", call.method[5:]).lower()


def set_text(telegram: Telegram, call: Call) -> bool:
    """setMyName, setMyDescription, setMyShortDescription."""
    what = _what(call)
    text, language = call.get(what) or "", _language(call)
    if len(text) > MOST_TEXT[what]:
        raise Refused(f"bot {what.replace('_', ' ')} is too long")
    telegram.profile.texts[(what, language)] = text
    if what == "name":
        telegram.bot.first_name = telegram.profile.text("name", "")
    telegram.tell("profile")
    return True


def get_text(telegram: Telegram, call: Call) -> Json:
    """getMyName, getMyDescription, getMyShortDescription."""
    what = _what(call)
    return {what: telegram.profile.text(what, _language(call))}


def set_menu_button(telegram: Telegram, call: Call) -> bool:
    chat_id = call.get("chat_id")
    if chat_id is not None:
        telegram.chat(chat_id)
    button = call.get("menu_button") or {"type": "default"}
    kind = button.get("type")
    if kind not in ("default", "commands", "web_app"):
        raise Refused("can't parse menu button: MenuButton has unsupported type")
    if kind == "web_app":
        if not button.get("text"):
            raise Refused("menu button text must be non-empty")
        url = button["web_app"]["url"]
        try:
            checked(url, https_only=True)
        except WrongLinkError as error:
            raise Refused(f"menu button Web App URL '{url}' is invalid: {error}") from error
    telegram.profile.menus.pop(chat_id, None)
    if kind != "default":
        telegram.profile.menus[chat_id] = button
    telegram.tell("commands")
    return True


def get_menu_button(telegram: Telegram, call: Call) -> Json:
    if call.get("chat_id") is not None:
        telegram.chat(call.get("chat_id"))
    return telegram.profile.button(call.get("chat_id"))


def get_chat(telegram: Telegram, call: Call) -> Json:
    chat = telegram.chat(call.get("chat_id"))
    found = {
        **chat.wire(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if chat.pins and (message := chat.find(chat.pins[-1])):
        found["pinned_message"] = message.wire()
    return found
