"""Cells of files the bot writes: whatever a person typed stays text when somebody opens the file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeAlias

Safe: TypeAlias = str | int | float | bool | date | datetime | time | None

_LONGEST = 32_767  # of an Excel cell
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


def safe_cell(value: Safe) -> Safe:
    """A value that no spreadsheet runs: text that could begin a formula gets an apostrophe; what no cell can hold is left out."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError("Excel knows no zones: give the moment in the network's own time, without one")
    if not isinstance(value, str):
        return value
    text = value.translate(_ILLEGAL)
    if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n"):
        text = f"'{text}"
    return text[:_LONGEST]
