"""The fence of PostgreSQL's processes: of whoever was relieved nothing is kept, however late it writes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

TERM = "leader-term"  # the note that counts the leaders

_term: ContextVar[int | None] = ContextVar("term", default=None)
_worker: ContextVar[int | None] = ContextVar("worker", default=None)

# Each row is held until the commit: whoever relieves waits for it. FOR KEY SHARE lets the worker itself renew its lease meanwhile.
_LEADS = text("SELECT value FROM notes WHERE name = :name FOR SHARE")
_WORKS = text("SELECT id FROM workers WHERE id = :id FOR KEY SHARE")


@contextlib.contextmanager
def leading(term: int | None) -> Iterator[None]:
    """What is written inside, and by tasks begun inside, is the work of this term's leader."""
    mark = _term.set(term)
    try:
        yield
    finally:
        _term.reset(mark)


@contextlib.contextmanager
def working(worker: int) -> Iterator[None]:
    """What is written inside, and by tasks begun inside, is this worker's."""
    mark = _worker.set(worker)
    try:
        yield
    finally:
        _worker.reset(mark)


async def still_leads(tx: AsyncSession) -> bool:
    """Whether this work is no leader's, or its term runs."""
    term = _term.get()
    return term is None or await tx.scalar(_LEADS, {"name": TERM}) == str(term)


async def still_works(tx: AsyncSession) -> bool:
    """Whether this work is no worker's, or nobody has relieved it."""
    worker = _worker.get()
    return worker is None or await tx.scalar(_WORKS, {"id": worker}) is not None
