"""How many letters a second leave under a strict limit of 30 a second and one a second per chat, and how many meet a 429.

The floor is the limit itself: 30 a second.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

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

LETTERS, CHATS = 300, 200


async def measured() -> None:
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
        async with Sandbox(
            TOKEN, "bench_bot", pace=Pace(overall=30, per_chat=1.0, burst=1), trouble=Trouble(latency=(0.04, 0.12))
        ) as sandbox:
            for person in people:
                sandbox.person(person["telegram_id"], person["name"]).chat.started = True
            async with App(settings_for(sandbox.url, url, Path(folder)), StoppedClock(NOW)) as app:
                began = time.perf_counter()
                await app.postman.deliver()
                took = time.perf_counter() - began
            calls = sandbox.calls("sendMessage")
            refused = sum(not (call.answer or {}).get("ok") for call in calls)
            print(
                f"{LETTERS} letters to {CHATS} chats: {LETTERS / took:.1f} a second, ratio to the limit {LETTERS / took / 30:.2f}; 429: {refused}"
            )


def main() -> None:
    asyncio.run(measured())
