"""The metronome and the letters under a clock that somebody sets: back, forward; nothing stops for it and nothing rushes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.alarms import Alarms
from bot.post.posting import post
from bot.sandbox.trouble import Trouble
from storage import outbox
from storage.away import DatabaseAway
from storage.db import Database
from storage.tables import Letter
from tests.telegram.test_delivery import ToldWithButton, heard, tell
from tests.world import ANNA, NOW, World

BACK, FORWARD = timedelta(hours=-2, minutes=-30), timedelta(hours=2, minutes=30)


@contextmanager
def clock_set(by: timedelta) -> Iterator[None]:
    """APScheduler's own clock, set while it runs."""

    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + by  # noqa: TID251 - it is this clock that is set

    with pytest.MonkeyPatch.context() as patch:
        for module in ("schedulers.base", "triggers.date", "triggers.interval"):
            patch.setattr(f"apscheduler.{module}.datetime", Set)
        yield


class Count:
    """A job that says when it was rung."""

    def __init__(self) -> None:
        self.times = 0
        self._rung = asyncio.Event()

    async def __call__(self) -> None:
        self.times += 1
        self._rung.set()

    async def more(self, beats: int) -> None:
        """Until it is rung so many times more."""
        goal = self.times + beats
        async with asyncio.timeout(10):
            while self.times < goal:
                await self._rung.wait()
                self._rung.clear()


@pytest.mark.parametrize("by", [BACK, FORWARD], ids=["back", "forward"])
async def test_a_clock_that_is_set_neither_stops_the_alarms_nor_makes_them_rush(by: timedelta) -> None:
    often, seldom = Count(), Count()
    alarms = Alarms({"often": (0.01, often), "seldom": (3600, seldom)}, after=lambda: None)
    alarms.start()
    await often.more(2)
    with clock_set(by):
        await often.more(5)
    await often.more(3)  # and it is set right again
    assert seldom.times == 0
    alarms.stop()


async def test_one_alarm_rings_once_at_a_time_and_its_trouble_is_its_own() -> None:
    gate, other = asyncio.Event(), Count()
    begun = 0

    async def slow() -> None:
        nonlocal begun
        begun += 1
        await gate.wait()
        raise DatabaseAway("gone")

    alarms = Alarms({"slow": (0.01, slow), "other": (0.01, other)}, after=lambda: None)
    alarms.start()
    await other.more(5)
    assert begun == 1
    gate.set()
    await other.more(3)
    assert begun > 1
    alarms.stop()


async def test_stopped_alarms_ring_no_more_until_they_are_started_again() -> None:
    stopped, other = Count(), Count()
    alarms = Alarms({"stopped": (0.01, stopped)}, after=lambda: None)
    beside = Alarms({"other": (0.01, other)}, after=lambda: None)
    beside.start()
    for _ in range(2):
        alarms.start()
        await stopped.more(2)
        alarms.stop()
        before = stopped.times
        await other.more(4)
        assert stopped.times == before
    beside.stop()


async def test_letters_written_before_the_clock_was_put_back_do_not_wait_for_it_to_catch_up(world: World) -> None:
    await tell(world, "раз")
    world.clock.move(BACK)
    await tell(world, "два")
    await world.deliver()
    assert heard(world) == ["раз", "два"]


async def test_a_letter_to_be_tried_again_does_not_wait_for_the_clock_to_catch_up(world: World) -> None:
    await tell(world, "раз")
    world.sandbox.trouble = Trouble()
    world.sandbox.trouble.fail_next("sendMessage", "server_error")
    await world.deliver()
    async with world.db.write() as tx:
        assert await tx.scalar(select(Letter.state)) == "retry"
        await tx.execute(update(Letter).values(due_at=world.now + timedelta(seconds=2)))
    world.clock.move(BACK)
    await tell(world, "два")
    await world.deliver()
    assert heard(world) == ["раз", "два"]


async def test_a_letter_meant_for_later_waits_although_the_clock_was_put_back(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, ANNA, ToldWithButton(word="позже"), now=world.now, due_at=world.now + timedelta(hours=1))
    world.clock.move(BACK)
    await world.deliver()
    assert heard(world) == []
    world.clock.move(FORWARD + timedelta(hours=1))
    await world.deliver()
    assert heard(world) == ["позже"]


async def test_a_clock_set_forward_takes_no_letter_out_of_its_own_postmans_hands(db: Database) -> None:
    """Its lease has run out by the clock only: its own postman knows better, and repeats nothing."""
    async with db.write() as tx:
        await post(tx, ANNA, ToldWithButton(word="раз"), now=NOW)
        await tx.execute(update(Letter).values(state="sending", owner="я", lease_until=NOW + timedelta(minutes=2)))
    async with db.write() as tx:
        assert await outbox.reap(tx, now=NOW + FORWARD, but="я") == 0
        assert await outbox.reap(tx, now=NOW + FORWARD, but="другой") == 1
