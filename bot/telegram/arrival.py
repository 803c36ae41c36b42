"""What is known of an update when it arrives: whether it has its turn among all chats, and which album it is a part of.

Presses that take a seat or a place in a line are handled in the order in which they came in, whichever chat they came from.
"""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import Any

import orjson
import structlog

from bot.metrics import HANDLED
from bot.telegram.lanes import chat_of, pressed
from bot.telegram.raw import Odd, Piece, cleaned, keepable
from storage.inbox import Arrived, shape

log = structlog.get_logger()

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


def arrived_of(given: Piece) -> Arrived | None:
    """What is kept of an update: itself, or, put aside, the shape of what cannot be read. None: it has no number to be kept by."""
    try:
        update = cleaned(given.read())
        number = update.get("update_id")
        if keepable(number):
            body = orjson.dumps(update).decode()
            return Arrived(number, chat_of(update), body, pressed=pressed(update), **noted(update))
    except Odd as odd:
        number = given.update_id
        if keepable(number):
            log.warning("an update that cannot be read was put aside", update=number, why=str(odd))
            HANDLED.labels("aside").inc()
            return Arrived(number or 0, None, shape("") or "", why="unreadable")
    log.warning("an update without a number was passed")
    HANDLED.labels("aside").inc()
    return None


def read_anew(each: Arrived) -> Arrived:
    """What its body says of it, where only the body was kept."""
    update = orjson.loads(each.body)
    return replace(each, pressed=pressed(update), **noted(update))


def read_again(each: Arrived) -> Arrived:
    """The same of one that a process which is no more may have begun with."""
    return replace(read_anew(each), again=True)


class Arrivals:
    """The presses that wait for their turn, the first first. One that is not first lays its chat aside: it holds up nobody else,
    and nobody who came before it can be kept from being handled by it."""

    def __init__(self) -> None:
        self._waiting: dict[int, int] = {}  # update → its place among all, in the order of the places
        self._aside: dict[int, int] = {}  # update → its chat

    def came(self, update: int, arrival: int) -> None:
        """Mostly behind all others; what is taken over from another process may come before them."""
        behind = not self._waiting or self._waiting[next(reversed(self._waiting))] <= arrival
        self._waiting[update] = arrival
        if not behind:
            self._waiting = dict(sorted(self._waiting.items(), key=itemgetter(1)))

    def is_next(self, update: int) -> bool:
        """Also for whatever needs no turn."""
        return update not in self._waiting or next(iter(self._waiting)) == update

    def lay_aside(self, update: int, chat: int) -> None:
        """Until those before it have had their turn."""
        self._aside[update] = chat

    def take_up(self, update: int) -> bool:
        """It goes on after all; False: somebody else goes on with its chat already."""
        return self._aside.pop(update, None) is not None

    def waits(self, update: int) -> bool:
        """Whether its turn is still to come, or in hand."""
        return update in self._waiting

    def served(self, update: int) -> int | None:
        """Its seat is given, or refused. Returns the chat that was laid aside and goes on now."""
        if self._waiting.pop(update, None) is None:
            return None
        return self.first_aside()

    def first_aside(self) -> int | None:
        """The chat of whoever is first, if it was laid aside: it is asked again."""
        return self._aside.pop(next(iter(self._waiting)), None) if self._waiting else None

    def clear(self) -> None:
        self._waiting.clear()
        self._aside.clear()
