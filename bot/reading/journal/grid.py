"""The grid: a sheet a group, named by its code; pupils down, a column a lesson; cells hold marks and attendance; a last row «Тема»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.reading.cell import Cell, in_line, lettered, shown, sound
from bot.reading.days import Written, read_day
from bot.reading.fault import Amiss
from bot.reading.journal.codes import LONGEST_TEXT, Said, parse_day, parse_mark, still_to_come
from bot.reading.journal.entry import MOST_FAULTS, PUPIL, Column, Entry, Journal, Note, is_below
from bot.reading.letters import fold, title_key
from bot.reading.uploads import Sheet, letter
from bot.refusals import Refusal

_PUPIL = frozenset(map(title_key, PUPIL))
_TOPIC = frozenset(map(title_key, ("Тема", "Тема занятия", "Тема урока", "Темы")))
_HOMEWORK = frozenset(map(title_key, ("Домашнее задание", "ДЗ", "Д/з")))
_GROUP = re.compile(r"(?:.*\s)?ГРУПП[АЫЕ]\s*[:№]?\s*(.+)")
_TITLE_ROWS = 12
_LEGEND = re.compile(r"\s[-=]\s|^[А-Я+]{1,3}$")


@dataclass(frozen=True, slots=True)
class _Lesson:
    """A column: its place (from 0), its day and which lesson of that day it is."""

    at: int
    day: date
    lesson: int
    unsure: str | None = None  # as written: without a year, and still to come


@dataclass
class _Reading:
    today: date
    academic_year: int
    group: str | None
    entries: list[Entry] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def fault(self, no: Amiss, sheet: Sheet, row: int, at: int, name: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(no.at(sheet.name, row, letter(at + 1), name))


def looks_like_grid(sheets: Sequence[Sheet]) -> bool:
    """Whether some sheet has pupils down and days across."""
    return any(_heading(sheet) is not None for sheet in sheets)


def read_grid(sheets: Sequence[Sheet], *, today: date, academic_year: int, group: str | None = None) -> Journal:
    """The entries of every sheet with a grid's heading, and every fault. `group`: whose sheet it is, whatever its name.

    A column in which nothing stands says nothing: grids are prepared for the whole year.
    """
    reading = _Reading(today, academic_year, group)
    for sheet in sheets:
        heading = _heading(sheet)
        if heading is not None:
            _sheet(sheet, heading, reading)
        elif any(in_line(cell) for row in sheet.rows for cell in row):
            reading.notes.append(Note.of("journal-note-sheet", sheet=sheet.name))
    if not reading.entries and not reading.faults:
        reading.faults.append(Refusal("journal-no-rows"))
    return Journal(tuple(reading.entries), tuple(reading.faults), tuple(reading.notes))


def _heading(sheet: Sheet) -> tuple[int, int] | None:
    """Row and column (from 0) of the word that heads the pupils, if days stand beside it or one row below."""
    for number, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and title_key(cell) in _PUPIL:
                below = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
                if any(_is_day(other) for other in row[at + 1 :]):
                    return number, at
                if any(month_of(other) for other in row[at + 1 :]) and any(_is_number(other) for other in below[at + 1 :]):
                    return number, at
    return None


def _is_day(cell: Cell) -> bool:
    try:
        said = read_day(cell)
    except Amiss:
        return True
    return isinstance(said, date) or (said is not None and said.day is not None)


def month_of(cell: Cell) -> Written | None:
    said = read_day(cell) if isinstance(cell, str) else None
    return said if isinstance(said, Written) and said.day is None else None


def _is_number(cell: Cell) -> bool:
    return in_line(cell).isdecimal() and 1 <= int(in_line(cell)) <= 31


def _sheet(sheet: Sheet, heading: tuple[int, int], reading: _Reading) -> None:
    row, at = heading
    lessons, first = _lessons(sheet, row, at, reading)
    rows = list(enumerate(sheet.rows[first:], first + 1))
    said = {lesson.at: _has_marks(rows, lesson.at, at) for lesson in lessons}
    group = reading.group or _group_above(sheet, row) or sheet.name
    texts: dict[str, list[Cell]] = {}
    pupils: list[int] = []
    for number, cells in rows:
        title = title_key(in_line(cell_at(cells, at)) or in_line(cell_at(cells, 0)))
        if title in _TOPIC or title in _HOMEWORK:
            texts["topic" if title in _TOPIC else "homework"] = cells
        elif is_below(in_line(cell_at(cells, at)) or in_line(cell_at(cells, 0))):
            if any(in_line(cell_at(cells, lesson.at)) for lesson in lessons):
                found = in_line(cell_at(cells, at)) or in_line(cell_at(cells, 0))
                reading.notes.append(Note.of("journal-note-row", sheet=sheet.name, row=str(number), found=found))
        elif any(in_line(cell_at(cells, lesson.at)) for lesson in lessons) or _is_name(in_line(cell_at(cells, at))):
            pupils.append(number)
    for lesson in lessons:
        if not said[lesson.at]:
            continue
        if lesson.day > reading.today and lesson.unsure is None:
            reading.fault(Amiss("journal-in-the-future", found=f"{lesson.day:%d.%m.%Y}"), sheet, row + 1, lesson.at, "Дата")
            continue
        words = {name: _text(cell_at(cells, lesson.at)) for name, cells in texts.items()}
        for number in pupils:
            _entry(_Page(sheet, at, group), number, lesson, words, reading)


@dataclass(frozen=True)
class _Page:
    """A sheet, the column of its pupils, and the group it is of."""

    sheet: Sheet
    at: int
    group: str


def _entry(page: _Page, number: int, lesson: _Lesson, words: dict[str, str | None], reading: _Reading) -> None:
    sheet, at, cells = page.sheet, page.at, page.sheet.rows[number - 1]
    columns = {
        "pupil": Column(letter(at + 1), "ФИО"),
        "code": Column(letter(lesson.at + 1), f"{lesson.day:%d.%m.%Y}"),
        "group": Column(letter(at + 1), "ФИО"),
        "day": Column(letter(lesson.at + 1), "Дата"),
    }
    said = Said()
    try:
        said = parse_mark(sound(cell_at(cells, lesson.at)))
    except Amiss as no:
        reading.fault(no, sheet, number, lesson.at, f"{lesson.day:%d.%m.%Y}")
    try:
        pupil = lettered(in_line(sound(cell_at(cells, at))), name=True)
        if not pupil:
            raise Amiss("journal-missing")
    except Amiss as no:
        reading.fault(no, sheet, number, at, "ФИО")
        return
    reading.entries.append(
        Entry(
            sheet.name, number, lesson.day, page.group, pupil, lesson.lesson, said.marks, said.codes,
            topic=words.get("topic"), homework=words.get("homework"), columns=columns,
            unsure=lesson.unsure,
        )
    )  # fmt: skip


def _lessons(sheet: Sheet, row: int, at: int, reading: _Reading) -> tuple[list[_Lesson], int]:
    """The columns that are days, and where the pupils begin: the days stand in the heading, or below their months."""
    cells = sheet.rows[row]
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    by_month = any(month_of(cell) for cell in cells[at + 1 :]) and not any(_is_day(cell) for cell in cells[at + 1 :])
    found: list[_Lesson] = []
    counted: Counter[date] = Counter()
    month: Written | None = None
    for place in range(at + 1, max(len(cells), len(below) if by_month else 0)):
        cell = cell_at(cells, place)
        written: Cell = cell
        if by_month:
            month = month_of(cell) or (month if not in_line(cell) else None)
            number = in_line(cell_at(below, place))
            written = f"{number}.{month.month}{f'.{month.year}' if month.year else ''}" if month and number.isdecimal() else None
        if written is None or not _is_day(written):
            if in_line(cell) and not by_month:
                reading.notes.append(
                    Note.of("journal-note-column", sheet=sheet.name, letter=letter(place + 1), column=shown(cell))
                )
            continue
        try:
            day = parse_day(written, today=date(reading.academic_year + 1, 8, 31), academic_year=reading.academic_year)
        except Amiss as no:
            reading.fault(no, sheet, row + 1, place, "Дата")
            continue
        counted[day] += 1
        to_come = still_to_come(written, today=reading.today, academic_year=reading.academic_year)
        found.append(_Lesson(place, day, counted[day], shown(written) if to_come else None))
    return found, row + (2 if by_month else 1)


def _has_marks(rows: list[tuple[int, list[Cell]]], at: int, name: int) -> bool:
    """Whether anything of a pupil stands in a column; a topic prepared for the year says nothing of pupils."""
    names = [(cells, in_line(cell_at(cells, name)) or in_line(cell_at(cells, 0))) for _, cells in rows]
    return any(
        in_line(cell_at(cells, at)) for cells, text in names if not is_below(text) and title_key(text) not in _TOPIC | _HOMEWORK
    )


def _group_above(sheet: Sheet, row: int) -> str | None:
    for cells in sheet.rows[:row]:
        for cell in cells:
            found = _GROUP.fullmatch(fold(cell)) if isinstance(cell, str) else None
            if found:
                return found[1].strip(' «»"')
    return None


def _is_name(text: str) -> bool:
    words = fold(text)
    return len(words.split()) > 1 and _LEGEND.search(words) is None


def cell_at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else None


def _text(cell: Cell) -> str | None:
    return in_line(cell)[:LONGEST_TEXT] or None
