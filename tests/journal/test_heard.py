"""Whatever happens to a journal, what a family was written, replayed, is what its page of the journal shows."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.notices import notice_of
from bot.refusals import Refusal
from bot.services.journal.letters import standing
from storage.db import Database
from storage.journal import journal
from storage.tables import Letter
from tests.journal.test_journal_plan import enrol
from tests.journal.test_revisions import STEPS, TEACHER, row, sent, step
from tests.world import ANNA, DANA, MISHA, ROBOTICS

Known = tuple[dict[str, str], str]  # marks by their place in the day, and how the day's attendance stands


async def heard(db: Database) -> Known:
    """What Anna knows of Misha's day, letter by letter."""
    async with db.read() as tx:
        mine = (Letter.person_id == ANNA, Letter.pupil_id == MISHA, Letter.state != "cancelled")
        letters = [
            notice_of(one.kind, one.facts or {}) for one in await tx.scalars(select(Letter).where(*mine).order_by(Letter.id))
        ]
    marks, day = dict[str, str](), "there"
    for notice in letters:
        facts: dict[str, Any] = notice.facts()
        for change in facts.get("changes", ()):
            if change["now"] is None:
                marks.pop(change["place"], None)
            else:
                marks[change["place"]] = change["now"]
        if "was_lessons" in facts:
            day = facts["now"]
    return marks, day


async def shown(db: Database) -> Known:
    """What /journal shows of it."""
    async with db.read() as tx:
        lines = await journal.lines_of_pupil(tx, MISHA, year=2026)
    marks, counted = dict[str, str](), dict[int, int]()
    for one in lines:
        if one.kind == "mark":
            counted[one.lesson] = counted.get(one.lesson, 0) + 1
            marks[f"{one.lesson:03}.{counted[one.lesson]:03}"] = one.value
    return marks, standing([one.value for one in lines if one.kind == "attendance"])[0]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, delivered=st.lists(st.booleans(), min_size=7, max_size=7))
async def test_what_a_family_was_written_is_what_its_page_shows(
    settled_file: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Any], delivered: list[bool]
) -> None:
    place = tmp_path_factory.mktemp("one") / "bot.sqlite3"
    place.write_bytes(settled_file.read_bytes())
    db = Database(f"sqlite+aiosqlite:///{place}")
    await db.open()
    try:
        await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS))
        await sent(db, None, row(code="У-702"), minute=0)  # a group's first file tells nobody
        done = list[int]()
        for minute, what in enumerate(steps, 1):
            with contextlib.suppress(Refusal):
                await step(db, TEACHER, what, done, minute)
            if delivered[minute - 1]:
                async with db.write() as tx:
                    await tx.execute(update(Letter).where(Letter.state == "new").values(state="sent"))
            assert await heard(db) == await shown(db)
    finally:
        await db.close()
