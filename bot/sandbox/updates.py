"""Updates on their way to the bot: the queue, getUpdates and its conflicts."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import Refused

DAY = 86_400
KEPT = {"callback_query": 150, "inline_query": 30, "chosen_inline_result": 600}  # seconds; the rest a day
NOT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
KNOWN = frozenset((
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost",
))  # fmt: skip


@dataclass(slots=True, eq=False)
class Update:
    id: int
    kind: str
    lane: int  # whose: one person's updates come in order
    body: dict[str, Any]
    expires: datetime


class Updates:
    """The queue. An update leaves it when the bot's offset passes it, when a webhook takes it, or when it is too old."""

    def __init__(self, now: Callable[[], datetime], first: int = 700_000_001) -> None:
        self.now = now
        self.queue: deque[Update] = deque()
        self.bell = Bell()
        self.allowed: frozenset[str] | None = None  # None: the default
        self.webhook: Callable[[Update], None] | None = None
        self.taken: Callable[[Update], None] = lambda _: None  # the bot has it for good
        self._next = first
        self._poll: asyncio.Future[str] | None = None
        self._last_offset: int | None = None
        self._last_start = float("-inf")
        self._last_conflict = float("-inf")

    def add(self, kind: str, body: Any, lane: int) -> Update | None:
        """Put an update in the queue, unless the bot does not want its kind."""
        if not self.wants(kind):
            return None
        expires = self.now() + timedelta(seconds=KEPT.get(kind, DAY))
        update = Update(self._next, kind, lane, {"update_id": self._next, kind: body}, expires)
        self._next += 1
        self.queue.append(update)
        if self.webhook:
            self.webhook(update)
        self.bell.ring()
        return update

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def allow(self, kinds: Any) -> None:
        """The bot's allowed_updates; what is no list of strings is ignored, as the server does."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = frozenset(kinds) & KNOWN or None

    def take(self, update: Update) -> None:
        """The webhook has it."""
        try:
            self.queue.remove(update)
        except ValueError:
            return
        self.taken(update)
        self.bell.ring()

    def clear(self) -> None:
        self.queue.clear()
        self.bell.ring()

    def count(self) -> int:
        self._expire()
        return len(self.queue)

    @property
    def waiting(self) -> bool:
        """Somebody polls."""
        return self._poll is not None and not self._poll.done()

    def terminate(self, by: str) -> None:
        """End the long poll that is waiting, in the server's words."""
        if self._poll and not self._poll.done():
            self._poll.set_result(by)
        self._poll = None

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """getUpdates: at most `limit` updates from `offset` on, waiting up to `timeout` seconds for the first."""
        loop = asyncio.get_running_loop()
        limit, timeout = max(1, min(limit, 100)), max(0.0, min(timeout, 50.0))
        self.terminate("other getUpdates request; make sure that only one bot instance is running")
        if offset == self._last_offset and loop.time() < self._last_start + 3:
            # The server slows down whoever asks the same again and again.
            timeout = max(timeout, 3.0)
            if loop.time() < self._last_start + 0.5:
                limit = 1
        self._last_offset, self._last_start = offset, loop.time()
        self._confirm(offset)
        mine = self._poll = loop.create_future()
        if not self.queue and timeout:
            await self._wait(mine, timeout)
        if mine.done():
            return await self._conflict(mine.result())
        self._poll = None
        return [update.body for _, update in zip(range(limit), self.queue, strict=False)]

    async def _wait(self, mine: asyncio.Future[str], timeout: float) -> None:
        def over() -> bool:
            return bool(self.queue) or mine.done()

        mine.add_done_callback(lambda _: self.bell.ring())
        await self.bell.until(over, timeout)

    async def _conflict(self, by: str) -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        delay = 3.0 if loop.time() < self._last_conflict + 3 else 0.0
        self._last_conflict = loop.time() + delay
        await asyncio.sleep(delay)
        raise Refused(f"terminated by {by}", 409)

    def _confirm(self, offset: int) -> None:
        self._expire()
        before = len(self.queue)
        if offset > 0:
            while self.queue and self.queue[0].id < offset:
                self.taken(self.queue.popleft())
        elif offset < 0:
            while len(self.queue) > -offset:
                self.queue.popleft()
        if len(self.queue) != before:
            self.bell.ring()

    def _expire(self) -> None:
        if not self.queue:
            return
        now = self.now()
        if any(update.expires < now for update in self.queue):
            self.queue = deque(update for update in self.queue if update.expires >= now)
            self.bell.ring()
