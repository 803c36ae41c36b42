"""How fast a bot may speak: the 429 of too many messages, and whether the bot heeds retry_after."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """`overall` messages in any second, `per_chat` a second to one chat with `burst` at once. 0 is no limit.

    `penalty`: seconds everything is refused after an overall 429 (a harsh server); 0 asks only for what is needed.
    """

    overall: int = 30
    per_chat: float = 1.0
    burst: int = 3
    penalty: float = 0.0


@dataclass(slots=True)
class Gate:
    """Keeps the pace, and remembers until when whom was told to wait. `ticks` is in seconds."""

    pace: Pace | None
    ticks: Callable[[], float]
    violate: Callable[[str], None]
    grace: float = 0.25  # seconds a call may already have been on its way when the 429 was said
    _window: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat: (left, when)
    _held: dict[int | None, tuple[float, float]] = field(default_factory=dict)  # chat or all: (told at, until)

    def hold(self, chat: int | None, seconds: float) -> None:
        """Somebody was told to wait: the chat, or everybody (None)."""
        now = self.ticks()
        self._held[chat] = (now, now + seconds)

    def unheard(self, since: float) -> None:
        """Whoever was told to wait since then is dead, and could tell nobody."""
        self._held = {who: (told, until) for who, (told, until) in self._held.items() if told < since}

    def enter(self, chat: int, method: str) -> int:
        """0: come in. Otherwise: come again in so many seconds."""
        if not self._held and self.pace is None:
            return 0
        now = self.ticks()
        if wait := self._still_held(chat, method, now):
            return wait
        return self._measure(chat, now) if self.pace else 0

    def _still_held(self, chat: int, method: str, now: float) -> int:
        for who in (None, chat):
            if held := self._held.get(who):
                told, until = held
                if now >= until:
                    del self._held[who]
                    continue
                if now > told + self.grace:
                    whom = "anybody" if who is None else f"chat {who}"
                    self.violate(f"{method}: retry_after not heeded: {until - now:.2f} s too early for {whom}")
                return max(1, math.ceil(until - now))
        return 0

    def _measure(self, chat: int, now: float) -> int:
        pace = self.pace
        if pace is None:
            return 0
        if pace.overall:
            while self._window and self._window[0] <= now - 1:
                self._window.popleft()
            if len(self._window) >= pace.overall:
                seconds = max(pace.penalty, self._window[0] + 1 - now)
                self.hold(None, seconds)
                return max(1, math.ceil(seconds))
        if pace.per_chat:
            left, when = self._chats.get(chat, (float(pace.burst), now))
            left = min(float(pace.burst), left + (now - when) * pace.per_chat)
            if left < 1:
                seconds = (1 - left) / pace.per_chat
                self.hold(chat, seconds)
                return max(1, math.ceil(seconds))
            self._chats[chat] = (left - 1, now)
        if pace.overall:
            self._window.append(now)
        return 0
