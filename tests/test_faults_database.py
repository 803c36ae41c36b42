"""PostgreSQL stopped and started under load: the bot waits and goes on; it never ends, and loses nothing."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.mortal import Load, loaded_bot
from tests.postgres import Cluster
from tests.telegram.test_kills import PATIENCE

RESTARTS = 3  # a run
ANSWERS = (30, 300)  # answers and letters that arrive between two restarts


async def _restarted(load: Load, server: Cluster, seed: int, times: int) -> None:
    """The server goes down in the middle of the talk, as by a crash or in order, and comes back."""
    dice = random.Random(seed)
    for _ in range(times):
        goal = _arrived(load) + dice.randint(*ANSWERS)
        for phone in load.phones:  # all of them talk: each waits for the whole
            await phone.chat.bell.until(lambda goal=goal: _arrived(load) >= goal, PATIENCE)  # type: ignore[misc]  # bound at once
        await asyncio.to_thread(server.stop, dice.choice(("immediate", "fast")))
        await asyncio.to_thread(server.start)
    load.bot.all_dead.set()  # nobody dies here: the guests may finish


def _arrived(load: Load) -> int:
    return sum(1 for phone in load.phones for message in phone.messages if message.from_bot)


async def _play(own_server: Cluster, own_url: str, folder: Path, seed: int, times: int) -> Counter[str]:
    async with loaded_bot(own_url, folder, seed, 0) as load:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_restarted(load, own_server, seed, times))
            tasks.create_task(load.play())
        counted = await load.check(interruptions=times)
    del counted["kills"], counted["of them in outages"], counted["lost answers"]
    return counted + Counter({"restarts": times})


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(10))
async def test_postgresql_restarted_under_load(
    own_server: Cluster, own_url: str, tmp_path: Path, seed: int, figures: Counter[str]
) -> None:
    """PostgreSQL restarted under load: no update, no letter lost or out of order, the process goes on"""
    figures.update(await _play(own_server, own_url, tmp_path, seed, RESTARTS))


async def test_one_restart_of_postgresql_under_load(own_server: Cluster, own_url: str, tmp_path: Path) -> None:
    """The short part: one restart."""
    assert (await _play(own_server, own_url, tmp_path, 1, 1))["restarts"] == 1
