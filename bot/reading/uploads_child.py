"""Read one uploaded table in a process of its own: `python -I -S uploads_child.py SITE_PACKAGES LIMITS < file > answer.json`.

Knows nothing of the bot, so that it starts in hundredths of a second. The answer is one JSON object: {"sheets": [[name, rows], …]}
or {"refused": word, …facts}. A cell that is no JSON is {"d": date}, {"dt": datetime} or {"t": time}. What kills this process (memory,
time, a fault of the reader) kills nobody else.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from typing import Any

Rows = list[list[Any]]

# Only what a reader of values needs goes on to it; pictures, drawings, themes, pivots and macros stay unread.
_NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?workbook\.xml(\.rels)?|xl/(sharedStrings|styles)\.xml|xl/worksheets/[^/]+\.xml)",
    re.I,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
# A cell that holds something: formatting alone («<c r="A1" s="2"/>» down to the last row) costs nothing and is let pass.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,9})(\d{1,19})["'][^>]*(?<!/)>""")
_SMALL = 1024 * 1024
_ANSWER = 48 * 1024 * 1024
_CELLS = 4_000_000
_PAGE = 4 * 1024 * 1024  # characters of a web page: its parser is the slowest, and some pages are slow on purpose


class No(Exception):  # noqa: N818 - the answer to the parent
    def __init__(self, word: str, **facts: Any) -> None:
        super().__init__(word)
        self.answer = {"refused": word, **facts}


def confine(memory: int, seconds: int) -> None:
    """Limit what this process may take: bytes beyond what it holds already, seconds of processor. Does nothing where it cannot."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - pathlib costs 10 ms here
            held = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
    except (OSError, ValueError):
        pass
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold children's names
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nor any other file: all of it stays in memory


def read(data: bytes, limits: dict[str, int]) -> Iterator[tuple[str, Rows]]:
    return read_workbook(data, limits) if data[:4] == b"PK\x03\x04" else read_text(data, limits)


# --- XLSX ---------------------------------------------------------------------------------------------------------------------


def read_workbook(data: bytes, limits: dict[str, int]) -> Iterator[tuple[str, Rows]]:
    clean = repack(data, limits)
    del data
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_filelike(clean)
    wanted = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(wanted) > limits["sheets"]:
        raise No("sheets")
    for name in wanted:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            yield name, []
            continue
        check_size(name, sheet.total_height, sheet.total_width, limits)
        left = [None] * sheet.start[1]  # iter_rows begins with row 1, but with the first filled column
        cells = (plain(row) for row in sheet.iter_rows())
        yield name, [left + row if row else row for row in cells]


def repack(data: bytes, limits: dict[str, int]) -> io.BytesIO:
    """A new archive of the checked parts only: what was measured here is exactly what is read afterwards."""
    import zipfile

    clean = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as out:
        parts = archive.infolist()
        check_archive(parts, limits)
        for part in parts:
            name = part.filename.replace("\\", "/").lstrip("/")
            if _NEEDED.fullmatch(name):
                content = archive.read(part)  # never more than the directory declares, or its checksum fails
                if _SHEET.fullmatch(name):
                    check_cells(content, limits)
                out.writestr(name, content)
    clean.seek(0)
    return clean


def check_archive(parts: list[Any], limits: dict[str, int]) -> None:
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise No("encrypted")
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise No("other")
    if "xl/workbook.xml" not in names:
        raise No("unknown")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > limits["unpacked"] or (unpacked > _SMALL and unpacked > packed * limits["ratio"]):
        raise No("bomb")
    if len(parts) > 2000 or len(names) < len(parts) or any(part.compress_type not in (0, 8) for part in parts):
        raise No("damaged")


def check_cells(content: bytes, limits: dict[str, int]) -> None:
    """How far the cells reach, before a reader lays out a table from the first to the last of them."""
    row = width = 0
    letters = b""
    for cell in _CELL.finditer(content):
        column, number = cell.groups()
        row = max(row, int(number))
        if column != letters:
            letters = column
            width = max(width, column_number(column))
    check_size("", row, width, limits)


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


# --- CSV ----------------------------------------------------------------------------------------------------------------------


def read_text(data: bytes, limits: dict[str, int]) -> Iterator[tuple[str, Rows]]:
    text = decode(data)
    start = text[:2000].lstrip().lower()
    if start.startswith("<") or "<table" in start:
        yield from read_page(text, limits)
        return
    import csv

    csv.field_size_limit(100_000)
    delimiter = separator(text)
    rows: Rows = []
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ","):
        row: list[str | None] = [cell if cell.strip() else None for cell in cells]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        if len(rows) > limits["rows"] or len(row) > limits["columns"]:
            check_size("", len(rows), len(row), limits)
    yield "" if delimiter else "\x00", rows


class Page(HTMLParser):
    """The tables of a web page, a merged cell's text in its first place."""

    def __init__(self, limits: dict[str, int]) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[Rows] = []
        self.open: list[int] = []  # of the tables we are in: tables stand in tables
        self.cell: list[str] | None = None
        self.spans: dict[tuple[int, int, int], None] = {}  # table, row, column taken from above

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_cell()
            self.tables.append([])
            self.open.append(len(self.tables) - 1)
            if len(self.tables) > self.limits["sheets"] * 10:  # a page has a table a pupil, and a legend for each
                raise No("sheets")
        elif tag == "tr" and self.open:
            self.end_cell()
            self.tables[self.open[-1]].append([])
            check_size("", len(self.tables[self.open[-1]]), 0, self.limits)
        elif tag in ("td", "th") and self.open and self.tables[self.open[-1]]:
            self.end_cell()
            self.begin_cell(dict(attrs))
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def begin_cell(self, attrs: dict[str, str | None]) -> None:
        table = self.open[-1]
        row = self.tables[table][-1]
        number = len(self.tables[table])
        while (table, number, len(row)) in self.spans:
            row.append(None)
        at = len(row)
        across, down = span(attrs.get("colspan"), self.limits["columns"]), span(attrs.get("rowspan"), 1000)
        row.extend([None] * across)
        check_size("", 0, len(row), self.limits)
        for below in range(1, down):
            self.spans.update(dict.fromkeys((table, number + below, at + n) for n in range(across)))
        self.place, self.cell = (row, at), []

    def end_cell(self) -> None:
        if self.cell is not None:
            row, at = self.place
            row[at] = " ".join("".join(self.cell).split()) or None
            self.cell = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.end_cell()
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)


def read_page(text: str, limits: dict[str, int]) -> Iterator[tuple[str, Rows]]:
    """The tables of a web page: what journals call `.xls` when they save one. A merged cell's text stands in its first place."""
    if len(text) > _PAGE:
        raise No("heavy")
    page = Page(limits)
    page.feed(text)
    page.close()
    page.end_cell()
    found = [plain_table(table) for table in page.tables if any(any(row) for row in table)]
    if not found:
        raise No("page")
    yield from (("" if number == 1 else str(number), table) for number, table in enumerate(found, 1))


def plain_table(table: Rows) -> Rows:
    for row in table:
        while row and row[-1] is None:
            row.pop()
    return table


def span(text: str | None, most: int) -> int:
    return min(int(text), most) or 1 if text and text.isdecimal() and len(text) < 9 else 1


def decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\x00" in data:
        raise No("unknown")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", "replace")
    # A picture or a program read as Windows-1251 is full of control characters; a table has none.
    if sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 32))) > len(text) // 100:
        raise No("unknown")
    return text


def separator(text: str) -> str | None:
    """`;`, tab or `,`: the one that makes columns on the most of the first lines, then the most columns."""
    import csv

    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    best: tuple[int, int, str | None] = (0, 0, None)
    for mark in ",\t;":
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
        best = max(best, (len(widths), max(widths, default=0), mark), key=lambda found: found[:2])
    return best[2]


# --- The answer ---------------------------------------------------------------------------------------------------------------


def as_json(cell: object) -> object:
    match cell:
        case datetime():
            return {"dt": cell.isoformat()}
        case date():
            return {"d": cell.isoformat()}
        case time():
            return {"t": cell.isoformat()}
        case timedelta() if timedelta(0) <= cell < timedelta(days=1):
            seconds = int(cell.total_seconds())
            return {"t": time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()}
        case _:
            return str(cell)


def answer(sheets: Iterable[tuple[str, Rows]]) -> dict[str, Any]:
    return {"sheets": list(sheets)}


def main() -> None:
    sys.path.append(sys.argv[1])
    limits: dict[str, int] = json.loads(sys.argv[2])
    confine(limits["memory"], limits["seconds"])
    found: dict[str, Any]
    try:
        found = answer(read(sys.stdin.buffer.read(), limits))
        text = json.dumps(found, default=as_json, ensure_ascii=False).encode("utf-8", "replace")
        if len(text) > _ANSWER:
            raise No("heavy")
    except No as no:
        text = json.dumps(no.answer).encode()
    except MemoryError:
        text = b'{"refused": "heavy"}'
    except BaseException:
        text = b'{"refused": "damaged"}'
    sys.stdout.buffer.write(text)


if __name__ == "__main__":
    main()
