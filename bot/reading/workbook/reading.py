"""Generous reading of one cell: every function takes what Excel gave and returns what was meant, or refuses with what is expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.reading.fault import Amiss
from bot.reading.uploads import Cell
from bot.reading.workbook.rows import fold, fold_class
from bot.reading.workbook.sheets import DAYS, Column

LONGEST_CODE = 32
LONGEST_TEXT = 2000

_DAY_NAMES = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NUMERIC = re.compile(r"(\d{1,2})[./\-](\d{1,2})(?:[./\-](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_WORDY = re.compile(r"(?:(\d{1,2}) +)?([а-я]+) *(\d{4})?")
_TIME = re.compile(r"(\d{1,2}) ?[:.\-,] ?(\d{2})(?::\d{2})?")
_CLASS = re.compile(r"(\d{1,2})([А-Я]{0,3})")
_PLAYED = re.compile(r"рабочий ?(?:[:,(–—-] ?)?(?:за |по )?([а-я]+)\)?")  # a working Saturday and whose lessons it has
_NOT_WORKING = re.compile(r"(не ?рабочий|не ?учебный|выходной|праздничный)( день)?|праздник|нет занятий|не работаем|не учимся")
_KEPT_AS_TEXT = re.compile(r"'[=+\-@]")  # how our own files keep such text from becoming a formula
_EXCEL_EPOCH = date(1899, 12, 30)


def as_text(cell: Cell) -> str:
    """A cell as it looked: for showing back what was found, and for text columns that Excel turned into something else."""
    match cell:
        case None:
            return ""
        case bool():
            return "ИСТИНА" if cell else "ЛОЖЬ"
        case datetime():
            return f"{cell:%d.%m.%Y}" if cell.time() == time() else f"{cell:%d.%m.%Y %H:%M}"
        case date():
            return f"{cell:%d.%m.%Y}"
        case time():
            return f"{cell:%H:%M}"
        case float():
            return f"{cell:.10g}"
        case int():
            return str(cell)
        case str():
            text = " ".join(cell.split()) if "\n" not in cell else cell.strip()
            return text[1:] if _KEPT_AS_TEXT.match(text) else text


def shown(cell: Cell) -> str:
    """What was found, short enough for a sentence."""
    text = as_text(cell)
    return text if len(text) <= 60 else f"{text[:59]}…"


def code(cell: Cell, column: Column) -> str:
    if isinstance(cell, date | time):
        raise Amiss("workbook-code-is-date", found=shown(cell))
    text = as_text(cell)
    limit = min(LONGEST_CODE, column.high)
    if len(text) > limit:
        raise Amiss("workbook-code-too-long", found=shown(cell), limit=limit)
    return text


def text(cell: Cell) -> str:
    found = as_text(cell)
    if len(found) > LONGEST_TEXT:
        raise Amiss("workbook-text-too-long", found=shown(cell), limit=LONGEST_TEXT)
    return found


def number(cell: Cell, column: Column) -> tuple[int, bool]:
    """A whole number: 12, «12», «12 чел.», and whether it was counted over: «1 час» of minutes is 60. A unit that is none of the
    column's is refused: «2 класса» are no two places.
    """
    value, times = None, 1
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = int(cell) if cell == cell // 1 else None
    elif isinstance(cell, str) and (match := re.fullmatch(r"(-?\d{1,9})(?:[.,]0+)?(?: *([а-яё]+)\.?)?", as_text(cell).lower())):
        found = _unit(match[2], column)
        value, times = (int(match[1]), found) if found is not None else (None, 1)
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
        case int() | float() if 0 < cell < 1:
            return _clock(*divmod(round(cell * 1440), 60), cell)
        case int() | float() if 1 <= cell < 24:
            return _clock(int(cell), round(cell * 100) - int(cell) * 100, cell)
        case str() if match := _TIME.fullmatch(as_text(cell)):
            return _clock(int(match[1]), int(match[2]), cell)
        case str() if match := re.fullmatch(r"(\d{1,2})(?: ?ч\.?)?", as_text(cell)):
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
    """«7А», «7 "а"», «7-A» (Latin): «7А»."""
    if isinstance(cell, str | int) and not isinstance(cell, bool):
        match = _CLASS.fullmatch(fold_class(str(cell)))
        if match and 1 <= int(match[1]) <= 11:
            return f"{int(match[1])}{match[2]}"
    raise Amiss("workbook-not-a-class", found=shown(cell))


def classes(cell: Cell) -> tuple[tuple[str, ...], bool]:
    """«5-7», «1-4, 9», «7А, 7Б», «5-7 классы» unfolded; a date is what Excel made of «5-7» (then it was guessed)."""
    if isinstance(cell, date):
        low, high = sorted((cell.day, cell.month))
        if high <= 11:
            return tuple(str(grade) for grade in range(low, high + 1)), True
    elif isinstance(cell, str | int) and not isinstance(cell, bool):
        words = re.sub(r"кл(асс)?(ы|а|ов)?\b\.?", " ", str(cell).lower())
        words = re.sub(r"\s*[-–—]\s*", "-", words)
        found: dict[str, None] = {}
        parts = [part for part in re.split(r"[,;+]|\bи\b|(?<=\d)\s+(?=\d)|(?<=[^\W\d])\s+(?=\d)", words) if part.strip()]
        for part in parts:
            found |= dict.fromkeys(_some_classes(part, cell))
        if found:
            return tuple(found), False
    raise Amiss("workbook-not-classes", found=shown(cell))


def _some_classes(part: str, cell: Cell) -> list[str]:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", part.strip())
    if match is None:
        try:
            return [school_class(part)]
        except Amiss:
            raise Amiss("workbook-not-classes", found=shown(cell)) from None
    low, high = int(match[1]), int(match[2])
    if not 1 <= low <= high <= 11:
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
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool() | time() | None:
            pass
        case int() | float() if 20_000 <= cell < 80_000:  # a date whose format was lost
            return _EXCEL_EPOCH + timedelta(days=int(cell))
        case int() | float() if column.kind != "birth" and isinstance(cell, float) and 1 < cell < 32:  # 15.09 typed as a number
            return _written(f"{cell:.2f}", column, academic_year, cell)
        case str():
            return _written(as_text(cell), column, academic_year, cell)
    raise Amiss("workbook-not-a-date", found=shown(cell))


def _written(words: str, column: Column, academic_year: int, cell: Cell) -> date:
    words = re.sub(r"\s*(г\.?|года?)$", "", words.strip().lower()).rstrip(".,")
    if match := _ISO.fullmatch(words):
        return _date(int(match[1]), int(match[2]), int(match[3]), cell)
    if match := _NUMERIC.fullmatch(words.replace(" ", "")):
        month = int(match[2])
        return _date(_year(match[3], month, column, academic_year, cell), month, int(match[1]), cell)
    if match := _WORDY.fullmatch(words):
        months = [n for n, stem in enumerate(_MONTHS, 1) if match[2].startswith(stem)]
        if months:
            month = months[0]  # «мар» comes before «ма»
            year = _year(match[3], month, column, academic_year, cell)
            if match[1] is not None:
                return _date(year, month, int(match[1]), cell)
            if column.kind == "since":
                return date(year, month, 1)
            if column.kind == "until":
                return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    raise Amiss("workbook-not-a-date", found=shown(cell))


def _year(written: str | None, month: int, column: Column, academic_year: int, cell: Cell) -> int:
    if written is None:
        if column.kind == "birth":
            raise Amiss("workbook-not-a-date", found=shown(cell))
        first = 5 if column.kind == "summer date" else 9
        return academic_year if month >= first else academic_year + 1
    if len(written) == 4:
        return int(written)
    year = 2000 + int(written)
    return year if year <= academic_year + 10 else year - 100


def _date(year: int, month: int, day_: int, cell: Cell) -> date:
    try:
        return date(year, month, day_)
    except ValueError:
        raise Amiss("workbook-not-a-date", found=shown(cell)) from None
