"""A table looked at twice in one question: once as itself, once by another name."""

from __future__ import annotations

from functools import cache
from typing import TypeVar, cast

from sqlalchemy.orm import aliased

from storage.tables import Table

T = TypeVar("T", bound=Table)


@cache
def twin(table: type[T], part: str) -> type[T]:
    """The table by another name, made once in a process: to make it costs more than to ask what it is for.

    `part`: what it stands for, and its name in SQL; questions that mean the same by it share it. One question may have a twin
    twice only side by side, never one inside the other.
    """
    return cast("type[T]", aliased(table, name=f"{table.__tablename__}_{part}"))
