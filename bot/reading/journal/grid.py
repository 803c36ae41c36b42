"""The grid: a sheet a group, named by its code; pupils down, a column a lesson; cells hold marks and attendance; a last row «Тема»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.reading.cell import Broken, Cell, in_line, lettered, shown, sound
from bot.reading.days import Written, is_weekday, read_day, year_named
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
# «19.11 (2)», and «19.11.2026.1» of a program: the day's second lesson, which its place tells already.
_NTH = re.compile(r"(.*\d)\s*\(\d\)|(\d{1,2}\.\d{1,2}\.\d{4})\.\d")
_HAS_DAY = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}(?!\d)")
_CLASS_ROW = re.compile(r"\d{1,2}\s*[-«\"]?\s*[А-Я]?\s*[»\"]?\s*(?:КЛ(?:АСС)?)?\.?")
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
        tables = list(_tables(sheet))
        for table, heading in tables:
            _sheet(table, heading, reading)
        if tables:
            continue
        if any(in_line(cell) for row in sheet.rows for cell in row):
            reading.notes.append(Note.of("journal-note-sheet", sheet=sheet.name))
    if not reading.entries and not reading.faults:
        reading.faults.append(Refusal("journal-no-rows"))
    return Journal(tuple(reading.entries), tuple(reading.faults), tuple(reading.notes))


def _heading(sheet: Sheet) -> tuple[int, int] | None:
    """Row and column (from 0) of the word that heads the pupils, if days stand beside it or one row below."""
    for number, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        for at in range(len(row)):
            if _heads(sheet, number, at):
                return number, at
    return None


def _tables(sheet: Sheet) -> Iterator[tuple[Sheet, tuple[int, int]]]:
    """The tables that stand one below the other on a sheet, each with its heading: the days of one are not the next one's."""
    heading = _heading(sheet)
    while heading is not None:
        row, at = heading
        after = next((number for number in range(row + 1, len(sheet.rows)) if _heads(sheet, number, at)), None)
        yield replace(sheet, rows=sheet.rows[:after]), heading
        heading = None if after is None else (after, at)


def _heads(sheet: Sheet, number: int, at: int) -> bool:
    cell = cell_at(sheet.rows[number], at)
    return isinstance(cell, str) and title_key(cell) in _PUPIL and _days_beside(sheet, number, at)


def _days_beside(sheet: Sheet, number: int, at: int) -> bool:
    row = sheet.rows[number]
    below = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
    if any(_is_day(other) for other in row[at + 1 :]):
        return True
    return any(month_of(other) for other in row[at + 1 :]) and any(_is_number(other) for other in below[at + 1 :])


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
        elif _is_pupil(cells, at, [lesson.at for lesson in lessons]):
            pupils.append(number)
    for lesson in lessons:
        if not any(in_line(cell_at(sheet.rows[number - 1], lesson.at)) for number in pupils):
            continue  # a topic prepared for the year says nothing of pupils
        if lesson.day > reading.today and lesson.unsure is None:
            reading.fault(Amiss("journal-in-the-future", found=f"{lesson.day:%d.%m.%Y}"), sheet, row + 1, lesson.at, "Дата")
            continue
        words = {name: _text(cell_at(cells, lesson.at)) for name, cells in texts.items()}
        for number in pupils:
            _entry(_Page(sheet, at, group), number, lesson, words, reading)


def _is_pupil(cells: list[Cell], at: int, lessons: list[int]) -> bool:
    """Whether a row is a pupil's: what stands under its days is theirs; weekdays under the days are nobody's, nor is «7А класс»."""
    name = in_line(cell_at(cells, at))
    held = [text for place in lessons if (text := in_line(cell_at(cells, place)))]
    if held:
        return bool(name) or not all(map(is_weekday, held))
    return _is_name(name)


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
    named = year_named(sheet.rows[:row])
    for place in range(at + 1, max(len(cells), len(below) if by_month else 0)):
        cell = cell_at(cells, place)
        if by_month:
            month = month_of(cell) or (month if not in_line(cell) else None)
        written = _under(month, cell, cell_at(below, place)) if by_month else _alone(cell)
        beneath = sheet.rows[row + 2 if by_month else row + 1 :]
        if written is None or not (_is_day(written) or any(in_line(cell_at(each, place)) for each in beneath)):
            if in_line(cell) and not by_month:
                reading.notes.append(
                    Note.of("journal-note-column", sheet=sheet.name, letter=letter(place + 1), column=shown(cell))
                )
            continue
        try:
            sound(written)
            last = date(reading.academic_year + 1, 8, 31)
            day = parse_day(written, today=last, academic_year=reading.academic_year, named=named)
        except Amiss as no:
            reading.fault(no, sheet, row + 1, place, "Дата")
            continue
        counted[day] += 1
        to_come = still_to_come(written, today=reading.today, academic_year=reading.academic_year)
        found.append(_Lesson(place, day, counted[day], shown(written) if to_come else None))
    return found, row + (2 if by_month else 1)


def _alone(cell: Cell) -> Cell:
    """What a heading says of a day, or should have: «19.11 ДЗ» and a broken formula are read by nobody, and no marks below are left out."""
    if isinstance(cell, Broken):
        return cell
    nth = _NTH.fullmatch(in_line(cell)) if isinstance(cell, str) else None
    if nth is not None:
        return nth[1] or nth[2]
    return cell if _is_day(cell) or _HAS_DAY.search(in_line(cell)) else None


def _under(month: Written | None, cell: Cell, below: Cell) -> Cell:
    """The same where the month stands above the day."""
    broken = next((one for one in (cell, below) if isinstance(one, Broken)), None)
    number = in_line(below)
    if broken is not None or month is None or not any(letter_.isdigit() for letter_ in number):
        return broken
    return f"{number}.{month.month}{f'.{month.year}' if month.year else ''}" if number.isdecimal() else below


def _group_above(sheet: Sheet, row: int) -> str | None:
    for cells in reversed(sheet.rows[:row]):
        for cell in cells:
            found = _GROUP.fullmatch(fold(cell)) if isinstance(cell, str) else None
            if found:
                return found[1].strip(' «»"')
    return None


def _is_name(text: str) -> bool:
    words = fold(text)
    return (
        len(words.split()) > 1 and _LEGEND.search(words) is None and not (_CLASS_ROW.fullmatch(words) or _GROUP.fullmatch(words))
    )


def cell_at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else None


def _text(cell: Cell) -> str | None:
    return in_line(cell)[:LONGEST_TEXT] or None
