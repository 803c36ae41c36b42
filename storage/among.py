"""Whose rows are asked for, where somebody may be several: only what they are is asked, and then an index answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from storage.parts import MOST


def among(*asked: tuple[Any, Collection[Any]]) -> ColumnElement[bool]:
    """Whether one of these columns is among its values; an empty list asks nothing, and no list at all finds nothing.

    `a IN (1) OR b IN ()` says the same, but no database begins with the rows whose `a` is 1: it looks at all of them.
    """
    return either(*(column.in_(some) for column, some in asked if some))


def either(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether one of these is true; none is never."""
    if len(which) < 2:
        return which[0] if which else false()
    return or_(*which)


def if_few(column: Any, some: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is among these; of very many nothing is asked: who asked picks theirs out of all, which costs less."""
    return column.in_(some) if len(some) <= MOST else true()
