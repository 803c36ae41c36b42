"""Inserting what may be there already: SQLite and PostgreSQL say it alike, SQLAlchemy keeps it once for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from storage.db import Tx

Row = Mapping[str, Any]


def insert_new(tx: Tx, table: Any, rows: Row | Sequence[Row], *, by: str | None = None) -> SqliteInsert | PostgresInsert:
    """Insert rows; one that is there already stays as it is.

    `by`: the column whose repetition says that it is there; without one, any unique key does.
    """
    return _insert(_dialect(tx), table).values(rows).on_conflict_do_nothing(index_elements=None if by is None else [by])


def insert_each_new(tx: Tx, table: Any, *, by: str, **reckoned: Any) -> SqliteInsert | PostgresInsert:
    """The same for very many rows, given when it is executed: the statement is put together once, whatever their number.

    `reckoned`: columns whose values the database reckons itself, from names that the rows give.
    """
    return _insert_each_new(_dialect(tx), table, by, tuple(reckoned.items()))


@cache
def _insert_each_new(dialect: str, table: Any, by: str, reckoned: tuple[tuple[str, Any], ...]) -> SqliteInsert | PostgresInsert:
    made = _insert(dialect, table).on_conflict_do_nothing(index_elements=[by])
    return made.values(dict(reckoned)) if reckoned else made


def insert_or_change(tx: Tx, table: Any, row: Row, *, by: str, change: Row) -> SqliteInsert | PostgresInsert:
    """Insert a row; of one with the same `by` that is there already, change only this."""
    return _insert(_dialect(tx), table).values(row).on_conflict_do_update(index_elements=[by], set_=change)


def _dialect(tx: Tx) -> str:
    return tx.get_bind().dialect.name


def _insert(dialect: str, table: Any) -> SqliteInsert | PostgresInsert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
