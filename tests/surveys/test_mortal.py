"""Killed while families answer, the bot goes on: every answer is counted once. The short part; tests/test_faults_surveys.py is long."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.surveys.mortal import Size, answered_through

SHORT = Size(families=4, children=(1, 2), questions=4, deaths=2)


@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
async def test_every_answer_of_four_families_is_counted_once_through_two_deaths(settled_url: str, tmp_path: Path) -> None:
    done = await answered_through(settled_url, tmp_path, SHORT, anonymous=True, seed=7)
    assert done == Counter({"families": 4, "answers": 6, "replies": 24, "kills": 2})
