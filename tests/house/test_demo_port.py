"""`make demo` where its port is taken: the next free one, and one line when there is none."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo import director
from bot.demo.director import Director
from bot.demo.process import BotProcess
from bot.demo.stops import PortTaken
from tests.world import ZONE


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody listens at."""
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        yield somebody.getsockname()[1]


async def listens(port: int, folder: Path) -> int:
    """The port at which a demo asked for this one serves its page."""
    async with asyncio.TaskGroup() as tasks:
        demo = Director(BotProcess(folder), Clock(), ZONE, folder, tasks)
        await demo._listen(port)
        await demo.sandbox.stop()
    return int(demo.sandbox.url.rpartition(":")[2])


async def test_the_next_free_port_is_taken(taken: int, tmp_path: Path) -> None:
    found = await listens(taken, tmp_path)
    assert taken < found <= taken + director.NEIGHBOURS


async def test_with_no_port_free_it_says_so_in_one_line(taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(director, "NEIGHBOURS", 0)
    with pytest.raises(ExceptionGroup) as refused:
        await listens(taken, tmp_path)
    (why,) = refused.value.exceptions
    assert isinstance(why, PortTaken)
    assert str(why) == f"no port is free from {taken} to {taken}: say another with --port"
