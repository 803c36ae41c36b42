"""A call the Bot API does not know is refused aloud and remembered, never quietly passed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox_bot import inline, playing

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x", "colour": "red"}, 'unknown parameter "colour"'),
    ("sendMessage", {"text": "x", "disable_web_page_preview": True}, 'unknown parameter "disable_web_page_preview"'),
    ("sendMessage", {"text": 5}, 'parameter "text" is 5, not a string'),
    ("sendMessage", {"text": "x", "protect_content": "maybe"}, "parameter \"protect_content\" is 'maybe', not true or false"),
    (
        "sendMessage",
        {"text": "x", "entities": [{"type": "bold", "offset": 0}]},
        'parameter "entities" [0] has no field "length" (of MessageEntity)',
    ),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_dat": "b"}]]}},
        'parameter "reply_markup" .inline_keyboard [0] [0] has the unknown field "callback_dat" (of InlineKeyboardButton)',
    ),
    ("editMessageText", {"text": "x", "message_id": "seven"}, "parameter \"message_id\" is 'seven', not an integer"),
    ("sendChatAction", {}, 'parameter "action" is missing'),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": 5}]},
        'parameter "media" [0] .media is 5, not a string',
    ),
    ("sendDocument", {"document": "x", "parse_mod": "HTML"}, 'unknown parameter "parse_mod"'),
]


@pytest.mark.parametrize(("method", "call", "words"), WRONG, ids=lambda value: value[:60] if isinstance(value, str) else "")
async def test_a_wrong_call_is_refused_and_remembered(method: str, call: dict[str, Any], words: str) -> None:
    async with playing() as (bot, anna):
        assert await bot.no(method, chat_id=1001, **call) == f"Bad Request: sandbox: {words}"
        assert bot.sandbox.violations == [f"{method}: {words}"]
        assert len(anna.messages) == 1


async def test_types_are_read_from_a_form_as_from_json() -> None:
    async with playing() as (bot, anna):
        form = {
            "chat_id": "1001",
            "text": "x",
            "protect_content": "True",
            "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
        }
        url = f"{bot.sandbox.url}/bot42:TEST/SENDmessage"
        async with bot.session.post(url, data=form) as response:
            assert (await response.json())["ok"]
        async with bot.session.get(url, params={"chat_id": "1001", "text": "из адреса"}) as response:
            assert (await response.json())["ok"]
        assert [message.text for message in anna.messages] == ["/start", "x", "из адреса"]
        assert anna.messages[1].protected
        assert bot.sandbox.violations == []


async def test_a_method_that_is_known_but_not_simulated_fails_loudly() -> None:
    async with playing() as (bot, _):
        answer = await bot.ask("sendSticker", chat_id=1001, sticker="x")
        assert (answer["error_code"], answer["description"]) == (501, "Not Implemented: sandbox: sendSticker is not simulated")
        assert bot.sandbox.violations == ["sendSticker: the sandbox does not simulate this method"]


async def test_a_method_nobody_knows_is_not_found() -> None:
    async with playing() as (bot, _):
        answer = await bot.ask("sendLove")
        assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


@pytest.mark.parametrize(
    ("token", "code", "words"),
    [
        ("42:OTHER", 401, "Unauthorized"),
        ("0:TEST", 401, "Unauthorized: invalid token specified"),
        ("42", 401, "Unauthorized: invalid token specified"),
        ("1" * 80 + ":x", 401, "Unauthorized: invalid token specified"),
        ("forty-two:TEST", 421, "Misdirected Request: unallowed token specified"),
    ],
)
async def test_a_wrong_token_opens_nothing(token: str, code: int, words: str) -> None:
    async with playing() as (bot, _), bot.session.get(f"{bot.sandbox.url}/bot{token}/getMe") as response:
        assert response.status == code
        assert await response.json() == {"ok": False, "error_code": code, "description": words}


async def test_everything_is_in_the_wire_log() -> None:
    async with playing() as (bot, _):
        await bot("sendMessage", chat_id=1001, text="x", reply_markup=inline({"Да": "y"}))
        await bot.no("sendMessage", chat_id=1001, text="")
        good, bad = bot.sandbox.calls("sendmessage")
        assert good.ok
        assert good.result["text"] == "x"
        assert good.params["chat_id"] == 1001
        assert (bad.ok, bad.error) == (False, "Bad Request: message text is empty")
        assert good.number < bad.number
        assert 0 < good.took < 5


async def test_malformed_bodies_are_refused() -> None:
    async with playing() as (bot, _):
        url = f"{bot.sandbox.url}/bot42:TEST/sendMessage"
        async with bot.session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as response:
            assert (await response.json())["description"] == "Bad Request: can't parse JSON object"
        async with bot.session.post(
            url, data=b"text=%FF", headers={"Content-Type": "application/x-www-form-urlencoded"}
        ) as response:
            assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
