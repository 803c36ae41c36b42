"""Whatever books, rows and the chat say in whatever order: each lesson stands as who decided it last has it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest

from storage.db import Database
from tests.timetable.reconciling import ELSEWHERE, Walk


@pytest.mark.parametrize("seed", range(3))
async def test_a_lesson_stands_as_who_decided_it_last_has_it(based: Database, seed: int) -> None:
    walk = Walk(based, seed)
    for _ in range(7):
        await walk.step()


async def test_over_a_change_of_clocks(based_in: Callable[[ZoneInfo], Awaitable[Database]]) -> None:
    walk = Walk(await based_in(ELSEWHERE["berlin"].zone), 1, ELSEWHERE["berlin"])
    for _ in range(4):
        await walk.step()
