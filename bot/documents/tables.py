"""A workbook of plain tables: headings that stay in sight, filters, dates and percentages that are dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from textwrap import wrap
from typing import Any, Literal

from bot.cells import Safe, safe_cell
from bot.documents.rows import Row, with_rows

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
    styles = [_write(book.create_sheet(sheet.title), sheet) for sheet in sheets]
    kept = BytesIO()
    book.save(kept)
    return with_rows(kept, [_rows(sheet, *of) for sheet, of in zip(sheets, styles, strict=True)])


Styles = list[int]  # a book's number of each column's style


def _write(made: Any, sheet: Sheet) -> tuple[Styles, Styles]:
    """Everything of a sheet but its rows: a cell of its own for each of a hundred thousand lessons would cost a minute.

    Returns the styles of the rows' cells and of the total's.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    plain, bold = [], []
    for index, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(index)
        made.column_dimensions[letter].width = column.width
        heading = made.cell(1, index, safe_cell(column.title))
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
        heading.alignment = Alignment(vertical="top", wrap_text=True)
        plain.append(_style_of(made.cell(2, index), column))
        bold.append(_style_of(made.cell(3, index), column, font=Font(bold=True)))
    made.delete_rows(2, 2)  # the book keeps their styles
    if (lines := _lines_of([column.title for column in sheet.columns], [column.width - 1 for column in sheet.columns])) > 1:
        made.row_dimensions[1].height = LINE * lines  # in bold: a little wider
    made.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"
    return plain, bold


def _style_of(sample: Any, column: Column, **more: Any) -> int:
    from openpyxl.styles import Alignment

    sample.number_format = _FORMATS[column.kind]
    sample.alignment = Alignment(vertical="top", wrap_text=column.kind == "text")
    for name, value in more.items():
        setattr(sample, name, value)
    return int(sample.style_id)


def _rows(sheet: Sheet, plain: Styles, bold: Styles) -> Iterator[Row]:
    widths = [column.width if column.kind == "text" else 0 for column in sheet.columns]
    for row in sheet.rows:
        yield Row(row, plain, _height(row, widths))
    if sheet.total and sheet.rows:
        yield Row(sheet.total, bold, _height(sheet.total, widths))


def _height(row: Sequence[Safe], widths: Sequence[int]) -> float | None:
    lines = _lines_of(row, widths)
    return LINE * lines if lines > 1 else None


def _lines_of(row: Sequence[Safe], widths: Sequence[int]) -> int:
    """As high as its texts need in columns of these widths (0: of no text): not every program makes room for a second line by
    itself.
    """
    return max(
        (_lines(text, width) for text, width in zip(row, widths, strict=False) if width and isinstance(text, str)), default=1
    )


def _lines(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return _wrapped(text, width)


@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int) -> int:
    return sum(max(1, len(wrap(part, max(1, width - 1)))) for part in text.split("\n"))
