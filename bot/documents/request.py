"""The school's request to a partner as files: XLSX to work with, DOCX to sign, from a template the school may edit."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.documents.cells import cell, clean
from bot.documents.paper import TEMPLATES, paper
from bot.voice import Say
from storage.requests import Whole

TEMPLATE = TEMPLATES / "request.docx"

_COLUMNS = (
    ("request-column-number", 5),
    ("request-column-name", 38),
    ("request-column-birth", 15),
    ("request-column-class", 8),
    ("request-column-course", 34),
    ("request-column-hours", 8),
    ("request-column-guardian", 26),
    ("request-column-answer", 26),
)


def request_xlsx(request: Whole, say: Say, zone: ZoneInfo) -> bytes:
    """A sheet with a row per child and course, and what the partner has answered so far."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say.plain("request-sheet")
    title = say.plain("request-title", number=request.number, day=request.made_at.astimezone(zone).date())
    sheet.append([cell(title)])
    sheet.append([cell(f"{request.school} → {request.organization}")])
    sheet.append([])
    sheet.append([say.plain(key) for key, _ in _COLUMNS])
    for number, line in enumerate(request.lines, 1):
        answer = say.plain("answer-state", state=line.state)
        row: list[str | int | date | None] = [number, line.child, line.birth_date, line.class_name, line.course, line.hours]
        sheet.append([cell(value) for value in [*row, line.guardian, f"{answer} ({line.group})" if line.group else answer]])
    for index, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(4, index).font = Font(bold=True)
    for rows in sheet.iter_rows(min_row=4):
        for each in rows:
            each.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(each.value, date):
                each.number_format = "DD.MM.YYYY"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    return _saved(book)


def request_docx(request: Whole, zone: ZoneInfo, own: Path | None = None) -> bytes:
    """The paper to print and sign; `own` is the folder of the school's templates."""
    return paper(TEMPLATE.name, _facts(request, zone), own)


def _facts(request: Whole, zone: ZoneInfo) -> dict[str, Any]:
    """What the template may use; the words are explained in the template's own script."""
    courses = []
    for (_, name), lines in groupby(request.lines, key=lambda line: (line.course_id, line.course)):
        children = list(lines)
        courses.append(
            {
                "name": clean(name),
                "hours": children[0].hours or "—",
                "children": [
                    {
                        "number": number,
                        "name": clean(line.child),
                        "birth": line.birth_date.strftime("%d.%m.%Y") if line.birth_date else "—",
                        "class_name": clean(line.class_name),
                        "guardian": clean(line.guardian) or "—",
                    }
                    for number, line in enumerate(children, 1)
                ],
            }
        )
    return {
        "number": request.number,
        "day": format_date(request.made_at.astimezone(zone).date(), "d MMMM y", locale="ru"),
        "year": f"{request.year}/{request.year + 1}",
        "school": clean(request.school),
        "school_address": clean(request.school_address),
        "partner": clean(request.organization),
        "courses": courses,
        "total": len({line.pupil_id for line in request.lines}),
        "coordinator": clean(request.coordinator) or "________________",
        "director": clean(request.director) or "________________",
    }


def _saved(file: Any) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()
