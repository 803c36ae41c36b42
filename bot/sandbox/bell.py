"""Waiting for something to become true, without polling and without sleeping."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Seconds until whoever waits in vain is told what was there instead; no measure of anybody's speed. On a machine with much
# other work one may have more of it.
PATIENCE = float(os.environ.get("SANDBOX_PATIENCE", "60"))


class Bell:
    """Rung at every change; whoever waits looks again. Costs nothing while nobody waits."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for future in waiting:
                if not future.done():
                    future.set_result(None)

    async def until(self, found: Callable[[], T | None], timeout: float) -> T | None:
        """The first thing `found` returns that is true, or None when `timeout` seconds have passed."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not (thing := found()):
            left = deadline - loop.time()
            if left <= 0:
                return None
            future = loop.create_future()
            self._waiting.append(future)
            try:
                await asyncio.wait((future,), timeout=left)
            finally:
                if not future.done():
                    self._waiting.remove(future)
        return thing
