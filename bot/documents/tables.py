"""A workbook of plain tables: headings that stay in sight, filters, dates and percentages that are dates and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any, Literal

from bot.cells import Safe, safe_cell

LINE = 15.0  # points of height
_FORMATS = {"percent": "0%", "average": "0.00", "date": "dd.mm.yyyy", "time": "hh:mm", "number": "0", "text": "General"}


@dataclass(frozen=True)
class Column:
    """A heading, how wide its column is (characters) and what stands in it."""

    title: str
    width: int = 12
    kind: Literal["text", "number", "percent", "average", "date", "time"] = "number"


@dataclass(frozen=True)
class Sheet:
    """A table; `frozen` columns at the left stay in sight with the headings. A total stands below, outside the filter."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Safe]]
    frozen: int = 1
    total: Sequence[Safe] = ()


def book_of(sheets: Sequence[Sheet]) -> bytes:
    """The tables as XLSX; what people typed becomes no formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _make_room(made: Any, row: int, texts: Sequence[tuple[Any, int]]) -> None:
    """As high as its texts need in columns of these widths: not every program makes room for a second line by itself."""
    lines = max((_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    if lines > 1:
        made.row_dimensions[row].height = LINE * lines


def _lines(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, len(wrap(part, max(1, width - 1)))) for part in text.split("\n"))


def _write(made: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    made.append([safe_cell(column.title) for column in sheet.columns])
    for row in sheet.rows:
        made.append([safe_cell(value) for value in row])
    for index, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(index)
        made.column_dimensions[letter].width = column.width
        heading = made.cell(1, index)
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
        heading.alignment = Alignment(vertical="top", wrap_text=True)
    _make_room(made, 1, [(column.title, column.width - 1) for column in sheet.columns])  # in bold: a little wider
    made.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    if sheet.total and sheet.rows:
        made.append([safe_cell(value) for value in sheet.total])
        for each in made[made.max_row]:
            each.font = Font(bold=True)
    for cells in made.iter_rows(min_row=2):
        texts = [(cell.value, column.width) for cell, column in zip(cells, sheet.columns, strict=False) if column.kind == "text"]
        _make_room(made, cells[0].row, texts)
        for cell, column in zip(cells, sheet.columns, strict=False):
            cell.number_format = _FORMATS[column.kind]
            cell.alignment = Alignment(vertical="top", wrap_text=column.kind == "text")
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"
