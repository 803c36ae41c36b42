"""Whether a SQLite file is damaged: asked of SQLite itself, table by table, for as long as there is time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from math import inf
from pathlib import Path
from threading import Event, Timer
from urllib.parse import quote

GLANCE = 0.04  # seconds for a command that asks only whether the bot can start: a database of 100 MB is read for half a second


class Damaged(sqlite3.DatabaseError):
    """What SQLite found when it was asked to look; as its own errors, where it comes upon damage by itself."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def look_over(database: Path, seconds: float | None = None) -> None:
    """sqlite3.DatabaseError at the first damage. The bot may be at work meanwhile.

    Both ends of every table are always looked at; then table by table with its indexes, those with few rows first, until the
    `seconds` are over (None: to the end).
    """
    with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True, timeout=5, check_same_thread=False)) as db:
        tables, over = _by_rows(db), Event()

        def ring() -> None:
            over.set()
            db.interrupt()

        if seconds is None:
            _look_through(db, tables, over)
            return
        bell = Timer(seconds, ring)
        bell.start()
        try:
            _look_through(db, tables, over)
        finally:
            bell.cancel()
            bell.join()  # it never rings at a connection that is closed


def _by_rows(db: sqlite3.Connection) -> list[str]:
    """The tables, those with few rows first; for that each is entered from both ends, which a damaged root does not survive."""
    rows: dict[str, float] = {}
    tables = "SELECT name, instr(upper(sql), 'WITHOUT ROWID') FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    for name, keyed in db.execute(tables).fetchall():
        db.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - a name of our own tables
        (last,) = (inf,) if keyed else db.execute(f'SELECT max(rowid) FROM "{name}"').fetchone()  # noqa: S608
        rows[name] = last or 0
    return sorted(rows, key=rows.__getitem__)


def _look_through(db: sqlite3.Connection, tables: list[str], over: Event) -> None:
    for name in tables:
        if over.is_set():
            return
        try:
            (verdict,) = db.execute(f'PRAGMA quick_check("{name}")').fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return
            raise
        if verdict != "ok":
            raise Damaged(str(verdict).splitlines()[-1])
