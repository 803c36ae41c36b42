"""The page's switches for trouble between the bot and this Telegram."""

from __future__ import annotations

from typing import Any

from bot.sandbox.page_http import WrongError
from bot.sandbox.trouble import Trouble

Json = dict[str, Any]

CHANCE = 0.3
SLOW = (1.0, 3.0)  # seconds
SWITCHES = ("too_many", "server_error", "latency", "outage")


def view(trouble: Trouble) -> Json:
    return {name: bool(getattr(trouble, name)) for name in SWITCHES}


def switch(trouble: Trouble, name: Any, *, on: bool) -> None:
    """`too_many` and `server_error` meet a third of the calls, `latency` all that a person would notice, `outage` every one."""
    if name == "outage":
        trouble.outage = on
    elif name == "latency":
        trouble.latency = SLOW if on else 0.0
    elif name in SWITCHES:
        setattr(trouble, name, CHANCE if on else 0.0)
        trouble.retry_after = 2
    else:
        raise WrongError("no such trouble", 404)
