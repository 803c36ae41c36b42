"""Whether letters may go now: asked before every look into the outbox, and by whoever watches how long they wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select

from storage.db import Tx
from storage.prepared import Prepared
from storage.tables import Letter
from storage.unsaid import hanging, in_hand, waiting

LONGEST_WAIT = timedelta(minutes=15)  # between two tries


def due(letter: type[Letter], now: Any, far: Any = None) -> ColumnElement[bool]:
    """Whether a letter may go. A clock that was put back keeps none waiting for what it takes to catch up: what was due
    when it was written is due, and what waits longer for its next try than anything ever waits (until after `far`) is due.
    """
    return or_(
        letter.due_at <= now,
        and_(letter.created_at > now, letter.due_at <= letter.created_at),
        and_(letter.state == "retry", letter.due_at > (now + LONGEST_WAIT if far is None else far)),
    )


async def anything_due(tx: Tx, *, now: datetime) -> bool:
    """Whether a letter may go, or a worker's lease has run out."""
    return bool(await _ANYTHING_DUE.value(tx, now=now, far=now + LONGEST_WAIT))


def _anything_due(now: Any, far: Any) -> Prepared:
    waits = and_(waiting(), due(Letter, now, far))
    late = and_(in_hand(), Letter.lease_until <= now)
    return Prepared(select(exists().where(hanging(), or_(waits, late))))


_ANYTHING_DUE = _anything_due(bindparam("now"), bindparam("far"))


async def due_since(tx: Tx, *, now: datetime) -> tuple[int, datetime | None]:
    """(how many letters wait though they are due, since when the oldest of them is due)."""
    asked = select(func.count(Letter.id), func.min(Letter.due_at)).where(waiting(), due(Letter, now))
    count, oldest = (await tx.execute(asked)).one()
    return count, oldest
