"""Ids are never given again, on SQLite too: tables are AUTOINCREMENT, and stay so whatever a migration makes anew."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Connection, text

from storage.db import Database

PLAIN = "\tid INTEGER NOT NULL"
COUNTED = "\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"
_KEY = re.compile(r",\s*(?:CONSTRAINT \"?\w+\"? )?PRIMARY KEY \(id\)")
_HEAD = re.compile(r'^CREATE TABLE "?\w+"?')


def tables(connection: Connection) -> dict[str, str]:
    """Every table of ours and the statement that made it."""
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    )
    return {name: made for name, made in rows if _HEAD.match(made or "")}


def counted(made: str) -> str | None:
    """The statement of a numbered table so that its ids are never given again; None: it is none, or is so already."""
    if COUNTED in made or PLAIN not in made or not _KEY.search(made):
        return None
    return _KEY.sub("", made.replace(PLAIN, COUNTED, 1), count=1)


def given(connection: Connection) -> dict[str, int]:
    """For each table that counts, the highest id it ever gave."""
    if not connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")).scalar():
        return {}
    return {name: seq for name, seq in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}  # noqa: C416 - rows


def highest(connection: Connection) -> dict[str, int]:
    """For each numbered table, the highest id it ever gave, on both databases; one that never gave any is left out."""
    if connection.dialect.name == "sqlite":
        return given(connection)
    rows = connection.execute(
        text(
            "SELECT c.relname, s.last_value FROM pg_sequences s JOIN pg_class q ON q.relname = s.sequencename"
            " JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i') JOIN pg_class c ON c.oid = d.refobjid"
            " WHERE s.schemaname = 'public' AND s.last_value IS NOT NULL"
        )
    )
    return {name: number for name, number in rows}  # noqa: C416 - rows


def count_from(connection: Connection, given: Mapping[str, int]) -> None:
    """Each table's next id is above the one it is told here: rows came from elsewhere with their ids."""
    for name, number in given.items():
        if connection.dialect.name == "sqlite":
            begin_above(connection, name, number)
        elif number:
            asked = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)")
            connection.execute(asked, {"name": name, "number": number})


def remake(connection: Connection, name: str, made: str) -> None:
    """The table by another statement, with its rows and its indexes: SQLite's own way of altering what ALTER TABLE cannot.

    The foreign keys that point here keep the name; they are off meanwhile (storage/schema.py), and checked at the end.
    """
    indexes = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL ORDER BY name"),
        {"name": name},
    )
    again = [statement for (statement,) in indexes]
    new = f"_new_{name}"
    connection.exec_driver_sql(_HEAD.sub(f'CREATE TABLE "{new}"', made, count=1))
    columns = ", ".join(f'"{row.name}"' for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")'))
    copied = f'INSERT INTO "{new}" ({columns}) SELECT {columns} FROM "{name}" ORDER BY id'  # noqa: S608 - names of ours
    connection.exec_driver_sql(copied)
    connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "{new}" RENAME TO "{name}"')
    for statement in again:
        connection.exec_driver_sql(statement)


def begin_above(connection: Connection, name: str, highest: int) -> None:
    """The next id of the table is above this one, and above every id it has given."""
    held = {"name": name, "highest": highest}
    there = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), held).scalar()
    if there is None:
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"), held)
    elif there < highest:
        connection.execute(text("UPDATE sqlite_sequence SET seq = :highest WHERE name = :name"), held)


class Numbers:
    """What each migration on the way up must not lose: Alembic makes a table anew without its counting and its count."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._given: dict[str, int] = {}
        if connection.dialect.name == "sqlite":
            self._look()

    def kept(self, ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:  # noqa: ARG002 - Alembic's names
        """After a step, as `on_version_apply`: what counted goes on counting, from where it was."""
        if self._connection.dialect.name != "sqlite" or not step.is_upgrade:
            return
        there = tables(self._connection)
        for name in self._given.keys() & there.keys():
            if (made := counted(there[name])) is not None:
                remake(self._connection, name, made)
            begin_above(self._connection, name, self._given[name])
        self._look()

    def _look(self) -> None:
        """Which tables count and how far they are: one that never gave an id counts too, from nothing."""
        born = {name: 0 for name, made in tables(self._connection).items() if COUNTED in made}
        self._given = born | given(self._connection)


# ── an older copy is put back ───────────────────────────────────────────────────────────────────────────────────────

_ALL_LEAP = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, last_value + CAST(:leap AS bigint))
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"""
LEAP = 1000  # more rows than a table of what buttons name gets between two copies


async def leave_out_given(db: Database, replaced: Path | None = None) -> None:
    """What was given after a restored copy was taken is not given again: a button out there may still name it.

    The SQLite file it takes the place of says how far the ids had come; where there is none to ask, they leap.
    """
    if not db.is_sqlite:
        async with db.engine.begin() as connection:
            await connection.execute(text(_ALL_LEAP), {"leap": LEAP})
        return
    known = _given_in(replaced) if replaced is not None else {}

    def raise_all(connection: Connection) -> None:
        for name, seq in given(connection).items():
            begin_above(connection, name, max(seq, known[name]) if name in known else seq and seq + LEAP)

    async with db.engine.begin() as connection:
        await connection.run_sync(raise_all)


def _given_in(database: Path) -> dict[str, int]:
    """For each table that counts in another file; empty when it is not there, cannot be read or does not count."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as other:
            return dict(other.execute("SELECT name, seq FROM sqlite_sequence"))
    except sqlite3.Error:
        return {}
