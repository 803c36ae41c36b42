"""Five hundred answers of three hundred families to twenty questions, with kill -9 among them: each is counted once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.surveys.mortal import Size, answered_through

LONG = Size(families=300, children=(1, 2, 2), questions=20, deaths=20)


@pytest.mark.faults
@pytest.mark.parametrize("anonymous", [True, False], ids=["anonymous", "named"])
@pytest.mark.parametrize("settled_url", ["sqlite", "postgresql"], indirect=True)
async def test_five_hundred_answers(settled_url: str, tmp_path: Path, figures: Counter[str], *, anonymous: bool) -> None:
    """500 answers of 300 families to 20 questions, kill -9 twenty times"""
    done = await answered_through(settled_url, tmp_path, LONG, anonymous=anonymous, seed=20261129)
    figures.update(done)
    assert done["answers"] == 500
