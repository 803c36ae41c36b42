"""What an update costs from its arrival to its answer, and how many a second: this bot beside bots that do next to nothing.

All run as processes of their own against the same local server in this one; they take turns, round by round. This bot keeps each
update on disk before it is acknowledged, knows who asks, and answers with a page from the database; the others answer with the words
they were sent. Four ways: /start, /timetable, a button that edits a page, «Ознакомлен(а)», whose floor keeps one row on the disk.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from bench._process import at_work, processor
from bot.clock import Clock, Moment
from bot.policy import Person as Someone
from bot.policy import Post
from bot.sandbox import Phone, Sandbox
from bot.services.timetable.lessons import move_lesson
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Application, Choice, Consent, Guardianship, Lesson, Person
from tests.world import MISHA, NOW, ROBOTICS, ZONE, settle_the_network

PEOPLE, ONE_BY_ONE, ROUNDS = 300, 150, 3
OURS = "this bot"
BOTS = {
    "aiogram": ["-m", "bench._bots", "aiogram"],
    "aiogram, collector as ours": ["-m", "bench._bots", "tuned"],
    "python-telegram-bot": ["-m", "bench._bots", "telegram"],
    OURS: ["-m", "bot", "run"],
}
WAYS = ("/start", "/timetable", "a page edited", "«Ознакомлен(а)»")
PATIENCE = 60.0  # seconds for an answer
FLOOR = "aiogram, collector as ours"

Figures = dict[tuple[str, str], list[float]]  # (way, bot) → of each update or round


async def prepare(folder: Path) -> Path:
    """A network with many guardians of one child, to whom a lesson has just been moved: the page is the same, the people are not."""
    file = folder / "bot.sqlite3"
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    ids = range(100, 100 + PEOPLE)
    consent = {"pupil_id": MISHA, "text_version": "1", "basis": "законный представитель", "given_at": NOW}
    known = {"language": "ru", "detail": "full", "created_at": NOW}
    async with db.write() as tx:
        await tx.execute(
            insert(Person), [{"id": each, "telegram_id": 10_000 + each, "name": f"Гость {each}", **known} for each in ids]
        )
        await tx.execute(insert(Guardianship), [{"person_id": each, "pupil_id": MISHA, "since": NOW} for each in ids])
        for purpose in ("processing", "messages"):
            await tx.execute(insert(Consent), [consent | {"person_id": each, "purpose": purpose} for each in ids])
        paper = {"id": 1, "pupil_id": MISHA, "state": "approved", "created_at": NOW}
        await tx.execute(insert(Application), [paper])
        choice = {"application_id": 1, "course_id": ROBOTICS, "group_id": ROBOTICS, "rank": 1, "state": "enrolled"}
        await tx.execute(insert(Choice), [choice | {"changed_at": NOW}])
        now = Clock().now()  # the bot at work has no other: a letter about a lesson that is over is never sent
        hours = {"starts_at": now + timedelta(days=7), "ends_at": now + timedelta(days=7, hours=1)}
        plan = {f"plan_{name}": value for name, value in hours.items()}
        await tx.execute(insert(Lesson), [{"id": 999, "group_id": ROBOTICS, "week": NOW.date(), "ordinal": 9} | hours | plan])
    teacher = Someone(3, 3, posts=frozenset({Post("teacher", 11, 3)}))
    assert await move_lesson(db, 999, now + timedelta(days=1), by=teacher, at=Moment(now, ZONE))  # near: told at once
    await db.close()
    return file


@asynccontextmanager
async def playing(command: list[str], database: Path, folder: str) -> AsyncIterator[tuple[Sandbox, int]]:
    """A bot at work; its process."""
    async with Sandbox("42:TEST", "bench_bot") as sandbox:
        environment = {
            "BOT_TOKEN": "42:TEST",
            "TELEGRAM_API": sandbox.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "DATA_DIR": folder,
            "SEND_RATE": "10000",
            "QUIET_HOURS": "00:00-00:00",
            "LISTEN": "127.0.0.1:0",
            "LOG_LEVEL": "ERROR",
        }
        async with at_work(command, environment) as process:
            yield sandbox, process.pid


class Round:
    """One bot, asked in every way by everybody."""

    def __init__(self, name: str, pid: int, phones: list[Phone]) -> None:
        self.name, self.pid, self.phones = name, pid, phones
        self.turn = 0

    async def ask(self, phone: Phone, way: str) -> None:
        """One question, answered."""
        if way.startswith("/"):
            seen = len(phone.messages)
            await phone.send(way)
            await phone.holds(seen + 2, PATIENCE)
            return
        message = next(each for each in reversed(phone.messages) if any(button.data for button in each.buttons))
        if way == "a page edited":
            labels = [
                button.data
                for button in message.buttons
                if button.data and button.data.startswith(("one", "other", "timetable.day:", "timetable.week:"))
            ]
            await phone.press(message.id, labels[self.turn % 2])
            return
        message, data = next(
            (each, button.data or "")
            for each in phone.messages
            for button in each.buttons
            if (button.data or "").startswith(("ack", "lesson.seen"))
        )
        await phone.press(message.id, data)

    async def measure(self, way: str, one: Figures, rate: Figures, cost: Figures) -> None:
        self.turn = 0
        for phone in self.phones[:20]:
            await self.ask(phone, way)  # warm
        self.turn = 1
        asked = self.phones[20:] if way == WAYS[3] else self.phones  # a second press of «Ознакомлен(а)» writes nothing
        alone, together = asked[:ONE_BY_ONE], asked[ONE_BY_ONE:] if way == WAYS[3] else asked
        for phone in alone:
            began = time.perf_counter()
            await self.ask(phone, way)
            one[way, self.name].append(time.perf_counter() - began)
        self.turn = 2
        spent, began = processor(self.pid), time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for phone in together:
                tasks.create_task(self.ask(phone, way))
        rate[way, self.name].append(len(together) / (time.perf_counter() - began))
        cost[way, self.name].append((processor(self.pid) - spent) / len(together))


async def measured() -> None:
    one, rate, cost = (defaultdict[tuple[str, str], list[float]](list) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        prepared = await prepare(Path(folder))
        for turn in range(ROUNDS):
            for name, command in BOTS.items():
                database = Path(folder, f"{turn}.sqlite3")  # a new server counts its updates from the start: a new memory of them
                shutil.copy(prepared, database)
                async with playing(command, database, folder) as (sandbox, pid):
                    phones = [sandbox.person(10_100 + number, f"Гость {number}") for number in range(PEOPLE)]
                    for phone in phones:
                        phone.chat.started = True
                    if name == OURS:
                        await asyncio.gather(*(phone.holds(1, PATIENCE) for phone in phones))  # the letter of the lesson moved
                    round_ = Round(name, pid, phones)
                    for way in WAYS:
                        await round_.measure(way, one, rate, cost)
    told(one, rate, cost)


def told(one: Figures, rate: Figures, cost: Figures) -> None:
    print(f"{PEOPLE} people, {ROUNDS} rounds in turn; ratios to «{FLOOR}»\n")
    print(
        "| way | bot | processor ms an update | ratio | answers a second | ratio | p50 ms | ratio | p99 ms | ratio |\n"
        + "|---" * 10
        + "|"
    )
    for way in WAYS:
        for name in BOTS:
            row = []
            for figures in (
                [statistics.median(cost[way, each]) * 1000 for each in (FLOOR, name)],
                [statistics.median(rate[way, each]) for each in (FLOOR, name)],
                [statistics.median(one[way, each]) * 1000 for each in (FLOOR, name)],
                [statistics.quantiles(one[way, each], n=100)[98] * 1000 for each in (FLOOR, name)],
            ):
                row += [f"{figures[1]:.1f}", f"{figures[1] / figures[0]:.2f}"]
            print(f"| {way} | {name} | " + " | ".join(row) + " |", flush=True)


def main() -> None:
    asyncio.run(measured())
