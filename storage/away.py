"""When the database is away, whatever its driver calls that: told from a fault of our own here, and nowhere else."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

# SQLSTATEs: connection lost, out of room, memory or connections, shut down or starting, the machine's own, a standby that only reads.
_POSTGRES = ("08", "53", "57P", "58", "25006")
_SQLITE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    )
)
_LOST_IN_TRANSACTION = "8s2b"  # SQLAlchemy: a statement after the one that met the lost connection


class DatabaseAway(Exception):  # noqa: N818 - it passes
    """The database cannot be reached, or cannot keep anything now. What was being done may be done again: it is not known
    to be kept. The message names the driver's error and holds no values.
    """


class TermOver(DatabaseAway):
    """Another process leads now: nothing was written."""


def is_trouble(error: BaseException) -> bool:
    """Whether waiting helps: the database is away, full, locked or read-only. A wrong statement or a broken rule is no trouble."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or (error.orig is not None and _says_trouble(error.orig))
    if isinstance(error, PendingRollbackError):
        return error.code == _LOST_IN_TRANSACTION
    return isinstance(error, DatabaseAway | NoConnectionFree | ConnectionError) or _says_trouble(error)


def _says_trouble(error: BaseException) -> bool:
    """What the driver itself says."""
    state = getattr(error, "sqlstate", None)
    code = getattr(error, "sqlite_errorcode", None)
    return (isinstance(state, str) and state.startswith(_POSTGRES)) or (isinstance(code, int) and code & 0xFF in _SQLITE)


def reason(error: BaseException) -> str:
    """Why it is away in the driver's own words, such as «database or disk is full»: of these kinds they hold no values. Where it
    has none, ours, or the kind of its error.
    """
    while (inner := getattr(error, "orig", None) or error.__cause__) is not None:
        error = inner
    said = str(error).strip().splitlines() if _says_trouble(error) or isinstance(error, DatabaseAway) else []
    return said[0] if said else type(error).__name__


def name_trouble(engine: Engine) -> None:
    """Give a name, where they arise, to the drivers' errors that nobody could tell from others later: bare OSError and TimeoutError."""

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        try:
            return dialect.connect(*arguments, **named)
        except Exception as error:  # a refused password too: somebody is changing it, and nothing of ours is at fault
            raise DatabaseAway(type(error).__name__) from error

    @event.listens_for(engine, "handle_error")
    def _broken(context: ExceptionContext) -> DatabaseAway | None:
        if not isinstance(context.original_exception, OSError):
            return None
        context.is_disconnect = True
        return DatabaseAway(type(context.original_exception).__name__)
