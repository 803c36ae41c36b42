"""Updates in: polling or webhook → durable inbox → dispatcher; in order per chat, concurrent across chats."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from functools import partial

import orjson
import structlog

from bot.clock import Clock
from bot.metrics import HANDLED, KEPT
from bot.telegram.arrival import Arrivals, arrived_of, read_again, read_anew
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lane, lane_of
from bot.telegram.polling import Polling
from bot.telegram.raw import Piece, piece
from bot.telegram.recording import Recording
from bot.telegram.shared import Shared
from bot.turn import Steps
from storage import inbox
from storage.hand import SLOTS, Hand
from storage.inbox import Arrived

log = structlog.get_logger()

CHATS_AT_ONCE = SLOTS
LOOK = 1.0  # seconds between two looks for what nobody called for
ALONE, DEATHS = 2, 3  # deaths of the process with an update at work: it is handled last and alone; it is put aside


class Intake:
    """Takes updates in so that none is lost: kept first, acknowledged then, handled after, and again after a kill."""

    def __init__(
        self,
        handling: Handling,
        clock: Clock,
        *,
        after: Callable[[], None] = lambda: None,
        hand: Hand | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.handling = handling
        self.db = handling.db
        self.clock = clock
        self.after = after  # an update is handled: there may be letters now
        self.hand = hand
        self.shared = shared  # where other processes take updates in beside this one
        self.polling = Polling(handling.bot, self.take)
        self._lanes: dict[int, Lane] = {}
        self._arrivals = Arrivals()
        self._door = asyncio.Lock()  # batches are kept and lined up in one order
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._recording = Recording(handling.db)
        self._resumed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._polling: asyncio.Task[None] | None = None
        self._closed = False

    async def run(self, *, poll: bool) -> None:
        """Handle what was left, then what comes. Ends only by cancellation or TokenRefused; may be run again."""
        await self.count_deaths()
        if self.shared is not None:
            self._lay_down()
            self.shared.begin()
            self._recording.clear()  # another process may have these in hand
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._recording.run(self._recorded))
                for slot in range(CHATS_AT_ONCE):
                    tasks.create_task(self._work(slot))
                await self._resume()
                if self.shared is not None:
                    tasks.create_task(self._look(self.shared))
                    tasks.create_task(self._serve(self.shared))
                self._resumed.set()
                if poll:
                    tasks.create_task(self.poll())
        finally:
            self._lay_down()

    async def poll(self) -> None:
        """Ask Telegram for updates, once what was left is in hand. Ends only by cancellation, a closed door or TokenRefused."""
        await self._resumed.wait()
        if not self._closed:
            self._polling = asyncio.current_task()
            await self.polling.run()

    def _lay_down(self) -> None:
        """Whatever is in hand stays in the inbox, for whoever takes updates in next."""
        self._resumed.clear()
        self._lanes.clear()
        self._arrivals.clear()
        self._ready = asyncio.Queue()
        self._idle.set()

    def close_door(self) -> None:
        """Take nothing new: what Telegram still holds stays with Telegram."""
        self._closed = True
        if self._polling is not None:
            self._polling.cancel()

    @property
    def takes(self) -> bool:
        """Whether what comes is taken in now."""
        return self._resumed.is_set()

    async def resumed(self) -> None:
        """Until what was left is in hand, and what comes is taken in."""
        await self._resumed.wait()

    async def idle(self) -> None:
        """Until everything taken in is handled and recorded."""
        with self._recording.hurried():
            await self._idle.wait()

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def receive(self, updates: Sequence[object]) -> None:
        """Keep a batch (one commit), then hand the new ones to their chats' lanes: behind what the last run left."""
        await self.take([piece(orjson.dumps(update)) for update in updates])

    async def take(self, pieces: Sequence[Piece]) -> None:
        """The same for a batch as bytes: each is kept, put aside or passed by itself."""
        await self._resumed.wait()
        arrived = [found for each in pieces if (found := arrived_of(each)) is not None]
        async with self._door:
            count, here = await self._keep(arrived)
            KEPT.inc(count)
            for each in here:
                self._line_up(each)

    async def _keep(self, arrived: Sequence[Arrived]) -> tuple[int, list[Arrived]]:
        """How many were new, and those that are to be handled here. SQLite writes one thing after another, so what is done is
        recorded in the same commit; PostgreSQL, where commits meet, records it by itself."""
        if self.shared is not None:
            return await self.shared.keep(arrived, self.clock.now())
        batch = await self._recording.batch()
        async with self.db.write() as tx:
            new = await inbox.keep(tx, arrived, now=self.clock.now())
            await batch.write(tx)
        self._recording.recorded(batch)
        return len(new), new

    # ── after a death ───────────────────────────────────────────────────────────────────────────────────────────────

    async def count_deaths(self) -> None:
        """Note which updates were at work when processes of this machine died. Safe to repeat."""
        if self.hand is None:
            return
        left = self.hand.left()

        async def count() -> None:
            async with self.db.write() as tx:
                await inbox.died(tx, left)

        if left:
            log.warning("the process died with updates at work", updates=left)
            await self.db.insist(count)
        self.hand.forget()

    async def _resume(self) -> None:
        """Handle what was left; what was at work at two deaths last and alone, each chat in its order."""
        left = await self._survivors(await self.db.insist(self._left))
        if left:
            log.info("unfinished updates are handled again", count=len(left))
        suspects = _suspects(left)
        for each in left:
            if lane_of(each) not in suspects:
                self._line_up(each)
        for chat in suspects:
            await self.idle()
            for each in left:
                if lane_of(each) == chat:
                    self._line_up(each)
        if suspects:
            await self.idle()

    async def _left(self) -> list[Arrived]:
        """What is unfinished, and this process's."""
        if self.shared is not None:
            return [read_anew(each) for each in await self.shared.assigned()]
        async with self.db.read() as tx:
            return [read_again(each) for each in await inbox.unfinished(tx) if each.update_id not in self._recording]

    async def _survivors(self, left: list[Arrived]) -> list[Arrived]:
        """These, without what was at work at three deaths, which is put aside."""

        async def put_aside() -> None:
            async with self.db.write() as tx:
                for each in deadly:
                    await inbox.aside(tx, each.update_id, "deaths")

        if deadly := [each for each in left if each.attempts >= DEATHS]:
            for each in deadly:
                log.error("an update was at work at three deaths of the process: it is put aside", update=each.update_id)
                HANDLED.labels("aside").inc()
            await self.db.insist(put_aside)
        return [each for each in left if each.attempts < DEATHS]

    # ── beside other processes ──────────────────────────────────────────────────────────────────────────────────────

    async def _look(self, shared: Shared) -> None:
        """Take in hand what other processes kept for this one, or left: what was at work at two deaths last."""
        while True:
            await _rung(shared.fellows.called)
            async with self._door:
                left = await self._survivors(await self.db.insist(self._left))
                suspects = _suspects(left)
                for each in sorted(left, key=lambda each: lane_of(each) in suspects):
                    self._line_up(each)

    async def _serve(self, shared: Shared) -> None:
        """Tell the other processes whose seat is given or refused; whoever is next among all chats is asked again."""
        while True:
            await _rung(shared.fellows.race)
            chats = [self._arrivals.first_aside()]
            if shared.to_serve:
                chats += [self._arrivals.served(each) for each in await self.db.insist(shared.record_served)]
            for chat in chats:
                if chat is not None:
                    self._ready.put_nowait(chat)

    # ── through ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _line_up(self, each: Arrived) -> None:
        self._idle.clear()
        chat = lane_of(each)
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = Lane()
            self._ready.put_nowait(chat)
        if each.in_order:
            self._arrivals.came(each.update_id, each.arrival)
        lane.append(each)

    async def _work(self, slot: int) -> None:
        """Take a chat, handle its updates in order until there are none."""
        while True:
            chat = await self._ready.get()
            lane = self._lanes[chat]
            while lane.updates:
                each = lane.begin()
                await self._recording.of(chat)  # after a kill only the last press can be handled again, never a row of them
                if not await self._has_turn(each, chat):
                    break
                try:
                    done = await self._handle(each, lane, slot)
                finally:
                    self._served(each)
                self._recording.leave(lane.left())
                if done:
                    self._recording.note(each.update_id, chat)
                self._recording.ring()
                self.after()
                lane.next()
            else:
                del self._lanes[chat]
            self._recording.ring()

    async def _has_turn(self, each: Arrived, chat: int) -> bool:
        """Whether it may be handled now; else its chat is laid aside until those before it have had their turn."""
        if not self._arrivals.is_next(each.update_id):
            self._arrivals.lay_aside(each.update_id, chat)
            return False
        if self.shared is None or not each.in_order:
            return True
        self._arrivals.lay_aside(each.update_id, chat)  # before it is asked: it may be called meanwhile
        is_next = await self.db.insist(partial(self.shared.is_next, each))
        return is_next and self._arrivals.take_up(each.update_id)

    def _served(self, each: Arrived) -> None:
        """Its seat is given or refused: whoever came next has their turn."""
        if self.shared is not None:
            if self._arrivals.waits(each.update_id) and each.update_id not in self.shared.to_serve:
                self.shared.to_serve.append(each.update_id)
                self.shared.fellows.race.set()
            return
        chat = self._arrivals.served(each.update_id)
        if chat is not None:
            self._ready.put_nowait(chat)

    def _mark(self, slot: int, each: Arrived, at_work: bool) -> None:
        if self.hand is not None:
            self.hand.mark(slot, each.update_id if at_work else None)

    async def _handle(self, each: Arrived, lane: Lane, slot: int) -> bool:
        """Whether the update is done with; False: it was put aside, or waits for the next start."""
        work = self.handling.handle(each, lane.behind, partial(self._served, each))  # what it decides is decided when it speaks
        done: bool = await Steps(work, partial(self._mark, slot, each))
        return done

    def _recorded(self, done: list[int]) -> None:
        if self.shared is not None:
            self.shared.recorded(done)
        if not self._lanes and not self._recording:
            self._idle.set()


def _deaths(each: Arrived) -> int:
    return each.attempts


def _suspects(left: Sequence[Arrived]) -> dict[int, None]:
    """The chats of what was at work at two deaths, those with fewer deaths first."""
    return dict.fromkeys(lane_of(each) for each in sorted(left, key=_deaths) if each.attempts >= ALONE)


async def _rung(bell: asyncio.Event) -> None:
    """Until it is rung, or has been silent for a while: a call may be lost with its connection."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK):
            await bell.wait()
    bell.clear()
