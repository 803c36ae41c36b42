"""The bot's process: started, told of the clock, killed, started again."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE = 10.0  # seconds it may take to end by itself
WORDS = 600  # characters of its last words that are told


class BotProcess:
    """One child at a time. `heard` gets each JSON line it says; `ended` is called when it ends without having been asked to."""

    def __init__(self, folder: Path) -> None:
        self.errors = folder / "bot.log"
        self.heard: Callable[[dict[str, Any]], None] = lambda _: None
        self.ended: Callable[[], None] = lambda: None
        self._child: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self, tasks: asyncio.TaskGroup) -> None:
        with self.errors.open("ab") as errors:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.demo.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                start_new_session=True,  # Ctrl-C is ours; it is told
            )
        self._reader = tasks.create_task(self._read(self._child))

    def say(self, **facts: Any) -> None:
        if self._child and self._child.stdin and not self._child.stdin.is_closing():
            self._child.stdin.write(json.dumps(facts).encode() + b"\n")

    async def kill(self) -> None:
        """As a power cut does it."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """As an administrator does it; by force when it takes too long."""
        await self._end(signal.SIGTERM)

    @property
    def last_words(self) -> str:
        return self.errors.read_text("utf-8", "replace").strip()[-WORDS:] if self.errors.exists() else ""

    async def _end(self, how: signal.Signals) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if self._reader:
            self._reader.cancel()
        with suppress(ProcessLookupError):
            child.send_signal(how)
            try:
                await asyncio.wait_for(child.wait(), PATIENCE)
            except TimeoutError:
                child.kill()
        await child.wait()

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None  # noqa: S101 - asked for above
        while line := await child.stdout.readline():
            self.heard(json.loads(line))
        await child.wait()
        if self._child is child:
            self._child = None
            self.ended()
