"""A database made before academic years were facts opens, moves and holds the same, now with its year; SQLite and PostgreSQL.

`main-before-19.sqlite3.sql.gz` is what the tour of that version left: applications, requests, lessons and marks made by people.
"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, create_engine, insert, text

from storage.db import Database
from storage.doctor import violations
from storage.migrate import migrate
from storage.schema import difference
from storage.tables import Table

FILES = Path(__file__).parent.parent / "files"
BEFORE = "0007"
HELD = {
    "applications": 7,
    "choices": 8,
    "requests": 2,
    "lessons": 328,
    "journal_entries": 7,
    "letters": 27,
    "people": 9,
    "tasks": 43,
}
STEPS = 40
MARKS = (
    "SELECT p.code, c.name, j.value FROM journal_entries j JOIN pupils p ON p.id = j.pupil_id"
    " JOIN course_groups g ON g.id = j.group_id JOIN courses c ON c.id = g.course_id WHERE j.kind = 'mark' ORDER BY p.code, j.id"
)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The database of the version before, as a SQLite file."""
    file = tmp_path / "before.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(gzip.decompress((FILES / "main-before-19.sqlite3.sql.gz").read_bytes()).decode())
    return file


@pytest.fixture
async def old(empty_db: Database, before: Path) -> Database:
    """Its rows in a database of either kind, at the revision that wrote them."""
    await migrate(empty_db, BEFORE)
    async with empty_db.engine.begin() as connection:
        await connection.run_sync(_filled, before)
    return empty_db


def _filled(here: Connection, file: Path) -> None:
    there = create_engine(f"sqlite:///{file}")
    held, tables = MetaData(), MetaData()
    held.reflect(there)
    tables.reflect(here)
    if here.dialect.name == "sqlite":
        here.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    with there.connect() as reading:
        for table in reversed(Table.metadata.sorted_tables):  # what the making of an empty one wrote
            if table.name in held.tables:
                here.execute(tables.tables[table.name].delete())
        for table in Table.metadata.sorted_tables:
            if table.name in held.tables:
                rows = [dict(row) for row in reading.execute(held.tables[table.name].select()).mappings()]
                if rows:
                    here.execute(insert(tables.tables[table.name]), rows)
    there.dispose()


async def _of(db: Database, asked: str) -> list[tuple[Any, ...]]:
    async with db.read() as tx:
        return [tuple(row) for row in await tx.execute(text(asked))]


async def test_it_holds_the_same_now_with_its_year(old: Database) -> None:
    marks = await _of(old, MARKS)
    assert len(marks) > 2
    await migrate(old)
    assert await difference(old) == []
    for table, count in HELD.items():
        assert await _of(old, f"SELECT count(*) FROM {table}") == [(count,)]  # noqa: S608 - names of ours
    assert await _of(old, MARKS) == marks
    assert await _of(old, "SELECT year, count(*) FROM courses GROUP BY year") == [(2026, 8)]
    assert await _of(old, "SELECT year, count(*) FROM course_groups GROUP BY year") == [(2026, 8)]
    assert await _of(old, "SELECT year, count(*) FROM applications GROUP BY year") == [(2026, 7)]
    assert await _of(
        old, "SELECT r.year, o.role, count(*) FROM requests r JOIN organizations o ON o.id = r.school_id GROUP BY 1, 2"
    ) == [(2026, "base", 2)]
    assert await _of(
        old, "SELECT h.year, o.role, count(*) FROM class_hours h JOIN organizations o ON o.id = h.school_id GROUP BY 1, 2"
    ) == [(2026, "base", 25)]
    assert await _of(old, "SELECT o.role, count(*) FROM steps s JOIN organizations o ON o.id = s.school_id GROUP BY 1") == [
        ("base", STEPS)
    ]
    assert await _of(old, "SELECT count(*) FROM steps WHERE year <> 2026") == [(0,)]
    assert await _of(
        old, "SELECT count(*) FROM calendar_days d JOIN organizations o ON o.id = d.school_id WHERE o.role <> 'base'"
    ) == [(0,)]
    async with old.read() as tx:
        assert await violations(tx) == {}


async def test_what_stands_in_the_journal_gets_a_first_revision_with_whom_and_which_file_it_came_from(old: Database) -> None:
    await migrate(old)
    assert await _of(
        old,
        "SELECT w.source, w.file, p.name, count(*) FROM journal_revisions r JOIN journal_writings w ON w.id = r.writing_id "
        "LEFT JOIN people p ON p.id = w.by GROUP BY w.id, w.source, w.file, p.name ORDER BY w.id",
    ) == [("before", "журнал.csv", None, 4)]  # the other three are of a pupil who was erased


async def test_every_further_school_gets_the_steps_and_the_days_it_had_been_reading(old: Database) -> None:
    async with old.write() as tx:
        await tx.execute(text("INSERT INTO organizations (id, code, name, role) VALUES (900, 'Ш9', 'Школа № 9', 'base')"))
        if not old.is_sqlite:
            await tx.execute(text("SELECT setval(pg_get_serial_sequence('steps', 'id'), 1000)"))
        await tx.execute(text("INSERT INTO calendar_days (day, kind) VALUES ('2027-01-11', 'holidays')"))
    days = await _of(old, "SELECT count(*) FROM calendar_days")
    await migrate(old)
    of_schools = "SELECT count(*) FROM {} r JOIN organizations o ON o.id = r.school_id GROUP BY o.id ORDER BY o.id"
    assert await _of(old, of_schools.format("steps")) == [(STEPS,), (STEPS,)]
    assert await _of(old, of_schools.format("calendar_days")) == [*days, *days]
    assert await _of(old, "SELECT count(DISTINCT s.school_id) FROM tasks t JOIN steps s ON s.id = t.step_id") == [(1,)]


async def test_an_empty_database_moves_both_ways(empty_db: Database) -> None:
    await migrate(empty_db, BEFORE)
    await migrate(empty_db)
    assert await difference(empty_db) == []


async def test_the_way_back_keeps_one_year(old: Database) -> None:
    marks = await _of(old, MARKS)
    await migrate(old)
    await migrate(old, BEFORE)
    for table, count in HELD.items():
        assert await _of(old, f"SELECT count(*) FROM {table}") == [(count,)]  # noqa: S608 - names of ours
    assert await _of(old, MARKS) == marks
