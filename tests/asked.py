"""Which statements the database was asked while something happened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import event

from storage.db import Database


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """The statements of the block, as they went to the database, one after another."""
    with asked(db) as heard:
        said: list[str] = []
        yield said
        said += [statement for statement, _ in heard]


@contextmanager
def asked(db: Database) -> Iterator[list[tuple[str, Any]]]:
    """The same, each with its values (of one that is asked with many rows, their list)."""
    heard: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        heard.append((" ".join(statement.split()), values))

    for engine in db.engines:
        event.listen(engine, "before_cursor_execute", note)
    yield heard
    for engine in db.engines:
        event.remove(engine, "before_cursor_execute", note)


def plan(db: Database, statement: str, values: Any) -> list[str]:
    """How SQLite goes about a statement whose values it learns only later, as it is asked in earnest."""
    one = values[0] if isinstance(values, list) and values and isinstance(values[0], list | tuple) else values
    with closing(sqlite3.connect(str(db.url.database))) as connection:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", one)]
