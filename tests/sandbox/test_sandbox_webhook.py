"""The webhook: set, refused, delivered in order with its secret, repeated until taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox_bot import RawBot, playing


class Ear:
    """A web server of the bot's own."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.refuse = 0
        self.reply: dict[str, Any] | None = None
        self.url = ""

    async def hear(self, request: web.BaseRequest) -> web.Response:
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        self.heard.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.json_response(self.reply) if self.reply else web.Response()


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    ear = Ear()
    runner = web.ServerRunner(web.Server(ear.hear))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ear.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    try:
        yield ear
    finally:
        await runner.cleanup()


async def described(bot: RawBot, method: str, **params: Any) -> str:
    answer = await bot.ask(method, **params)
    assert answer["result"] is True
    words: str = answer["description"]
    return words


async def test_updates_come_in_order_with_the_secret() -> None:
    async with playing() as (bot, anna), listening() as ear:
        await anna.send("раньше")
        assert await described(bot, "setWebhook", url=ear.url, secret_token="s-1_A") == "Webhook was set"
        await anna.send("позже")
        await bot.sandbox.quiet()
        assert [update["message"]["text"] for update in ear.heard] == ["раньше", "позже"]
        assert ear.secrets == ["s-1_A"] * 2
        info = await bot("getWebhookInfo")
        assert (info["url"], info["pending_update_count"]) == (ear.url, 0)


async def test_a_delivery_is_repeated_until_it_is_taken() -> None:
    async with playing() as (bot, anna), listening() as ear:
        bot.sandbox.webhook.first_wait = 0.001
        ear.refuse = 3
        await bot("setWebhook", url=ear.url)
        await anna.send("раз")
        await anna.send("два")
        await bot.sandbox.quiet()
        assert [update["message"]["text"] for update in ear.heard] == ["раз", "два"]
        assert (await bot("getWebhookInfo"))["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_people_do_not_wait_for_each_other() -> None:
    async with playing() as (bot, anna), listening() as ear:
        ruslan = bot.sandbox.person(1002, "Руслан")
        bot.sandbox.webhook.first_wait = 60
        ear.refuse = 1
        await bot("setWebhook", url=ear.url)
        await anna.send("застряло")
        await bot.sandbox.telegram.updates.bell.until(lambda: not ear.refuse, 0.1)
        await ruslan.send("/start")
        await bot.sandbox.telegram.updates.bell.until(lambda: bot.sandbox.pending == 1, 5)
        assert len(ear.heard) == 1


async def test_the_reply_to_a_delivery_may_be_a_call() -> None:
    async with playing() as (bot, anna), listening() as ear:
        ear.reply = {"method": "sendMessage", "chat_id": 1001, "text": "сразу"}
        await bot("setWebhook", url=ear.url)
        await anna.send("привет")
        await anna.sees("сразу")


async def test_while_a_webhook_is_set_nobody_may_poll() -> None:
    ticks = [0.0]
    async with playing(ticks=lambda: ticks[0]) as (bot, _), listening() as ear, asyncio.TaskGroup() as group:
        poll = group.create_task(bot.no("getUpdates", timeout=50))
        while not bot.sandbox.telegram.updates.waiting:
            await asyncio.sleep(0)
        await bot("setWebhook", url=ear.url)
        assert await poll == "Conflict: terminated by setWebhook request"
        assert (
            await bot.no("getUpdates")
            == "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
        again = await bot.ask("setWebhook", url=ear.url)
        assert (again["error_code"], again["parameters"]) == (429, {"retry_after": 1})
        ticks[0] = 1
        assert await described(bot, "setWebhook", url=ear.url) == "Webhook is already set"
        assert await described(bot, "deleteWebhook", drop_pending_updates=True) == "Webhook was deleted"
        assert await described(bot, "deleteWebhook") == "Webhook is already deleted"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "school"}, "invalid webhook URL specified"),
        ({"url": "http://school.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://school.example:81/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://school.example/"}, "sandbox: the webhook must be on this machine"),
        ({"url": "http://127.0.0.1/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://127.0.0.1/", "secret_token": "пароль"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_are_refused_in_telegrams_words(given: dict[str, Any], words: str) -> None:
    async with playing() as (bot, _):
        assert await bot.no("setWebhook", **given) == f"Bad Request: {words}"
