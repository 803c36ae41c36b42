"""Generous reading of one cell: every function takes what Excel gave and returns what was meant, or refuses with what is expected."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.reading.cell import Cell, Number, as_text, in_line, lettered, plain_number, shown
from bot.reading.days import Written, read_day
from bot.reading.fault import Amiss
from bot.reading.letters import dashed, fold_class, in_cyrillic
from bot.reading.links import as_link
from bot.reading.workbook.rows import fold
from bot.reading.workbook.sheets import DAYS, Column

# What the reader of sheets calls, two of them for all tables.
__all__ = [
    "as_text",
    "choice",
    "classes",
    "clock",
    "code",
    "day",
    "day_kind",
    "link",
    "number",
    "school_class",
    "shown",
    "text",
    "weekday",
]

LONGEST_CODE = 32
LONGEST_TEXT = 2000

_DAY_NAMES = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_TIME = re.compile(r"(\d{1,2})(?: ?[:.\-,] ?| | ?ч\.? ?)(\d{2})(?::\d{2})?(?: ?(?:ч|час|часов|мин|м)\.?)?")
_RAISED = re.compile("(\\d{1,2})([⁰¹²³⁴⁵])([⁰¹²³⁴⁵⁶⁷⁸⁹])")
_CLASS = re.compile(r"(\d{1,2})([А-Я]{0,3})")
# «класс», «кл», «классы», and «5-е», «7-й», «11-х» before it.
_CLASS_WORD = re.compile(
    r"(?:(?<=\d)\s*-?\s*(?:й|го|е|ые|ый|ой|х|ых|ом|м))?\s*\bкл(?:асс)?(?:ы|а|ов|ам|у|е)?\b\.?|(?<=\d)кл\b\.?", re.I
)
_CLASS_END = re.compile(r"кл(?:асс)?(?:а|е|у)?\.?\s*$", re.I)
_ORDINAL = re.compile(r"(?<=\d)\s*-\s*(?:й|го|ые|ый|ой|х|ых)\b", re.I)
_AND_UP = re.compile(r"(?<=\d)\s*(?:\+|и\s+(?:старше|выше)\b)", re.I)
_PLAYED = re.compile(r"рабочий ?(?:[:,(–—-] ?)?(?:за |по )?([а-я]+)\)?")  # a working Saturday and whose lessons it has
_NOT_WORKING = re.compile(r"(не ?рабочий|не ?учебный|выходной|праздничный)( день)?|праздник|нет занятий|не работаем|не учимся")
_OLDEST = 11
_LONG_TEXT = frozenset({"description", "task", "result", "reason"})  # may have lines of their own; a name never has


def code(cell: Cell, column: Column) -> str:
    if isinstance(cell, date | time):
        raise Amiss("workbook-code-is-date", found=shown(cell))
    text = in_line(cell)
    limit = min(LONGEST_CODE, column.high)
    if len(text) > limit:
        raise Amiss("workbook-code-too-long", found=shown(cell), limit=limit)
    return text


def text(cell: Cell, column: Column) -> str:
    """Words. Amiss: too many, or a letter of them was lost on the way here."""
    found = as_text(cell) if column.field in _LONG_TEXT else in_line(cell)
    if len(found) > LONGEST_TEXT:
        raise Amiss("workbook-text-too-long", found=shown(cell), limit=LONGEST_TEXT)
    return in_cyrillic(lettered(found, name=True)) if column.field == "full_name" else lettered(found)


def link(cell: Cell, column: Column) -> str:
    """An address of the web. Amiss: it is none."""
    found = as_link(text(cell, column))
    if found is None:
        raise Amiss("workbook-not-a-link", found=shown(cell))
    return found


def number(cell: Cell, column: Column) -> tuple[int, bool]:
    """A whole number: 12, «12», «12 чел.», and whether it was counted over: «1 час» of minutes is 60. A unit that is none of the
    column's is refused: «2 класса» are no two places.
    """
    value, times = None, 1
    plain_number(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = int(cell) if cell == cell // 1 else None
    elif isinstance(cell, str) and (
        match := re.fullmatch(r"(-?\d{1,3}(?: \d{3})+|-?\d{1,9})(?:[.,]0+)?\.?(?: *([а-яё]+)\.?)?", in_line(cell).lower())
    ):
        found = _unit(match[2], column)
        value, times = (int(match[1].replace(" ", "")), found) if found is not None else (None, 1)
    if value is None:
        raise Amiss("workbook-not-a-number", found=shown(cell))
    if not column.low <= value * times <= column.high:
        raise Amiss("workbook-number-out-of-range", found=shown(cell), low=column.low, high=column.high)
    return value * times, times != 1


def _unit(word: str | None, column: Column) -> int | None:
    """How many of the column's units a word stands for; None: it is no unit of it."""
    return 1 if word is None else next((times for stem, times in column.units.items() if re.fullmatch(stem, word)), None)


def clock(cell: Cell) -> time:
    """«15:00», «16.50», «17. 00», 16.5 (typed 16.50), 0.625 (Excel's part of a day), 15."""
    match cell:
        case datetime():
            return cell.time().replace(second=0, microsecond=0)
        case time():
            return cell.replace(second=0, microsecond=0, tzinfo=None)
        case bool() | date() | None:
            pass
        case Number() if "%" in cell.format:
            pass
        case int() | float() if 0 < cell < 1:
            return _clock(*divmod(round(cell * 1440), 60), cell)
        case int() | float() if 1 <= cell < 24:
            return _clock(int(cell), round(cell * 100) - int(cell) * 100, cell)
        case str() if match := _TIME.fullmatch(dashed(in_line(cell)).lower().rstrip(".")):
            return _clock(int(match[1]), int(match[2]), cell)
        case str() if match := _RAISED.fullmatch(in_line(cell)):  # «15⁰⁰», as it is written by hand
            return _clock(int(match[1]), unicodedata.digit(match[2]) * 10 + unicodedata.digit(match[3]), cell)
        case str() if match := re.fullmatch(r"(\d{1,2})(?: ?(?:ч|час|часов)\.?)?\.?", in_line(cell).lower()):
            return _clock(int(match[1]), 0, cell)
    raise Amiss("workbook-not-a-time", found=shown(cell))


def _clock(hours: int, minutes: int, cell: Cell) -> time:
    try:
        return time(hours, minutes)
    except ValueError:
        raise Amiss("workbook-not-a-time", found=shown(cell)) from None


def weekday(cell: Cell) -> tuple[int, bool]:
    """The day (0 is Monday) and whether it was only guessed: «вт», «вторник», «чтеверг» (guessed: the one day it resembles)."""
    if isinstance(cell, str):
        word = fold(cell).strip(" .,;")
        for n, (short, full) in enumerate(zip(DAYS, _DAY_NAMES, strict=True)):
            if word in (short, full) or (len(word) >= 3 and full.startswith(word)):
                return n, False
        if word.isalpha():
            near = sorted(
                ((difflib.SequenceMatcher(None, word, full).ratio(), n) for n, full in enumerate(_DAY_NAMES)), reverse=True
            )
            if near[0][0] >= 0.75 and near[0][0] - near[1][0] >= 0.1:
                return near[0][1], True
    elif isinstance(cell, int) and not isinstance(cell, bool) and 1 <= cell <= 7:
        return cell - 1, False
    raise Amiss("workbook-not-a-day", found=shown(cell))


def choice(cell: Cell, choices: Mapping[str, str]) -> tuple[str, bool]:
    """The table's word for a drop-down's word, and whether it was only guessed."""
    folded = {fold(word): value for word, value in choices.items()}
    found = fold(as_text(cell)).strip(" .")
    if found in folded:
        return folded[found], False
    near = difflib.get_close_matches(found, folded, n=2, cutoff=0.8)
    # «неотмена» is no slip of «отмена», nor «ечётные» of «чётные»: nothing is guessed where the opposite is as near.
    if len(near) == 1 and near[0].startswith("не") == found.startswith("не"):
        return folded[near[0]], True
    raise Amiss("workbook-not-a-choice", found=shown(cell), choices=list(choices))


def day_kind(cell: Cell, choices: Mapping[str, str]) -> tuple[str, bool]:
    """What a day of Календарь is, and whether its weekday was guessed: known words only, «рабочий: пт» for «рабочий: пятница».

    Half a year's lessons hang on the word, so no likeness is enough.
    """
    found = fold(as_text(cell)).strip(" .")
    folded = {fold(word): value for word, value in choices.items()}
    if found in folded:
        return folded[found], False
    if _NOT_WORKING.fullmatch(found):
        return "day_off", True
    played = _PLAYED.fullmatch(found)
    if played is not None:
        try:
            day, guess = weekday(played[1])
        except Amiss:
            pass
        else:
            return f"working:{day}", guess
    expected = [word for word in choices if ":" not in word or word.endswith("пятница")]  # one weekday stands for all
    raise Amiss("workbook-not-a-choice", found=shown(cell), choices=expected)


def school_class(cell: Cell) -> str:
    """«7А», «7 "а"», «7-A» (Latin), «7А кл», «7-й»: «7А». «1-1» is none, and never 11."""
    plain_number(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, str | int) and not isinstance(cell, bool):
        words = _ORDINAL.sub("", _CLASS_END.sub("", _CLASS_WORD.sub("", dashed(in_line(cell)))))
        match = _CLASS.fullmatch(fold_class(re.sub(r"(?<=\d)[.,]0+$", "", words.strip())))
        if match and 1 <= int(match[1]) <= _OLDEST:
            return f"{int(match[1])}{match[2]}"
    raise Amiss("workbook-not-a-class", found=shown(cell))


def classes(cell: Cell) -> tuple[tuple[str, ...], bool]:
    """«5-7», «1-4, 9», «7А, 7Б», «5-7 классы», «7+» unfolded; a date is what Excel made of «5-7» (then it was guessed)."""
    plain_number(cell)
    if isinstance(cell, date):
        low, high = sorted((cell.day, cell.month))
        if high <= _OLDEST:
            return tuple(str(grade) for grade in range(low, high + 1)), True
    elif isinstance(cell, str | int | float) and not isinstance(cell, bool):
        words = _ORDINAL.sub("", _CLASS_WORD.sub(" ", dashed(in_line(cell)))).lower()
        words = _AND_UP.sub(f"-{_OLDEST}", re.sub(r"\s*(?:-|\.{2,3}|…)\s*", "-", words))
        words = re.sub(r"\bс\s+(\d{1,2})\s+по\s+(\d{1,2})\b", r"\1-\2", words)
        found: dict[str, None] = {}
        parts = [part for part in re.split(r"[,;+]|\bи\b|(?<=\d)\s+(?=\d)|(?<=[^\W\d])\s+(?=\d)", words) if part.strip()]
        for part in parts:
            found |= dict.fromkeys(_some_classes(part, cell))
        if found:
            return tuple(found), False
    raise Amiss("workbook-not-classes", found=shown(cell))


def _some_classes(part: str, cell: Cell) -> list[str]:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", part.strip(" ."))
    if match is None:
        try:
            return [school_class(part)]
        except Amiss:
            raise Amiss("workbook-not-classes", found=shown(cell)) from None
    low, high = int(match[1]), int(match[2])
    if not 1 <= low <= high <= _OLDEST:
        raise Amiss("workbook-not-classes", found=shown(cell))
    return [str(grade) for grade in range(low, high + 1)]


def academic_year(cell: Cell) -> int:
    """«2026/2027», «2026-2027», «2026/27», «2026» → 2026."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = _ACADEMIC_YEAR.fullmatch(as_text(cell).strip().removesuffix("учебный год").removesuffix("уч. год").strip())
    if found is None:
        raise Amiss("workbook-not-a-year", found=shown(cell))
    year, after = int(found[1]), found[2]
    if after is not None and int(after) not in (year + 1, (year + 1) % 100):
        raise Amiss("workbook-not-a-year", found=shown(cell))
    return year


_ACADEMIC_YEAR = re.compile(r"(20\d\d)(?:\s*[/\\–—-]\s*(\d{2}|20\d\d))?")


def year_told(cell: Cell, column: Column) -> int | None:
    """The academic year a cell speaks of by itself; None: it speaks of none."""
    try:
        if column.kind == "year":
            return academic_year(cell) if as_text(cell).strip() else None
        if column.kind not in ("date", "summer date"):
            return None
        one, other = (_day(cell, column, year) for year in (2000, 2001))
    except Amiss:
        return None
    if one != other:  # a date without a year
        return None
    return one.year if one.month >= (4 if column.kind == "summer date" else 9) else one.year - 1


def day(cell: Cell, column: Column, academic_year: int) -> date:
    """A date; one without a year belongs to the academic year (an enrolment window: to the year in which it begins)."""
    found = _day(cell, column, academic_year)
    if not 1900 <= found.year <= academic_year + 10:
        raise Amiss("workbook-not-a-date", found=shown(cell))
    return found


def _day(cell: Cell, column: Column, academic_year: int) -> date:
    said = read_day(cell)
    if isinstance(said, date):
        return said
    found: date | None = None
    if said is not None and not (column.kind == "birth" and (said.year is None or isinstance(cell, int | float))):
        year = _year(said, column, academic_year)
        if said.day is not None or column.kind == "since":
            found = said.in_year(year)
        elif column.kind == "until" and said.in_year(year):
            found = date(year + said.month // 12, said.month % 12 + 1, 1) - timedelta(days=1)
    if found is None:
        raise Amiss("workbook-not-a-date", found=shown(cell))
    return found


def _year(said: Written, column: Column, academic_year: int) -> int:
    if said.year is None:
        return academic_year if said.month >= (5 if column.kind == "summer date" else 9) else academic_year + 1
    if not said.short:
        return said.year
    return 2000 + said.year if 2000 + said.year <= academic_year + 10 else 1900 + said.year
