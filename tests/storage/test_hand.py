"""The files that say what was in hand: as many as processes live at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from storage.hand import Hand


def begun(folder: Path) -> Hand:
    hand = Hand(folder / "bot").open()
    hand.left()
    hand.forget()
    return hand


def test_a_bot_that_starts_again_and_again_keeps_one_file(tmp_path: Path) -> None:
    """One more at each start: after a thousand of them a start would have wanted more files than a process may open."""
    for _ in range(5):
        begun(tmp_path).close()
    assert [each.name for each in tmp_path.iterdir()] == ["bot.hand0"]


def test_a_second_process_has_a_file_of_its_own_and_finds_what_the_first_left(tmp_path: Path) -> None:
    first = begun(tmp_path)
    second = begun(tmp_path)
    first.mark(0, 77)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bot.hand0", "bot.hand1"]
    marks = (tmp_path / "bot.hand0").read_bytes()
    first.close()
    (tmp_path / "bot.hand0").write_bytes(marks)  # as a kill leaves it
    assert second.left() == [77]
    second.forget()
    second.close()
    begun(tmp_path).close()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_mark_finds_its_room_taken_whatever_fills_the_disk_meanwhile(tmp_path: Path) -> None:
    """A page of memory for which the disk has none would end the process with SIGBUS."""
    hand = Hand(tmp_path / "bot").open()
    hand.forget()
    assert (tmp_path / "bot.hand0").stat().st_blocks > 0
    hand.close()


def test_without_room_the_work_goes_on_and_deaths_are_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    hand = Hand(tmp_path / "bot").open()
    hand.forget()
    hand.mark(0, 1)
    assert hand.left() == []
    hand.close()
    assert Hand(tmp_path / "bot").open().left() == []
