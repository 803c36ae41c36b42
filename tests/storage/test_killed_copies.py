"""Drills and copies that were killed half way leave whole copies of everybody's data: they go by themselves."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.copies import COPIES, NightlyCopies, clear_away, practice_folder
from tests.house.test_command_line import machine, ran, settled  # noqa: F401 - fixtures
from tests.world import NOW, World


def left_by_a_kill(data_dir: Path) -> Path:
    """As SIGKILL leaves a drill: its folder with the copy, and nobody who holds it."""
    folder = data_dir / ".drill-abc123"
    folder.mkdir()
    (folder / "bot.sqlite3.restoring").write_text("everybody's data")
    return folder


def test_the_next_drill_clears_away_what_a_killed_one_left(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert ran(capsys, "backup", "data/backups/now.sqlite3")[0] == 0
    left_by_a_kill(settled.parent)
    assert ran(capsys, "drill")[0] == 0
    assert list(settled.parent.glob(".drill-*")) == []


async def test_the_bot_clears_it_away_at_night(world: World) -> None:
    settings = world.app.settings
    left = left_by_a_kill(settings.data_dir)
    night = NOW.replace(hour=3, minute=5)
    await NightlyCopies(settings, night).keep(night)
    assert not left.exists()


def test_a_drill_at_work_is_left_alone(tmp_path: Path) -> None:
    with practice_folder(tmp_path) as folder:
        clear_away(tmp_path, NOW)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_half_a_copy_taken_by_hand_goes_after_a_day(tmp_path: Path) -> None:
    part = tmp_path / COPIES / "before-the-holidays.sqlite3.part"
    part.parent.mkdir()
    part.write_text("half of a copy")
    os.utime(part, (NOW.timestamp(), NOW.timestamp()))
    clear_away(tmp_path, NOW + timedelta(hours=23))
    assert part.exists()
    clear_away(tmp_path, NOW + timedelta(hours=25))
    assert not part.exists()
