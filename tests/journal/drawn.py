"""A journal drawn at random, written by the programs people use, to be read back: the same entries from every one of them."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.reading.journal import read_journal
from bot.reading.letters import name_key
from bot.reading.uploads import sheets_of

TODAY = date(2027, 5, 28)
FIRST = date(2026, 9, 3)
NAMES = ("Петров Миша Алексеевич", "Шеуджен Дана Руслановна", "МэщбашӀэ Нурбый", "Ёлкина Анна-Мария")
MARKS = ("5", "4", "3", "2", "4-", "5 4", "зачёт", "н/а", "")
CODES = ("", "Н", "Б", "УП", "ОП")
TOPICS = ("", "Датчики; «линия»", "Сборка, часть 2", "Итог: 100%")
HEADING = ("Дата", "Группа", "Ученик", "Отметка", "Посещаемость", "Тема")

Said = tuple[str, date, int, tuple[str, ...], tuple[str, ...], str | None]  # pupil, day, lesson, marks, codes, topic


@dataclass(frozen=True)
class Line:
    """A pupil at a lesson."""

    day: date
    pupil: str
    mark: str
    code: str
    topic: str


DAYS = st.integers(0, 37).map(lambda week: FIRST + timedelta(weeks=week))
LINES = st.builds(Line, DAYS, st.sampled_from(NAMES), st.sampled_from(MARKS), st.sampled_from(CODES), st.sampled_from(TOPICS))
YEARS = st.lists(LINES, min_size=1, max_size=40)


def right(lines: list[Line]) -> list[Said]:
    """The entries that must come of it: the nth row of a pupil and day is lesson n."""
    counted: Counter[tuple[str, date]] = Counter()
    found = []
    for one in lines:
        counted[one.pupil, one.day] += 1
        marks = tuple(one.mark.split())
        codes = (one.code,) if one.code else ()
        found.append((name_key(one.pupil), one.day, counted[one.pupil, one.day], marks, codes, one.topic or None))
    return sorted(found, key=str)


def read(content: bytes, name: str) -> list[Said]:
    journal = read_journal(sheets_of(content, name), today=TODAY, academic_year=2026)
    assert journal.faults == ()
    counted: Counter[tuple[str, date]] = Counter()
    found = []
    for one in journal.entries:
        counted[one.pupil, one.day] += 1
        lesson = one.lesson or counted[one.pupil, one.day]
        found.append((name_key(one.pupil), one.day, lesson, one.marks, one.codes, one.topic))
    return sorted(found, key=str)


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def of_csv(delimiter: str, encoding: str) -> Callable[[list[Line]], tuple[str, bytes]]:
    def write(lines: list[Line]) -> tuple[str, bytes]:
        out = io.StringIO(newline="")
        made = csv.writer(out, delimiter=delimiter)
        made.writerow(HEADING)
        made.writerows((f"{one.day:%d.%m.%Y}", "Г-01", one.pupil, one.mark, one.code, one.topic) for one in lines)
        text = out.getvalue()
        return "журнал.csv", (text.replace("Ӏ", "I") if encoding == "cp1251" else text).encode(encoding)  # it has no palochka

    return write


def by_pandas_csv(lines: list[Line]) -> tuple[str, bytes]:
    """A column of numbers with gaps has become one of floats, a day a timestamp, an index stands at the left."""
    out = io.StringIO(newline="")
    made = csv.writer(out)
    made.writerow(("", *HEADING))
    for number, one in enumerate(lines):
        mark = f"{one.mark}.0" if one.mark.isdigit() else one.mark
        made.writerow((number, f"{one.day.isoformat()} 00:00:00", "Г-01", one.pupil, mark, one.code, one.topic))
    return "журнал.csv", out.getvalue().encode()


def by_openpyxl(lines: list[Line]) -> tuple[str, bytes]:
    """Real dates and numbers, as a program writes them."""
    sheet = _sheet("Журнал", HEADING)
    for one in lines:
        sheet.append((one.day, "Г-01", one.pupil, _number(one.mark), one.code or None, one.topic or None))
    return _saved(sheet)


def by_pandas(lines: list[Line]) -> tuple[str, bytes]:
    sheet = _sheet("Sheet1", (None, *HEADING))
    for number, one in enumerate(lines):
        mark = float(one.mark) if one.mark.isdigit() else one.mark or None
        sheet.append(
            (number, datetime.combine(one.day, datetime.min.time()), "Г-01", one.pupil, mark, one.code or None, one.topic)
        )
    return _saved(sheet)


def by_excel(lines: list[Line]) -> tuple[str, bytes]:
    """As people make it: a title, colours, a wide column, the group merged over its rows, a day in words, marks worked out by formulas."""
    sheet = _sheet("Журнал", ("Журнал занятий",))
    sheet.merge_cells("A1:F1")
    sheet.append(())
    sheet.append(HEADING)
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDEEFF")
    for at, one in enumerate(lines):
        sheet.append((one.day, "Г-01" if at == 0 else None, one.pupil, _number(one.mark), one.code or None, one.topic or None))
        day = sheet.cell(row=at + 4, column=1)
        day.number_format = "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy" if at % 2 else "dd.mm.yyyy"
    if len(lines) > 1:
        sheet.merge_cells(start_row=4, end_row=len(lines) + 3, start_column=2, end_column=2)
    sheet.column_dimensions["C"].width = 40
    name, content = _saved(sheet)
    return name, _worked_out(content)


def _worked_out(content: bytes) -> bytes:
    """Every number of the column of marks as a formula with the value that Excel has kept of it: openpyxl writes either alone."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(rb'(<c r="D\d+"[^>]*>)(<v>(\d+)</v>)', rb"\1<f>\3+0</f>\2", part)
            new.writestr(name, part)
    return kept.getvalue()


LISTS: dict[str, Callable[[list[Line]], tuple[str, bytes]]] = {
    "csv ;": of_csv(";", "utf-8-sig"),
    "csv ,": of_csv(",", "utf-8"),
    "csv , with a mark of order": of_csv(",", "utf-8-sig"),
    "csv ; of windows": of_csv(";", "cp1251"),
    "pandas csv": by_pandas_csv,
    "openpyxl": by_openpyxl,
    "pandas": by_pandas,
    "excel": by_excel,
}


# ── a grid ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def grid(lines: list[Line]) -> tuple[tuple[str, bytes], list[Said]]:
    """A sheet of the group with a column a lesson, and what must come of it: every pupil at every lesson something is said of."""
    cells: dict[tuple[date, int], dict[str, Line]] = {}
    counted: Counter[tuple[str, date]] = Counter()
    for one in lines:
        counted[one.pupil, one.day] += 1
        cells.setdefault((one.day, counted[one.pupil, one.day]), {})[one.pupil] = one
    lessons = sorted(cells)
    sheet = _sheet("Г-01", ("№", "ФИО", *(day for day, _ in lessons), "Средний балл"))
    said: list[Said] = []
    for number, name in enumerate(NAMES, 1):
        row: list[Any] = [number, name]
        for at in lessons:
            here = cells[at].get(name)
            row.append(_number(f"{here.code} {here.mark}".strip()) if here else None)
        sheet.append([*row, 4.5])
    for day, nth in lessons:
        filled = any(line.mark or line.code for line in cells[day, nth].values())
        for name in NAMES if filled else ():
            line = cells[day, nth].get(name, Line(day, name, "", "", ""))
            said.append((name_key(name), day, nth, tuple(line.mark.split()), (line.code,) if line.code else (), None))
    return _saved(sheet), sorted(said, key=str)


# ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────────

MONTHS = ("", "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь")


def report(lines: list[Line]) -> tuple[tuple[str, bytes], list[Said]]:
    """Blocks one below the other, months merged over their days, as many columns as the pupil has lessons, a legend after each."""
    sheet = _sheet("Отчёт", ("МБОУ СОШ № 8",))
    said: list[Said] = []
    for name in NAMES:
        mine = sorted((one for one in lines if one.pupil == name), key=lambda one: one.day)
        if not mine:
            continue
        for label in ("Учебный год: 2026/2027", "Класс: 7А", "Период: с 01.09.26 по 31.05.27", f"Ученик: {name}"):
            sheet.append((label,))
        top = sheet.max_row + 1
        months = [
            MONTHS[one.day.month] if at == 0 or mine[at - 1].day.month != one.day.month else None for at, one in enumerate(mine)
        ]
        sheet.append(("Предмет", *months, "Средняя\nоценка"))
        sheet.append((None, *(one.day.day for one in mine)))
        sheet.append(("Робототехника", *(_number(f"{one.code} {one.mark}".strip()) for one in mine), 4.5))
        starts = [at for at, month in enumerate(months) if month] + [len(mine)]
        for begins, ends in itertools.pairwise(starts):
            if ends - begins > 1:
                sheet.merge_cells(start_row=top, end_row=top, start_column=begins + 2, end_column=ends + 1)
        sheet.append(())
        sheet.append(("Н — неуважительная, Б — болезнь, УП — уважительная",))
        counted: Counter[date] = Counter()
        for one in mine:
            counted[one.day] += 1
            said.append(
                (name_key(name), one.day, counted[one.day], tuple(one.mark.split()), (one.code,) if one.code else (), None)
            )
    return _saved(sheet), sorted(said, key=str)


def _sheet(title: str, heading: tuple[Any, ...]) -> Worksheet:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(heading)
    return sheet


def _saved(sheet: Worksheet) -> tuple[str, bytes]:
    kept = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(kept)
    return "журнал.xlsx", kept.getvalue()


def _number(text: str) -> int | str | None:
    return int(text) if text.isdigit() else text or None
