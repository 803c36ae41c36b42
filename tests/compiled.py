"""Statements are compiled once for all databases of the tests, as a bot compiles them once for its life."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, make_url
from sqlalchemy.util import LRUCache

STATEMENTS = 6000  # more than there are in the house: of both kinds of database


def share(patch: pytest.MonkeyPatch) -> None:
    """Every engine looks into one store, and two dialects of a kind are one to it.

    An engine keeps what it compiled to itself. A test has an engine of its own for reading and one for writing, so each
    test compiled anew all it said: a third of the suite's time. What runs is the same to the letter.
    """
    compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    patch.setattr(Engine, "_compiled_cache", property(lambda _: compiled, lambda *_: None), raising=False)
    for kind in (make_url(f"{driver}://").get_dialect() for driver in ("sqlite", "sqlite+aiosqlite", "postgresql+asyncpg")):
        patch.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
