"""The watchdog: systemd hears from the loop while it turns; a loop that stands still ends the process, which says where."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.watchdog import beat

STUCK = """
import asyncio
from bot import watchdog
watchdog.STUCK = 0.2

async def main():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watchdog.beat(lambda: False))
        await asyncio.sleep(0)
        while True:
            pass

asyncio.run(main())
"""


async def test_systemd_hears_that_the_bot_is_ready_and_that_the_loop_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        paused: list[float] = []

        async def rest(seconds: float) -> None:
            paused.append(seconds)
            if len(paused) == 2:
                raise asyncio.CancelledError

        with pytest.raises(asyncio.CancelledError):
            await beat(lambda: False, rest)
        assert [systemd.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        assert paused == [5.0, 5.0]


def test_a_loop_that_stands_still_ends_the_process() -> None:
    ran = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "in main" in ran.stderr
