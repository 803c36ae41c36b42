"""The rows of a workbook's sheets, put into its XML as they come: of a hundred thousand rows openpyxl would make a million objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.cells import Safe, safe_cell

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
DAY = timedelta(days=1)
_END = "</sheetData>"


@dataclass(frozen=True)
class Row:
    """A row below those that are there: its values, a style of the book for each, and its height in points (None: a line's)."""

    cells: Sequence[Safe]
    styles: Sequence[int]
    height: float | None = None


def with_rows(book: BytesIO, sheets: Sequence[Iterable[Row]]) -> bytes:
    """A book as openpyxl has saved it, each of whose sheets has its headings only, with these rows below them."""
    kept, known = BytesIO(), _Words()
    with ZipFile(book) as read, ZipFile(kept, "w", ZIP_DEFLATED) as written:
        parts = {f"xl/worksheets/sheet{number}.xml": rows for number, rows in enumerate(sheets, 1)}
        for info in read.infolist():
            if info.filename not in parts:
                written.writestr(info, read.read(info))
                continue
            before, end, after = read.read(info).decode().partition(_END)
            with written.open(info, "w") as sheet:
                sheet.write(before.encode())
                for some in _lines(parts[info.filename], known):
                    sheet.write(some.encode())
                sheet.write(f"{end}{after}".encode())
    return kept.getvalue()


def _lines(rows: Iterable[Row], known: _Words) -> Iterator[str]:
    letters: list[str] = []
    for number, row in enumerate(rows, 2):
        while len(letters) < len(row.cells):
            letters.append(_letter(len(letters)))
        height = f' ht="{row.height}" customHeight="1"' if row.height else ""
        cells = "".join(
            f'<c r="{letter}{number}" s="{style}"{_valued(value, known)}'
            for letter, style, value in zip(letters, row.styles, row.cells, strict=False)
        )
        yield f'<row r="{number}"{height}>{cells}</row>'


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def _valued(value: Safe, known: _Words) -> str:
    """What follows a cell's style."""
    if isinstance(value, str):
        return known[value]
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    return f"><v>{value if isinstance(value, int | float) else _serial(value)}</v></c>"


def _serial(value: date | time) -> float:
    """A day or an hour as a spreadsheet counts: days since its epoch, hours as their parts."""
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / DAY
    if isinstance(value, datetime):
        safe_cell(value)  # refuses a moment with a zone
        return (value - datetime.combine(EPOCH, time())) / DAY
    return (value - EPOCH).days


class _Words(dict[str, str]):
    """A text as a cell says it; the same name stands in a thousand cells."""

    def __missing__(self, text: str) -> str:
        said = escape(str(safe_cell(text)), quote=False)
        self[text] = made = f' t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
        return made
