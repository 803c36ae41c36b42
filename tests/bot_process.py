"""The bot as a process of its own, and a Telegram that can fall silent: for tests of its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.sandbox import Sandbox
from bot.sandbox.bell import PATIENCE
from tests.world import TOKEN

PROMISED = 20  # seconds from SIGTERM to the end

PATIENT = """
import sys
import bot.app
from bot.__main__ import main
bot.app.HANDLING_SECONDS = bot.app.STOP_SECONDS = bot.app.LAST_RESORT = {}
sys.exit(main(["run"]))
"""


class Hush(Sandbox):
    """A Telegram that hears some calls and never answers them, from `hush` until `speak`."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.heard = asyncio.Event()  # a call that gets no answer came in
        self._hushed: tuple[str, ...] = ()
        self._speaks = asyncio.Event()

    def hush(self, *methods: str) -> None:
        self._hushed = tuple(f"/{method.lower()}" for method in methods)
        self._speaks.clear()
        self.heard.clear()

    def speak(self) -> None:
        """Answer again; whoever was kept waiting is answered too, if there still is somebody."""
        self._hushed = ()
        self._speaks.set()

    async def _handle(self, request: Any) -> Any:
        if self._hushed and request.path.lower().endswith(self._hushed):
            self.heard.set()
            await self._speaks.wait()
        return await super()._handle(request)

    async def stop(self) -> None:
        self.speak()
        await super().stop()


class BotProcess:
    """`python -m bot run`, started and ended by signals."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    def tell(self, name: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(name)

    async def ended(self, within: float = PROMISED) -> int:
        """Its exit code; TimeoutError when it goes on for longer."""
        async with asyncio.timeout(within):
            return await self.process.wait()


def environment_of(sandbox: Sandbox, database_url: str, folder: Path) -> dict[str, str]:
    """What a process of the bot is told: this Telegram, this database, everything else in this folder, no quiet hours."""
    return {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API": sandbox.url,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "JOURNAL_DIR": str(folder / "journal"),
        "LISTEN": "127.0.0.1:0",
        "QUIET_HOURS": "00:00-00:00",
        "LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def bot_process(
    sandbox: Sandbox, database_url: str, folder: Path, *, patience: float | None = None, module: str = "bot", **environment: str
) -> AsyncIterator[BotProcess]:
    """Started, and killed at the end of the test if it still lives. `patience`: how long its stop waits, in place of its own.
    `module`: what to run, `tests.mortal` for the bot that knows the tests' numbered letters.
    """
    settings = environment_of(sandbox, database_url, folder)
    command = ["-m", module, "run"] if patience is None else ["-c", PATIENT.format(patience)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=settings | environment)
    try:
        yield BotProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def heard(events: Iterable[asyncio.Event]) -> None:
    """Until all of these have happened."""
    async with asyncio.timeout(PATIENCE):
        for event in events:
            await event.wait()
