"""Two academic years and the turn between, by buttons and workbooks; the third, on both databases: `make faults PART=years`."""

from __future__ import annotations

import pytest

from tests.world import World
from tests.years_world import ThreeYears, table

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these


async def test_years_stand_side_by_side_and_after_each_other(world: World) -> None:
    played = ThreeYears(world)
    await played.first_year_as_it_was()
    await played.spring(2027)
    await played.september(2027)
    assert played.checked.total() == 38, table(played.checked)
