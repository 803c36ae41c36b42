"""Whether the database answers and keeps what is written: said once when that ends, and once when it is over."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Literal

import structlog

from bot.turn import heeding
from storage.away import DatabaseAway, TermOver, is_trouble, reason

log = structlog.get_logger()

# What changes something, and concerns nobody: one row, or (PostgreSQL, where many write at a time) the next transaction's number.
PROBES = {
    "sqlite": "INSERT INTO notes (name, value) VALUES ('probe', '1') ON CONFLICT (name) DO UPDATE SET value = value + 1",
    "postgresql": "SELECT txid_current()",
}


class Noticing:
    """What of the database is away now: reading, writing or both, for a full disk can still be read."""

    def __init__(self) -> None:
        self._away: set[str] = set()

    @property
    def keeps(self) -> bool:
        """Whether the last that was written was kept. While it was not, each transaction writes one of PROBES too: on a
        full disk those that happen to write nothing succeed.
        """
        return "writing" not in self._away

    @contextlib.contextmanager
    def of(self, what: Literal["reading", "writing"]) -> Iterator[None]:
        """Call every driver's trouble DatabaseAway."""
        try:
            with heeding():
                yield
        except TermOver:
            raise
        except Exception as error:
            if not is_trouble(error):
                raise
            if what not in self._away:
                self._away.add(what)
                log.warning("the database is away; what needs it waits", at=what, why=reason(error))
            if isinstance(error, DatabaseAway):
                raise
            raise DatabaseAway(type(getattr(error, "orig", None) or error).__name__) from error
        if what in self._away:
            self._away.remove(what)
            log.warning("the database is back", at=what)
