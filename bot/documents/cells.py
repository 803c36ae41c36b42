"""What a person typed, made safe for a file: no formula runs, no character breaks it."""

from __future__ import annotations

from datetime import date

LONGEST = 32_767  # characters of an Excel cell

_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


def clean(text: str | None) -> str:
    """Without the characters that XML, and so no office file, can hold."""
    return (text or "").translate(_ILLEGAL)


def cell(value: str | int | date | None) -> str | int | date | None:
    """A value that no spreadsheet runs: text that could begin a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n"):
        text = f"'{text}"
    return text[:LONGEST]
