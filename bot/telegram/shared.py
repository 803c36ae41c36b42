"""Taking updates in beside other processes of the same PostgreSQL: whose they are, what is here already, whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.post.fellows import Fellows
from storage import inbox, lanes, workers
from storage.away import DatabaseAway
from storage.db import Database
from storage.inbox import Arrived

TRIES = 5  # of keeping an update whose process is relieved at this very moment


class Shared:
    """What one process knows of the inbox of several. An update is handled here when its row says so, and once."""

    def __init__(self, db: Database, fellows: Fellows, *, spread: bool) -> None:
        self.db = db
        self.fellows = fellows
        self.spread = spread  # one process asks for the updates of all, and hands them on
        self.to_serve: list[int] = []  # have had their turn: the others are to know
        self._here: set[int] = set()  # lined up here, until it is known that a look sees them as done
        self._past: list[int] = []
        self._inherited: set[int] = set()  # somebody who is gone may have begun with them
        fellows.inherit = self.inherit

    def begin(self) -> None:
        """Anew: nothing is in hand."""
        self._here.clear()
        self._past.clear()
        self.to_serve.clear()

    def inherit(self, updates: Sequence[int]) -> None:
        """Updates of a process that is gone are this one's now."""
        self._inherited |= set(updates)
        self.fellows.called.set()

    async def keep(self, arrived: Sequence[Arrived], now: datetime) -> tuple[int, list[Arrived]]:
        """Keep a batch. Returns how many were new, and those to be lined up here at once; what else is this process's, behind
        something not here yet, comes with the next look; whoever the others belong to is called.
        """
        new = await self._kept(arrived, now)
        mine = []
        for each in new:
            if each.worker != self.fellows.me:
                continue
            if each.behind is None or each.behind in self._here:
                mine.append(each)
                self._here.add(each.update_id)
            else:
                self.fellows.called.set()
        return len(new), mine

    async def _kept(self, arrived: Sequence[Arrived], now: datetime) -> list[Arrived]:
        for _ in range(TRIES):
            try:
                async with self.db.write() as tx:
                    new = await lanes.keep(tx, arrived, self._whose(), now=now)
                    whose = {each.worker for each in new if each.worker is not None} - {self.fellows.me}
                    await workers.call(tx, [workers.channel(worker) for worker in whose])
                return new
            except IntegrityError:  # whoever had the chat in hand was relieved meanwhile
                continue
        raise DatabaseAway("whose they are changes all the time")

    def _whose(self) -> Callable[[int | None], int]:
        me = self.fellows.me
        if me is None:
            raise DatabaseAway("this process takes nothing in now")
        return self.fellows.whose if self.spread else lambda _: me

    async def assigned(self) -> list[Arrived]:
        """What is this process's and is not here yet, in the order of arrival. To be lined up before anything else is kept."""
        self._here.difference_update(self._past)
        self._past.clear()
        if self.fellows.me is None:
            return []
        async with self.db.read() as tx:
            unknown = [each for each in await lanes.waiting(tx, self.fellows.me) if each not in self._here]
            found = await inbox.unfinished(tx, unknown) if unknown else []
        self._here.update(each.update_id for each in found)
        begun = {each.update_id for each in found if self.fellows.relieving or each.update_id in self._inherited}
        self._inherited -= begun
        return [replace(each, again=each.update_id in begun) for each in found]

    def recorded(self, updates: Sequence[int]) -> None:
        """They are done with, and it is kept: the next look will not see them."""
        self._past += updates

    async def is_next(self, each: Arrived) -> bool:
        """Whether it may have its turn among all chats of all processes."""
        async with self.db.read() as tx:
            return await lanes.is_next(tx, each.arrival)

    async def record_served(self) -> list[int]:
        """Tell the others who has had their turn; returns these."""
        served = list(self.to_serve)
        try:
            async with self.db.write() as tx:
                await lanes.served(tx, served)
        except DBAPIError as trouble:  # the same rows are being recorded as done: two statements may have met
            raise DatabaseAway(type(trouble).__name__) from trouble
        del self.to_serve[: len(served)]
        return served
