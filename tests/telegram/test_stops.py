"""SIGTERM: the bot ends within 20 seconds whatever the world does, and nothing is lost by that."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import App
from bot.clock import StoppedClock
from bot.post.posting import post
from bot.sandbox.bell import PATIENCE
from storage.db import Database
from storage.tables import Letter, Update
from tests.bot_process import Hush, bot_process, heard
from tests.telegram.test_app import running
from tests.telegram.test_delivery import ToldWithButton
from tests.world import NOW, OLGA, TELEGRAM, TOKEN, settings_for

ANNA = TELEGRAM[7]
SHORT = {"HANDLING_SECONDS": 0.2, "STOP_SECONDS": 0.4, "LETTING_GO": 0.5, "LAST_SECONDS": 0.2}


@pytest.fixture
async def sandbox() -> AsyncIterator[Hush]:
    made = Hush(TOKEN, "school8_bot")
    async with made:
        yield made
        assert made.violations == []


@pytest.fixture
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stop's own patience, shortened: what is shown is that it has one."""
    for name, seconds in SHORT.items():
        monkeypatch.setattr(f"bot.app.{name}", seconds)
    monkeypatch.setattr("bot.web.server.CLOSING", 0.1)


async def _kept(file: Path) -> tuple[list[str], list[str]]:
    """States of updates and of letters."""
    db = Database(f"sqlite+aiosqlite:///{file}")
    async with db.read() as tx:
        states = list(await tx.scalars(select(Update.state))), list(await tx.scalars(select(Letter.state)))
    await db.close()
    return states


@pytest.mark.usefixtures("_in_a_hurry")
async def test_a_silent_telegram_does_not_hold_the_stop_and_the_next_start_goes_on(
    sandbox: Hush, settled_file: Path, tmp_path: Path
) -> None:
    """A page and a letter hang on their way to Telegram; both arrive after the next start."""
    anna, olga = sandbox.person(ANNA, "Анна"), sandbox.person(TELEGRAM[OLGA], "Ольга")
    await olga.send("/help")
    async with running(sandbox, settled_file, tmp_path) as (app, _):
        await olga.sees("❓")
        sandbox.hush("sendMessage")
        async with app.db.write() as tx:
            await post(tx, OLGA, ToldWithButton(word="вам письмо"), now=NOW)
        app.postman.stir()
        await heard([sandbox.heard])
        sandbox.heard.clear()
        await anna.send("/timetable")
        await heard([sandbox.heard])
    assert await _kept(tmp_path / "bot.sqlite3") == (["done", "new"], ["sending"])
    sandbox.speak()
    settings = settings_for(sandbox.url, f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", tmp_path)
    async with App(settings, StoppedClock(NOW)) as app, asyncio.TaskGroup() as tasks:
        tasks.create_task(app.run())
        await anna.sees("📅")
        await olga.sees("вам письмо")
        app.stop()
    assert await _kept(tmp_path / "bot.sqlite3") == (["done", "done"], ["sent"])


@pytest.mark.usefixtures("_in_a_hurry")
async def test_slow_webhook_clients_do_not_hold_the_stop(sandbox: Hush, settled_file: Path, tmp_path: Path) -> None:
    """Twenty calls that never end their sentence; what was said to the end is kept."""
    anna = sandbox.person(ANNA, "Анна")
    secret = {"webhook_url": "set below", "webhook_secret": SecretStr("a-secret-word")}
    begun = (
        b"POST /hook HTTP/1.1\r\nHost: bot\r\nX-Telegram-Bot-Api-Secret-Token: a-secret-word\r\n"
        b'Content-Length: 1000\r\n\r\n{"update_id": 1,'
    )
    lines: list[asyncio.StreamWriter] = []
    async with running(sandbox, settled_file, tmp_path, **secret) as (_, port):
        for _ in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begun)
            await writer.drain()
            lines.append(writer)
        await anna.send("/timetable")
        await anna.sees("📅")
    for writer in lines:
        writer.close()
    assert await _kept(tmp_path / "bot.sqlite3") == (["done"], [])


@pytest.mark.usefixtures("_in_a_hurry")
async def test_a_start_that_waits_for_telegram_can_be_stopped(sandbox: Hush, settled_file: Path, tmp_path: Path) -> None:
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    sandbox.hush("getMe")
    settings = settings_for(sandbox.url, f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", tmp_path)
    async with App(settings, StoppedClock(NOW)) as app, asyncio.TaskGroup() as tasks:
        tasks.create_task(app.run())
        await heard([sandbox.heard])
        app.stop()


async def test_a_second_sigterm_does_not_wait(sandbox: Hush, settled_file: Path, tmp_path: Path) -> None:
    """The real process: told twice while Telegram is silent, it ends at once, as one that was asked to, and loses nothing."""
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    anna = sandbox.person(ANNA, "Анна")
    await anna.send("/timetable")
    sandbox.hush("sendMessage")
    async with bot_process(sandbox, f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", tmp_path, patience=3600) as bot:
        await heard([sandbox.heard])
        bot.tell()
        bot.tell(signal.SIGINT)
        assert await bot.ended(within=PATIENCE) == 0
    assert await _kept(tmp_path / "bot.sqlite3") == (["new"], [])


STANDING = """
import asyncio, sys
from pathlib import Path
import bot.app
from tests.world import settings_for
bot.app.LAST_RESORT = 0.5
async def stand():
    app = bot.app.App(settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///" + sys.argv[1], Path(".")))
    app._listen_to_signals()
    print("standing", flush=True)
    while True: pass
asyncio.run(stand())
"""


async def test_even_a_loop_that_stands_still_ends(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        STANDING,
        str(tmp_path / "bot.sqlite3"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"standing\n"
    process.terminate()
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert said.startswith(b"Timeout (0:00:00.500000)!\n")
