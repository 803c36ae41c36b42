"""That an update is done with is recorded with what comes next, in one commit; when nothing comes, a moment later by itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DBAPIError

from storage import inbox, talks
from storage.away import DatabaseAway
from storage.db import Database, Tx

log = structlog.get_logger()

LINGER = 0.02  # seconds that what is done waits for something to be recorded with
AGAIN = 0.5  # seconds until a commit that failed is tried again


@dataclass(frozen=True)
class Batch:
    """What one commit records: updates that are done with, and the pages left to updates that wait (JSON)."""

    done: list[int]
    talked: list[int]  # those that changed a talk
    undrawn: dict[int, str]

    async def write(self, tx: Tx) -> None:
        if self.done:
            await inbox.done(tx, self.done, self.talked)
            for update_id, page in self.undrawn.items():
                await inbox.leave_undrawn(tx, update_id, page)


class Recording:
    """What is done with and not recorded yet: after a kill it is handled again, so a chat goes on only once it is recorded."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._done: dict[int, int] = {}  # update → its lane
        self._undrawn: dict[int, str] = {}
        self._something = asyncio.Event()
        self._commit = asyncio.Event()  # the next one that records what is done
        self._hurry = asyncio.Event()
        self._hurried = 0  # by so many

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._done

    def __bool__(self) -> bool:
        return bool(self._done)

    def clear(self) -> None:
        self._done.clear()
        self._undrawn.clear()

    def note(self, update_id: int, lane: int) -> None:
        """It is done with."""
        self._done[update_id] = lane

    def leave(self, pages: dict[int, str]) -> None:
        """Pages left to updates that wait, recorded with the next that is done."""
        self._undrawn |= pages

    def ring(self) -> None:
        """Something is over: there may be something to record, or nothing left to do."""
        self._something.set()

    async def of(self, lane: int) -> None:
        """Until all that is done of a lane is recorded."""
        while lane in self._done.values():
            with self.hurried():
                await self._commit.wait()

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """Around waiting for it: nothing lingers meanwhile."""
        self._hurried += 1
        self._hurry.set()
        try:
            yield
        finally:
            self._hurried -= 1
            if not self._hurried:
                self._hurry.clear()

    async def batch(self) -> Batch:
        """All there is to record now. DatabaseAway while it cannot be known."""
        done, undrawn = [*self._done], dict(self._undrawn)
        if not done:
            return Batch([], [], {})
        async with self.db.read() as tx:
            return Batch(done, await talks.changed_by(tx, done), undrawn)

    def recorded(self, batch: Batch) -> None:
        """It is committed."""
        for each in batch.done:
            self._done.pop(each, None)
        if batch.done:
            self._undrawn = {each: page for each, page in self._undrawn.items() if batch.undrawn.get(each) != page}
        self._commit.set()
        self._commit = asyncio.Event()

    async def run(self, after: Callable[[list[int]], None]) -> None:
        """Record what nothing else has recorded, as much as there is in one commit; `after` hears what it was."""
        while True:
            await self._something.wait()
            self._something.clear()
            await self._linger()
            try:
                batch = await self.batch()
                if batch.done:
                    async with self.db.write() as tx:
                        await batch.write(tx)
                    self.recorded(batch)
            except (DBAPIError, DatabaseAway) as trouble:
                if not isinstance(trouble, DatabaseAway):  # which has said so itself, once
                    log.warning("could not record what is done; trying again", why=type(trouble).__name__)
                await asyncio.sleep(AGAIN)
                self._something.set()
                continue
            after(batch.done)

    async def _linger(self) -> None:
        if self._done:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINGER):
                    await self._hurry.wait()
