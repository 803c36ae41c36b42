"""Academic years in words."""

from __future__ import annotations

from storage.network.years import usual


def dated(label: str, year: int, this: int) -> str:
    """A button's words, with the academic year where it is another than this one."""
    return label if year == this else f"{label} · {usual(year).short}"
