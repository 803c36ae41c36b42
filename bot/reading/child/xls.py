"""XLS: the binary books of old Excel. Errors and formulas without a value, which the reader of values shows as empty, are looked up."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from bot.reading.child.table import STRUCK, No, Table, check_size, error, formula, number, plain, since_1904, struck
from bot.reading.child.xlsx import is_telling

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BUILT_IN = {1: "0", 3: "#,##0", 9: "0%", 10: "0.00%"}
_NUMBERS_IN_A_ROW = 0xBD
_NUMBERS = frozenset({0x06, 0x203, 0x27E, _NUMBERS_IN_A_ROW})
_CELLS = _NUMBERS | {0x205, 0xFD, 0x204}  # errors and texts too
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_MOST = 10_000_000


def read_xls(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
    """The sheets of an OLE2 file that holds a workbook."""
    names = ["EncryptedPackage", "Workbook", "Book"]
    packed, book_8, book_5 = (name.encode("utf-16-le") + b"\x00\x00" in data for name in names)
    if packed:
        raise No("encrypted")
    if not (book_8 or book_5):
        raise No("unknown")
    try:
        records = list(records_of(stream_of(data, "Workbook" if book_8 else "Book")))
    except (struct.error, IndexError, ValueError, MemoryError):
        raise No("old") from None
    if any(kind == 0x2F for kind, _ in records):
        raise No("encrypted")
    closer = closer_looks(records, limits)
    try:
        tables = list(read_book(data, limits))
    except (No, MemoryError):
        raise
    except BaseException:  # the reader may also panic
        raise No("old") from None
    if any(kind == 0x22 and content[:2] == b"\x01\x00" for kind, content in records):
        for table in tables:
            table.rows = since_1904(table.rows)
    for table, said in zip(tables, closer, strict=False):
        tell(table, said)
    yield from tables


def read_book(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    wanted = {each.name: each.visible for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet}
    if len(wanted) > limits["sheets"]:
        raise No("sheets")
    for name, visible in wanted.items():
        sheet = book.get_sheet_by_name(name)
        table = Table(name, [], hidden=visible != SheetVisibleEnum.Visible)
        if sheet.start is not None:
            left = [None] * sheet.start[1]
            table.rows = [left + row if row else row for row in (plain(row) for row in sheet.iter_rows())]
            table.merges = [
                (top + 1, one + 1, down + 1, other + 1) for (top, one), (down, other) in sheet.merged_cell_ranges or ()
            ]
        yield table


def tell(table: Table, said: dict[tuple[int, int], Any]) -> None:
    for (row, column), what in said.items():
        if what == STRUCK:
            table.put(row, column, struck(str(table.at(row, column) or "")) or None)
        elif not isinstance(what, str):
            table.put(row, column, what)
        elif type(value := table.at(row, column)) in (int, float):
            table.put(row, column, number(value, what))


def closer_looks(records: list[tuple[int, bytes]], limits: dict[str, int]) -> list[dict[tuple[int, int], Any]]:
    """For each worksheet: place → an error, a formula without a value, or the telling format of its number."""
    formats: dict[int, str] = dict(_BUILT_IN)
    styles: list[int] = []
    fonts: list[bool] = []  # whether letters are struck out
    crossed: list[bool] = []  # the same of each style
    sheets: list[dict[tuple[int, int], Any]] = []
    inside = False
    for kind, content in records:
        if kind == 0x809 and len(content) >= 4:  # BOF: 5 the book itself, 0x10 a worksheet
            inside = struct.unpack_from("<H", content, 2)[0] == 0x10
            sheets += [{}] if inside else []
        elif kind == 0x41E and len(content) > 5:
            length, wide = struct.unpack_from("<HB", content, 2)
            formats[struct.unpack_from("<H", content)[0]] = (
                content[5 : 5 + length * 2].decode("utf-16-le", "replace")
                if wide & 1
                else content[5 : 5 + length].decode("latin-1")
            )
        elif kind == 0x31 and len(content) >= 4:
            fonts.append(bool(content[2] & 8))
        elif kind == 0xE0 and len(content) >= 4:
            font, format_number = struct.unpack_from("<HH", content)
            font -= font > 4  # there is no font 4
            styles.append(format_number)
            crossed.append(font < len(fonts) and fonts[font])
        elif inside and kind in _CELLS and len(content) >= 8:
            for row, column, style in places_of(kind, content):
                check_size("", row + 1, column + 1, limits)
                format_ = formats.get(styles[style], "") if style < len(styles) and kind in _NUMBERS else ""
                said = cell_said(kind, content) or (format_ if format_ and is_telling(format_) else None)
                if said or (style < len(crossed) and crossed[style]):
                    sheets[-1][row + 1, column + 1] = said if not (style < len(crossed) and crossed[style]) else STRUCK
    return sheets


def places_of(kind: int, content: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells of a record: one, or a row of numbers."""
    row, column, style = struct.unpack_from("<HHH", content)
    yield row, column, style
    for at in range(10, len(content) - 6 if kind == _NUMBERS_IN_A_ROW else 0, 6):
        column += 1
        yield row, column, struct.unpack_from("<H", content, at)[0]


def cell_said(kind: int, content: bytes) -> Any:
    if kind == 0x205:
        return error(_ERRORS.get(content[6], "#N/A")) if content[7] else None
    if kind == 0x06 and len(content) >= 16 and content[12:14] == b"\xff\xff":
        if content[6] == 2:
            return error(_ERRORS.get(content[8], "#N/A"))
        if content[6] == 3:  # an empty text: what programs write that cannot work a formula out
            return formula()
    return None


def records_of(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def stream_of(data: bytes, name: str) -> bytes:
    """One stream of an OLE2 file."""
    sector, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    first, _, cutoff, first_small, _, first_more, more = struct.unpack_from("<IIIIIII", data, 48)
    tables = [one for one in struct.unpack_from("<109I", data, 76) if one != _FREE]
    while more and first_more not in (_FREE, _END):
        entries = struct.unpack_from(f"<{sector // 4}I", data, (first_more + 1) * sector)
        tables += [one for one in entries[:-1] if one != _FREE]
        first_more, more = entries[-1], more - 1
    chain = [one for table in tables for one in struct.unpack_from(f"<{sector // 4}I", data, (table + 1) * sector)]

    def joined(start: int, links: list[int], size: int, content: bytes, offset: int) -> bytes:
        pieces, left = [], _MOST // size
        while start not in (_END, _FREE) and left:
            begin = (start + offset) * size
            pieces.append(content[begin : begin + size])
            start, left = links[start], left - 1
        return b"".join(pieces)

    folder = joined(first, chain, sector, data, 1)
    entries_ = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    named = [each[: max(each[64], 2) - 2].decode("utf-16-le", "replace").lower() for each in entries_]
    wanted = entries_[named.index(name.lower())]
    start, length = struct.unpack_from("<II", wanted, 116)
    if length >= cutoff:
        return joined(start, chain, sector, data, 1)[:length]
    root = joined(struct.unpack_from("<I", entries_[0], 116)[0], chain, sector, data, 1)
    links = joined(first_small, chain, sector, data, 1)
    return joined(start, list(struct.unpack(f"<{len(links) // 4}I", links)), small, root, 0)[:length]
