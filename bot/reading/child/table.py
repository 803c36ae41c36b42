"""What every reader of files gives: tables of plain cells, what merged cells cover, and what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Rows: TypeAlias = list[list[Any]]
Merge: TypeAlias = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 1

STRUCK = "\u0336"  # after each letter that is struck out: whoever sees the table does not count it
_CELLS = 4_000_000
_SERIAL_DAYS = range(18_000, 80_000)  # whole numbers that may be days of Excel's


class No(Exception):  # noqa: N818 - the answer to the parent
    def __init__(self, word: str, **facts: Any) -> None:
        super().__init__(word)
        self.answer = {"refused": word, **facts}


@dataclass
class Table:
    """One sheet. A cell that is no JSON, or of which more is to be told than its value, is a dict of one word (`answer.as_json`)."""

    name: str
    rows: Rows
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False  # Excel shows it to nobody

    def put(self, row: int, column: int, cell: Any) -> None:
        """Say more of a cell than its value; rows and columns from 1."""
        self.rows.extend([] for _ in range(row - len(self.rows)))
        cells = self.rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = cell

    def at(self, row: int, column: int) -> Any:
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cells[column - 1] if column <= len(cells) else None


def error(text: str) -> dict[str, str]:
    return {"e": text}


def struck(text: str) -> str:
    """The text as struck out."""
    return "".join(letter + STRUCK for letter in text)


def formula() -> dict[str, str]:
    """A formula nobody has worked out: its value was never saved."""
    return {"f": ""}


def number(value: float, format_: str) -> dict[str, list[Any]]:
    return {"n": [value, format_]}


def since_1904(rows: Rows) -> Rows:
    """Numbers that may be days, where days are counted from 1904."""
    return [[{"m": cell} if type(cell) in (int, float) and int(cell) in _SERIAL_DAYS else cell for cell in row] for row in rows]


def check_size(name: str, rows: int, columns: int, limits: dict[str, int]) -> None:
    if rows > limits["rows"]:
        raise No("rows", sheet=name, found=rows)
    if columns > limits["columns"]:
        raise No("columns", sheet=name, found=columns)
    if rows * columns > _CELLS:
        raise No("heavy")


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def plain(row: list[Any]) -> list[Any]:
    cells = [whole(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def whole(cell: Any) -> Any:
    """Excel keeps every number as a float: 7.0 was 7 to whoever typed it."""
    if cell == "":
        return None
    if type(cell) is float and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell
