"""A SQLite file of which a page is lost, as a disk that fails leaves it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def one(file: Path, question: str) -> int:
    """The one number this asks for."""
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute(question).fetchone()[0])


def root_of(file: Path, name: str) -> int:
    """The first page of a table or an index."""
    return one(file, f"SELECT rootpage FROM sqlite_master WHERE name = '{name}'")  # noqa: S608 - our own name


def overwrite(file: Path, page: int) -> None:
    """This page (from 1) is lost."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = one(file, "PRAGMA page_size")
    with file.open("r+b") as content:
        content.seek((page - 1) * size)
        content.write(b"\xff" * size)
