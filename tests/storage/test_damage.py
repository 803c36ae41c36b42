"""What of a damaged SQLite file is noticed, and in how much time."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.damage import look_over
from tests.damaged import one, overwrite, root_of


@pytest.fixture
def grown(settled_file: Path, tmp_path: Path) -> Path:
    """A network with a table that has pages of its own between its first and its last."""
    file = shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    with closing(sqlite3.connect(file)) as db, db:
        db.executemany("INSERT INTO notes (name, value) VALUES (?, ?)", ((f"note {each:05}", "x" * 300) for each in range(3000)))
    return Path(file)


def test_a_page_in_the_middle_is_found_when_there_is_time(grown: Path) -> None:
    look_over(grown)
    overwrite(grown, one(grown, "PRAGMA page_count") - 40)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        look_over(grown)
    look_over(grown, 0)  # the time is over before the table's turn


def test_a_table_that_cannot_be_entered_is_found_without_any_time(grown: Path) -> None:
    overwrite(grown, root_of(grown, "pupils"))
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        look_over(grown, 0)


def test_what_stands_in_the_wal_of_a_bot_at_work_is_no_damage(grown: Path) -> None:
    with closing(sqlite3.connect(grown)) as bot:
        bot.execute("PRAGMA journal_mode=WAL")
        bot.execute("CREATE TABLE begun (id INTEGER)")
        bot.commit()
        bot.execute("BEGIN IMMEDIATE")
        bot.execute("INSERT INTO notes (name, value) VALUES ('being', 'written')")
        look_over(grown)


def test_half_a_file_is_no_database(grown: Path) -> None:
    with grown.open("r+b") as content:
        content.truncate(grown.stat().st_size // 2)
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        look_over(grown, 0)
