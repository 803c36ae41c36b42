"""The chat page: its JSON, its events, and who may not speak to it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox import page_api
from bot.sandbox.bell import PATIENCE
from tests.sandbox_bot import PNG, RawBot, inline, playing

FOLDER = Path(page_api.__file__).parent / "page"


async def get(bot: RawBot, path: str) -> Any:
    async with bot.session.get(bot.sandbox.url + path) as response:
        assert response.status == 200, await response.text()
        return await response.json()


async def post(bot: RawBot, path: str, body: Any, status: int = 200) -> Any:
    async with bot.session.post(bot.sandbox.url + path, json=body) as response:
        assert response.status == status, await response.text()
        return await response.json()


class Stream:
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The body of the next event of one of these kinds."""
        kind = ""
        while True:
            line = (await asyncio.wait_for(self.response.content.readline(), PATIENCE)).decode().strip()
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            if line.startswith("data: ") and kind in kinds:
                body: dict[str, Any] = orjson.loads(line.removeprefix("data: "))
                return body


@asynccontextmanager
async def listening(bot: RawBot, **headers: str) -> AsyncIterator[Stream]:
    async with bot.session.get(bot.sandbox.url + "/api/events?calls=1", headers=headers) as response:
        yield Stream(response)


async def test_the_page_and_its_files_are_served_with_a_strict_policy() -> None:
    async with playing(page=True) as (bot, _):
        for name in ("", *(file.name for file in FOLDER.iterdir())):
            async with bot.session.get(f"{bot.sandbox.url}/{name}") as response:
                assert response.status == 200
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
        async with bot.session.get(f"{bot.sandbox.url}/../server.py") as response:
            assert response.status == 404


def test_the_page_asks_nobody_else_and_puts_no_data_into_markup() -> None:
    for file in FOLDER.iterdir():
        source = file.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source), file.name
        assert not re.search(r"""(src|href|from|import|fetch|url)\W{1,3}https?:""", source), file.name
        assert not re.search(r"\son\w+=|style=|<script>", source), file.name


async def test_without_the_page_there_is_only_the_bot_api() -> None:
    async with playing() as (bot, _), bot.session.get(bot.sandbox.url + "/api/people") as response:
        assert response.status == 404


async def test_people_and_their_chats() -> None:
    async with playing(page=True) as (bot, anna):
        bot.sandbox.person(1002, "Руслан", about="папа Веры")
        await bot("setMyCommands", commands=[{"command": "start", "description": "Меню"}])
        await bot("sendMessage", chat_id=1001, text="<b>Меню</b>", parse_mode="HTML", reply_markup={"keyboard": [["Курсы"]]})
        hers, his = await get(bot, "/api/people")
        assert (hers["name"], hers["about"], hers["last"]["text"]) == ("Анна Петрова", "мама Миши", "Меню")
        assert (his["started"], his["last"]) == (False, None)
        chat = await get(bot, "/api/people/1001")
        assert chat["keyboard"]["rows"] == [[{"label": "Курсы"}]]
        assert chat["commands"] == [{"command": "start", "description": "Меню"}]
        start, menu = await get(bot, "/api/people/1001/messages")
        assert (start["from_bot"], menu["from_bot"]) == (False, True)
        assert menu["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
        assert [it["id"] for it in await get(bot, f"/api/people/1001/messages?before={menu['id']}")] == [start["id"]]
        assert (await get(bot, "/api/bot"))["username"] == "school_bot"
        made = await post(bot, "/api/people", {"id": 1003, "first_name": "Ольга", "about": "координатор"})
        assert (made["name"], bot.sandbox.phones[1003].user.about) == ("Ольга", "координатор")
        assert anna.chat.started


async def test_everything_a_person_does_can_be_done_from_the_page() -> None:
    async with playing(page=True) as (bot, anna):
        await post(bot, "/api/people/1001/send", {"text": "Привет"})
        page = await bot("sendMessage", chat_id=1001, text="x", reply_markup={"keyboard": [["Помощь"]]})
        await post(bot, "/api/people/1001/tap", {"row": 0, "column": 0})
        assert [message.text for message in anna.messages[1:]] == ["Привет", "x", "Помощь"]
        buttons = {
            "inline_keyboard": [
                [
                    {"text": "Да", "callback_data": "yes"},
                    {"text": "Сайт", "url": "https://ya.ru/"},
                    {"text": "Код", "copy_text": {"text": "AB"}},
                ]
            ]
        }
        page = await bot("sendMessage", chat_id=1001, text="?", reply_markup=buttons)
        place = {"message": page["message_id"], "row": 0}
        query = (await post(bot, "/api/people/1001/tap", {**place, "column": 0}))["query"]
        await bot("answerCallbackQuery", callback_query_id=query)
        assert await post(bot, "/api/people/1001/tap", {**place, "column": 1}) == {"url": "https://ya.ru/"}
        assert await post(bot, "/api/people/1001/tap", {**place, "column": 2}) == {"copy": "AB"}
        await post(bot, "/api/people/1001/tap", {**place, "column": 3}, 404)
        assert (await post(bot, "/api/people/1001/block", {"blocked": True}))["blocked"]
        assert (await post(bot, "/api/people/1001/send", {"text": "?"}, 409))["error"].startswith(
            "Анна Петрова has blocked the bot"
        )
        await post(bot, "/api/people/1001/block", {"blocked": False})
        await post(bot, "/api/people/1001/wipe", {})
        assert await get(bot, "/api/people/1001/messages") == []


async def test_files_go_in_and_out() -> None:
    async with playing(page=True) as (bot, anna):
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", b"PK", filename="журнал.xlsx")
        form.add_field("caption", "ноябрь")
        async with bot.session.post(bot.sandbox.url + "/api/people/1001/attach", data=form) as response:
            message = await response.json()
        assert (anna.messages[-1].text, message["file"]["name"], message["file"]["size"]) == ("ноябрь", "журнал.xlsx", 2)
        async with bot.session.get(f"{bot.sandbox.url}/api/files/{message['file']['id']}") as response:
            assert await response.read() == b"PK"
            assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%B6")
            assert response.content_type == "application/octet-stream"
        await bot.upload("sendPhoto", {"photo": ("week.png", PNG)}, chat_id="1001")
        photo = (await get(bot, "/api/people/1001/messages"))[-1]["file"]
        async with bot.session.get(f"{bot.sandbox.url}/api/files/{photo['id']}") as response:
            assert (response.content_type, response.headers["Content-Disposition"][:6]) == ("image/png", "inline")


async def test_events_tell_everything_as_it_happens() -> None:
    async with playing(page=True) as (bot, anna), listening(bot) as stream:
        await stream.next("hello")
        page = (await bot("sendMessage", chat_id=1001, text="Курсы", reply_markup=inline({"Да": "y"})))["message_id"]
        assert (await stream.next("message"))["message"]["buttons"][0][0]["label"] == "Да"
        assert (await stream.next("call"))["method"] == "sendMessage"
        await bot("editMessageText", chat_id=1001, message_id=page, text="Шахматы")
        assert (await stream.next("edit"))["message"]["text"] == "Шахматы"
        query = bot.sandbox.telegram.press(anna.chat, anna.user, page, "y")
        await bot("answerCallbackQuery", callback_query_id=query.id, text="Нет мест", show_alert=True)
        answer = await stream.next("answer")
        assert (answer["query"], answer["text"], answer["alert"]) == (query.id, "Нет мест", True)
        await bot("deleteMessage", chat_id=1001, message_id=page)
        assert await stream.next("delete") == {"chat": 1001, "message": page}
        await bot.no("sendMessage", chat_id=1001, text="x", colour="red")
        assert (await stream.next("violation"))["words"] == 'sendMessage: unknown parameter "colour"'
        anna.block()
        assert (await stream.next("chat"))["person"]["blocked"]
        calls = await get(bot, "/api/calls")
        assert [call["method"] for call in calls] == [
            "sendMessage",
            "editMessageText",
            "answerCallbackQuery",
            "deleteMessage",
            "sendMessage",
        ]
        assert calls[-1]["answer"]["error_code"] == 400


async def test_whoever_was_away_hears_what_was_missed_or_starts_anew() -> None:
    async with playing(page=True) as (bot, _):
        async with listening(bot) as stream:
            await stream.next("hello")
        await bot("sendMessage", chat_id=1001, text="раз")
        async with listening(bot, **{"Last-Event-ID": "0"}) as stream:
            assert (await stream.next("message", "reset"))["message"]["text"] == "/start"
            assert (await stream.next("message"))["message"]["text"] == "раз"
        async with listening(bot, **{"Last-Event-ID": "99999"}) as stream:
            assert await stream.next("message", "reset") == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Content-Type": "text/plain"}, 415),
        ({}, 200),
    ],
)
async def test_other_web_pages_may_not_speak(headers: dict[str, str], status: int) -> None:
    async with playing(page=True) as (bot, anna):
        sent = {"Content-Type": "application/json", **headers}
        url = bot.sandbox.url + "/api/people/1001/send"
        async with bot.session.post(url, data=b'{"text": "x"}', headers=sent) as response:
            assert response.status == status
        assert len(anna.messages) == (2 if status == 200 else 1)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/people/77/send", {"text": "x"}, 404),
        ("/api/people/1001/dance", {}, 404),
        ("/api/people/1001/send", {"text": ""}, 400),
        ("/api/people/1001/send", {"text": "я" * 4097}, 400),
        ("/api/people/1001/send", [], 400),
        ("/api/people/1001/tap", {"row": -1, "column": 0}, 400),
        ("/api/people/1001/tap", {"message": 999, "row": 0, "column": 0}, 404),
        ("/api/people/1001/attach", {}, 400),
        ("/api/people/1001/choose", {"query": "1", "number": 0}, 404),
        ("/api/people", {"id": "x", "first_name": "y"}, 400),
    ],
)
async def test_nonsense_is_refused_in_words(path: str, body: Any, status: int) -> None:
    async with playing(page=True) as (bot, _):
        assert (await post(bot, path, body, status))["error"]
