"""The empty network workbook a school begins with: headings, drop-downs, explanations and one example row a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING

from bot.cells import safe_cell
from bot.reading.uploads import letter
from bot.reading.workbook.sheets import EXAMPLE, FORMS, Column, Form

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 2000  # as far down as drop-downs and formats reach

_REQUIRED, _OPTIONAL, _EXAMPLE_INK = "F4B183", "DDEBF7", "7F7F7F"
_FORMATS = {"time": "HH:MM", "date": "DD.MM.YYYY", "summer date": "DD.MM.YYYY", "birth": "DD.MM.YYYY"}
# Codes and classes stay text: otherwise Excel makes a date of «5-7» and 7 of «007».
_TEXT = ("code", "class", "classes")


def template() -> bytes:
    """The workbook as XLSX."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for form in FORMS:
        _sheet(book.create_sheet(form.name), form)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(sheet: Worksheet, form: Form) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    for at, column in enumerate(form.columns, 1):
        heading = sheet.cell(1, at, column.name)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(vertical="center", wrap_text=True)
        heading.fill = PatternFill("solid", fgColor=_REQUIRED if column.required else _OPTIONAL)
        heading.comment = Comment(_explained(column, form if at == 1 else None), "bot", height=140, width=320)
        sheet.column_dimensions[letter(at)].width = max(column.width, len(column.name) + 3)
        example = sheet.cell(2, at, safe_cell(column.example))
        example.font = Font(italic=True, color=_EXAMPLE_INK)
        _format(sheet, at, column)
    sheet.cell(2, next(at for at, column in enumerate(form.columns, 1) if column.field == form.mark)).comment = Comment(
        f"Пример: строка, где здесь стоит «{EXAMPLE}…», не загружается. Сотрите её или оставьте.", "bot", height=80, width=280
    )
    _choices(sheet, form.columns)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 30


def _explained(column: Column, form: Form | None) -> str:
    about = f"{form.about} Оранжевые столбцы обязательны.\n\n" if form else ""
    words = f" Возможно: {' / '.join(column.choices)}." if column.choices else ""
    return f"{about}{'Обязательно. ' if column.required else ''}{column.about}{words}"


def _format(sheet: Worksheet, at: int, column: Column) -> None:
    found = "@" if column.kind in _TEXT else _FORMATS.get(column.kind)
    if found is None and isinstance(column.example, date | time):
        found = "DD.MM.YYYY"
    if found is not None:
        sheet.cell(2, at).number_format = found
        sheet.column_dimensions[letter(at)].number_format = found


def _choices(sheet: Worksheet, columns: Iterable[Column]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(columns, 1):
        place = f"{letter(at)}2:{letter(at)}{ROWS}"
        if column.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.error = f"Выберите из списка: {', '.join(column.choices)}"
        elif column.kind == "number":
            rule = DataValidation(
                "whole", formula1=str(column.low), formula2=str(column.high), operator="between", allow_blank=True
            )
            rule.error = f"Целое число от {column.low} до {column.high}"
        elif column.sheet:
            rule = DataValidation("list", formula1=f"'{column.sheet}'!$A$2:$A${ROWS}", allow_blank=True)
            rule.error = f"Нужен код с листа «{column.sheet}»"
        else:
            continue
        rule.errorTitle, rule.showErrorMessage = column.name, True
        rule.add(place)
        sheet.add_data_validation(rule)
