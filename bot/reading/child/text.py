"""Tables kept as text: CSV with any of its separators, in any of its encodings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from bot.reading.child.page import read_page
from bot.reading.child.table import No, Rows, Table, check_size

_KEPT = re.compile(r'\s*="((?:[^"]|"")*)"\s*')


def read_text(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
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
        row: list[str | None] = [unquoted(cell) if cell.strip() else None for cell in cells]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        if len(rows) > limits["rows"] or len(row) > limits["columns"]:
            check_size("", len(rows), len(row), limits)
    yield Table("" if delimiter else "\x00", rows)


def unquoted(cell: str) -> str:
    """`="007"` keeps its zeros in Excel; it is a text."""
    found = _KEPT.fullmatch(cell)
    return found[1].replace('""', '"') if found else cell


def decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\x00" in data:
        raise No("unknown")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        check_letters(data)
        text = data.decode("cp1251", "replace")
    # A picture or a program read as Windows-1251 is full of control characters; a table has none.
    if sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 32))) > len(text) // 100:
        raise No("unknown")
    return text


def check_letters(data: bytes) -> None:
    """Other Russian encodings than Windows-1251, named as what they are: read as it they would be nonsense."""
    some = data[:200_000]
    high = [byte for byte in some if byte >= 0x80]
    # Where DOS keeps its letters Windows-1251 has signs that hardly occur, but for quotes, №, dashes and a hard space.
    dos = sum(0x80 <= byte <= 0xAF for byte in high) - sum(some.count(byte) for byte in b"\x85\x96\x97\xa0\xa8\xab")
    if dos > len(high) // 2 and not any(byte < 9 for byte in some):
        raise No("cp866")
    words = re.findall("[А-Яа-яЁё]{4,}", some.decode("cp1251", "replace"))
    upside_down = sum(word[0].islower() and word[1:].isupper() for word in words)
    if upside_down > len(words) // 2 and upside_down > 1:
        raise No("koi8")


def separator(text: str) -> str | None:
    """`;`, tab or `,`: the one that makes columns on the most of the first lines, then the most columns."""
    import csv

    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    best: tuple[int, int, str | None] = (0, 0, None)
    for mark in ",\t;":
        widths = [len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1]
        best = max(best, (len(widths), max(widths, default=0), mark), key=lambda found: found[:2])
    return best[2]
