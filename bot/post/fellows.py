"""This process among those that work on the same PostgreSQL: its lease, the updates of the dead, its share of the token's pace."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from sqlalchemy.exc import DBAPIError

from bot.metrics import SLOTS
from bot.post.pace import WINDOW, Pace
from storage import lanes, workers
from storage.away import DatabaseAway
from storage.db import Database
from storage.sessions import Listening
from storage.workers import Seen

log = structlog.get_logger()

BEAT = 0.5  # seconds between two signs of life
GRACE = 2.0  # seconds for which a lease must have been seen to be over: a server that was away has let all of them run out
AWAKE = 4 * BEAT  # seconds of silence after which nobody is given what nobody has in hand
LEAST = 1  # messages a second kept for whoever has none to send: somebody may press a button there


class Fellows:
    """Enters, gives signs of life, looks for the dead and shares the pace, until it is relieved or leaves."""

    def __init__(self, db: Database, pace: Pace, rate: int) -> None:
        self.db = db
        self.pace = pace
        self.rate = rate  # of the token
        self.me: int | None = None
        self.living: list[int] = []  # as last seen, itself included
        self.awake: list[int] = []  # … those heard of just now
        self.called = asyncio.Event()  # somebody kept updates that are this process's
        self.race = asyncio.Event()  # whoever is next among all chats may have their turn
        self.deaths: Callable[[], Awaitable[None]] = _nothing  # counts what was at work when processes of this machine died
        self.inherit: Callable[[Sequence[int]], None] = lambda _: None  # updates of one that is gone
        self.shared: Callable[[int], None] = lambda _: None  # how many messages a second are this process's now
        self._bell, self._beaten, self._told = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._seen: list[Seen] = []
        self._line = Listening(db.url)
        self._late: dict[int, float] = {}  # process: when its lease was first seen to be over, in the loop's time
        self._said: list[float] = []  # 429s the others do not know of yet
        self._slots = 0  # the pace's
        self._kept = 0  # the row's, as this process last wrote it: what a beat saw may be older
        self._doubtful: set[int] = set()  # whether these were relieved by this process is not known
        pace.told = self._tell

    async def enter(self) -> int:
        """Begin under a new number; DatabaseAway when there is nobody to ask."""
        async with self.db.write() as tx:
            self.me, left = await workers.enter(tx)
        self.inherit(left)
        self._slots = self._kept = 0
        self._doubtful.clear()
        self.pace.share(0)
        await self._listen(self.me)
        await self._beat(self.me)
        await self._act(self.me)
        return self.me

    async def keep(self) -> None:
        """Until it is relieved."""
        assert self.me is not None  # noqa: S101 - `enter` comes first
        async with asyncio.TaskGroup() as tasks:
            # By themselves: what they wait for must not cost the lease.
            beside = [tasks.create_task(each(self.me)) for each in (self._keep_acting, self._keep_telling)]
            while await self._insist(self._beat, self.me):
                self._beaten.set()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await self._bell.wait()
                self._bell.clear()
            for each in beside:
                each.cancel()
        self.me = None
        log.warning("this process was taken for dead; it begins anew")

    async def _keep_acting(self, me: int) -> None:
        while True:
            await self._beaten.wait()
            self._beaten.clear()
            await self._insist(self._act, me)

    async def _keep_telling(self, me: int) -> None:
        while True:
            await self._told.wait()
            self._told.clear()
            await self._insist(self._tell_others, me)

    async def _insist(self, work: Callable[[int], Awaitable[bool]], me: int) -> bool:
        """What is done again at the next beat when the database is away."""
        try:
            return await work(me)
        except (DatabaseAway, DBAPIError) as trouble:
            self._late.clear()
            if not isinstance(trouble, DatabaseAway):  # which has said so itself, once
                log.info("no sign of life could be given", why=type(trouble).__name__)
            return True

    async def leave(self) -> None:
        """In order: what is left belongs to the others at once. Never fails: they find out by themselves."""
        me, self.me = self.me, None
        await self._line.drop()
        if len(self.living) > 1 and self.pace.used:
            await asyncio.sleep(WINDOW)  # what it sent last counts still when the others have its share
        if me is not None:
            with contextlib.suppress(DatabaseAway, DBAPIError):
                async with self.db.write() as tx:
                    await workers.leave(tx, me)

    @property
    def relieving(self) -> bool:
        """Whether what is newly this process's may be one's who is gone."""
        return bool(self._doubtful)

    def whose(self, chat: int | None) -> int:
        """Whose a chat is that nobody has in hand, where one process asks for the updates of all: spread evenly."""
        return self.awake[hash(chat) % len(self.awake)]

    async def _listen(self, me: int) -> None:
        ears: dict[str, Callable[[str], None]] = {
            workers.channel(me): lambda _: self.called.set(),
            workers.RACE: lambda _: self.race.set(),
            workers.ALL: lambda _: self._bell.set(),
            workers.HUSH: lambda seconds: self.pace.be_silent(float(seconds)),
        }
        await self._line.listen(ears)
        self.called.set()  # what was called meanwhile

    async def _beat(self, me: int) -> bool:
        """One sign of life and one look at the others; False: this process was relieved."""
        if not self._line.held:
            self._late.clear()
            await self._listen(me)
        facts = {"me": me, "wants": min(self.pace.wanted, self.rate), "lease": workers.LEASE, "silent": workers.SILENT}
        rows = await self._line.rows(workers.BEAT, **facts)
        if not rows or not rows[0].renewed:
            return False
        if rows[0].silent > 0:
            self.pace.be_silent(rows[0].silent)
        self._seen = [Seen(row.id, row.has_left, row.late or 0.0, row.slots, row.wants) for row in rows]
        self.living = [each.id for each in self._seen if not each.has_left and (each.late < 0 or each.id == me)]
        self.awake = [
            each.id for each in self._seen if each.id == me or (each.id in self.living and each.late < AWAKE - workers.LEASE)
        ]
        return True

    async def _act(self, me: int) -> bool:
        """What follows from what was seen."""
        if self._said:  # they could not be told
            self._told.set()
        await self._take_over(me, self._seen)
        await self._share(me, self._seen)
        return True

    # ── the dead ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _take_over(self, me: int, seen: Sequence[Seen]) -> None:
        now = asyncio.get_running_loop().time()
        late = {each.id for each in seen if each.late > 0 and each.id != me}
        self._late = {worker: self._late.get(worker, now) for worker in late}
        if self._doubtful and self._doubtful.isdisjoint(each.id for each in seen):  # relieved, by whomever
            async with self.db.read() as tx:
                self.inherit(await lanes.waiting(tx, me))
            self._doubtful.clear()
        for each in seen:
            if each.has_left or (each.id in late and now - self._late[each.id] >= GRACE):
                await self._relieve(each.id, me)

    async def _relieve(self, gone: int, me: int) -> None:
        await self.deaths()
        self._doubtful.add(gone)  # until the answer is there: it may be kept, and the answer be lost
        async with self.db.write() as tx:
            updates = await workers.relieve(tx, gone, me)
        if updates is not None:
            log.warning("the work of a process that is gone is taken over", worker=gone, updates=len(updates))
            self.inherit(updates)
        self._doubtful.discard(gone)

    # ── the pace ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _share(self, me: int, seen: Sequence[Seen]) -> None:
        """Less at once, more only of what nobody has: together never more than the token may."""
        wants = {each.id: each.wants for each in seen if each.id in self.living}
        mine = min(self._kept, next((each.slots for each in seen if each.id == me), 0))
        target = shares(wants, self.rate).get(me, 0)
        self._kept = self.rate  # if no answer comes, what is seen next says what was kept
        if target < mine:
            self._have(target)
            kept = min(mine, max(target, self.pace.used))  # what the last second saw is not free yet
            if kept < mine:
                async with self.db.write() as tx:
                    await workers.give_slots(tx, me, kept)
            mine = kept
        elif target > mine:
            async with self.db.write() as tx:
                mine = await workers.take_slots(tx, me, target - mine, self.rate)
        self._kept = mine
        self._have(min(mine, target))

    def _have(self, slots: int) -> None:
        if slots != self._slots:
            self._slots = slots
            self.pace.share(slots)
            self.shared(slots)
            SLOTS.set(slots)

    def _tell(self, seconds: float) -> None:
        self._said.append(seconds)
        self._told.set()

    async def _tell_others(self, _me: int) -> bool:
        if said := list(self._said):
            async with self.db.write() as tx:
                await workers.silence(tx, max(said))
            del self._said[: len(said)]  # another one may have come meanwhile
        return True


async def _nothing() -> None:
    """Nobody takes updates in here."""


def shares(wants: Mapping[int, int], rate: int) -> dict[int, int]:
    """How many messages a second each process may send: as many as it wants while it goes round, the rest in equal parts."""
    given = dict.fromkeys(sorted(wants), 0)
    if not given:
        return {}
    full = {worker: max(wanted, LEAST) for worker, wanted in wants.items()}
    for most in (full, dict.fromkeys(given, rate)):
        left = rate - sum(given.values())
        while left > 0 and (hungry := [worker for worker in given if given[worker] < most[worker]]):
            for worker in hungry:
                more = min(max(1, left // len(hungry)), most[worker] - given[worker], rate - sum(given.values()))
                given[worker] += more
            left = rate - sum(given.values())
    return given
