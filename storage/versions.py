"""A number that moves, in the same transaction, whenever anything the catalogue is made of changes: what is kept in a process goes by it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, ScalarSelect, event, select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.tables import Note

CATALOGUE = "catalogue-version"
_MADE_OF = ("courses", "organizations", "course_groups", "staff", "slots", "class_hours", "roads", "years")
# Not a switch of the services: a writer nobody has thought of (the command line, a repair by hand through us) counts too.
_CHANGES = re.compile(rf"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(?:{'|'.join(_MADE_OF)})\b", re.IGNORECASE)
_MOVE = (
    f"INSERT INTO notes (name, value) VALUES ('{CATALOGUE}', '1') "  # noqa: S608 - our own constant
    "ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(notes.value AS BIGINT) + 1 AS TEXT)"
)
_MOVED = "catalogue moved"


def watch(engine: AsyncEngine) -> None:
    """Move the catalogue's version with every transaction of this engine that changes what it is made of."""

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.info.pop(_MOVED, None)

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def _before(connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool) -> None:
        if _CHANGES.match(statement) and not connection.info.get(_MOVED):
            connection.info[_MOVED] = True
            connection.exec_driver_sql(_MOVE)


def version_of_catalogue() -> ScalarSelect[str]:
    """The version as a column of another question; None as long as nothing was ever written."""
    return select(Note.value).where(Note.name == CATALOGUE).scalar_subquery()
