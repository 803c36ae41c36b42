"""The line: whether letters get through to Telegram, and when to try again while they do not."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import structlog

from bot.metrics import LINE

log = structlog.get_logger()

LONGEST = 30.0  # seconds between two tries of a line that is down


class Line:
    """What the letters sent so far have shown. It is not believed to work before one got through."""

    def __init__(self, seed: int | None = None) -> None:
        self.seen: datetime | None = None  # when a letter last got through; None: down, or not tried yet
        self.silent = False  # it is down in the worst way: asked, and never answered
        self._down_since: datetime | None = None
        self._tries = 0
        self._next: datetime | None = None
        self._jitter = random.Random(seed)  # noqa: S311 - spreads tries in time, guards nothing

    @property
    def works(self) -> bool:
        return self.seen is not None

    def worked(self, now: datetime) -> None:
        """Telegram itself answered a letter."""
        if self._down_since is not None:
            log.info("letters get through again", after=f"{(now - self._down_since).total_seconds():.0f} s")
        self.seen = now if self.seen is None else max(now, self.seen)
        self.silent, self._down_since, self._tries, self._next = False, None, 0, None
        LINE.set(1)

    def broke(self, now: datetime, why: str, *, silent: bool = False) -> None:
        """A letter did not get through, and it was the line's fault: all wait, and one tries for them."""
        if self._down_since is None:
            self._down_since = now
            log.warning("letters do not get through to Telegram: they wait", why=why)
        tried = self.may_try(now)  # the rest were on their way when it broke
        self.seen, self.silent = None, self.silent or silent
        if tried:
            wait = min(LONGEST, 2.0**self._tries) * self._jitter.uniform(0.5, 1)
            self._tries += 1
            self._next = now + timedelta(seconds=wait)
        LINE.set(0)

    def doubt(self) -> None:
        """It worked, but before something was lost: whether it does is to be seen."""
        self.seen, self.silent = None, True

    def may_try(self, now: datetime) -> bool:
        """Whether the time for the next try has come; a clock that was put back makes nobody wait."""
        return self.wait(now) <= 0

    def wait(self, now: datetime) -> float:
        """Seconds until the next try."""
        left = 0.0 if self._next is None else (self._next - now).total_seconds()
        return 0.0 if left > LONGEST else max(0.0, left)
