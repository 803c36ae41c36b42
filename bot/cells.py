"""What a person typed, made safe for a file the bot writes: no formula runs, no character breaks it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeAlias

Safe: TypeAlias = str | int | float | bool | date | datetime | time | None

LONGEST = 32_767  # characters of an Excel cell

_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


def clean(text: str | None) -> str:
    """Without the characters that XML, and so no office file, can hold."""
    return (text or "").translate(_ILLEGAL)


def safe_cell(value: Safe) -> Safe:
    """A value that no spreadsheet runs: text that could begin a formula gets an apostrophe; what no cell can hold is left out."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError("Excel knows no zones: give the moment in the network's own time, without one")
    if not isinstance(value, str):
        return value
    text = clean(value)
    if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n"):
        text = f"'{text}"
    return text[:LONGEST]
