"""That a postman is alive, and which of its fellows is not: on PostgreSQL, where several work on one outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.clock import Clock
from storage import outbox
from storage.away import DatabaseAway
from storage.db import Database

log = structlog.get_logger()

LOOK = 1.0  # seconds between two looks
GRACE = 3.0  # seconds without a sign of life: a server that was restarted has forgotten everybody for a moment


class Presence:
    """Holds a lock that ends with this process, and takes over the letters of those whose lock has ended."""

    def __init__(self, db: Database, clock: Clock, owner: str, stir: Callable[[], None]) -> None:
        self.db = db
        self.clock = clock
        self.owner = owner
        self.stir = stir  # there are letters to be taken over now
        self._missed: dict[str, float] = {}  # owner: when first found without a lock, in the loop's time

    async def keep(self) -> None:
        """Until cancelled. On SQLite there is nobody else."""
        if self.db.is_sqlite:
            return
        lock = self.db.presence(self.owner)
        try:
            while True:
                try:
                    if not lock.held:
                        self._missed.clear()
                        await lock.hold()
                    await lock.check()
                    await self.look()
                except DatabaseAway:
                    self._missed.clear()
                await asyncio.sleep(LOOK)
        finally:
            await lock.drop()

    async def look(self) -> None:
        """One look at who has letters in flight and no lock."""
        now = asyncio.get_running_loop().time()
        async with self.db.read() as tx:
            absent = await self.db.absent(tx, await outbox.workers(tx) - {self.owner})
        self._missed = {owner: self._missed.get(owner, now) for owner in absent}
        gone = [owner for owner, since in self._missed.items() if now - since >= GRACE]
        if not gone:
            return
        async with self.db.write() as tx:
            count = await outbox.reap(tx, now=self.clock.now(), gone=gone)
        log.warning("letters of a postman that is gone are taken over", count=count)
        self.stir()
