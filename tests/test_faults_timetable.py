"""Two workbooks and the chat for long (`make faults PART=timetable`): random books, rows and changes against a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest

from storage.db import Database
from tests.timetable.conftest import based as based  # noqa: PLC0414 - a fixture
from tests.timetable.conftest import based_file as based_file  # noqa: PLC0414 - a fixture
from tests.timetable.conftest import based_in as based_in  # noqa: PLC0414 - a fixture
from tests.timetable.reconciling import ELSEWHERE, Walk

pytestmark = pytest.mark.faults

STEPS = 14


@pytest.mark.parametrize("seed", range(100, 160))
async def test_books_rows_and_the_chat_for_long(based: Database, seed: int, figures: Counter[str]) -> None:
    """Random books, rows and chat changes: each lesson as its last decision has it, each family told so"""
    walk = Walk(based, seed)
    for _ in range(STEPS):
        await walk.step()
    figures["steps"] += STEPS


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("where", sorted(ELSEWHERE))
async def test_over_clocks_and_years(
    based_in: Callable[[ZoneInfo], Awaitable[Database]], where: str, seed: int, figures: Counter[str]
) -> None:
    """The same while clocks are put forward (three zones) and a year begins"""
    walk = Walk(await based_in(ELSEWHERE[where].zone), seed, ELSEWHERE[where])
    for _ in range(STEPS):
        await walk.step()
    figures["steps"] += STEPS
