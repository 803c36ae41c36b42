"""What of this process's work depends on the others of its database: who takes updates in, who leads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.alarms import Alarms
from bot.post.fellows import Fellows
from bot.telegram.intake import Intake
from storage import fence
from storage.db import Database

log = structlog.get_logger()

STANDBY_SECONDS = 3  # between two tries to become the one that leads


class Shift:
    """On SQLite there is one process, which leads and takes updates in. On PostgreSQL any number take updates in, each under a
    number of its own, and one of them leads: it asks Telegram for updates where they are asked for, and rings the alarms.
    """

    def __init__(self, db: Database, intake: Intake, alarms: Alarms, fellows: Fellows | None, *, poll: bool) -> None:
        self.db = db
        self.intake = intake
        self.alarms = alarms
        self.fellows = fellows
        self.poll = poll
        self.began: Callable[[], None] = lambda: None  # updates are taken in here
        self.ended: Callable[[], None] = lambda: None

    async def work(self) -> None:
        """Until cancelled; TokenRefused when Telegram knows the bot no more."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._lead())
            if self.fellows is not None:
                tasks.create_task(self.take_part(self.fellows))

    # ── leading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _lead(self) -> None:
        """Ring the alarms, for as long as no other process of this database does."""
        await self.intake.count_deaths()
        while True:
            while not await self.db.insist(self.db.lead):  # noqa: ASYNC110 - what it waits for happens in another process
                await asyncio.sleep(STANDBY_SECONDS)
            with self.db.reigning():
                await self._reign()
            log.warning("this process leads no more; it tries to lead again")

    async def _reign(self) -> None:
        """Until another process may lead."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self.alarms.start()
                taking_in: list[asyncio.Task[None]] = []
                if self.fellows is None:
                    taking_in.append(tasks.create_task(self.intake.run(poll=self.poll)))
                    self.began()
                elif self.poll:
                    taking_in.append(tasks.create_task(self.intake.poll()))
                await self.db.deposed()
                for task in taking_in:
                    task.cancel()
        finally:
            self.alarms.stop()
            if self.fellows is None:
                self.ended()

    # ── taking part ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def take_part(self, fellows: Fellows) -> None:
        """Take updates in and handle them beside other processes: anew, under another number, when taken for dead."""
        while True:
            await self.intake.count_deaths()
            me = await self.db.insist(fellows.enter)
            with fence.working(me):
                await self._handle(fellows)

    async def _handle(self, fellows: Fellows) -> None:
        """Until this process is relieved."""
        try:
            async with asyncio.TaskGroup() as tasks:
                taking_in = tasks.create_task(self.intake.run(poll=False))
                keeping, refused = tasks.create_task(fellows.keep()), tasks.create_task(self.db.relieved())
                resumed = tasks.create_task(self.intake.resumed())  # never, if it is relieved before
                await asyncio.wait({resumed, keeping, refused}, return_when=asyncio.FIRST_COMPLETED)
                if resumed.done():
                    self.began()
                    await asyncio.wait({keeping, refused}, return_when=asyncio.FIRST_COMPLETED)
                for task in (taking_in, resumed, keeping, refused):
                    task.cancel()
        finally:
            self.ended()
