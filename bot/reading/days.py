"""A day however it is written, in a workbook and a journal alike: what it says, before anybody supplies a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.clock import YEARS
from bot.reading.cell import Cell, Number, in_line, shown
from bot.reading.fault import Amiss
from bot.reading.letters import dashed

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MONTHS = (
    "январь января january",
    "февраль февраля february",
    "март марта march",
    "апрель апреля april",
    "май мая may",
    "июнь июня june",
    "июль июля july",
    "август августа august",
    "сентябрь сентября september",
    "октябрь октября october",
    "ноябрь ноября november",
    "декабрь декабря december",
)
_NAMES = "пн|вт|ср|чт|пт|сб|вс|пнд|втр|срд|чтв|птн|сбт|вск|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
_NAMES += "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"
_WEEKDAY = re.compile(rf"\(?({_NAMES})\)?[.,]?\s+(?=\d|[a-z]+ \d)|(?<=[\dг.а])[\s,]+\(?({_NAMES})\)?\.?$")
_DAY_NAME = re.compile(_NAMES)
_OF_WEEK = {
    short: day
    for day, names in enumerate(("пн по mo", "вт tu", "ср we", "чт че th", "пт пя fr", "сб су sa", "вс во su"))
    for short in names.split()
}
# Midnight of Greenwich is the day it names; another hour of it may be of the day before ours, and is let stand: no day is read.
_HOUR = re.compile(
    r"(?:t|,?\s+(?:в\s+)?)(?:0?0:00(?::00(?:[.,]0+)?)?(?:z|[+-]\d{2}:?\d{2})|\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:[+-]\d{2}:?\d{2})?)$"
)
_YEAR_WORD = re.compile(r"\s*(?:г\.?|год|года),?$")
_NUMERIC = re.compile(r"(\d{1,2})([.,/\-\s])(\d{1,2})(?:[.,/\-\s](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_ROMAN = re.compile(r"(\d{1,2})[\s.\-/]*([ivxхі]+)[\s.\-/]*(\d{4}|\d{2})?")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH_FIRST = re.compile(r"([a-z]{3,})[\s.]*(\d{1,2})[\s,]+(\d{4})")
_LATIN = str.maketrans("хі", "xi")
_ACADEMIC = re.compile(r"(?<![\d.])(20\d\d)\s*[/\\-]\s*(20\d\d|\d\d)(?![\d./-])")
_QUOTES = str.maketrans("", "", '«»"„“”')
_WORDY = re.compile(r"(?:(\d{1,2})[\s.\-]*)?([а-яa-z]{3,})[\s.\-]*(\d{4}|\d{2})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A day as it is written: `day` None is a whole month; `year` None is not said; `short` is a year of two digits."""

    day: int | None
    month: int
    year: int | None = None
    short: bool = False
    weekday: int | None = None  # 0 is Monday: named beside it

    def year_in(self, academic_year: int) -> int:
        """The calendar year it is of: as written, else as its month lies in that academic year, from September on."""
        if self.year is None:
            return academic_year if self.month >= 9 else academic_year + 1
        return 2000 + self.year if self.short else self.year

    def in_year(self, year: int) -> date | None:
        """The day of that year; None: it has no such day. Amiss: the weekday beside it is another day's."""
        try:
            found = date(year, self.month, self.day or 1)
        except ValueError:
            return None
        if self.weekday not in (None, found.weekday()):
            raise Amiss("cell-weekday-against-day", day=found, weekday=found.weekday())
        return found


def is_weekday(text: str) -> bool:
    """«чт», «Чт.», «четверг»."""
    return _DAY_NAME.fullmatch(text.lower().strip(" .,()")) is not None


def year_named(rows: Iterable[Sequence[Cell]]) -> int | None:
    """The academic year that titles name, «2025/2026», «2025-26»; None: they name none, or several."""
    years = {year for row in rows for cell in row if isinstance(cell, str) and (year := _named(in_line(cell))) is not None}
    return years.pop() if len(years) == 1 else None


def _named(words: str) -> int | None:
    found = _ACADEMIC.search(dashed(words))
    return int(found[1]) if found and (int(found[1]) + 1) % 100 == int(found[2]) % 100 else None


def read_day(cell: Cell) -> date | Written | None:
    """What a cell says of a day; None: it is no day of our age. Amiss: «11/10/2026» is either of two."""
    said = _said(cell)
    if said is None or said.year is None or (isinstance(said, Written) and said.short) or said.year in YEARS:
        return said
    return None


def _said(cell: Cell) -> date | Written | None:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool() | time() | None:
            return None
        case int() | float() if 18_000 <= cell < 80_000:  # a date whose format was lost
            epoch = _EPOCH_1904 if isinstance(cell, Number) and cell.since_1904 else _EPOCH
            return epoch + timedelta(days=int(cell))
        case float() if 1 < cell < 32:  # 15.09 typed as a number
            return _numbered(cell)
        case str():
            return _words(dashed(in_line(cell)).lower(), cell)
    return None


def _numbered(cell: float) -> Written | None:
    """15.09 is a day and its month. Amiss: «5.1» was 5.1 or 5.10."""
    words = f"{cell:.10g}"
    if words.endswith(".1"):
        day = int(cell)
        raise Amiss("cell-day-or-month", found=words, one=f"{day:02}.01", other=f"{day:02}.10")
    return _words(words, cell)


def _words(words: str, cell: Cell) -> Written | None:
    named = _WEEKDAY.search(words)
    if named is not None:  # first of all: «24.11» behind it looks like an hour
        found = _words(_WEEKDAY.sub("", words).strip(), cell)
        return None if found is None else replace(found, weekday=_OF_WEEK[(named[1] or named[2])[:2]])
    words = _YEAR_WORD.sub("", _HOUR.sub("", words)).translate(_QUOTES).strip().rstrip(".,")
    words = re.sub(r"\s*([./-])\s*", r"\1", words)
    if match := _ISO.fullmatch(words):
        return Written(int(match[4]), int(match[3]), int(match[1]))
    if match := _NUMERIC.fullmatch(words):
        day, month = int(match[1]), int(match[3])
        if match[2] == "/" and match[4] and month > 12 >= day:  # «11/19/2026» can only be the American way round
            day, month = month, day
        if match[2] == "/" and day != month and max(day, month) <= 12:
            year = f".{match[4]}" if match[4] else ""
            raise Amiss(
                "cell-day-or-month", found=shown(cell), one=f"{day:02}.{month:02}{year}", other=f"{month:02}.{day:02}{year}"
            )
        return _of(day, month, match[4])
    if (match := _ROMAN.fullmatch(words)) and (roman := match[2].translate(_LATIN)) in _ROMANS:
        return _of(int(match[1]), _ROMANS.index(roman) + 1, match[3])
    if (match := _MONTH_FIRST.fullmatch(words)) and (month := _month(match[1])):
        return _of(int(match[2]), month, match[3])
    if match := _WORDY.fullmatch(words):
        month = _month(match[2])
        return _of(int(match[1]) if match[1] else None, month, match[3]) if month else None
    return None


def _of(day: int | None, month: int, year: str | None) -> Written | None:
    if day == 0:  # None is a whole month, nought is a slip
        return None
    if year is None:
        return Written(day, month)
    return Written(day, month, int(year), len(year) == 2)


def _month(word: str) -> int:
    return next((n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names.split())), 0)
