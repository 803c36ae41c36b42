"""Killed with SIGKILL at any call, under load, a third of the times in the middle of an outage; on both databases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.mortal import loaded_bot

DEATHS = 10
RUNS = [
    *(pytest.param("sqlite", seed, id=f"sqlite-{seed}", marks=pytest.mark.part("kills-sqlite")) for seed in range(30)),
    *(pytest.param("postgresql", seed, id=f"postgresql-{seed}", marks=pytest.mark.part("kills-postgres")) for seed in range(20)),
]


@pytest.mark.faults
@pytest.mark.parametrize(("settled_url", "seed"), RUNS, indirect=["settled_url"])
async def test_ten_deaths_under_load(settled_url: str, seed: int, tmp_path: Path, figures: Counter[str]) -> None:
    """kill -9 under load, a third of them during outages: no update, no letter lost or out of order"""
    async with loaded_bot(settled_url, tmp_path, seed, DEATHS) as load:
        await load.play()
    figures.update(await load.check())


@pytest.mark.parametrize(("settled_url", "seed"), [("postgresql", 1)], indirect=["settled_url"])
async def test_two_deaths_on_postgresql(settled_url: str, seed: int, tmp_path: Path) -> None:
    """The short part; SQLite's is the story of tests/telegram/test_kills.py."""
    async with loaded_bot(settled_url, tmp_path, seed, deaths=2, guests=5) as load:
        await load.play()
    assert (await load.check())["kills"] == 2
