"""Web pages that call themselves tables: what journals save as `.xls`."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from bot.reading.child.table import Merge, No, Rows, Table, check_size, struck

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_SPANS = 100_000
_PAGE = 4 * 1024 * 1024  # characters of a web page: its parser is the slowest, and some pages are slow on purpose


class Page(HTMLParser):
    """The tables of a web page, a merged cell's text in its first place."""

    def __init__(self, limits: dict[str, int]) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[Rows] = []
        self.open: list[int] = []  # of the tables we are in: tables stand in tables
        self.cell: list[str] | None = None
        self.raised = ""
        self.struck = 0
        self.merges: list[list[Merge]] = []
        self.spans: dict[tuple[int, int, int], None] = {}  # table, row, column taken from above

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_cell()
            self.tables.append([])
            self.merges.append([])
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
        elif tag in ("sup", "sub"):
            self.raised = tag
        elif tag in ("s", "strike", "del"):
            self.struck += 1

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
        if down > 1 and len(self.spans) < _MOST_SPANS:
            self.merges[table].append((number, at + 1, number + down - 1, at + across))
        self.place, self.cell = (row, at), []

    def end_cell(self) -> None:
        if self.cell is not None:
            row, at = self.place
            row[at] = " ".join("".join(self.cell).split()) or None
            self.cell = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.end_cell()
            self.raised, self.struck = "", 0
        elif tag in ("sup", "sub"):
            self.raised = ""
        elif tag in ("s", "strike", "del"):
            self.struck = max(self.struck - 1, 0)
        if tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            data = data.translate(_RAISED) if self.raised else data  # «5<sup>2</sup>» is a 5 with its weight
            self.cell.append(struck(data.strip()) if self.struck else data)


def read_page(text: str, limits: dict[str, int]) -> Iterator[Table]:
    """The tables of a web page: what journals call `.xls` when they save one. A merged cell's text stands in its first place."""
    if len(text) > _PAGE:
        raise No("heavy")
    page = Page(limits)
    page.feed(text)
    page.close()
    page.end_cell()
    found = [
        (plain_table(table), merges)
        for table, merges in zip(page.tables, page.merges, strict=True)
        if any(any(row) for row in table)
    ]
    if not found:
        raise No("page")
    for number, (rows, merges) in enumerate(found, 1):
        yield Table("" if number == 1 else str(number), rows, merges)


def plain_table(table: Rows) -> Rows:
    for row in table:
        while row and row[-1] is None:
            row.pop()
    return table


def span(text: str | None, most: int) -> int:
    return min(int(text), most) or 1 if text and text.isdecimal() and len(text) < 9 else 1
