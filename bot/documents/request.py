"""The school's request to a partner as files: XLSX to work with, DOCX to sign, from a template the school may edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.cells import clean, safe_cell
from bot.documents.paper import ERASED, NAMELESS, TEMPLATES, paper
from bot.documents.titles import titled
from bot.voice import Fact, Say
from storage.requests.requests import Line, Whole

TEMPLATE = TEMPLATES / "request.docx"
DELTA = TEMPLATES / "request_delta.docx"

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
    sheet.append([safe_cell(_title(request, say, zone))])
    sheet.append([safe_cell(f"{request.school} → {request.organization}")])
    sheet.append([])
    sheet.append([say.plain(key) for key, _ in _COLUMNS])
    for number, line in enumerate(request.lines, 1):
        answer = say.plain("answer-state", state=line.became)
        if request.version is not None:
            answer = say.plain("request-change", change=line.change)
        nameless = say.plain("child-erased-line") if line.erased else say.plain("child-nameless-line")
        name = line.child or nameless
        row: list[str | int | date | None] = [number, name, line.birth_date, line.class_name, line.course, line.hours]
        answer = f"{answer} ({line.group})" if line.group and line.state == "enrolled" else answer
        if line.override:
            answer = f"{answer}\n{say.plain('application-override', reason=line.override)}"
        sheet.append([safe_cell(value) for value in [*row, line.guardian, answer]])
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


def _title(request: Whole, say: Say, zone: ZoneInfo) -> str:
    """With the version where there has been more than one: a paper must not be taken for an older one of its number."""
    facts: dict[str, Fact] = {"number": request.number, "day": request.made_at.astimezone(zone).date()}
    newest = next((one for one in request.versions if one.number == request.version), request.newest)
    if newest.number == 1:
        return say.plain("request-title", **facts)
    at = newest.made_at.astimezone(zone).date()
    if request.version is not None:
        return say.plain("request-title-delta", **facts, version=newest.number, at=at)
    return say.plain("request-title-version", **facts, version=newest.number, at=at)


def request_docx(request: Whole, zone: ZoneInfo, own: Path | None = None) -> bytes:
    """The paper to print and sign; `own` is the folder of the school's templates.

    A later version's paper (`request.version`) names who was added and who no longer comes.
    """
    if request.version in (None, 1):
        return paper(TEMPLATE.name, _facts(request, zone), own)
    parts = {change: tuple(line for line in request.lines if line.change == change) for change in ("added", "withdrawn")}
    facts = _facts(request, zone)
    facts |= {change: _facts(replace(request, lines=lines), zone)["courses"] for change, lines in parts.items()}
    return paper(DELTA.name, facts, own)


def _class(line: Line) -> str:
    """«7А», with the school's reason where the class or the hours stood against the course."""
    return f"{line.class_name}; школа разрешила: {line.override}" if line.override else line.class_name


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
                        "name": clean(line.child) or (ERASED if line.erased else NAMELESS),
                        "birth": _short(line.birth_date) if line.birth_date else "—",
                        "class_name": clean(_class(line)),
                        "form": clean(line.class_name),
                        "permitted": clean(line.override),
                        "guardian": clean(line.guardian) or "—",
                        "group": clean(line.group) or "—",
                    }
                    for number, line in enumerate(children, 1)
                ],
            }
        )
    newest = next((one for one in request.versions if one.number == request.version), request.newest)
    return {
        "version": newest.number,
        "version_day": format_date(newest.made_at.astimezone(zone).date(), "d MMMM y", locale="ru"),
        "number": request.number,
        "day": format_date(request.made_at.astimezone(zone).date(), "d MMMM y", locale="ru"),
        "year": f"{request.year}/{request.year + 1}",
        "school": clean(request.school),
        "school_address": clean(request.school_address),
        "partner": clean(request.organization),
        "courses": courses,
        "total": len({line.pupil_id for line in request.lines}),
        "agreement": clean(request.agreement[0]) if request.agreement else "",
        "agreement_day": _short(request.agreement[1]) if request.agreement else "",
        "starts": _short(request.period[0]) if request.period else "",
        "ends": _short(request.period[1]) if request.period else "",
        "resource": request.resource,
        "coordinator": clean(request.coordinator) or "________________",
        "coordinator_post": clean(request.coordinator_post),
        "director": clean(request.director) or "________________",
        "director_post": titled(clean(request.director_post)),
    }


def _short(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _saved(file: Any) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()
