"""How often somebody may ask at LISTEN, and what they are told instead of an answer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from aiohttp import web

WAIT = {"Retry-After": "60"}


class Pace:
    """How often something is asked for in a minute. Each process counts for itself; what was counted is forgotten with the minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._minute = 0
        self._asked: Counter[str] = Counter()

    def allows(self, what: str, now: datetime, *, weight: int = 1) -> bool:
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._asked = minute, Counter()
        self._asked[what] += weight
        return self._asked[what] <= self._most


def too_often() -> web.Response:
    return web.Response(status=429, text="too often\n", headers=WAIT)


def away() -> web.Response:
    return web.Response(status=503, text="database away\n", headers=WAIT)
