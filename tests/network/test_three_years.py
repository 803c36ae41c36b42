"""Three academic years by buttons and workbooks: enrolment of the next while this one runs, its end, and the past."""

from __future__ import annotations

from tests.world import World
from tests.years_world import ThreeYears, of_year, table


async def test_years_stand_side_by_side_and_after_each_other(world: World) -> None:
    played = ThreeYears(world)
    await played.first_year()
    await played.spring(2027)
    await played.september(2027)
    await played.on(2028, 4, 15)
    await played.send(of_year(2028))
    await played.nothing_is_counted_twice()
    assert sorted(await played.lessons()) == [2026, 2027, 2028]
    assert played.checked.total() >= 38, table(played.checked)
