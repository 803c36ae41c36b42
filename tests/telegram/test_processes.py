"""Several processes on one PostgreSQL behind a round-robin proxy: killed one by one, nothing is lost, nothing out of order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.processes import loaded_processes, of_each

SEEDS = range(10)


@pytest.mark.faults
@pytest.mark.part("processes")
@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
async def test_of_two_processes_one_is_killed_and_nobody_notices(settled_url: str, tmp_path: Path) -> None:
    """The short part; four at a time die in the campaign."""
    async with loaded_processes(settled_url, tmp_path, 1, processes=2, deaths=1, guests=4) as (load, proxy):
        await load.play()
    assert (await load.check(interruptions=1))["kills"] == 1
    assert min(proxy.taken[port] for port in proxy.ports) > 0


@pytest.mark.faults
@pytest.mark.part("processes")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
async def test_four_processes_die_in_turn(settled_url: str, seed: int, tmp_path: Path, figures: Counter[str]) -> None:
    """kill -9 of any of four processes behind a round-robin proxy: no update, no letter lost or out of order"""
    async with loaded_processes(settled_url, tmp_path, seed, processes=4, deaths=8, guests=20) as (load, proxy):
        await load.play()
    figures.update(await load.check(interruptions=8))
    figures.update(of_each(proxy.taken, proxy.ports))
