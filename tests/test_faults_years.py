"""Three academic years, all of them, on both databases (`make faults PART=years`): what was checked is the table."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.world import World
from tests.years_world import ThreeYears

pytestmark = pytest.mark.faults


async def test_three_years_on_sqlite(world: World, figures: Counter[str]) -> None:
    """Three academic years by buttons and workbooks, SQLite"""
    figures.update(await _played(world))


async def test_three_years_on_postgresql(world_on_postgres: World, figures: Counter[str]) -> None:
    """Three academic years by buttons and workbooks, PostgreSQL"""
    figures.update(await _played(world_on_postgres))


async def _played(world: World) -> Counter[str]:
    played = ThreeYears(world)
    await played.first_year()
    for year in (2027, 2028):
        await played.spring(year)
        await played.september(year)
    return played.checked
