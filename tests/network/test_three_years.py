"""Three academic years by buttons and workbooks: enrolment of the next while this one runs, its end, and the past."""

from __future__ import annotations

from tests.world import World
from tests.years_world import ThreeYears, table


async def test_three_years_stand_side_by_side_and_after_each_other(world: World) -> None:
    played = ThreeYears(world)
    await played.first_year()
    for year in (2027, 2028):
        await played.spring(year)
        await played.september(year)
    assert played.checked.total() > 60, table(played.checked)
