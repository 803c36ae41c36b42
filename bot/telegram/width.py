"""How wide a button's words are, and how many of a row a telephone shows whole side by side.

A page 390 pixels wide gives a message about 318 of them, and of those each button of a row as much as any other; what does not
fit is cut with «…». The letters are those of DejaVu Sans at 14.5 px, wider than a telephone's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from bot.paging import in_rows

T = TypeVar("T")

MESSAGE, BETWEEN, AROUND = 318.0, 3.0, 6.0  # pixels: all the row, between two buttons, of a button around its words
SHORT = 5  # characters that fit into any row that anybody makes: a mark, a number, a class
NARROW = frozenset(" .,:;!'|()[]ijlfrtIJ·-/")
WIDE = frozenset("шщжмюыфШЩЖМЮЫФДmwMW№@%—")
UNSEEN = frozenset("\u200d\ufe0f")  # they join or choose a picture
PICTURES = "\u2190"  # arrows, signs and pictures begin here


def width(words: str) -> float:
    """Pixels, a few more or less."""
    return sum(_of(each) for each in words if each not in UNSEEN)


def _of(letter: str) -> float:
    if letter >= PICTURES:
        return 18.0
    if letter in NARROW:
        return 5.0
    if letter in WIDE:
        return 12.5
    return 10.0 if letter.isupper() else 9.0


def side_by_side(labels: Sequence[str]) -> int:
    """How many of these a row may hold, at least one: as many as there are, when all of them are shown whole."""
    long = [each for each in labels if len(each) > SHORT]
    widest = max(map(width, long), default=0.0)
    many = len(labels)
    while many > 1 and widest > (MESSAGE - BETWEEN * (many - 1)) / many - AROUND:
        many -= 1
    return many


def cut(row: Sequence[T], labels: Sequence[str]) -> list[list[T]]:
    """The row in as few rows as show it whole, each about as long as the others."""
    rows = ceil(len(row) / side_by_side(labels))
    return in_rows(row, ceil(len(row) / rows))
