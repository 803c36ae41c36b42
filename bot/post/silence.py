"""A wait that Telegram has asked for outlives the process that heard of it: whoever does not heed it waits longer.

SQLite's one process remembers it for its next life. Those of PostgreSQL tell each other (bot/post/fellows.py).
"""

from __future__ import annotations

import asyncio
import json

from bot.clock import Clock
from bot.post.pace import Pace
from storage import notes
from storage.db import Database

TOLD = "told-to-wait"  # the note: [until when, in seconds of 1970; how long it was then]


class Silence:
    """Listens to the pace; `keep` writes down what it hears, `heed` at the next start waits for what is left of it."""

    def __init__(self, db: Database, pace: Pace, clock: Clock) -> None:
        self.db, self.pace, self.clock = db, pace, clock
        self._said: tuple[float, float] | None = None
        self._bell = asyncio.Event()
        pace.told = self._told

    async def heed(self) -> None:
        """What an earlier life was told. Never longer than it was told then: a clock may have been put back."""
        async with self.db.read() as tx:
            kept = await notes.note(tx, TOLD)
        if kept is not None:
            until, seconds = json.loads(kept)
            self.pace.be_silent(min(until - self.clock.now().timestamp(), seconds))

    async def keep(self) -> None:
        """Until it is cancelled."""
        while True:
            await self._bell.wait()
            self._bell.clear()
            await self.db.insist(self._write)

    async def _write(self) -> None:
        async with self.db.write() as tx:
            await notes.keep(tx, TOLD, json.dumps(self._said))

    def _told(self, seconds: float) -> None:
        until = self.clock.now().timestamp() + seconds
        if self._said is None or until > self._said[0]:
            self._said = (until, seconds)
            self._bell.set()
