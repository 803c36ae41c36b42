"""The audit: who did what, when, what it was before and after. Written here only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Tx
from storage.tables import Audit


@dataclass(frozen=True)
class Change:
    """What it was and what it became, in ids and states, never names; and the reason given for it."""

    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str | None = None


async def line(tx: Tx, number: int) -> Audit | None:
    """A line, for a step that takes back what it tells of."""
    return await tx.get(Audit, number)


def log(tx: Tx, by: int | None, action: str, about: tuple[str, int | None], change: Change = Change(), *, now: datetime) -> Audit:
    """Add a line about a thing ("choice", 7). `by` is a person's id; None: the command line or the bot itself."""
    thing, number = about
    line = Audit(
        at=now,
        person_id=by,
        action=action,
        thing=thing,
        thing_id=number,
        before=change.before,
        after=change.after,
        reason=change.reason,
    )
    tx.add(line)
    return line
