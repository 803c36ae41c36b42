"""Who watches the loop: systemd, told that it turns only by the loop itself; and, wherever we run, a timer that ends a stuck process.

A handler that calculates without end stops everything, and nothing inside the loop can stop it. Whoever restarts the bot
does: what was in hand then is known (storage/hand.py).
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import socket
import sys
from collections.abc import Awaitable, Callable

BEAT = 5.0  # seconds between two signs of life
STUCK = 45.0  # seconds without one until the process says where it stands and ends


def tell_systemd(word: str) -> None:
    """sd_notify(3): one line to the socket whose name the service manager left us; without one, nothing."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where.startswith(("/", "@")):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK) as line:
        try:
            line.connect("\0" + where[1:] if where[0] == "@" else where)
            line.send(word.encode())
        except OSError:
            return  # it does not listen now: the next beat says the same


async def beat(ending: Callable[[], bool], rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Until it is cancelled. Once `ending`, the timer belongs to the stop, which has a shorter one."""
    tell_systemd("READY=1")
    try:
        while True:
            if not ending():
                faulthandler.dump_traceback_later(STUCK, exit=True, file=sys.__stderr__ or sys.stderr)
            tell_systemd("WATCHDOG=1")
            await rest(BEAT)
    finally:
        if not ending():
            faulthandler.cancel_dump_traceback_later()
