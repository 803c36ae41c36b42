"""Long lists in parts: a statement takes only so many values at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
MOST = 500  # in one statement


def parts(values: Sequence[T], size: int = MOST) -> Iterator[Sequence[T]]:
    """These values in their order, at most `size` at once."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
