"""SIGTERM in every trouble at once, 100 times: over within 20 seconds, with nothing lost for the next start."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.post.posting import Addressed, post_all
from bot.sandbox import Phone
from bot.sandbox.bell import PATIENCE
from storage.db import Database
from storage.tables import Letter, Update
from tests.bot_process import Hush, bot_process, heard
from tests.mortal import Numbered
from tests.telegram.test_app import free_port
from tests.world import ANNA, NOW, OLGA, PAVEL, TELEGRAM, TOKEN

pytestmark = pytest.mark.faults

LETTER = "Письмо 1"
EVERYBODY = (OLGA, ANNA, PAVEL)
TROUBLES = ("silence", "outage", "locked", "slow callers")


@pytest.mark.parametrize("seed", range(100))
async def test_sigterm_in_trouble(settled_file: Path, tmp_path: Path, seed: int, figures: Counter[str]) -> None:
    """SIGTERM while Telegram hangs or is away, SQLite is locked, callers are slow: the end within 20 s, nothing lost"""
    dice = random.Random(seed)
    troubles = {trouble for trouble in TROUBLES if dice.random() < 0.5} or {"silence"}
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    url, port = f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", free_port()
    loop = asyncio.get_running_loop()
    async with Hush(TOKEN, "school8_bot") as sandbox:
        phones = [sandbox.person(TELEGRAM[person], "Гость") for person in EVERYBODY]
        async with (
            bot_process(sandbox, url, tmp_path, module="tests.mortal", LISTEN=f"127.0.0.1:{port}") as bot,
            contextlib.AsyncExitStack() as world,
        ):
            await phones[0].send("/help")
            await phones[0].sees("❓")
            await _letters(url)
            if "silence" in troubles:
                sandbox.hush("sendMessage", *(["getUpdates"] if dice.random() < 0.5 else []))
            for phone in phones:
                await phone.send("/help")
            if "silence" in troubles:
                await heard([sandbox.heard])
            sandbox.trouble.outage = "outage" in troubles
            if "locked" in troubles:
                world.enter_context(_locked(tmp_path / "bot.sqlite3"))
            if "slow callers" in troubles:
                await world.enter_async_context(_slow_callers(port))
            started = loop.time()
            bot.tell()
            assert await bot.ended() == 0
            figures["seconds they took, all together"] += round(loop.time() - started)
        sandbox.speak()
        sandbox.trouble.outage = False
        async with bot_process(sandbox, url, tmp_path, module="tests.mortal") as bot:
            for phone in phones:
                await phone.sees(LETTER)
                assert await phone.chat.bell.until(lambda phone=phone: _helped(phone), PATIENCE)  # type: ignore[misc]  # bound at once
            await sandbox.quiet()
            bot.tell()
            assert await bot.ended() == 0
        repeats = sum(max(0, len(_letters_of(phone)) - 1) for phone in phones)
        assert repeats <= len(phones)
    updates, letters = await _states(url)
    assert updates == {"done"}
    assert letters <= {"sent", "unknown"}  # unknown: its answer was lost, then its repeat's; it was seen above
    figures.update({"stops": 1, "repeats": repeats, **dict.fromkeys(troubles, 1)})


def _helped(phone: Phone) -> bool:
    """Whether everything they asked was answered: as many pages as questions, the first of them had one before."""
    asked = sum(1 for message in phone.messages if not message.from_bot)
    return sum(1 for message in phone.messages if message.from_bot and "❓" in message.text) >= asked


def _letters_of(phone: Phone) -> list[str]:
    return [message.text for message in phone.messages if message.from_bot and message.text == LETTER]


async def _letters(url: str) -> None:
    db = Database(url)
    async with db.write() as tx:
        await post_all(tx, [Addressed(person, Numbered(number=1)) for person in EVERYBODY], now=NOW)
    await db.close()


async def _states(url: str) -> tuple[set[str], set[str]]:
    db = Database(url)
    async with db.read() as tx:
        states = set(await tx.scalars(select(Update.state))), set(await tx.scalars(select(Letter.state)))
    await db.close()
    return states


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Another program writes to the file and does not end."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()


@asynccontextmanager
async def _slow_callers(port: int) -> AsyncIterator[None]:
    """Thirty callers who never end their sentence."""
    lines = [(await asyncio.open_connection("127.0.0.1", port))[1] for _ in range(30)]
    for line in lines:
        line.write(b"POST /live HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n{")
        await line.drain()
    try:
        yield
    finally:
        for line in lines:
            line.close()
