"""Merged cells: a value that stands over several rows is each row's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.reading.uploads import Sheet, letter


def filled_down(sheet: Sheet, heading: int) -> tuple[Sheet, dict[str, int]]:
    """The sheet with the values of its merged cells in every row below its heading (from 0), and how many rows of which column got one.

    Cells merged across are titles: they keep their place.
    """
    wanted = [merge for merge in sheet.merges if merge[1] == merge[3] and merge[2] > merge[0] > heading + 1]
    if not wanted:
        return sheet, {}
    rows = [list(row) for row in sheet.rows]
    counted: Counter[str] = Counter()
    for top, column, bottom, _ in wanted:
        value = rows[top - 1][column - 1] if top <= len(rows) and column <= len(rows[top - 1]) else None
        if value is None:
            continue
        for below in rows[top : min(bottom, len(rows))]:
            below.extend([None] * (column - len(below)))
            if below[column - 1] is None:
                below[column - 1] = value
                counted[letter(column)] += 1
    return replace(sheet, rows=rows), dict(counted)
