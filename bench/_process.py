"""Another process at work, and what it has used: its processor, its memory."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ENDING = 30  # seconds a process may take to end

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def processor(pid: int, *, buried: bool = False) -> float:
    """Seconds of the processor a process of this machine has had, with those of its threads; `buried`: of children that ended, too."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if buried else 13])) / TICKS


def memory(pid: int) -> float:
    """Megabytes it holds in memory, less what it shares with others (the libraries on the disk)."""
    pages = Path(f"/proc/{pid}/statm").read_text("utf-8").split()
    return (int(pages[1]) - int(pages[2])) * PAGE / 2**20


@asynccontextmanager
async def at_work(command: list[str], environment: dict[str, str]) -> AsyncIterator[Process]:
    """Python at work on these words, told to end at the end. What it says good-bye with is answered: this loop goes on meanwhile."""
    given = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    } | environment  # compiled once, as where a bot is at work
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=given, stderr=DEVNULL)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(ENDING):
            await process.wait()
