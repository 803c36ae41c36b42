"""A wait that Telegram has asked for is waited by the process's next life too."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

from bot.clock import StoppedClock
from bot.post.pace import Pace
from bot.post.silence import TOLD, Silence
from storage import notes
from storage.db import Database
from tests.world import NOW, World


class Heard(Pace):
    """A pace that notes how long it is to be silent."""

    def __init__(self) -> None:
        super().__init__(30)
        self.silences: list[float] = []

    def be_silent(self, seconds: float) -> None:
        self.silences.append(round(seconds, 3))


async def told(db: Database, clock: StoppedClock, *waits: float) -> None:
    """A life of the process in which Telegram asks to wait, until that is written down."""
    pace = Heard()
    silence = Silence(db, pace, clock)
    keeping = asyncio.get_running_loop().create_task(silence.keep())
    for seconds in waits:
        pace.pause(seconds)
    while await note(db) is None:
        await asyncio.sleep(0)
    keeping.cancel()
    await asyncio.wait({keeping})


async def note(db: Database) -> str | None:
    async with db.read() as tx:
        return await notes.note(tx, TOLD)


async def heeded(db: Database, clock: StoppedClock) -> list[float]:
    pace = Heard()
    await Silence(db, pace, clock).heed()
    return pace.silences


async def test_what_is_left_of_it_is_waited_after_a_restart(db: Database) -> None:
    clock = StoppedClock(NOW)
    assert await heeded(db, clock) == []
    await told(db, clock, 35, 5)  # the longer one counts
    clock.move(timedelta(seconds=10))
    assert await heeded(db, clock) == [25.0]
    clock.move(timedelta(seconds=30))
    assert await heeded(db, clock) == [-5.0]  # over: nothing is waited for


async def test_a_clock_put_back_makes_it_no_longer(db: Database) -> None:
    clock = StoppedClock(NOW)
    await told(db, clock, 35)
    clock.move(timedelta(hours=-1))
    assert await heeded(db, clock) == [35.0]


async def test_a_429_is_written_down_while_the_bot_works(world: World) -> None:
    world.sandbox.fail_next("sendMessage", "too_many")
    await world.anna.send("/start")
    assert json.loads(await note(world.db) or "null") == [world.now.timestamp() + 1, 1.0]
