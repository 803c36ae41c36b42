"""Two workbooks and the chat for long (`make faults PART=timetable`): random books, rows and changes against a model."""

from __future__ import annotations

from collections import Counter

import pytest

from storage.db import Database
from tests.timetable.conftest import based as based  # noqa: PLC0414 - a fixture
from tests.timetable.conftest import based_file as based_file  # noqa: PLC0414 - a fixture
from tests.timetable.reconciling import Walk

pytestmark = pytest.mark.faults

STEPS = 14


@pytest.mark.parametrize("seed", range(100, 160))
async def test_books_rows_and_the_chat_for_long(based: Database, seed: int, figures: Counter[str]) -> None:
    """Random books, rows and chat changes: each lesson as its last decision has it, each family told so"""
    walk = Walk(based, seed)
    for _ in range(STEPS):
        await walk.step()
    figures["steps"] += STEPS
