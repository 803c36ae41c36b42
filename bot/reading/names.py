"""A name in columns of its own, «Фамилия», «Имя», «Отчество», as a register prints it: read as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.reading.cell import Broken, Cell, in_line
from bot.reading.letters import title_key
from bot.reading.uploads import Sheet, letter

WHOLE = "ФИО"
_OF = ("", " ученика", " учащегося", " обучающегося", " ребёнка", " сотрудника", " педагога")
_PARTS = tuple(frozenset(title_key(word + of) for of in _OF) for word in ("Фамилия", "Имя", "Отчество"))
_TITLE_ROWS = 12


def joined(sheet: Sheet, whole: Sequence[str] = (WHOLE,)) -> tuple[Sheet, list[str]]:
    """The sheet with its names in one column, headed «ФИО», where the surname stood; and the letters of the columns they stood in.

    As it is, and no letters, where there is no surname with a first name beside it, or a column for the whole name (`whole`) too.
    """
    for number, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        titles = [title_key(cell) if isinstance(cell, str) else "" for cell in row]
        places = [[at for at, title in enumerate(titles) if title in part] for part in _PARTS]
        if any(len(some) > 1 for some in places) or not (places[0] and places[1]):
            continue
        if set(titles) & {title_key(name) for name in whole}:
            return sheet, []
        at = [some[0] for some in places if some]
        rows = [*sheet.rows[:number], _one(row, at, WHOLE)]
        rows += [
            _one(below, at, _name([below[place] for place in at if place < len(below)])) for below in sheet.rows[number + 1 :]
        ]
        return replace(sheet, rows=rows), [letter(place + 1) for place in at]
    return sheet, []


def _name(parts: Sequence[Cell]) -> Cell:
    """The parts as one; what cannot be believed of one cannot of the whole."""
    return next((part for part in parts if isinstance(part, Broken)), " ".join(filter(None, map(in_line, parts)))) or None


def _one(row: Sequence[Cell], at: Sequence[int], name: Cell) -> list[Cell]:
    """The row with the name in the first of these places, the others empty."""
    made = [None if place in at else cell for place, cell in enumerate(row)]
    if at[0] < len(made):
        made[at[0]] = name
    return made
