"""Whether the bot may start or go on: its refusals, and that it is the only one on its SQLite file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from storage.backup import RESTORING
from storage.disk import locked, opener


class Refused(Exception):  # noqa: N818 - an answer
    """The bot cannot start or go on; the message is one line for a person."""


class Away(Refused):
    """Telegram cannot be reached now; it may be later. `wait`: the seconds it has asked for, where it has said so itself."""

    def __init__(self, why: str, wait: float = 0) -> None:
        super().__init__(why)
        self.wait = wait


@contextlib.contextmanager
def alone(database: Path) -> Iterator[None]:
    """Held while one bot works on a SQLite file; Refused for a second one."""
    with open(f"{database}.lock", "w", opener=opener) as lock:
        if not locked(lock):
            raise Refused(f"another bot already works on {database}: stop it first")
        for left in database.parent.glob(f"{database.name}{RESTORING}*"):  # a restore was killed: a copy nobody was erased from
            left.unlink(missing_ok=True)
        yield


def first(group: BaseExceptionGroup[BaseException]) -> str:
    """The message of the innermost first exception."""
    inner: BaseException = group
    while isinstance(inner, BaseExceptionGroup):
        inner = inner.exceptions[0]
    return str(inner)
