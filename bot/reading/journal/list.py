"""The list: one row a pupil and a lesson; columns Дата*, Группа*, Ученик*, Отметка, Посещаемость, Тема, Домашнее задание, …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.reading.cell import Cell, as_text, in_line, lettered, shown, sound
from bot.reading.days import year_named
from bot.reading.fault import Amiss
from bot.reading.journal.codes import LONGEST_TEXT, Said, parse_attendance, parse_day, parse_mark, still_to_come
from bot.reading.journal.entry import MOST_FAULTS, PUPIL, Column, Entry, Journal, Note, is_below
from bot.reading.letters import title_key
from bot.reading.merges import filled_down
from bot.reading.uploads import Sheet, letter
from bot.refusals import Refusal

COLUMNS = {
    "day": "Дата",
    "group": "Группа",
    "pupil": "Ученик",
    "mark": "Отметка",
    "attendance": "Посещаемость",
    "topic": "Тема",
    "homework": "Домашнее задание",
    "comment": "Комментарий",
    "work": "Вид работы",
}
T = TypeVar("T")

REQUIRED = ("day", "group", "pupil")
_ALSO = {
    "Оценка": "mark",
    "Оценки": "mark",
    "Отметки": "mark",
    "Отм.": "mark",
    "Балл": "mark",
    "Явка": "attendance",
    "Пропуски": "attendance",
    "Код группы": "group",
    "Гр.": "group",
    "День": "day",
    "Число": "day",
    **dict.fromkeys(PUPIL, "pupil"),
    "Дата занятия": "day",
    "Дата урока": "day",
    "Тема занятия": "topic",
    "Тема урока": "topic",
}
_FIELDS = {title_key(name): field_ for field_, name in COLUMNS.items()} | {
    title_key(name): field_ for name, field_ in _ALSO.items()
}
_TITLE_ROWS = 10  # a heading may stand below a title and blank rows


@dataclass
class _Reading:
    today: date
    academic_year: int
    group: str | None
    named: int | None = None  # the academic year the title above the heading names
    entries: list[Entry] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def looks_like_list(sheets: Sequence[Sheet]) -> bool:
    """Whether some sheet has the heading of a list: a date, a pupil and something to tell."""
    return any(_heading(sheet) is not None for sheet in sheets)


def read_list(sheets: Sequence[Sheet], *, today: date, academic_year: int, group: str | None = None) -> Journal:
    """The entries of every sheet with a list's heading, and every fault.

    Two rows of the same pupil, group and day are two lessons of that day, in the order of the rows: entries come with
    lesson None and are counted when the pupil is known, for a row may name them by code and the next by name.
    `group` is the group of rows that name none.
    """
    reading = _Reading(today, academic_year, group)
    for sheet in sheets:
        heading = _heading(sheet)
        if heading is not None:
            _sheet(sheet, heading, reading)
        elif len(sheets) > 1 and any(as_text(cell) for row in sheet.rows for cell in row):
            reading.notes.append(Note.of("journal-note-sheet", sheet=sheet.name))
    if not reading.entries and not reading.faults:
        reading.faults.append(Refusal("journal-no-rows"))
    return Journal(tuple(reading.entries), tuple(reading.faults), tuple(reading.notes))


def _heading(sheet: Sheet) -> int | None:
    """The row (from 0) that names the most columns, if they are enough to be a list."""
    best: tuple[int, int] | None = None
    for number, row in enumerate(sheet.rows[:_TITLE_ROWS]):
        named = {_FIELDS.get(_title(cell)) for cell in row} - {None}
        if "pupil" in named and len(named) >= 3 and (best is None or len(named) > best[0]):
            best = len(named), number
    return None if best is None else best[1]


def _title(cell: Cell) -> str:
    return title_key(cell) if isinstance(cell, str) else ""


def _sheet(sheet: Sheet, start: int, reading: _Reading) -> None:
    reading.named = year_named(sheet.rows[:start])
    columns: dict[str, Column] = {}
    places: dict[str, int] = {}
    for at, cell in enumerate(sheet.rows[start], 1):
        name = _FIELDS.get(_title(cell))
        if name is None:
            if as_text(cell):
                reading.notes.append(Note.of("journal-note-column", sheet=sheet.name, letter=letter(at), column=shown(cell)))
        elif name in places:
            reading.faults.append(Refusal("journal-column-twice", sheet=sheet.name, letter=letter(at), column=shown(cell)))
        else:
            columns[name], places[name] = Column(letter(at), shown(cell)), at - 1
    for name in REQUIRED:
        if name not in places and not (name == "group" and reading.group):
            reading.faults.append(Refusal("journal-no-column", sheet=sheet.name, row=str(start + 1), column=COLUMNS[name]))
            return
    columns["code"] = columns.get("attendance") or columns.get("mark") or Column("?", "")
    sheet, merged = filled_down(sheet, start)
    reading.notes += [Note.of("note-merged", sheet=sheet.name, letter=at, count=count) for at, count in merged.items()]
    for number, row in enumerate(sheet.rows[start + 1 :], start + 2):
        if len(reading.faults) >= MOST_FAULTS:
            return
        cells = {name: row[at] if at < len(row) else None for name, at in places.items()}
        if _is_aside(row, sheet.rows[start], cells):
            reading.notes.append(Note.of("journal-note-row", sheet=sheet.name, row=str(number), found=_first(row)))
        elif any(as_text(cell) for cell in cells.values()):
            _row(sheet.name, number, cells, columns, reading)


def _is_aside(row: Sequence[Cell], heading: Sequence[Cell], cells: dict[str, Cell]) -> bool:
    """«Итого», a signature, the heading once more: a row about the table, told of as passed over."""
    if [_title(cell) for cell in row] == [_title(cell) for cell in heading]:
        return True
    whole = all(as_text(cells.get(name)) for name in ("day", "pupil"))
    return not whole and is_below(_first(row))


def _first(row: Sequence[Cell]) -> str:
    return next((text for cell in row if (text := in_line(cell))), "")


def _row(sheet: str, number: int, cells: dict[str, Cell], columns: dict[str, Column], reading: _Reading) -> None:
    faults: dict[str, Refusal] = {}

    def fault(no: Amiss, name: str) -> None:
        at = columns.get(name, Column("?", COLUMNS[name]))
        faults[name] = no.at(sheet, number, at.letter, at.name)

    def read(name: str, parse: Callable[[Cell], T], otherwise: T) -> T:
        try:
            return parse(sound(cells.get(name)))
        except Amiss as no:
            fault(no, name)
            return otherwise

    said = {name: read(name, parse, Said()) for name, parse in (("mark", parse_mark), ("attendance", parse_attendance))}
    nothing: tuple[date | None, str | None] = None, None
    day, unsure = read("day", lambda cell: _day(cell, reading), nothing)
    texts: dict[str, str | None] = {name: read(name, _name, None) for name in ("group", "pupil")}
    texts |= {name: read(name, _text, None) for name in ("topic", "homework", "comment", "work")}
    texts["group"] = texts["group"] or reading.group
    for name in ("group", "pupil"):
        if not texts[name] and name not in faults:
            fault(Amiss("journal-missing"), name)
    reading.faults += [faults[name] for name in cells if name in faults]
    if faults or day is None:
        return
    codes = said["mark"].codes
    reading.entries.append(
        Entry(
            sheet=sheet,
            row=number,
            day=day,
            group=texts["group"] or "",
            pupil=texts["pupil"] or "",
            marks=said["mark"].marks + said["attendance"].marks,
            codes=(*codes, *(code for code in said["attendance"].codes if code not in codes)),
            topic=texts["topic"],
            homework=texts["homework"],
            comment=texts["comment"],
            work=texts["work"],
            columns=columns,
            unsure=unsure,
            says=_says(columns, said["attendance"]),
        )
    )


def _says(columns: dict[str, Column], attendance: Said) -> tuple[str, ...]:
    """A column for marks may hold attendance too; one for attendance alone says nothing of marks, unless it has one: «О 4»."""
    about = tuple(name for name in ("comment", "work") if name in columns)
    if "mark" in columns or attendance.marks:
        return "mark", "attendance", *about
    return ("attendance", *about) if "attendance" in columns else about


def _day(cell: Cell, reading: _Reading) -> tuple[date | None, str | None]:
    """The day; and how it is written, where it has no year and this academic year has not come to it."""
    if not as_text(cell):
        raise Amiss("journal-missing")
    try:
        return parse_day(cell, today=reading.today, academic_year=reading.academic_year, named=reading.named), None
    except Amiss as no:
        to_come = still_to_come(cell, today=reading.today, academic_year=reading.academic_year)
        if no.key != "journal-in-the-future" or to_come is None:
            raise
        return to_come, shown(cell)


def _name(cell: Cell) -> str | None:
    return _text(lettered(in_line(cell), name=True))


def _text(cell: Cell) -> str | None:
    text = lettered(in_line(cell))
    if len(text) > LONGEST_TEXT:
        raise Amiss("journal-text-too-long", limit=LONGEST_TEXT)
    return text or None
