"""How long a bot takes from nothing to its first question to Telegram, how much memory it then holds, and what a command costs.

Measured is processor time of processes of their own, which take turns; memory is what a process holds for itself two seconds after it
first asked for updates. The floors: a bare aiogram bot; for the commands the second that one may take.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from bench._process import at_work, memory, processor
from bot.sandbox import Sandbox
from storage.db import Database
from storage.migrate import migrate
from tests.world import settle_the_network

ROUNDS, IDLE = 3, 2.0
BOTS = {
    "aiogram": ["-m", "bench._bots", "aiogram"],
    "python-telegram-bot": ["-m", "bench._bots", "telegram"],
    "this bot": ["-m", "bot", "run"],
}
COMMANDS = (["--help"], ["check"], ["doctor"], ["invite", "coordinator", "С-01"])
FLOOR = "aiogram"


def environment(folder: str, url: str) -> dict[str, str]:
    return {
        "BOT_TOKEN": "42:TEST",
        "TELEGRAM_API": url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
        "DATA_DIR": folder,
        "JOURNAL_DIR": f"{folder}/journal",
        "LISTEN": "127.0.0.1:0",
        "LOG_LEVEL": "ERROR",
    }


async def started(command: list[str], folder: str) -> tuple[float, float]:
    """(seconds of the processor until the first getUpdates, megabytes when nothing happens)."""
    async with Sandbox("42:TEST", "bench_bot") as sandbox, at_work(command, environment(folder, sandbox.url)) as process:
        while not sandbox.telegram.updates.waiting:
            if process.returncode is not None:
                raise AssertionError(f"{command} ended")
            await asyncio.sleep(0.005)
        spent = processor(process.pid)
        await asyncio.sleep(IDLE)
        return spent, memory(process.pid)


async def command(words: list[str], folder: str) -> float:
    """Seconds of the processor."""
    async with Sandbox("42:TEST", "bench_bot") as sandbox:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        asked = [sys.executable, "-m", "bot", *words]
        ended = await asyncio.create_subprocess_exec(
            *asked, env=os.environ | environment(folder, sandbox.url), stdout=asyncio.subprocess.DEVNULL
        )
        if await ended.wait():
            raise AssertionError(f"{words}: {ended.returncode}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def measured(folder: str) -> None:
    db = Database(f"sqlite+aiosqlite:///{folder}/bot.sqlite3")
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    await db.close()
    Path(folder, "journal").mkdir()
    starts, commands = defaultdict[str, list[tuple[float, float]]](list), defaultdict[str, list[float]](list)
    await started(BOTS["this bot"], folder)  # the first start of all tells Telegram the commands
    for _ in range(ROUNDS):
        for name, words in BOTS.items():
            starts[name].append(await started(words, folder))
        for asked in COMMANDS:
            commands[asked[0]].append(await command(asked, folder))
    seconds = {name: statistics.median(each for each, _ in found) for name, found in starts.items()}
    megabytes = {name: statistics.median(each for _, each in found) for name, found in starts.items()}
    print("| bot | processor s to the first getUpdates | ratio | idle memory, MB | ratio |\n|---|---|---|---|---|")
    for name in BOTS:
        ratios = seconds[name] / seconds[FLOOR], megabytes[name] / megabytes[FLOOR]
        print(f"| {name} | {seconds[name]:.2f} | {ratios[0]:.2f} | {megabytes[name]:.0f} | {ratios[1]:.2f} |")
    print("\n| command | processor s | beside a bare aiogram bot's start |\n|---|---|---|")
    for each, took in commands.items():
        print(f"| `{each}` | {statistics.median(took):.2f} | {statistics.median(took) / seconds[FLOOR]:.2f} |", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(folder))
