"""The lanes of updates: which one an update belongs to, and who waits behind it."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import Any

import orjson

from bot.turn import Behind, Undrawn
from storage.inbox import Arrived

CHATS = 2**52  # ids of chats are smaller (Bot API, Chat)


class Lane:
    """The updates of one chat in their order, the first one in hand."""

    def __init__(self) -> None:
        self.updates: deque[Arrived] = deque()
        self.behind = Behind()

    def append(self, each: Arrived) -> None:
        if self.updates:
            self._wait(each, 1)
        self.updates.append(each)

    def next(self) -> None:
        """The one in hand is done with, the next one is in hand."""
        self.updates.popleft()
        if self.updates:
            self._wait(self.updates[0], -1)

    def begin(self) -> Arrived:
        """The update in hand, and what an earlier life of the process left to it to draw."""
        each = self.updates[0]
        if each.pressed is not None and each.undrawn is not None:
            self.behind.undrawn.setdefault(each.pressed, Undrawn(**orjson.loads(each.undrawn)))
        return each

    def left(self) -> dict[int, str]:
        """The pages not drawn yet, as JSON, by the number of the next update that can draw them."""
        found: dict[int, str] = {}
        for page in self.behind.undrawn.values():
            later = (each.update_id for each in islice(self.updates, 1, None) if each.pressed == page.message)
            if (update_id := next(later, None)) is not None:
                found[update_id] = orjson.dumps(page).decode()
        return found

    def _wait(self, each: Arrived, more: int) -> None:
        self.behind.count += more
        if each.pressed is not None:
            self.behind.presses[each.pressed] += more


def lane_of(each: Arrived) -> int:
    """Its chat; an update without one is its own."""
    return each.chat_id if each.chat_id is not None else -CHATS - each.update_id


def chat_of(update: dict[str, Any]) -> int | None:
    """The lane an update belongs to: its private chat is its sender's id."""
    for thing in update.values():
        if isinstance(thing, dict):
            message = thing.get("message")
            for owner in (thing.get("chat"), thing.get("from"), message.get("chat") if isinstance(message, dict) else None):
                number = owner.get("id") if isinstance(owner, dict) else None
                if type(number) is int and abs(number) < CHATS:
                    return number
    return None


def pressed(update: dict[str, Any]) -> int | None:
    """The message under which a button was pressed."""
    press = update.get("callback_query")
    message = press.get("message") if isinstance(press, dict) else None
    number = message.get("message_id") if isinstance(message, dict) else None
    return number if type(number) is int else None
