"""The sheet of applications: its columns, and what a coordinator has written into it, with faults by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.uploads import Cell, Sheet, letter
from bot.reading.workbook.rows import fold
from bot.refusals import Faults, Refusal

SHEET = "Заявления"
NUMBER, CHILD, DECISION, REASON, MARK = "Заявление", "Ребёнок", "Решение", "Причина", "Метка"
COLUMNS = (NUMBER, CHILD, "Класс", "Курсы", "Замечания", "Подано", "Сейчас", DECISION, REASON, MARK)
WORDS = {"одобрить": "approve", "вернуть": "return", "отклонить": "decline"}
NEEDED = (NUMBER, CHILD, DECISION, REASON, MARK)
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Decided:
    """One row with a decision written into it."""

    row: int
    application: int
    child: str
    decision: str  # approve | return | decline
    reason: str
    mark: str  # the stamp of what the row showed


def looks_like_decisions(sheets: Sequence[Sheet]) -> bool:
    """Whether it is a sheet of applications, by its headings."""
    return any(_heading(sheet) is not None for sheet in sheets)


def read_decisions(sheets: Sequence[Sheet]) -> list[Decided]:
    """The rows with a decision; a row without one says nothing. Faults: every cell that cannot be read, at once."""
    sheet = next(sheet for sheet in sheets if _heading(sheet) is not None)
    at = _heading(sheet) or 0
    place = {fold(_text(cell)): index for index, cell in enumerate(sheet.rows[at])}
    columns = {name: place[fold(name)] for name in NEEDED}
    found: list[Decided] = []
    faults: list[Refusal] = []
    seen: dict[int, int] = {}
    for index in range(at + 1, len(sheet.rows)):
        try:
            one = _row(sheet, index, columns)
            if one is not None and one.application in seen:
                raise _fault(
                    sheet, index, NUMBER, columns, "sheet-twice", found=str(one.application), first=seen[one.application]
                )
        except Refusal as fault:
            faults.append(fault)
            continue
        if one is not None:
            seen[one.application] = one.row
            found.append(one)
    if faults:
        raise Faults("sheet-faults", faults)
    return found


def _heading(sheet: Sheet) -> int | None:
    """The row of headings: one of the first ten."""
    wanted = {fold(name) for name in NEEDED}
    return next((at for at, row in enumerate(sheet.rows[:10]) if wanted <= {fold(_text(cell)) for cell in row}), None)


def _row(sheet: Sheet, index: int, columns: dict[str, int]) -> Decided | None:
    def cell(name: str) -> str:
        row = sheet.rows[index]
        return _text(row[columns[name]]) if columns[name] < len(row) else ""

    word = cell(DECISION)
    if not word:
        return None
    decision = WORDS.get(fold(word))
    if decision is None:
        raise _fault(sheet, index, DECISION, columns, "sheet-not-a-decision", found=word[:60])
    number = cell(NUMBER)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise _fault(sheet, index, NUMBER, columns, "sheet-not-a-number", found=number[:60])
    reason = " ".join(cell(REASON).split())
    if decision != "approve" and not reason:
        raise _fault(sheet, index, REASON, columns, "sheet-reason-needed")
    if len(reason) > LONGEST_REASON:
        raise _fault(sheet, index, REASON, columns, "sheet-reason-long", limit=LONGEST_REASON)
    return Decided(index + 1, int(number), cell(CHILD), decision, reason, cell(MARK))


def _fault(sheet: Sheet, index: int, column: str, columns: dict[str, int], key: str, **facts: str | int) -> Refusal:
    where = {"sheet": sheet.name, "row": str(index + 1), "column": column, "letter": letter(columns[column] + 1)}
    return Refusal(key, **where, **facts)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text.startswith("'") else text
