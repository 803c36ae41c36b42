"""Whatever books, rows and the chat say in whatever order: each lesson stands as who decided it last has it."""

from __future__ import annotations

import pytest

from storage.db import Database
from tests.timetable.reconciling import Walk


@pytest.mark.parametrize("seed", range(3))
async def test_a_lesson_stands_as_who_decided_it_last_has_it(based: Database, seed: int) -> None:
    walk = Walk(based, seed)
    for _ in range(7):
        await walk.step()
