"""Which statements the database was asked while something happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.db import Database


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """The statements of the block, as they went to the database, one after another."""
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(" ".join(statement.split()))

    for engine in db.engines:
        event.listen(engine, "before_cursor_execute", note)
    yield heard
    for engine in db.engines:
        event.remove(engine, "before_cursor_execute", note)
