"""How many letters a second leave under a strict limit of 30 a second and one a second per chat, and how many meet a 429.

The floor is the limit itself: 30 a second. Beside it what a user would pick instead, on the same server: the loop of aiogram's
documentation for broadcasts, python-telegram-bot with its AIORateLimiter.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from sqlalchemy import insert

from bot.app import App
from bot.clock import StoppedClock
from bot.post.posting import Addressed, post_all
from bot.sandbox import Sandbox
from bot.sandbox.pace import Pace
from bot.sandbox.trouble import Trouble
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Person
from tests.telegram.test_delivery import ToldWithButton
from tests.world import NOW, TOKEN, settings_for

LETTERS, CHATS, SOME = 300, 200, 60


def strict() -> Sandbox:
    """A server that keeps to the limits and answers as slowly as Telegram does."""
    return Sandbox(TOKEN, "bench_bot", pace=Pace(overall=30, per_chat=1.0, burst=1), trouble=Trouble(latency=(0.04, 0.12)))


def everybody(sandbox: Sandbox) -> list[int]:
    chats = [1000 + n for n in range(1, CHATS + 1)]
    for chat in chats:
        sandbox.person(chat, f"Гость {chat}").chat.started = True
    return chats


async def ours() -> tuple[float, int]:
    """(letters a second, answers that were a 429)."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bot.sqlite3"
        db = Database(url)
        await db.open()
        await migrate(db)
        async with db.write() as tx:
            people: list[dict[str, Any]] = [
                {"id": n, "telegram_id": 1000 + n, "name": f"Гость {n}", "language": "ru", "detail": "full", "created_at": NOW}
                for n in range(1, CHATS + 1)
            ]
            await tx.execute(insert(Person), people)
            await post_all(tx, [Addressed(n % CHATS + 1, ToldWithButton(word=f"{n}")) for n in range(LETTERS)], now=NOW)
        await db.close()
        async with strict() as sandbox:
            everybody(sandbox)
            async with App(settings_for(sandbox.url, url, Path(folder)), StoppedClock(NOW)) as app:
                began = time.perf_counter()
                await app.postman.deliver()
                return told(sandbox, time.perf_counter() - began)


def told(sandbox: Sandbox, took: float) -> tuple[float, int]:
    answers = [call.answer or {} for call in sandbox.calls("sendMessage")]
    said = sum(bool(answer.get("ok")) for answer in answers)
    return said / took, len(answers) - said


async def as_aiogram_says() -> tuple[float, int]:
    """Its documentation's example: one after the other, a pause of 0.05 s, and what a 429 asks for waited."""
    async with strict() as sandbox:
        chats = everybody(sandbox)
        async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))) as bot:

            async def send(chat: int, text: str) -> None:
                try:
                    await bot.send_message(chat, text)
                except TelegramRetryAfter as slower:
                    await asyncio.sleep(slower.retry_after)
                    await send(chat, text)

            began = time.perf_counter()
            for n in range(SOME):
                await send(chats[n % CHATS], f"{n}")
                await asyncio.sleep(0.05)
            return told(sandbox, time.perf_counter() - began)


async def as_telegram_limits() -> tuple[float, int]:
    """python-telegram-bot's own limiter, everything asked for at once."""
    from telegram.ext import AIORateLimiter, ExtBot

    async with strict() as sandbox:
        chats = everybody(sandbox)
        limiter = AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=10)
        async with ExtBot(TOKEN, base_url=f"{sandbox.url}/bot", rate_limiter=limiter) as bot:
            began = time.perf_counter()
            await asyncio.gather(*(bot.send_message(chats[n % CHATS], f"{n}") for n in range(LETTERS)))
            return told(sandbox, time.perf_counter() - began)


async def measured() -> None:
    print(f"{LETTERS} letters to {CHATS} chats ({SOME} for the slow loop)\n")
    print("| who sends | letters a second | ratio to the limit | answered 429 |\n|---|---|---|---|")
    ways = {
        "this bot": ours,
        "aiogram's documented loop": as_aiogram_says,
        "python-telegram-bot, AIORateLimiter": as_telegram_limits,
    }
    for name, way in ways.items():
        rate, refused = await way()
        print(f"| {name} | {rate:.1f} | {rate / 30:.2f} | {refused} |", flush=True)


def main() -> None:
    asyncio.run(measured())
