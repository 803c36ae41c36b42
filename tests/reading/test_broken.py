"""A short run of what `make faults PART=reading` does for ten minutes: broken tables are read or refused, and nothing else happens."""

from __future__ import annotations

import random

from tests.reading.broken import Measured, broken


def test_broken_tables_are_read_or_refused() -> None:
    measured, dice = Measured(), random.Random(21)
    for _ in range(24):
        measured.read(*broken(dice))
    assert measured.crashes == []
    assert sum(measured.counted.values()) == 24
