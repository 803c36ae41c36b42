"""What is known of an update when it arrives: whether it has its turn among all chats, and which album it is a part of.

Presses that take a seat or a place in a line are handled in the order in which they came in, whichever chat they came from.
"""

from __future__ import annotations

from collections import deque
from typing import Any

# Buttons whose press is answered by «кто раньше»: an application handed in or extended, one entered for a family, a child put
# into a line. What else is pressed waits for nobody.
IN_ORDER = frozenset({"apply.submit", "apply.extend", "enter.go", "request.reserve", "request.rest"})

LONGEST = 64  # characters of an album's number


def in_order(update: dict[str, Any]) -> bool:
    """Whether an update has its turn by its place in the inbox."""
    press = update.get("callback_query")
    data = press.get("data") if isinstance(press, dict) else None
    return isinstance(data, str) and data.partition(":")[0] in IN_ORDER


def album_of(update: dict[str, Any]) -> str | None:
    """Telegram's number of the album a message is a part of."""
    message = update.get("message")
    album = message.get("media_group_id") if isinstance(message, dict) else None
    return album if isinstance(album, str) and len(album) <= LONGEST else None


def noted(update: dict[str, Any]) -> dict[str, Any]:
    """What the inbox keeps of it, as storage.inbox.Arrived has it."""
    return {"in_order": in_order(update), "album": album_of(update)}


class Arrivals:
    """The presses that wait for their turn, the first first. One that is not first lays its chat aside: it holds up nobody else,
    and nobody who came before it can be kept from being handled by it."""

    def __init__(self) -> None:
        self._waiting: deque[int] = deque()
        self._aside: dict[int, int] = {}  # update → its chat

    def came(self, update: int) -> None:
        self._waiting.append(update)

    def is_next(self, update: int) -> bool:
        """Also for whatever needs no turn."""
        return update not in self._waiting or self._waiting[0] == update

    def lay_aside(self, update: int, chat: int) -> None:
        """Until those before it have had their turn."""
        self._aside[update] = chat

    def served(self, update: int) -> int | None:
        """Its seat is given, or refused. Returns the chat that was laid aside and goes on now."""
        if update not in self._waiting:
            return None
        self._waiting.remove(update)
        return self._aside.pop(self._waiting[0], None) if self._waiting else None

    def clear(self) -> None:
        self._waiting.clear()
        self._aside.clear()
