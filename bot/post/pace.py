"""The pace of everything sent: one gate for the whole token, one lane per chat, taps before letters."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

TAP, URGENT, ORDINARY, BULK = 0, 1, 2, 3  # an answer to somebody who waits goes ahead of everything

WINDOW = 1.0  # seconds: Telegram counts messages in a window of about this length
GUARD = 0.05  # seconds a message may be counted sooner or later than its neighbours: a busy line wavers, and a 429 costs a second


class NoTurn(Exception):  # noqa: N818 - not an error: the letter goes back untried
    """The turn did not come within the patience; nothing was sent."""


class Pace:
    """Admits at most `rate` messages in any second, and to one chat one message a second (a tap's answer may burst).

    The server counts a message at some moment between our sending it and its answer. So what is in flight, and what
    was answered within the last (second − shortest round trip), together may not pass `rate`: no window can overflow.
    """

    def __init__(self, rate: int, *, per_chat: float = 1.0, burst: int = 3) -> None:
        self.rate = rate  # of this process: the token's, or its share of it (bot/post/fellows.py)
        self.told: Callable[[float], None] = lambda _: None  # of a 429: the other processes of this token are to know
        self.per_chat = per_chat
        self.burst = burst
        self._flying = 0
        self._answered: deque[float] = deque()
        self._shortest = WINDOW / 2
        self._waiting: list[tuple[int, int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._chats: dict[int, float] = {}  # when a chat's next message may go
        self._paused_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, chat_id: int, priority: int, patience: float | None = None) -> AsyncIterator[None]:
        """Wait for the turn (at most `patience` seconds, else NoTurn), hold it while sending."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), chat_id, future))
        self._admit()
        try:
            async with asyncio.timeout(patience):
                await future
        except TimeoutError:
            raise NoTurn from None
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._land(chat_id, loop.time(), None)
            raise
        started = loop.time()
        try:
            yield
        finally:
            self._land(chat_id, loop.time(), loop.time() - started)

    def pause(self, seconds: float) -> None:
        """Telegram said 429: nothing goes out for this long, from no process of this token."""
        self.be_silent(seconds)
        self.told(seconds)

    def share(self, rate: int) -> None:
        """From now on at most so many in any second; what has gone out counts."""
        if rate != self.rate:
            self.rate = rate
            self._admit()

    @property
    def used(self) -> int:
        """How many the last second may have seen."""
        self._forget(asyncio.get_running_loop().time())
        return self._flying + len(self._answered)

    @property
    def wanted(self) -> int:
        """How many could go out within a second, if all were let through."""
        return self.used + len(self._waiting)

    def be_silent(self, seconds: float) -> None:
        """Nothing goes out for this long."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    def _land(self, chat_id: int, now: float, took: float | None) -> None:
        self._flying -= 1
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), now + self.per_chat)  # it may have been counted just now
        self._answered.append(now)
        if took is not None:
            self._shortest = min(self._shortest, took)
        self._admit()

    def _admit(self) -> None:
        """Let through whoever may go now, best priority first; set a timer for the next."""
        now = asyncio.get_running_loop().time()
        span = self._forget(now)
        passed_over: list[tuple[int, int, int, asyncio.Future[None]]] = []
        wake: float | None = None
        while self._waiting:
            if now < self._paused_until:
                wake = self._paused_until
                break
            if self._flying + len(self._answered) >= self.rate:
                wake = self._answered[0] + span if self._answered else None
                break
            entry = heapq.heappop(self._waiting)
            priority, _, chat_id, future = entry
            if future.cancelled():
                continue
            free_at = self._chats.get(chat_id, 0.0)
            slack = self.per_chat * self.burst if priority == TAP else 0.0
            if free_at - slack > now:
                passed_over.append(entry)
                wake = min(wake or free_at, free_at - slack)
                continue
            self._chats[chat_id] = max(free_at, now) + self.per_chat
            self._flying += 1
            future.set_result(None)
        for entry in passed_over:
            heapq.heappush(self._waiting, entry)
        if len(self._chats) > 10_000:
            self._chats = {chat: at for chat, at in self._chats.items() if at > now}
        self._wake_at(wake)

    def _forget(self, now: float) -> float:
        """Answers older than any window that can still be counted; returns how long that is."""
        span = WINDOW - self._shortest + GUARD
        while self._answered and self._answered[0] <= now - span:
            self._answered.popleft()
        return span

    def _wake_at(self, moment: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if moment is not None and self._waiting:
            self._timer = asyncio.get_running_loop().call_at(moment + 0.001, self._admit)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
