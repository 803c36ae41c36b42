"""What Telegram sends, read as bytes: each update of a batch by itself, measured before anything recursive touches it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from typing import Any

import orjson

ANSWER_MOST = 32 * 2**20  # bytes of one answer of getUpdates: a hundred updates of the largest kind are 15 MB
UPDATE_MOST = 2**20  # bytes of one update: text, quote and keyboard, all in escapes, are 200 KB
DEEPEST = 100  # levels: a message that answers a message with a keyboard has 12; orjson writes at most 254
TOKENS_MOST = 1_000_000  # brackets, commas and strings of one answer: a third of a second to look at
PIECES_MOST = 1_000  # of one answer: Telegram gives a hundred at most
IDS = 2**63  # update ids from here on cannot be kept

# Strings whole (the possessive quantifiers never go back, so one pass is linear whatever comes), then what has structure.
_TOKENS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{},:]', re.DOTALL)
_NUMBER = re.compile(rb"\s*:\s*(\d{1,30})\s*(?=[,}])")
_OPENS, _CLOSES = b"[{", b"]}"


class Odd(Exception):  # noqa: N818 - an answer, not an error
    """Telegram's answer is none; the message says how it is odd, and holds nothing of it."""


class TooLong(Odd):
    """There is too much of it to be looked at."""


@dataclass(frozen=True)
class Piece:
    """One update of a batch as bytes, and how deep it is nested."""

    body: bytes
    depth: int
    whole: bool = True  # False: its beginning only

    @property
    def update_id(self) -> int | None:
        """By looking only, so that what cannot be read has a number too: Telegram writes it first."""
        depth = 0
        for token in islice(_TOKENS.finditer(self.body), 10_000):
            first = self.body[token.start()]
            if first in _OPENS:
                depth += 1
            elif first in _CLOSES:
                depth -= 1
            elif depth == 1 and token[0] == b'"update_id"':
                found = _NUMBER.match(self.body, token.end())
                return int(found[1]) if found else None
        return None

    def read(self) -> dict[str, Any]:
        """The update; Odd when it is none, or could not be read without danger."""
        if len(self.body) > UPDATE_MOST or not self.whole:
            raise Odd("too long")
        if self.depth > DEEPEST:
            raise Odd("too deep")
        try:
            update = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise Odd("not JSON") from None
        if not isinstance(update, dict):
            raise Odd("not an update")
        return update


def piece(body: bytes) -> Piece:
    """A webhook's body, measured."""
    if len(body) > UPDATE_MOST:
        return Piece(body, 0)
    depth = deepest = 0
    for token in _tokens(body):
        first = body[token.start()]
        if first in _OPENS:
            depth += 1
            deepest = max(deepest, depth)
        elif first in _CLOSES:
            depth -= 1
    return Piece(body, deepest)


def batch(body: bytes) -> tuple[dict[str, Any], list[Piece]]:
    """An answer of getUpdates: what stands around its result, and the pieces of its result. Odd when it is none, or TooLong.

    >>> batch(b'{"ok": true, "result": [{"update_id": 7}]}')[1][0].update_id
    7
    """
    around, pieces, depth = bytearray(), [], 0
    for kind, part, deep in _parts(body):
        if kind == "update":
            pieces.append(Piece(part, deep))
            if len(pieces) > PIECES_MOST:
                raise TooLong("too many of them")
        else:
            around += part
            depth = max(depth, deep)
    if depth > DEEPEST:
        raise Odd("too deep")
    try:
        answer = orjson.loads(bytes(around))
    except orjson.JSONDecodeError:
        raise Odd("not JSON") from None
    if not isinstance(answer, dict):
        raise Odd("not an object")
    if answer.get("ok") is True and not isinstance(answer.get("result"), list):
        raise Odd("without a list of updates")
    return answer, pieces


def _tokens(body: bytes) -> Iterator[re.Match[bytes]]:
    for count, token in enumerate(_TOKENS.finditer(body)):
        if count == TOKENS_MOST:
            raise TooLong("too much of it")
        yield token


def _parts(body: bytes) -> Iterator[tuple[str, bytes, int]]:
    """The answer cut at the commas of its result: ("update", …) for what stands between, ("around", …) for the rest."""
    depth = deepest = since = 0
    key, named, inside = b"", b"", False
    for token in _tokens(body):
        at = token.start()
        first = body[at]
        if first in _OPENS:
            depth += 1
            deepest = max(deepest, depth)
            if depth == 2 and not inside and named == b'"result"' and first == ord("["):
                yield "around", body[since : at + 1], deepest
                inside, since, deepest = True, at + 1, 0
        elif first in _CLOSES:
            depth -= 1
            if inside and depth == 1:
                if body[since:at].strip():
                    yield "update", body[since:at], max(deepest - 2, 0)
                inside, since, deepest, named = False, at, 0, b""
        elif first == ord(","):
            if inside and depth == 2:
                yield "update", body[since:at], max(deepest - 2, 0)
                since, deepest = at + 1, 0
            elif depth == 1:
                named = b""
        elif first == ord(":"):
            named = key if depth == 1 else named
        else:
            key = token[0]
    yield ("update" if inside else "around"), body[since:], deepest


def cleaned(thing: Any) -> Any:
    """The update without what only harms: Odd for a number no database keeps.

    Each `rich_message` is emptied, wherever it stands: validating a nested one freezes the loop for seconds. A NUL goes
    out of every text: PostgreSQL keeps none.
    """
    if isinstance(thing, dict):
        return {name: {"blocks": []} if name == "rich_message" else cleaned(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [cleaned(value) for value in thing]
    if isinstance(thing, str) and "\0" in thing:
        return thing.replace("\0", "")
    if isinstance(thing, int) and not -IDS <= thing < IDS:
        raise Odd("a number out of range")
    return thing


def keepable(update_id: object) -> bool:
    """Whether an update of this id can be kept, and passed by the offset."""
    return type(update_id) is int and 0 <= update_id < IDS


def seconds(given: object, *, otherwise: float, most: float = 3600.0) -> float:
    """A number of seconds out of anybody's JSON, within 0 … `most`; `otherwise` for what is no number."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given):
        return otherwise
    return min(max(float(given), 0.0), most)
