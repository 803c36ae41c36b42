"""ODS: the tables of LibreOffice and its kin."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from bot.reading.child.table import STRUCK, No, Table, check_size, error, formula, number, plain, struck

_NEEDED = ("mimetype", "content.xml", "META-INF/manifest.xml")
_OURS = b"opendocument.spreadsheet"
_ERROR = re.compile(r"#[^\s#]|(?:Err|Ошибка|Ошб):\s?\d{3}", re.I)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIFTED = re.compile("super|0*[1-9]")  # by its word, or by how much
_AS_BIG = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")  # the reader of values gives them as big as the others
_LAST = 100_000  # a repeated row or cell is followed no further than any limit allows
_MOST_MERGES = 10_000


def read_ods(archive: zipfile.ZipFile, limits: dict[str, int]) -> Iterator[Table]:
    """The sheets, by the same reader as XLSX; formulas without a value, errors, percents and merged cells are looked up beside it."""
    kept = {name: archive.read(name) for name in _NEEDED if name in archive.namelist()}
    if _OURS not in kept["mimetype"]:
        raise No("other")
    if b"encryption-data" in kept.get("META-INF/manifest.xml", b""):
        raise No("encrypted")
    if b"<!ENTITY" in kept["content.xml"]:
        raise No("damaged")
    close = Closer(limits)
    close.read(kept["content.xml"])
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as out:
        for name, content in kept.items():
            out.writestr(name, content)
    clean.seek(0)
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(clean)
    if len(book.sheet_names) > limits["sheets"]:
        raise No("sheets")
    shown = {each.name: each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata}
    for at, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(at)
        table = Table(name, [], hidden=not shown.get(name, True))
        if sheet.start is not None:
            check_size(name, sheet.total_height, sheet.total_width, limits)
            left = [None] * sheet.start[1]
            table.rows = [left + row if row else row for row in (plain(row) for row in sheet.iter_rows())]
        if at < len(close.tables):
            for (row, column), said in close.tables[at].items():
                table.put(row, column, said)
            table.merges = close.merges[at]
        yield table


class Closer:
    """Goes through the content once: how far it reaches, and what the reader of values does not tell, with its place."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = limits
        self.tables: list[dict[tuple[int, int], Any]] = []
        self.merges: list[list[tuple[int, int, int, int]]] = []
        self.row = self.column = 0
        self.rows = self.depth = 0
        self.read_on: tuple[range, range, list[str]] | None = (
            None  # rows and columns of a cell whose text tells more, and that text
        )
        self.worked_out = False  # that cell is a formula
        self.style = ""
        self.told_by: dict[str, str] = {}  # style → «struck» or «raised»: what its letters tell by their looks
        self.looks: list[str | None] = []  # of what we are in

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise No("damaged") from None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        _, _, tag = name.rpartition(" ")
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append({})
                self.merges.append([])
                self.row = self.rows = 0
        elif self.depth == 0 and tag in ("style", "text-properties"):
            self.styled({key.rpartition(" ")[2]: value for key, value in attributes.items()})
        elif self.read_on is not None and tag in ("p", "span"):
            named = next((value for key, value in attributes.items() if key.endswith(" style-name")), None)
            self.looks.append(self.told_by.get(named or ""))
            self.read_on[2].append(" " if tag == "p" and self.read_on[2] else "")
        elif self.depth == 1 and tag == "table-row":
            self.row += self.rows
            self.rows, self.column = repeated(attributes, "number-rows-repeated"), 0
            self.row, self.rows = self.row + 1, self.rows - 1
        elif self.depth == 1 and tag in ("table-cell", "covered-table-cell"):
            self.cell({key.rpartition(" ")[2]: value for key, value in attributes.items()}, covered=tag != "table-cell")

    def end(self, name: str) -> None:
        self.depth -= name.endswith(" table")
        if self.read_on is not None and name.endswith((" p", " span")):
            self.looks.pop()
        if self.read_on is not None and name.endswith(" table-cell"):
            rows, columns, said = self.read_on
            text = "".join(said).strip()
            if self.worked_out and _ERROR.match(text):  # whatever value stands beside it: an empty text, or nought
                self.put(rows, columns, error(text))
            elif STRUCK in text or not _AS_BIG.isdisjoint(text):
                self.put(rows, columns, text)
            self.read_on = None

    def text(self, said: str) -> None:
        if self.read_on is not None:
            said = said.translate(_RAISED) if "raised" in self.looks else said
            self.read_on[2].append(struck(said) if "struck" in self.looks else said)

    def put(self, rows: range, columns: range, said: Any) -> None:
        self.tables[-1].update(((row, column), said) for row in rows for column in columns)

    def styled(self, about: dict[str, str]) -> None:
        self.style = about.get("name", self.style)
        if any(about.get(f"text-line-through-{what}", "none") != "none" for what in ("style", "type")):
            self.told_by[self.style] = "struck"
        elif _LIFTED.match(about.get("text-position", "")):
            self.told_by[self.style] = "raised"

    def cell(self, about: dict[str, str], *, covered: bool) -> None:
        at = self.column + 1
        times = min(int(about.get("number-columns-repeated", "1")), _LAST)
        self.column += times
        kind = about.get("value-type")
        if covered or (kind is None and "formula" not in about):
            return
        check_size("", self.row + self.rows, self.column, self.limits)
        said = self.said(kind, about)
        rows, columns = range(self.row, self.row + self.rows + 1), range(at, at + times)
        self.worked_out, self.looks = "formula" in about, [self.told_by.get(about.get("style-name", ""))]
        self.read_on = (rows, columns, []) if self.worked_out or self.told_by else None
        if said is not None:
            self.put(rows, columns, said)
        down, across = int(about.get("number-rows-spanned", "1")), int(about.get("number-columns-spanned", "1"))
        if (down > 1 or across > 1) and len(self.merges[-1]) < _MOST_MERGES:
            self.merges[-1].append((self.row, at, self.row + min(down, _LAST) - 1, at + min(across, _LAST) - 1))

    def said(self, kind: str | None, about: dict[str, str]) -> Any:
        if kind is None:
            return formula()
        if kind == "error":
            return error(about.get("string-value") or "#N/A")
        if kind in ("percentage", "currency") and "value" in about:
            sign = "%" if kind == "percentage" else f'" {about.get("currency", "")}"'
            return number(float(about["value"]), f"0{sign}" if kind == "percentage" else f"0.00{sign}")
        return None


def repeated(attributes: dict[str, str], name: str) -> int:
    found = next((value for key, value in attributes.items() if key.endswith(f" {name}")), "1")
    return min(int(found), _LAST * 20)
