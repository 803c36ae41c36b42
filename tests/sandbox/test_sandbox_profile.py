"""How the bot presents itself: commands, descriptions, menu buttons, chat actions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox_bot import playing

START = {"command": "/start", "description": "Меню"}


async def test_commands_are_kept_by_scope_and_language() -> None:
    async with playing() as (bot, anna):
        staff = {"command": "inbox", "description": "Что ждёт решения"}
        await bot("setMyCommands", commands=[START])
        assert anna.commands == [{"command": "start", "description": "Меню"}]
        await bot("setMyCommands", commands=[{"command": "start", "description": "Menu"}], language_code="en")
        assert anna.commands[0]["description"] == "Меню"
        await bot("setMyCommands", commands=[staff], scope={"type": "chat", "chat_id": 1001})
        assert anna.commands == [staff]
        assert await bot("getMyCommands", language_code="en") == [{"command": "start", "description": "Menu"}]
        await bot("deleteMyCommands", scope={"type": "chat", "chat_id": 1001})
        assert anna.commands[0]["command"] == "start"
        scope = {"type": "chat", "chat_id": 5}
        assert await bot.no("setMyCommands", commands=[START], scope=scope) == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"commands": "x"}, "can't parse commands JSON object"),
        ({"commands": "5"}, "expected an Array of BotCommand"),
        ({"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
        ({"commands": [{"command": "a", "description": "я" * 257}]}, "command description length must not exceed 256"),
        ({"commands": [{"command": "курсы", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [START], "language_code": "russian"}, "invalid language code specified"),
    ],
)
async def test_commands_are_refused_in_telegrams_words(given: dict[str, Any], words: str) -> None:
    async with playing() as (bot, _):
        assert await bot.no("setMyCommands", **given) == f"Bad Request: {words}"


async def test_texts_about_the_bot() -> None:
    async with playing() as (bot, _):
        await bot("setMyDescription", description="Бот сети школ")
        await bot("setMyDescription", description="A bot", language_code="en")
        await bot("setMyShortDescription", short_description="Сеть")
        await bot("setMyName", name="Школа 8")
        assert await bot("getMyDescription", language_code="en") == {"description": "A bot"}
        assert await bot("getMyDescription", language_code="de") == {"description": "Бот сети школ"}
        assert await bot("getMyShortDescription") == {"short_description": "Сеть"}
        assert await bot("getMyName") == {"name": "Школа 8"}
        me = await bot("getMe")
        assert (me["id"], me["is_bot"], me["first_name"], me["username"]) == (42, True, "Школа 8", "school_bot")


async def test_the_menu_button() -> None:
    async with playing() as (bot, _):
        assert await bot("getChatMenuButton", chat_id=1001) == {"type": "commands"}
        app = {"type": "web_app", "text": "Открыть", "web_app": {"url": "https://school.example/"}}
        await bot("setChatMenuButton", chat_id=1001, menu_button=app)
        assert await bot("getChatMenuButton", chat_id=1001) == app
        refused = await bot.no("setChatMenuButton", menu_button={"type": "jump"})
        assert refused == "Bad Request: can't parse menu button: MenuButton has unsupported type"
        refused = await bot.no("setChatMenuButton", menu_button={**app, "text": ""})
        assert refused == "Bad Request: menu button text must be non-empty"
        refused = await bot.no("setChatMenuButton", menu_button={**app, "web_app": {"url": "http://a.ru"}})
        assert refused == "Bad Request: menu button Web App URL 'http://a.ru' is invalid: Only HTTPS links are allowed"


async def test_typing_is_seen() -> None:
    async with playing() as (bot, anna):
        await bot("sendChatAction", chat_id=1001, action="upload_document")
        assert anna.chat.actions == ["upload_document"]
        assert await bot.no("sendChatAction", chat_id=1001, action="dancing") == "Bad Request: wrong parameter action in request"
