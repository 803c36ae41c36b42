"""The funnel of enrollment as a picture (typst) and as XLSX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.cells import clean, safe_cell
from bot.documents.typeset import pages
from bot.voice import Say
from storage.deciding.funnel import Children, Way
from storage.network.years import ahead
from storage.parts import parts

SOURCE = Path(__file__).parent / "templates" / "funnel.typ"
LONGEST = 120  # characters of a name in the picture
A_PICTURE = 20  # courses

_COLUMNS = (
    ("funnel-partner", 40),
    ("funnel-course", 34),
    ("funnel-applied", 11),
    ("funnel-approved", 11),
    ("funnel-requested", 13),
    ("funnel-enrolled", 12),
    ("funnel-reserve", 11),
    ("funnel-seats", 11),
    ("funnel-free", 11),
)


def funnel_png(ways: Sequence[Way], children: Children, say: Say, today: date, *, ppi: float = 110) -> list[bytes]:
    """Bars for every course, by partner; as many pictures as they need, all in one scale."""
    most = max((way.applied for way in ways), default=0)
    total = [sum(_counts(way)[stage] for way in ways) for stage in range(5)]
    data: dict[str, Any] = {
        "language": say.language,
        "title": _title(ways, say, today),
        "day": say.plain("funnel-day", day=today),
        "most": max(most, 1),
        "stages": _stages(say),
        "total": total,
        "children": say.plain("funnel-children", children=children.applied, with_place=children.enrolled),
    }
    return [
        picture
        for part in parts(ways, A_PICTURE)
        for picture in pages(SOURCE, data | {"partners": _partners(part, say)}, ppi=ppi)
    ]


def _title(ways: Sequence[Way], say: Say, today: date) -> str:
    """Names the academic year where the wishes are for the next one."""
    return say.plain("funnel-title-plain", year=ahead(ways[0].year, today) if ways else "none")


def _partners(ways: Sequence[Way], say: Say) -> list[dict[str, Any]]:
    return [
        {"name": _short(found[0].organization), "courses": [_bars(way, say) for way in found]}
        for found in (list(group) for _, group in groupby(ways, key=lambda way: way.organization_id))
    ]


def _stages(say: Say) -> list[str]:
    return [
        say.plain("funnel-applied"),
        say.plain("funnel-approved"),
        say.plain("funnel-requested"),
        say.plain("funnel-enrolled"),
        say.plain("funnel-reserve"),
    ]


def _bars(way: Way, say: Say) -> dict[str, Any]:
    return {
        "name": _short(way.course),
        "free": say.plain("funnel-free-of", free=way.free, seats=way.seats),
        "counts": _counts(way),
    }


def _counts(way: Way) -> list[int]:
    return [way.applied, way.approved, way.requested, way.enrolled, way.reserve]


def _short(name: str) -> str:
    name = clean(name)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def funnel_xlsx(
    ways: Sequence[Way], children: Children, say: Say, today: date, asked: Mapping[int, int] = MappingProxyType({})
) -> bytes:
    """A row a course, a total of wishes below, and how many children they are.

    `asked`: by course how many answers of questionnaires named it; where nobody was asked there is no such column.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say.plain("funnel-sheet")
    sheet.append([safe_cell(f"{_title(ways, say, today)}, {say.plain('funnel-day', day=today)}")])
    sheet.append([])
    columns = [(say.plain(key), width) for key, width in _COLUMNS] + ([(say.plain("funnel-asked"), 12)] if asked else [])
    sheet.append([safe_cell(heading) for heading, _ in columns])
    for way in ways:
        named = [asked.get(way.course_id, 0)] if asked else []
        sheet.append([safe_cell(way.organization), safe_cell(way.course), *_counts(way), way.seats, way.free, *named])
    totals = [sum(counts) for counts in zip(*([*_counts(way), way.seats, way.free] for way in ways), strict=True)]
    if totals:
        of_children = (children.applied, children.approved, children.requested, children.enrolled, children.reserve)
        sheet.append([safe_cell(say.plain("funnel-total")), None, *totals])
        sheet.append([safe_cell(say.plain("funnel-total-children")), None, *of_children])
        for each in (*sheet[sheet.max_row - 1], *sheet[sheet.max_row]):
            each.font = Font(bold=True)
    for index, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(3, index).font = Font(bold=True)
    for rows in sheet.iter_rows(min_row=3):
        for each in rows:
            each.alignment = Alignment(vertical="top", wrap_text=True)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.freeze_panes = "C4"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
