"""Scales of marks: which marks each has, and which scales a mark that is not of the course's may be of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.reading.letters import fold

ANY = "any"  # an answer: so it is to be written, whatever the scale
TOGETHER = "together"  # an answer: «45» is a 4 and a 5 written together
_NUMBER = re.compile(r"(\d+)(?:[.,]\d+)?|(\d+)/\d+")
_HIGHEST = {"five": 5, "ten": 10, "hundred": 100}
_CREDIT = frozenset(map(fold, ("зачёт", "зач", "зч", "незачёт", "нз", "н/з", "не зачёт", "зачтено", "не зачтено", "точка")))
_TOGETHER = re.compile(r"[1-5]{2,3}")


def outside(scale: str | None, mark: str) -> bool:
    """Whether a mark is not of that scale. Words are of every scale that has marks at all, but for «зачёт», which has its own.

    None: the five-point one, which a course has of which nothing is said; of it «5-» is no number and is let be.
    """
    if scale == ANY:
        return False
    if scale == "none":
        return True
    if scale == "credit":
        return fold(mark) not in _CREDIT
    if scale == "level":
        return False
    number = _NUMBER.fullmatch(mark)
    if number is None:
        return False
    if scale in (None, "five", TOGETHER):
        return mark not in ("1", "2", "3", "4", "5")
    return float(number[1] or number[2]) > _HIGHEST[scale]


def fitting(marks: Iterable[str]) -> list[str]:
    """What may be meant by marks that are not of the scale, the likeliest first."""
    every = list(marks)
    found = [TOGETHER] if all(_TOGETHER.fullmatch(mark) for mark in every) else []
    numbers = [_NUMBER.fullmatch(mark) for mark in every]
    if all(numbers):
        found += [scale for scale in ("ten", "hundred") if not any(outside(scale, mark) for mark in every)]
    return [*found, ANY]
