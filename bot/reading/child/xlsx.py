"""XLSX: checked and packed anew before a reader sees it; what the reader of values does not tell is looked up beside it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from bot.reading.child.ods import read_ods
from bot.reading.child.table import No, Table, check_size, column_number, error, formula, number, plain, since_1904, struck

# Only what a reader of values needs goes on to it; pictures, drawings, themes, pivots and macros stay unread.
_NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/(_rels/)?workbook\.xml(\.rels)?|xl/(sharedStrings|styles)\.xml|xl/worksheets/[^/]+\.xml)",
    re.I,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
# A cell that holds something: formatting alone («<c r="A1" s="2"/>» down to the last row) costs nothing and is let pass.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,9})(\d{1,19})["'][^>]*(?<!/)>""")
_PLACELESS = re.compile(rb"""<(?:\w+:)?c(?=[\s>])(?![^>]*\sr\s*=)[^>]*(?<!/)>""")
_SMALL = 1024 * 1024

_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(?:(row)(\s[^>]*)?>|c(\s[^>]*?)?(?:\s*/>|>(.*?)</(?:\w+:)?c>))", re.S)
_ATTRIBUTE = re.compile(rb"""\s(r|s|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\s*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_RUN = re.compile(rb"<((?:\w+:)?)r>.*?</\1r>", re.S)
_RAISED_RUN = re.compile(rb"""vertAlign\s+val\s*=\s*["'](superscript|subscript)["']""")
_RAISED = {
    b"superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    b"subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_STRUCK_RUN = re.compile(rb"""<(?:\w+:)?d?strike(?:\s+val\s*=\s*["'](?:1|true)["'])?\s*/>""")
_RUN_TEXT = re.compile(rb"(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)(<)")
_BUILT_IN = {1: "0", 3: "#,##0", 9: "0%", 10: "0.00%", 11: "0.00E+00", 37: "#,##0", 38: "#,##0", 48: "##0.0E+0"}


def read_zip(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
    """The sheets of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        kind = kind_of(parts)
        check_archive(parts, limits)
        clean, content = repack(archive, limits) if kind == "xlsx" else (io.BytesIO(), {})
        if kind == "ods":
            yield from read_ods(archive, limits)
            return
    del data
    yield from read_sheets(clean, content, limits)


def read_sheets(clean: io.BytesIO, content: dict[str, bytes], limits: dict[str, int]) -> Iterator[Table]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(clean)
    wanted = {each.name: each.visible for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet}
    if len(wanted) > limits["sheets"]:
        raise No("sheets")
    styles = content.get("xl/styles.xml", b"")
    formats, crossed = telling_formats(styles), struck_styles(styles)
    mac = re.search(rb"""date1904\s*=\s*["'](1|true)["']""", content.get("xl/workbook.xml", b"")) is not None
    parts = parts_of_sheets(content)
    for name, visible in wanted.items():
        sheet = book.get_sheet_by_name(name)
        table = Table(name, [], hidden=visible != SheetVisibleEnum.Visible)
        if sheet.start is not None:
            check_size(name, sheet.total_height, sheet.total_width, limits)
            left = [None] * sheet.start[1]  # iter_rows begins with row 1, but with the first filled column
            cells = (plain(row) for row in sheet.iter_rows())
            table.rows = [left + row if row else row for row in cells]
            table.merges = [
                (top + 1, one + 1, down + 1, other + 1) for (top, one), (down, other) in sheet.merged_cell_ranges or ()
            ]
        if mac:
            table.rows = since_1904(table.rows)
        look_closer(table, content.get(parts.get(name, ""), b""), formats, limits)
        if crossed:
            strike(table, content.get(parts.get(name, ""), b""), crossed, limits)
        yield table


def strike(table: Table, content: bytes, styles: frozenset[bytes], limits: dict[str, int]) -> None:
    """Cells struck out as a whole: a pupil who has left, a mark taken back."""
    for row, column, attributes, _ in cells_of(content):
        if attributes.get(b"s") in styles and isinstance(held := table.at(row, column), str | int | float):
            check_size(table.name, row, column, limits)
            table.put(row, column, struck(str(held)))


def struck_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the styles whose letters are struck out."""
    if b"strike" not in styles:
        return frozenset()
    fonts = re.search(rb"<(?:\w+:)?fonts[\s>].*?</(?:\w+:)?fonts>", styles, re.S)
    each = re.findall(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?font>)", fonts[0] if fonts else b"", re.S)
    crossed = {str(at).encode() for at, font in enumerate(each) if _STRUCK_RUN.search(font)}
    crosses = re.search(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", styles, re.S)
    used = re.findall(rb"""<(?:\w+:)?xf\s[^>]*?fontId\s*=\s*["'](\d+)["']""", crosses[0] if crosses else b"")
    return frozenset(str(at).encode() for at, font in enumerate(used) if font in crossed)


def look_closer(table: Table, content: bytes, formats: dict[bytes, str], limits: dict[str, int]) -> None:
    """Errors, formulas without a value and telling formats: the reader of values gives an empty cell or a bare number for them."""
    errors = b't="e"' in content or b"t='e'" in content
    formulas = b"<f" in content or b":f" in content
    if not (errors or formulas or formats):
        return
    for row, column, attributes, inside in cells_of(content):
        kind = attributes.get(b"t", b"n")
        value = _VALUE.search(inside)
        said: Any = None
        if kind == b"e":
            said = error((value[1] if value else b"").decode("utf-8", "replace") or "#N/A")
        elif (kind == b"n" and (value is None or not value[1].strip())) or (kind == b"str" and b"<v" not in inside):
            said = formula() if _FORMULA.search(inside) else None
        elif kind == b"n" and value is not None and (format_ := formats.get(attributes.get(b"s", b""))) is not None:
            said = formatted(value[1], format_)
        if said is not None:
            check_size(table.name, row, column, limits)
            table.put(row, column, said)


def cells_of(content: bytes) -> Iterator[tuple[int, int, dict[bytes, bytes], bytes]]:
    """Row, column, attributes and inside of every cell that holds something. One without a place of its own follows the one before."""
    row = column = 0
    for found in _ROW_OR_CELL.finditer(content):
        attributes = dict(_ATTRIBUTE.findall(found[2] or found[3] or b""))
        named = attributes.get(b"r", b"")
        if found[1]:
            row, column = int(named) if named.isdigit() and len(named) < 8 else row + 1, 0
            continue
        place = _PLACE.fullmatch(named)
        row, column = (int(place[2]), column_number(place[1])) if place else (max(row, 1), column + 1)
        if found[4]:
            yield row, column, attributes, found[4]


def formatted(written: bytes, format_: str) -> Any:
    try:
        value = whole_or_not(float(written))
    except ValueError:
        return None
    rounds = "." not in format_ and '"' not in format_ and "%" not in format_ and "00" not in format_
    return None if rounds and isinstance(value, int) and set(format_) <= set("#,0") else number(value, format_)


def whole_or_not(value: float) -> float | int:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def telling_formats(styles: bytes) -> dict[bytes, str]:
    """Style number → number format, of those under which a number looks like something else; days and hours are told anyway."""
    text = styles.decode("utf-8", "replace")
    own = {
        int(found[1]): unescaped(found[2])
        for found in re.finditer(r"""<(?:\w+:)?numFmt\s[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)\"""", text)
    }
    crosses = re.search(r"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", text, re.S)
    found: dict[bytes, str] = {}
    for at, style in enumerate(re.findall(r"<(?:\w+:)?xf\s[^>]*>", crosses[0] if crosses else "")):
        which = re.search(r'numFmtId="(\d+)"', style)
        format_ = own.get(int(which[1])) or _BUILT_IN.get(int(which[1])) if which else None
        if format_ and is_telling(format_):
            found[str(at).encode()] = format_
    return found


def is_telling(format_: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].', "", format_.split(";", maxsplit=1)[0])
    if format_.lower() == "general" or format_ == "@" or re.search(r"[ymdhsгдч]", bare, re.I):
        return False
    return any(mark in bare for mark in "0#?") or not bare.strip()  # words alone («"н"»), or nothing at all («;;;»)


def unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def parts_of_sheets(content: dict[str, bytes]) -> dict[str, str]:
    """Name of a sheet → its part of the archive."""
    book, links = (
        content.get(name, b"").decode("utf-8", "replace") for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    targets: dict[str, str] = {}
    for link in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        which, where = (re.search(rf"""\s{name}\s*=\s*["']([^"']*)["']""", link) for name in ("Id", "Target"))
        if which and where:
            path = where[1].lstrip("/")
            targets[which[1]] = (path if path.lower().startswith("xl/") else f"xl/{path}").lower()
    found: dict[str, str] = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        name, which = (
            re.search(r"""\sname\s*=\s*(["'])(.*?)\1""", sheet),
            re.search(r"""\s\w+:id\s*=\s*["']([^"']*)["']""", sheet),
        )
        if name and which and which[1] in targets:
            found[unescaped(name[2])] = targets[which[1]]
    return found


# --- The archive ------------------------------------------------------------------------------------------------------------------


def repack(archive: zipfile.ZipFile, limits: dict[str, int]) -> tuple[io.BytesIO, dict[str, bytes]]:
    """A new archive of the checked parts only: what was measured here is exactly what is read afterwards."""
    clean, kept = io.BytesIO(), dict[str, bytes]()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as out:
        for part in archive.infolist():
            name = part.filename.replace("\\", "/").lstrip("/")
            if _NEEDED.fullmatch(name):
                content = archive.read(part)  # never more than the directory declares, or its checksum fails
                if _SHEET.fullmatch(name):
                    check_cells(content, limits)
                content = raised(content)
                out.writestr(name, content)
                kept[name.lower().replace("sharedstrings", "sharedStrings")] = content
    kept.pop("xl/sharedStrings.xml", None)
    clean.seek(0)
    return clean, kept


def raised(content: bytes) -> bytes:
    """A digit raised beside a mark is its weight: «5²» must not become 52; nor is a mark struck out beside another still one."""
    if b"vertAlign" not in content and b"strike" not in content:
        return content

    def run(found: re.Match[bytes]) -> bytes:
        which = _RAISED_RUN.search(found[0])
        if _STRUCK_RUN.search(found[0]):
            return _RUN_TEXT.sub(lambda text: text[1] + struck(text[2].decode("utf-8", "replace")).encode() + text[3], found[0])
        if which is None:
            return found[0]
        digits = _RAISED[which[1]]
        return _RUN_TEXT.sub(
            lambda text: text[1] + text[2].decode("utf-8", "replace").translate(digits).encode() + text[3], found[0]
        )

    return _RUN.sub(run, content)


def kind_of(parts: list[zipfile.ZipInfo]) -> str:
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise No("encrypted")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    raise No("other" if "xl/workbook.bin" in names or "mimetype" in names else "unknown")


def check_archive(parts: list[zipfile.ZipInfo], limits: dict[str, int]) -> None:
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
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
        column, found = cell.groups()
        row = max(row, int(found))
        if column != letters:
            letters = column
            width = max(width, column_number(column))
    if _PLACELESS.search(content):
        for at, column, _, _ in cells_of(content):
            row, width = max(row, at), max(width, column)
    check_size("", row, width, limits)
