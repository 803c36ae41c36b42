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
WORDS = {"одобрить": "approve", "вернуть": "return", "отклонить": "decline"}  # the drop-down's
# What people type all the same.
_FORMS = WORDS | {
    **dict.fromkeys(("одобрено", "одобрена", "одобрен", "одобряю", "одобрили"), "approve"),
    **dict.fromkeys(("возвращено", "вернули", "возвращаю", "возврат", "на доработку"), "return"),
    **dict.fromkeys(("отклонено", "отклонена", "отклонен", "отклоняю", "отказ", "отказать", "отказано"), "decline"),
}
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
    where: str = ""  # the letter of the reason's column


def looks_like_decisions(sheets: Sequence[Sheet]) -> bool:
    """Whether it is a sheet of applications, by its headings."""
    return any(_heading(sheet) is not None for sheet in sheets)


def read_decisions(sheets: Sequence[Sheet]) -> list[Decided]:
    """The rows with a decision; a row without one says nothing. Faults: every cell that cannot be read, at once."""
    found = [(sheet, at) for sheet in sheets if (at := _heading(sheet)) is not None]
    sheet, at = found[0]
    if len(found) > 1:
        raise Faults("sheet-faults", [Refusal("sheet-two", first=sheet.name, second=found[1][0].name)])
    columns, faults = _columns(sheet, at)
    if faults:
        raise Faults("sheet-faults", faults)
    rows, faults = _rows(sheet, at, columns)
    faults = [*_merged(sheet, at, columns), *faults]
    if faults:
        raise Faults("sheet-faults", faults)
    return rows


def _columns(sheet: Sheet, at: int) -> tuple[dict[str, int], list[Refusal]]:
    """Where each needed column stands; one that is lost or stands there twice is a fault."""
    titles = [fold(_text(cell)) for cell in sheet.rows[at]]
    columns = {name: titles.index(fold(name)) for name in NEEDED if fold(name) in titles}
    faults = [_lost(sheet, at, name) for name in NEEDED if name not in columns]
    for place, title in enumerate(titles):
        name = next((name for name in columns if fold(name) == title), None)
        if name is not None and columns[name] != place:
            faults.append(_fault(sheet, at, name, {name: place}, "sheet-column-twice", first=letter(columns[name] + 1)))
    return columns, faults


def _lost(sheet: Sheet, at: int, name: str) -> Refusal:
    if name == MARK:
        return Refusal("sheet-no-mark", sheet=sheet.name, row=str(at + 1), column=name)
    return Refusal("sheet-no-column", sheet=sheet.name, row=str(at + 1), column=name)


def _rows(sheet: Sheet, at: int, columns: dict[str, int]) -> tuple[list[Decided], list[Refusal]]:
    found: list[Decided] = []
    faults: list[Refusal] = []
    seen: dict[int, int] = {}
    for index in range(at + 1, len(sheet.rows)):
        try:
            one = _row(sheet, index, columns)
            if one is not None and one.application in seen:
                first = seen[one.application]
                raise _fault(sheet, index, NUMBER, columns, "sheet-twice", found=str(one.application), first=first)
        except Refusal as fault:
            faults.append(fault)
            continue
        if one is not None:
            seen[one.application] = one.row
            found.append(one)
    return found, faults


def _merged(sheet: Sheet, at: int, columns: dict[str, int]) -> list[Refusal]:
    """Cells drawn together over rows of applications: only the first of them says anything, and the others would be lost."""
    faults = []
    for first, left, last, right in sheet.merges:
        name = next((name for name, place in columns.items() if left <= place + 1 <= right), None)
        if name is not None and last > at + 1:
            faults.append(_fault(sheet, max(first - 1, at + 1), name, columns, "sheet-merged", last=str(last)))
    return faults


def _heading(sheet: Sheet) -> int | None:
    """The row of headings: one of the first ten. A column of it may be lost, and is asked for by name."""
    wanted = {fold(name) for name in (NUMBER, CHILD, DECISION)}
    return next((at for at, row in enumerate(sheet.rows[:10]) if wanted <= {fold(_text(cell)) for cell in row}), None)


def _row(sheet: Sheet, index: int, columns: dict[str, int]) -> Decided | None:
    def cell(name: str) -> str:
        row = sheet.rows[index]
        return _text(row[columns[name]]) if columns[name] < len(row) else ""

    word = cell(DECISION)
    if not word and cell(REASON):
        raise _fault(sheet, index, DECISION, columns, "sheet-reason-alone")
    if not word:
        return None
    decision = _FORMS.get(fold(word).replace("ё", "е"))
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
    where = letter(columns[REASON] + 1)
    return Decided(index + 1, int(number), cell(CHILD), decision, reason, cell(MARK), where)


def _fault(sheet: Sheet, index: int, column: str, columns: dict[str, int], key: str, **facts: str | int) -> Refusal:
    where = {"sheet": sheet.name, "row": str(index + 1), "column": column, "letter": letter(columns[column] + 1)}
    return Refusal(key, **where, **facts)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text.startswith("'") else text
