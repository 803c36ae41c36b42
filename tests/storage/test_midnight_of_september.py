"""The last midnight of August: the year is over at once, and the bot closes it within minutes. Nobody is told meanwhile that its data are wrong."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from bot.alarms import Alarms
from storage.tables import Application, Choice, Course
from tests.house.test_command_line import machine, ran, settled  # noqa: F401 - fixtures
from tests.storage.test_alarms import Count
from tests.world import MISHA, YEAR, ZONE

NIGHT = datetime(2027, 9, 1, 0, 20, tzinfo=ZONE)
TWO = datetime(2027, 9, 1, 2, 0, tzinfo=ZONE)
LATER = datetime(2027, 9, 5, 12, 0, tzinfo=ZONE)
AUGUST = datetime(2027, 8, 31, 3, 0, tzinfo=ZONE)


@pytest.fixture
def unclosed(settled: Path) -> Path:  # noqa: F811
    """A database of August, in which something of the old year is open still."""
    engine = create_engine(f"sqlite:///{settled}")
    with Session(engine) as tx, tx.begin():
        application = Application(year=YEAR, pupil_id=MISHA, state="submitted", created_at=AUGUST, submitted_at=AUGUST)
        tx.add(application)
        tx.flush()
        course = tx.scalar(select(Course.id).where(Course.year == YEAR))
        tx.add(Choice(application_id=application.id, course_id=course, rank=1, state="submitted", changed_at=AUGUST))
    engine.dispose()
    return settled


@pytest.mark.parametrize(("now", "code"), [(NIGHT, 0), (TWO, 1)])
def test_doctor_gives_the_bot_an_hour_to_close_the_year(
    unclosed: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
    code: int,
) -> None:
    monkeypatch.setattr("bot.cli.keeping.moment", lambda: now)
    said, out, _ = ran(capsys, "doctor")
    assert said == code
    assert ("wishes of a closed year without an end" in out) is (code == 1)


def test_a_copy_of_august_is_good_in_september_too(
    unclosed: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its year is closed when it is put back and the bot starts; the drill said that it held what must not be."""
    assert ran(capsys, "backup", "data/backups/now.sqlite3")[0] == 0
    os.utime(unclosed.parent / "backups/now.sqlite3", (AUGUST.timestamp(), AUGUST.timestamp()))
    monkeypatch.setattr("bot.cli.keeping.moment", lambda: LATER)
    assert ran(capsys, "drill")[0] == 0


async def test_what_was_due_while_no_bot_ran_is_done_a_minute_after_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.alarms.FIRST", 0.01)
    seldom = Count()
    alarms = Alarms({"closing": (3600, seldom)}, after=lambda: None)
    alarms.start()
    await seldom.more(1)
    alarms.stop()
