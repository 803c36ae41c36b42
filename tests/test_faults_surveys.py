"""Five hundred answers of three hundred families to twenty questions, with kill -9 among them: each is counted once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.surveys.mortal import Size, answered_through

LONG = Size(families=300, children=(1, 2, 2), questions=20, deaths=20, life=(500, 1500))
SHORTER = Size(families=60, children=(1, 2, 2), questions=20, deaths=10, life=(150, 450))


@pytest.mark.faults
@pytest.mark.parametrize(
    ("settled_url", "anonymous", "size"),
    [
        pytest.param("sqlite", True, LONG, id="sqlite-anonymous"),
        pytest.param("postgresql", False, LONG, id="postgresql-named"),
        pytest.param("sqlite", False, SHORTER, id="sqlite-named-100"),
        pytest.param("postgresql", True, SHORTER, id="postgresql-anonymous-100"),
    ],
    indirect=["settled_url"],
)
async def test_five_hundred_answers(
    settled_url: str, tmp_path: Path, figures: Counter[str], size: Size, *, anonymous: bool
) -> None:
    """500 answers of 300 families (or 100 of 60) to 20 questions, kill -9 twenty times (or ten), all through the run"""
    done = await answered_through(settled_url, tmp_path, size, anonymous=anonymous, seed=20261129)
    figures.update(done)
    assert done["answers"] == sum(size.children[n % len(size.children)] for n in range(size.families))
    assert done["kills"] == size.deaths
