"""Updates in: polling or webhook → durable inbox → dispatcher; in order per chat, concurrent across chats."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import orjson
import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.metrics import HANDLED, KEPT
from bot.telegram.arrival import Arrivals, noted
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lane, chat_of, lane_of, pressed
from bot.telegram.polling import Polling, read
from bot.telegram.raw import UPDATE_MOST, Odd, Piece, TooLong, cleaned, keepable, piece
from bot.turn import Steps
from storage import inbox
from storage.away import DatabaseAway
from storage.hand import SLOTS, Hand
from storage.inbox import Arrived, shape

log = structlog.get_logger()

CHATS_AT_ONCE = SLOTS
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
    ) -> None:
        self.handling = handling
        self.db = handling.db
        self.clock = clock
        self.after = after  # an update is handled: there may be letters now
        self.hand = hand
        self.polling = Polling(handling.bot, self.take)
        self._lanes: dict[int, Lane] = {}
        self._arrivals = Arrivals()
        self._door = asyncio.Lock()  # batches are kept and lined up in one order
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._finished: list[int] = []
        self._undrawn: dict[int, str] = {}  # pages left to updates that wait: recorded with what is done
        self._to_record = asyncio.Event()
        self._commit = asyncio.Event()  # the next one that records what is done
        self._resumed = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._polling: asyncio.Task[None] | None = None
        self._closed = False

    async def run(self, *, poll: bool) -> None:
        """Handle what was left, then what comes. Ends only by cancellation or TokenRefused; may be run again."""
        await self.count_deaths()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._record())
                for slot in range(CHATS_AT_ONCE):
                    tasks.create_task(self._work(slot))
                await self._resume()
                self._resumed.set()
                if poll and not self._closed:
                    self._polling = tasks.create_task(self.polling.run())
        finally:
            self._lay_down()

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

    async def idle(self) -> None:
        """Until everything taken in is handled and recorded."""
        await self._idle.wait()

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def receive(self, updates: Sequence[object]) -> None:
        """Keep a batch (one commit), then hand the new ones to their chats' lanes: behind what the last run left."""
        await self.take([piece(orjson.dumps(update)) for update in updates])

    async def take(self, pieces: Sequence[Piece]) -> None:
        """The same for a batch as bytes: each is kept, put aside or passed by itself."""
        await self._resumed.wait()
        arrived = [found for each in pieces if (found := _arrived(each)) is not None]
        async with self._door:
            async with self.db.write() as tx:
                new = await inbox.keep(tx, arrived, now=self.clock.now())
            KEPT.inc(len(new))
            for each in new:
                self._line_up(each)

    async def webhook(self, request: web.Request, secret: str) -> web.Response:
        """Telegram's call: 200 only when the update is kept, or can never be."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):  # a header may hold any bytes
            return web.Response(status=403)
        if not self._resumed.is_set():
            return web.Response(status=503)  # another process leads, or this one does not yet: Telegram comes again
        body = await read(request.content, UPDATE_MOST)
        try:
            given_update = piece(body)
        except TooLong:
            given_update = Piece(body, depth=0, whole=False)
        if given_update.update_id is None:
            return web.Response(status=400)
        try:
            with self.db.reigning():
                await self.take([given_update])
        except DatabaseAway:
            return web.Response(status=503)
        return web.Response()

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
        left = await self.db.insist(self._left)
        if left:
            log.info("unfinished updates are handled again", count=len(left))
        suspects = dict.fromkeys(lane_of(each) for each in sorted(left, key=_deaths) if each.attempts >= ALONE)
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
        """What is unfinished; what was at work at three deaths is put aside."""
        async with self.db.write() as tx:
            left = [each for each in await inbox.unfinished(tx) if each.update_id not in self._finished]
            for each in left:
                if each.attempts >= DEATHS:
                    log.error("an update was at work at three deaths of the process: it is put aside", update=each.update_id)
                    HANDLED.labels("aside").inc()
                    await inbox.aside(tx, each.update_id, "deaths")
        return [_read_again(each) for each in left if each.attempts < DEATHS]

    # ── through ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _line_up(self, each: Arrived) -> None:
        self._idle.clear()
        chat = lane_of(each)
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = Lane()
            self._ready.put_nowait(chat)
        if each.in_order:
            self._arrivals.came(each.update_id)
        lane.append(each)

    async def _work(self, slot: int) -> None:
        """Take a chat, handle its updates in order until there are none."""
        while True:
            chat = await self._ready.get()
            lane = self._lanes[chat]
            while lane.updates:
                each = lane.begin()
                if not self._arrivals.is_next(each.update_id):
                    self._arrivals.lay_aside(each.update_id, chat)
                    break
                try:
                    done = await self._handle(each, lane, slot)
                finally:
                    self._served(each)
                self._undrawn |= lane.left()
                if done:
                    self._finished.append(each.update_id)
                self._to_record.set()
                self.after()
                if len(lane.updates) > 1:
                    await self._recorded(each)
                lane.next()
            else:
                del self._lanes[chat]
            self._to_record.set()

    def _served(self, each: Arrived) -> None:
        """Its seat is given or refused: whoever came next has their turn."""
        chat = self._arrivals.served(each.update_id)
        if chat is not None:
            self._ready.put_nowait(chat)

    async def _recorded(self, each: Arrived) -> None:
        """Before its chat goes on: after a kill only the last press can be handled again, never a row of them in another order."""
        while each.update_id in self._finished:
            await self._commit.wait()

    def _mark(self, slot: int, each: Arrived, at_work: bool) -> None:
        if self.hand is not None:
            self.hand.mark(slot, each.update_id if at_work else None)

    async def _handle(self, each: Arrived, lane: Lane, slot: int) -> bool:
        """Whether the update is done with; False: it was put aside, or waits for the next start."""
        work = self.handling.handle(each, lane.behind, partial(self._served, each))  # what it decides is decided when it speaks
        done: bool = await Steps(work, partial(self._mark, slot, each))
        return done

    async def _record(self) -> None:
        """Mark what is done, as many as there are in one commit."""
        while True:
            await self._to_record.wait()
            self._to_record.clear()
            done, undrawn = list(self._finished), dict(self._undrawn)
            try:
                if done:
                    async with self.db.write() as tx:
                        await inbox.done(tx, done)
                        for update_id, page in undrawn.items():
                            await inbox.leave_undrawn(tx, update_id, page)
                    del self._finished[: len(done)]
                    self._undrawn = {each: page for each, page in self._undrawn.items() if undrawn.get(each) != page}
                    self._commit.set()
                    self._commit = asyncio.Event()
            except (DBAPIError, DatabaseAway) as trouble:
                log.warning("could not record what is done; trying again", why=type(trouble).__name__)
                await asyncio.sleep(0.5)
                self._to_record.set()
                continue
            if not self._lanes and not self._finished:
                self._idle.set()


def _arrived(given: Piece) -> Arrived | None:
    """What is kept of an update: itself, or, put aside, the shape of what cannot be read. None: it has no number to be kept by."""
    try:
        update = cleaned(given.read())
        number = update.get("update_id")
        if keepable(number):
            body = orjson.dumps(update).decode()
            return Arrived(number, chat_of(update), body, pressed=pressed(update), **noted(update))
    except Odd as odd:
        number = given.update_id
        if keepable(number):
            log.warning("an update that cannot be read was put aside", update=number, why=str(odd))
            HANDLED.labels("aside").inc()
            return Arrived(number or 0, None, shape("") or "", why="unreadable")
    log.warning("an update without a number was passed")
    HANDLED.labels("aside").inc()
    return None


def _deaths(each: Arrived) -> int:
    return each.attempts


def _read_again(each: Arrived) -> Arrived:
    update = orjson.loads(each.body)
    return replace(each, again=True, pressed=pressed(update), **noted(update))
