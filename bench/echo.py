"""How long from an update to its answer, and how many a second: this bot against a bare aiogram echo bot.

Both run as processes of their own against the same local server in this one; they take turns, round by round. This
bot keeps each update on disk before it is acknowledged, knows who asks, and answers with a page from the database.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from bot.sandbox import Phone, Sandbox
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Consent, Guardianship, Person
from tests.world import MISHA, NOW, settle_the_network

PEOPLE = 600
ONE_BY_ONE = 200
ROUNDS = 3


async def prepare(folder: Path) -> Path:
    """A network with many guardians of one child: the page is the same, the people are not."""
    file = folder / "bot.sqlite3"
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    ids = range(100, 100 + PEOPLE)
    consent = {"pupil_id": MISHA, "text_version": "1", "basis": "законный представитель", "given_at": NOW}
    async with db.write() as tx:
        await tx.execute(
            insert(Person),
            [
                {
                    "id": each,
                    "telegram_id": 10_000 + each,
                    "name": f"Гость {each}",
                    "language": "ru",
                    "detail": "full",
                    "created_at": NOW,
                }
                for each in ids
            ],
        )
        await tx.execute(insert(Guardianship), [{"person_id": each, "pupil_id": MISHA, "since": NOW} for each in ids])
        await tx.execute(insert(Consent), [consent | {"person_id": each, "purpose": "processing"} for each in ids])
    await db.close()
    return file


async def heard(phone: Phone, count: int) -> None:
    """Until the chat holds so many messages."""
    if not await phone.chat.bell.until(lambda: len(phone.messages) >= count, 60):
        raise AssertionError(f"{phone} has no answer")


async def one_by_one(phones: list[Phone], text: str) -> list[float]:
    """Seconds from the update to the answer, nobody else asking."""
    took = []
    for phone in phones[:ONE_BY_ONE]:
        seen = len(phone.messages)
        began = time.perf_counter()
        await phone.send(text)
        await heard(phone, seen + 2)
        took.append(time.perf_counter() - began)
    return took


async def all_at_once(phones: list[Phone], text: str) -> float:
    """Answers a second when everybody asks at the same moment."""
    before = {phone.chat.id: len(phone.messages) for phone in phones}
    began = time.perf_counter()
    for phone in phones:
        await phone.send(text)
    for phone in phones:
        await heard(phone, before[phone.chat.id] + 2)
    return len(phones) / (time.perf_counter() - began)


async def measured(text: str, ours: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepared = await prepare(Path(folder))
        figures: dict[str, dict[str, list[float]]] = {name: {"latency": [], "rate": []} for name in ("floor", "ours")}
        for turn in range(ROUNDS):
            database = Path(folder, f"{turn}.sqlite3")  # a new server counts its updates from the start: a new memory of them
            shutil.copy(prepared, database)
            for name, command in (("floor", ["-m", "bench.floor_bot"]), ("ours", ours)):
                async with Sandbox("42:TEST", "bench_bot") as sandbox:
                    environment = os.environ | {
                        "BOT_TOKEN": "42:TEST",
                        "TELEGRAM_API": sandbox.url,
                        "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
                        "DATA_DIR": folder,
                        "SEND_RATE": "10000",
                        "LISTEN": "127.0.0.1:0",
                        "LOG_LEVEL": "ERROR",
                    }
                    process = subprocess.Popen([sys.executable, *command], env=environment, stderr=subprocess.DEVNULL)
                    try:
                        phones = [sandbox.person(10_100 + number, f"Гость {number}") for number in range(PEOPLE)]
                        await one_by_one(phones[:20], "/start")  # warm
                        figures[name]["latency"] += await one_by_one(phones, text)
                        figures[name]["rate"].append(await all_at_once(phones, text))
                    finally:
                        process.terminate()
                        process.wait(30)
    floor, our = figures["floor"], figures["ours"]
    for quantile, label in ((50, "p50"), (99, "p99")):
        low, high = (statistics.quantiles(each["latency"], n=100)[quantile - 1] * 1000 for each in (floor, our))
        print(f"{text} {label}: floor {low:.1f} ms, ours {high:.1f} ms, ratio {high / low:.2f}")
    low, high = statistics.median(floor["rate"]), statistics.median(our["rate"])
    print(f"{text} answers a second: floor {low:.0f}, ours {high:.0f}, ratio {high / low:.2f}", flush=True)


def main() -> None:
    for text in ("/start", "/timetable"):
        asyncio.run(measured(text, ["-m", "bot", "run"]))
