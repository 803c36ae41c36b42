"""The applications as a sheet to decide in: a row each, a drop-down of decisions, a mark of what the row showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from bot.cells import safe_cell
from bot.reading.decisions import COLUMNS, DECISION, MARK, REASON, SHEET, WORDS

_WIDTHS = (12, 34, 8, 44, 44, 14, 26, 14, 44, 12)


@dataclass(frozen=True)
class Row:
    """An application as the sheet shows it; the words are the reader's language's."""

    number: int
    child: str
    class_name: str
    courses: str
    warnings: str
    submitted: str
    state: str
    open: bool  # waits for a decision
    mark: str


def decisions_xlsx(rows: Sequence[Row]) -> bytes:
    """Those that wait first; a decision is chosen from a list, its reason written beside it."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    for row in rows:
        shown = (row.child, row.class_name, row.courses, row.warnings, row.submitted, row.state)
        sheet.append([row.number, *(safe_cell(text) for text in shown), None, None, row.mark])
    for index, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(1, index).font = Font(bold=True)
    decision, reason, mark = (COLUMNS.index(name) + 1 for name in (DECISION, REASON, MARK))
    sheet.column_dimensions[get_column_letter(mark)].hidden = True
    choice = DataValidation(type="list", formula1=f'"{",".join(WORDS)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    to_fill = PatternFill("solid", fgColor="FFF8E1")
    for number, row in enumerate(rows, 2):
        for column in range(1, len(COLUMNS) + 1):
            sheet.cell(number, column).alignment = Alignment(vertical="top", wrap_text=True)
        if row.open:
            choice.add(sheet.cell(number, decision))
            sheet.cell(number, decision).fill = sheet.cell(number, reason).fill = to_fill
    sheet.freeze_panes = "C2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
