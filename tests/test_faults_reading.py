"""Tables broken at random (`make faults PART=reading`): no crash, nothing half applied, each refused within two seconds and 256 MB."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.reading.uploads import LIMITS
from bot.refusals import Refusal
from bot.services.journal.uploads import Brought, plan_file
from storage.db import Database
from storage.tables import Entry
from tests.reading.broken import READERS, SEEDS, Measured, broken, child_peak, decisions_seed
from tests.reading.nasty_world import NOW, SETTINGS, settle

pytestmark = pytest.mark.faults
MALFORMED = 300
MINUTES = float(os.environ.get("FUZZ_MINUTES", "10"))
MB = 2**20


@pytest.mark.parametrize("reader", READERS)
def test_ten_minutes_of_broken_tables(reader: str, tmp_path: Path, figures: Counter[str]) -> None:
    """Broken tables for ten minutes, a reader"""
    seeds, read = READERS[reader]
    seeds = seeds or [decisions_seed(tmp_path)]
    measured, dice = Measured(), random.Random(reader)
    until = time.monotonic() + MINUTES * 60
    while time.monotonic() < until:
        measured.read(*broken(dice, seeds), read)
    figures.update({f"{reader}: {word}": count for word, count in measured.counted.items()})
    figures[f"{reader}: slowest, ms"] = round(measured.slowest * 1000)
    figures[f"{reader}: ours grew by, MB"] = measured.most // MB
    figures[f"{reader}: the reading child, MB at most"] = child_peak() // MB
    assert measured.crashes == []
    assert measured.slowest < LIMITS.seconds + 1  # the kernel ends a child a second after the limit
    assert measured.most < 256 * MB


@pytest.mark.parametrize("seed", [2])
async def test_three_hundred_malformed_journals_are_applied_whole_or_not_at_all(
    seed: int, tmp_path: Path, figures: Counter[str]
) -> None:
    """300 malformed journals: whole or not at all"""
    url, dice = f"sqlite+aiosqlite:///{tmp_path / 'j.sqlite3'}", random.Random(seed)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, settle(url, all_pupils=True)).result()
    db = Database(url)
    await db.open()
    journals = [path for path in SEEDS if path.name.startswith("j")]
    for number in range(MALFORMED):
        name, content = broken(dice, journals)
        brought, before = Brought(name, content), await stands(db)
        try:
            await plan_file(db, brought, now=NOW, settings=SETTINGS, apply=True)
        except Refusal:
            assert await stands(db) == before, (number, name)
            figures["refused"] += 1
            continue
        again = await plan_file(db, brought, now=NOW, settings=SETTINGS)
        assert again.empty, (number, name)
        figures["applied whole"] += 1
    await db.close()


async def stands(db: Database) -> list[tuple[object, ...]]:
    async with db.read() as tx:
        rows = await tx.execute(select(Entry.id, Entry.value, Entry.version, Entry.removed_at).order_by(Entry.id))
        return [tuple(row) for row in rows]
