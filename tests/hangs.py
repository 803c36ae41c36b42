"""What holds the loop: a step of the bot's code that takes more than a second of the processor, however busy the machine is."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from bot.telegram.intake import Intake

MOST = 1.0  # seconds of the processor for one step of the loop
ENDLESS = 20.0  # after so many a step is broken off: it may have no end


class Endless(Exception):  # noqa: N818 - what a step that does not end meets
    """A step of the loop has taken so much of the processor that it was broken off."""


class Hangs:
    """Measures each step of each update's handling, and whatever else is done `within` it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[str] = []
        self.steps = 0
        self.longest = 0.0  # seconds of the processor
        self._begun: float | None = None
        mark = Intake._mark

        def measured(intake: Intake, slot: int, each: Any, at_work: bool) -> None:
            """Called by turns when a step begins and when it ends, with no other step between."""
            if self._begun is None:
                mark(intake, slot, each, at_work)
                self._begin()
            else:
                self._end(f"update {each.update_id}")
                mark(intake, slot, each, at_work)

        monkeypatch.setattr(Intake, "_mark", measured)
        signal.signal(signal.SIGPROF, _break_off)

    def _begin(self) -> None:
        self._begun = time.thread_time()
        signal.setitimer(signal.ITIMER_PROF, ENDLESS)

    def _end(self, what: str) -> None:
        assert self._begun is not None
        signal.setitimer(signal.ITIMER_PROF, 0)
        took, self._begun = time.thread_time() - self._begun, None
        self.steps += 1
        self.longest = max(self.longest, took)
        if took > MOST:
            self.found.append(f"{what}: {took:.1f} s of the processor in one step")

    @contextmanager
    def within(self, what: str) -> Iterator[None]:
        """Something that is done in one step, without waiting."""
        self._begin()
        try:
            yield
        finally:
            self._end(what)


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise Endless
