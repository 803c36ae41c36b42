"""What a course needs against what its rooms and its organization have: what is missing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.services.courses.search import fold, stem

_PARTS = re.compile(r"[,;\n]|\s\+\s")


@dataclass(frozen=True)
class Missing:
    """One thing that is needed: as it is written, how many, and how many there are of it."""

    what: str
    needed: int
    found: int


def missing(needed: str | None, have: Iterable[str | None]) -> list[Missing]:
    """What of «10 компьютеров, проектор» is not among what there is. Words are compared by their stems; of a number written on
    both sides the smaller is too few, a number nobody wrote is enough.
    """
    known = [(_stems(part), _number(part)) for text in have for part in _PARTS.split(text or "") if part.strip()]
    found = []
    for part in _PARTS.split(needed or ""):
        wanted = _stems(part)
        if not wanted:
            continue
        there = [number for stems, number in known if all(any(one.startswith(each) for one in stems) for each in wanted)]
        number = _number(part)
        if not there:
            found.append(Missing(part.strip(), number or 1, 0))
        elif number is not None and None not in there and (best := max(each or 0 for each in there)) < number:
            found.append(Missing(part.strip(), number, best))
    return found


def _stems(part: str) -> set[str]:
    return {stem(word) for word in fold(part) if not word.isdigit() and len(word) > 2} or {
        word for word in fold(part) if not word.isdigit()
    }


def _number(part: str) -> int | None:
    said = re.search(r"(?<![\w.,-])\d{1,4}(?![\w.,-])", part)
    return int(said[0]) if said else None
