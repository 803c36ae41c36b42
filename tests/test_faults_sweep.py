"""The sweep with fifty families: two hundred names, telephones, marks and codes, searched for in every file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.sweep import families
from tests.test_sweep import all_is_written, played
from tests.world import World

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("seed", range(3))
async def test_two_hundred_words_after_withdrawal(
    seed: int, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: Counter[str]
) -> None:
    """names, phones, marks and codes of 50 families, searched for after their withdrawal and in a copy put back"""
    with all_is_written(tmp_path, monkeypatch):
        figures.update(await played(world, families(50, seed), tmp_path, monkeypatch))
    assert figures["words"] == 350
