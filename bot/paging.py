"""Cutting what is long into pages, and a page's buttons into rows. Pages count from 0; one beyond the last, as an old button may ask for, is the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of something long."""

    some: Sequence[T]  # what stands on it
    first: int  # how many stand on the pages before
    number: int
    of: int  # how many pages there are; one, be it empty, always is


def page_of(found: Sequence[T], number: int, size: int) -> Page[T]:
    """The page of this number, of `size` things each."""
    of = max(1, -(-len(found) // size))
    number = min(max(number, 0), of - 1)
    return Page(found[number * size : (number + 1) * size], number * size, number, of)


def in_rows(found: Sequence[T], width: int) -> list[list[T]]:
    """Side by side, `width` in a row."""
    return [[*found[start : start + width]] for start in range(0, len(found), width)]
