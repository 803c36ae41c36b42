"""Two hundred presses for twelve places, ten seeds on each database: nobody overtaken, nobody unanswered."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.enrollment.test_enrollment_race import phones_press_at_once
from tests.world import World

SEEDS = range(1, 11)


def _counted(found: tuple[int, int, int], figures: Counter[str]) -> None:
    seats, waiting, overtaken = found
    figures.update({"presses": seats + waiting, "seats": seats, "in the line": waiting, "overtaken": overtaken})
    assert found == (12, 188, 0)


@pytest.mark.faults
@pytest.mark.parametrize("seed", SEEDS)
async def test_two_hundred_for_twelve_on_sqlite(world: World, seed: int, figures: Counter[str]) -> None:
    """Two hundred presses for twelve places, SQLite"""
    _counted(await phones_press_at_once(world, 200, seed), figures)


@pytest.mark.faults
@pytest.mark.parametrize("seed", SEEDS)
async def test_two_hundred_for_twelve_on_postgresql(world_on_postgres: World, seed: int, figures: Counter[str]) -> None:
    """Two hundred presses for twelve places, PostgreSQL"""
    _counted(await phones_press_at_once(world_on_postgres, 200, seed), figures)
