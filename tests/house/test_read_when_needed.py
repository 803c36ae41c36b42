"""The command line reads no more of the code than a command needs: help needs no database, an invitation no bot."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.db import Database
from storage.notes import keep, username_of
from tests.world import TOKEN

HEAVY = ("aiogram", "openpyxl", "docxtpl", "typst", "holidays", "alembic", "python_calamine", "bot.app")
ROOT = Path(__file__).parent.parent.parent


def read_by(folder: Path, *words: str) -> set[str]:
    """Which of the heavy modules a command has read when it is done."""
    asked = f"""
import sys
from bot.__main__ import main
code = main({list(words)!r})
print("READ", code, *[name for name in {HEAVY!r} if name in sys.modules])
"""
    env = {
        "BOT_TOKEN": TOKEN,
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_API": "http://127.0.0.1:9",
        "LOCALE": "en",
        "DATA_DIR": str(folder / "data"),
    }
    ended = subprocess.run([sys.executable, "-c", asked], cwd=folder, env=env, capture_output=True, text=True, check=True)
    code, *read = ended.stdout.rpartition("READ ")[2].split()
    assert code == "0", ended.stdout + ended.stderr
    return set(read)


@pytest.fixture
async def settled(settled_file: Path, tmp_path: Path) -> Path:
    """The network in a database of a bot that has run before: it knows what it is called."""
    (tmp_path / "data").mkdir()
    shutil.copy(settled_file, tmp_path / "data/bot.sqlite3")
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/data/bot.sqlite3")
    async with db.write() as tx:
        await keep(tx, username_of(TOKEN), "school8_bot")
    await db.close()
    return tmp_path


def test_help_needs_neither_a_bot_nor_a_database(tmp_path: Path) -> None:
    assert read_by(tmp_path, "--help") == set()


@pytest.mark.parametrize(
    "words", [("doctor",), ("invite", "guardian", "У-701"), ("backup", "copy.sqlite3")], ids=lambda words: words[0]
)
def test_a_command_that_only_asks_the_database_needs_no_bot(settled: Path, words: tuple[str, ...]) -> None:
    assert read_by(settled, *words) <= {"alembic"}
