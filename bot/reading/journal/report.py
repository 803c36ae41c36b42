"""The report of «Сетевой город»: a block a pupil, one below the other; subjects down, months over days across; averages at the right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.reading.cell import Cell, in_line, lettered, sound
from bot.reading.days import Written, read_day, year_named
from bot.reading.fault import Amiss
from bot.reading.journal.codes import Said, parse_mark
from bot.reading.journal.entry import MOST_FAULTS, Column, Entry, Journal
from bot.reading.journal.grid import cell_at, month_of
from bot.reading.letters import fold, title_key
from bot.reading.uploads import Sheet, letter
from bot.refusals import Refusal

_SUBJECT = frozenset(map(title_key, ("Предмет", "Предметы", "Курс")))
_LABEL = re.compile(r"(?:(УЧЕНИК|УЧЕНИЦА|УЧЕНИК ?\(ЦА\)|УЧАЩИЙСЯ|ОБУЧАЮЩИЙСЯ|ОБУЧАЮЩАЯСЯ)|(КЛАСС|ПЕРИОД|УЧЕБНЫЙ ГОД))\s*:\s*(.*)")
_PERIOD = re.compile(r"С?\s*(\d\S+)\s*(?:ПО|-)\s*(\d\S+)")


@dataclass
class _Block:
    """What the lines above a pupil's table say; the later ones stand until others come."""

    pupil: str = ""
    class_name: str | None = None
    begins: date | None = None
    ends: date | None = None
    year: int | None = None  # the academic year it names


@dataclass
class _Reading:
    today: date
    another_year: bool = False  # told once, not for every pupil
    entries: list[Entry] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)

    def fault(self, no: Amiss, sheet: str, row: int, at: int, name: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(no.at(sheet, row, letter(at + 1), name))


def looks_like_report(sheets: Sequence[Sheet]) -> bool:
    """Whether some sheet names a pupil and has subjects below."""
    rows = [row for sheet in sheets for row in sheet.rows]
    labels = {label for row in rows for label, _ in _labels(row)}
    return "УЧЕНИК" in labels and any(_subject(row) is not None for row in rows)


def read_report(sheets: Sequence[Sheet], *, today: date, academic_year: int) -> Journal:
    """The entries of every block: a subject is the name of a course; those of no course are left to the school's own journal."""
    reading = _Reading(today)
    block = _Block()
    for sheet in sheets:
        number = 0
        while number < len(sheet.rows):
            row = sheet.rows[number]
            for label, said in _labels(row):
                _note(block, label, said, academic_year)
            at = _subject(row)
            if at is None or not block.pupil:
                number += 1
                continue
            number = _table(sheet, number, at, block, academic_year, reading)
    if not reading.entries and not reading.faults:
        reading.faults.append(Refusal("journal-no-rows"))
    return Journal(tuple(reading.entries), tuple(reading.faults))


def _labels(row: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """«Ученик: Иванов Иван» in one cell, or in two."""
    for at, cell in enumerate(row):
        found = _LABEL.fullmatch(fold(cell)) if isinstance(cell, str) else None
        if found:
            written = in_line(cell).partition(":")[2].strip()
            after = next((text for other in row[at + 1 :] if (text := in_line(other))), "")
            yield found[2] or "УЧЕНИК", written or after


def _note(block: _Block, label: str, said: str, academic_year: int) -> None:
    if label == "УЧЕБНЫЙ ГОД":
        block.year = year_named([[said]])
    elif label == "УЧЕНИК":
        block.pupil = said
    elif label == "КЛАСС":
        block.class_name = said or None
    elif label == "ПЕРИОД":
        found = _PERIOD.search(fold(said))
        block.begins, block.ends = (_date(found[n], academic_year) if found else None for n in (1, 2))


def _date(text: str, academic_year: int) -> date | None:
    said = read_day(text)
    if isinstance(said, Written):
        return said.in_year(said.year_in(academic_year))
    return said


def _subject(row: Sequence[Cell]) -> int | None:
    at = next((at for at, cell in enumerate(row) if isinstance(cell, str) and title_key(cell) in _SUBJECT), None)
    return at if at is not None and any(month_of(cell) for cell in row[at + 1 :]) else None


def _table(sheet: Sheet, number: int, at: int, block: _Block, academic_year: int, reading: _Reading) -> int:
    """Read one pupil's table; the number of the row after it."""
    days = _days(sheet, number, at, block, academic_year if block.year is None else block.year)
    for place, no in _unread(sheet, number, at):
        reading.fault(no, sheet.name, number + 2, place, "Дата")
    past = next((day for _, day in days if day < date(academic_year, 9, 1) <= reading.today), None)
    if past is not None and not reading.another_year:
        reading.another_year = True
        year = f"{academic_year}/{academic_year + 1}"
        reading.fault(Amiss("journal-another-year", found=f"{past:%d.%m.%Y}", year=year), sheet.name, number + 2, at, "Дата")
    number += 2
    while number < len(sheet.rows):
        row = sheet.rows[number]
        subject = in_line(cell_at(row, at))
        if not subject or next(_labels(row), None) or _subject(row) is not None:
            break  # a legend stands below an empty row, the next pupil under a line of their own
        counted: Counter[date] = Counter()
        for place, day in days:
            counted[day] += 1
            _entry(sheet, number, (place, day, counted[day]), subject, block, reading)
        number += 1
    return number


def _days(sheet: Sheet, number: int, at: int, block: _Block, academic_year: int) -> list[tuple[int, date]]:
    months, days = sheet.rows[number], sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
    found: list[tuple[int, date]] = []
    month: Written | None = None
    for place in range(at + 1, len(days)):
        said = cell_at(months, place)
        month = month_of(said) or (month if not in_line(said) else None)
        written = in_line(cell_at(days, place))
        if month is None or not written.isdecimal() or len(written) > 2:
            continue
        day = Written(int(written), month.month, month.year, month.short)
        years = {day.year_in(academic_year)} if day.year else {academic_year, academic_year + 1}
        if block.begins and block.ends and not day.year:
            years = {block.begins.year, block.ends.year}
        fitting = sorted(one for year in years if (one := day.in_year(year)) and _within(one, block, academic_year))
        if fitting:
            found.append((place, fitting[0]))
    return found


def _unread(sheet: Sheet, number: int, at: int) -> Iterator[tuple[int, Amiss]]:
    """Days and months nobody can read: a formula without a value, «12 (2)»; their marks must not be left out in silence."""
    months, days = sheet.rows[number], sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
    of_month = False
    for place in range(at + 1, len(days)):
        month, day = cell_at(months, place), cell_at(days, place)
        of_month = month_of(month) is not None or (of_month and not in_line(month))
        try:
            sound(month)
            if of_month and (text := in_line(sound(day))) and re.search(r"\d", text) and not re.fullmatch(r"\d{1,2}", text):
                raise Amiss("journal-not-a-date", found=text)
        except Amiss as no:
            yield place, no


def _within(day: date, block: _Block, academic_year: int) -> bool:
    if block.begins and block.ends:
        return block.begins <= day <= block.ends
    return date(academic_year, 9, 1) <= day < date(academic_year + 1, 9, 1)


def _entry(sheet: Sheet, number: int, lesson: tuple[int, date, int], subject: str, block: _Block, reading: _Reading) -> None:
    place, day, nth = lesson
    cell = cell_at(sheet.rows[number], place)
    said = Said()
    try:
        said = parse_mark(sound(cell))
        lettered(block.pupil, name=True)
        if day > reading.today and in_line(cell):
            raise Amiss("journal-in-the-future", found=f"{day:%d.%m.%Y}")
    except Amiss as no:
        reading.fault(no, sheet.name, number + 1, place, f"{day:%d.%m.%Y}")
        return
    if day > reading.today:
        return
    columns = {name: Column(letter(place + 1), f"{day:%d.%m.%Y}") for name in ("group", "pupil", "code")}
    reading.entries.append(
        Entry(
            sheet.name, number + 1, day, subject, block.pupil, nth, said.marks, said.codes,
            columns=columns, by_course=True, class_name=block.class_name,
        )
    )  # fmt: skip
