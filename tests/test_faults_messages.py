"""Messages both ways, the long version: kill -9 among the writers, and every service asked of every thread by everybody."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.messages.writing import Draft, answer
from storage.db import Database
from tests.messages.cast import moment
from tests.messages.mortal import Size, written_through
from tests.messages.test_who import ALLOWED, HOLDERS, PAIRS, PEOPLE, begun, refused, tried
from tests.surveys.cast import the_cast
from tests.timetable_world import enroll
from tests.world import CHESS, MISHA, NOW, ROBOTICS, VERA

LONG = Size(families=8, letters=4, answers=4, deaths=10)


@pytest.mark.faults
@pytest.mark.parametrize("settled_url", ["sqlite", "postgresql"], indirect=True)
async def test_letters_both_ways_through_ten_deaths(settled_url: str, tmp_path: Path, figures: Counter[str]) -> None:
    """36 letters both ways, kill -9 ten times: each once, in order"""
    done = await written_through(settled_url, tmp_path, LONG, seed=20261129)
    figures.update(done)
    assert done["kills"] == LONG.deaths, "the story was over before the last death"


@pytest.mark.faults
async def test_every_service_of_every_thread_by_everybody(db: Database, figures: Counter[str]) -> None:
    """55 threads × 9 people × reading, answering, closing, the file"""
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, VERA, CHESS)
    async with db.write() as tx:
        made = {pair: await begun(tx, *pair) for pair in PAIRS}
    known = {each: await the_cast(db, each) for each in PEOPLE}
    for pair, thread in made.items():
        for number, person in known.items():
            figures["tried"] += 1
            if number not in HOLDERS[pair[0]] | HOLDERS[pair[1]]:
                assert await tried(db, thread, person) == {"thread-not-yours"}, (pair, number)
                figures["refused"] += 1
                continue
            at = moment(NOW + timedelta(days=2 * thread))  # past the measure of letters
            answered = await refused(answer(db, thread, Draft("ответ"), by=person, at=at))
            assert (answered is None) == (pair in ALLOWED), (pair, number, answered)
