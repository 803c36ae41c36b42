"""What the nasty files are made of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

LIST = ["Дата", "Группа", "Ученик", "Отметка", "Посещаемость", "Тема"]
LESSON = "19.11.2026"  # a Thursday: the group's lesson
AZAMAT, ALYONA, TIMUR = "Шовгенов Азамат", "Фёдорова Алёна", "Цеев Тимур"
BIRTHS = [date(2013, 3, 5), date(2013, 4, 6), date(2013, 7, 8)]

Rows = list[list[Any]]


def csv(*rows: str, head: str = ";".join(LIST), encoding: str = "utf-8-sig", mark: str = ";") -> bytes:
    """A list as CSV; rows with `;` between their cells."""
    return "\r\n".join(row.replace(";", mark) for row in (head, *rows, "")).encode(encoding)


def marked(*rows: tuple[str, str]) -> bytes:
    """The lesson of 19 November as CSV: (pupil, mark)."""
    return csv(*(f"{LESSON};РОБО-1;{pupil};{mark}" for pupil, mark in rows))


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(rows: Rows, change: Callable[[Worksheet], None] = lambda _: None, *, mac: bool = False) -> bytes:
    """A list as XLSX, with something done to its sheet."""
    made = Workbook()
    if mac:
        made.epoch = CALENDAR_MAC_1904
    sheet = made.worksheets[0]
    sheet.title = "Журнал"
    for row in [LIST, *rows]:
        sheet.append(row)
    change(sheet)
    return saved(made)


def formatted(cell: str, format_: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell].number_format = format_

    return change


def error(cell: str, text: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = text
        sheet[cell].data_type = "e"

    return change


def raised(mark: str, weight: str) -> CellRichText:
    return CellRichText(mark, TextBlock(InlineFont(vertAlign="superscript"), weight))


def base() -> dict[str, Rows]:
    """The sheets of `cases/base.xlsx`."""
    return {
        "Организации": [
            ["Код", "Название", "Роль", "Вид"],
            ["Ш8", "МБОУ СОШ № 8", "базовая", "образовательная"],
            ["ЦДО", "Центр дополнительного образования", "партнёр", "образовательная"],
        ],
        "Сотрудники": [
            ["Код", "ФИО", "Организация", "Роль"],
            ["К1", "Нехай Сима Аслановна", "Ш8", "координатор"],
            ["П1", "Гучетль Павел Казбекович", "ЦДО", "педагог"],
            ["А1", "Тлиш Зарема Юрьевна", "ЦДО", "администратор"],
        ],
        "Ученики": [
            ["Код", "ФИО", "Класс", "Дата рождения"],
            ["У1", "Шовгенов Азамат Русланович", "7А", BIRTHS[0]],
            ["У2", "Фёдорова Алёна Ильинична", "7А", BIRTHS[1]],
            ["У3", "Цеев Тимур Заурович", "7Б", BIRTHS[2]],
        ],
        "Курсы": [
            ["Код", "Название", "Организация", "Направленность", "Классы", "Часов"],
            ["РОБО", "Робототехника", "ЦДО", "техническая", "5-9", 68],
        ],
        "Группы": [["Код", "Курс", "Педагог", "Мест", "Минимум", "Место"], ["РОБО-1", "РОБО", "П1", 12, 3, "каб. 4"]],
        "Расписание": [["Группа", "День", "Начало", "Конец", "Место"], ["РОБО-1", "чт", time(15), time(16, 30), None]],
    }


def book(
    change: Callable[[Workbook], None] = lambda _: None,
    *,
    only: tuple[str, ...] = (),
    more: dict[str, Rows] | None = None,
    mac: bool = False,
) -> bytes:
    """The network's workbook, or some of its sheets, with something done to it."""
    made = Workbook()
    made.remove(made.worksheets[0])
    if mac:
        made.epoch = CALENDAR_MAC_1904
    for name, rows in (base() | (more or {})).items():
        if not only or name in only or name in (more or {}):
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
    change(made)
    return saved(made)


def cells(sheet: str, **values: Any) -> Callable[[Workbook], None]:
    """Put values into cells of a sheet: `cells("Ученики", C2="7 кл")`."""

    def change(made: Workbook) -> None:
        for cell, value in values.items():
            made[sheet][cell] = value

    return change


def ods(rows: list[list[str]]) -> bytes:
    """An ODS of one sheet; a cell is a text, or the XML of a `table:table-cell`'s attributes after «@», and after «|» the text it shows."""
    names = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "calcext": "calcext:1.0"}
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}"' for name, urn in names.items())

    def cell(said: str) -> str:
        if said.startswith("@"):
            about, _, shown = said[1:].partition("|")
            return f"<table:table-cell {about}>{f'<text:p>{shown}</text:p>' if shown else ''}</table:table-cell>"
        return (
            f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'
            if said
            else "<table:table-cell/>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Журнал">{lines}<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("content.xml", content)
        parts.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return file.getvalue()


def page(rows: list[list[str]]) -> bytes:
    """A web page that calls itself `.xls`."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset='windows-1251'></head><body><table>{lines}</table></body></html>".encode("cp1251")
