"""Rows as what they are called: read by name, but the names are looked up once for all rows of an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Result

T = TypeVar("T")


def each(found: Result[*tuple[Any, ...]], made: type[T]) -> list[T]:
    """Of every row one `made`, a dataclass all of whose fields the question names.

    `made(**row._mapping)` asks each row for its names anew: of hundreds that costs more than the question.
    """
    names = list(found.keys())
    places = [names.index(field.name) for field in fields(made)]  # type: ignore[arg-type]  # of a dataclass
    make: Callable[..., T] = made
    return [make(*map(row.__getitem__, places)) for row in found]
