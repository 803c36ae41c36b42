"""The SQLite file loses its name under the running bot: nothing is answered or kept that would be gone with the process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.standing import alone
from storage.away import DatabaseAway, reason
from storage.db import Database
from storage.files import is_at_work
from storage.notes import keep, note
from tests.house.test_command_line import machine, ran, settled  # noqa: F401 - fixtures


@pytest.fixture
async def file(settled_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(settled_file, tmp_path / "school.sqlite3"))


async def test_deleted_it_is_away_and_put_back_it_goes_on(file: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    moved = file.rename(file.with_name("elsewhere"))
    with pytest.raises(DatabaseAway) as away:
        async with db.write() as tx:
            await keep(tx, "colour", "green")
    assert reason(away.value) == "its file was deleted, or another put in its place"
    with pytest.raises(DatabaseAway):
        async with db.read() as tx:
            await note(tx, "colour")
    assert not file.exists(), "an empty one under its name would hide that it is gone"
    moved.rename(file)
    async with db.write() as tx:
        await keep(tx, "colour", "green")
    async with db.read() as tx:
        assert await note(tx, "colour") == "green"
    await db.close()


async def test_another_in_its_place_is_not_written_to_and_ours_neither(file: Path) -> None:
    """A copy laid over the file by hand: half of what follows would be in the one, half in the other."""
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    Path(shutil.copy(file, file.with_name("copy"))).rename(file)
    with pytest.raises(DatabaseAway):
        async with db.write() as tx:
            await keep(tx, "colour", "green")
    assert not await db.keeps()
    await db.close()
    restarted = Database(f"sqlite+aiosqlite:///{file}")
    async with restarted.write() as tx:
        assert await note(tx, "colour") is None
    await restarted.close()


@pytest.mark.parametrize("command", [("doctor",), ("check",), ("invite", "guardian", "У-701")])
def test_no_command_begins_an_empty_one_while_the_bot_works_on_it(
    settled: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    """It said «all well» of the empty database that it had just made."""
    with alone(settled):
        settled.unlink()
        assert is_at_work(settled)
        code, _, err = ran(capsys, *command)
        told = "data/bot.sqlite3 is gone, and the bot still works on it: do not stop it before you have read docs/operations.md\n"
        assert (code, err) == (1, told)
        assert not settled.exists()
    assert not is_at_work(settled)
    assert ran(capsys, "doctor")[0] == 0
