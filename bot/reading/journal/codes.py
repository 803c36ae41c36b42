"""What a cell of a journal says: marks in their own words and attendance codes; look-alike letters are one letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from bot.reading.fault import Amiss
from bot.reading.uploads import Cell

Meaning: TypeAlias = Literal["absent", "sick", "excused", "late", "present", "mark"]

LONGEST_CODE = 16  # of storage.tables.AttendanceCode
LONGEST_MARK = 40
LONGEST_CELL = 100
LONGEST_TEXT = 1000

# What is the same with every partner. «О» is not here: one writes it for «опоздал», another for «отсутствовал».
KNOWN: dict[str, Meaning] = {
    "Н": "absent",
    "НП": "absent",
    "ОТ": "absent",
    "Б": "sick",
    "У": "excused",
    "УП": "excused",
    "ОСВ": "excused",
    "ОП": "late",
}
_WORDS: dict[Meaning, str] = {
    "absent": "отсутствовал, отсутствовала, отсутствует, отсутствие, не был, не была, пропуск, пропустил, пропустила, неявка, "
    "неуважительная, неуважительная причина, по неуважительной причине",
    "sick": "болел, болела, болеет, болен, больна, болезнь, по болезни",
    "excused": "уважительная, уважительная причина, по уважительной причине, освобожден, освобождена",
    "late": "опоздал, опоздала, опоздание",
    "present": "был, была, присутствовал, присутствовала, присутствует, присутствие",
}
# Short marks that would else be taken for a code nobody knows.
_SHORT_MARKS = frozenset({"ЗЧ", "ЗАЧ", "НЗ", "Н/З", "НА", "Н/А", "А/З", "ОТЛ", "ХОР", "УД"})
_DOTS = frozenset({".", "•", "·", "∙"})

_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYЁ", "АВСЕНКМОРТХУЕ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_NUMBER = re.compile(r"[+-]?\d{1,3}[+-]*|\d{1,3}[.,]\d{1,2}")
_GRADE = re.compile(r"[1-5][+-]{0,2}")
_ONE_OR_TWO = re.compile(r"[1-5][.,][1-5]")
_GLUED = re.compile(r"([А-Я]{1,3})([1-5][+-]?)|([1-5][+-]?)([А-Я]{1,3})")
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: marks as they were written, attendance codes folded, both in order."""

    marks: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def fold(text: str) -> str:
    """How words of a journal are compared: upper case, Latin look-alikes as Cyrillic, ё as е, single spaces."""
    return " ".join(seen(text).upper().translate(_LOOK_ALIKES).translate(_DASHES).split())


def seen(text: str) -> str:
    """The text without letters nobody sees (zero width, control)."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in normal if letter in "\n\t" or unicodedata.category(letter) not in ("Cf", "Cc", "Cs"))


_MEANINGS: dict[str, Meaning] = KNOWN | {fold(word): meaning for meaning, words in _WORDS.items() for word in words.split(", ")}


def meaning_of(code: str) -> Meaning | None:
    """What a folded code means with everybody; None: it depends, ask."""
    return _MEANINGS.get(code)


def as_text(cell: Cell) -> str:
    """A cell as it looked to whoever filled it in."""
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
            return seen(cell).strip()


def shown(cell: Cell) -> str:
    """A cell short enough for a sentence."""
    text = " ".join(as_text(cell).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def parse_mark(cell: Cell) -> Said:
    """The column «Отметка», or a cell of a grid: «5», «4 5», «3/2», «Н», «О 4», «зачёт». Amiss: what is expected there."""
    if isinstance(cell, date | time):
        raise Amiss("journal-mark-is-date", found=shown(cell))
    text = " ".join(as_text(cell).translate(_DASHES).split())
    whole = fold(text)
    if not whole:
        return Said()
    if len(whole) > LONGEST_CELL:
        raise Amiss("journal-mark-too-long", found=shown(text), limit=LONGEST_MARK)
    if meaning_of(whole) is not None:
        return Said(codes=(whole,))
    if whole in _SHORT_MARKS:
        return Said(marks=(text,))
    marks: list[str] = []
    codes: list[str] = []
    words: list[str] = []
    for piece in [*_pieces(text), ""]:
        folded = fold(piece)
        if piece and not (_is_number(piece) or folded in _SHORT_MARKS or folded in _MEANINGS or piece in _DOTS):
            words.append(piece)
            continue
        _phrase(words, marks, codes)
        words.clear()
        if not piece:
            continue
        if folded in _MEANINGS:
            codes.append(folded)
        else:
            marks.append("точка" if piece in _DOTS else piece)
    return Said(tuple(marks), tuple(codes))


def parse_attendance(cell: Cell) -> Said:
    """The column «Посещаемость»: codes; a number alone is a code too, but in «О 4» it is a mark."""
    if isinstance(cell, date | time):
        raise Amiss("journal-mark-is-date", found=shown(cell))
    whole = fold(as_text(cell))
    if not whole:
        return Said()
    if meaning_of(whole) is not None:
        return Said(codes=(whole,))
    if len(whole) > LONGEST_CELL:
        raise Amiss("journal-code-too-long", found=shown(whole), limit=LONGEST_CODE)
    if any(letter.isalpha() for letter in whole) and any(letter.isdigit() for letter in whole):
        return parse_mark(cell)
    codes = tuple(part for part in re.split(r"[\s,;]+", whole) if part)
    for code in codes:
        _fits(code)
    return Said(codes=codes)


def grade(mark: str) -> int | None:
    """A mark of the five-point scale as a number («4-» is 4), for averages; None: another kind of mark."""
    return int(mark[0]) if _GRADE.fullmatch(mark) else None


def _is_number(piece: str) -> bool:
    return _NUMBER.fullmatch(piece) is not None or re.fullmatch(r"\d{1,3}/\d{1,3}", piece) is not None


def _phrase(words: list[str], marks: list[str], codes: list[str]) -> None:
    """Words between numbers: known ones, a code nobody has explained yet (up to three letters), or a mark in words."""
    if not words:
        return
    phrase = " ".join(words)
    folded = fold(phrase)
    if not folded:
        return
    if folded in _MEANINGS:
        codes.append(folded)
    elif all(len(fold(word)) <= 3 and not any(letter.isdigit() for letter in word) for word in words):
        codes.extend(fold(word) for word in words if fold(word))
    elif len(phrase) > LONGEST_MARK:
        raise Amiss("journal-mark-too-long", found=shown(phrase), limit=LONGEST_MARK)
    else:
        marks.append(phrase)


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for chunk in re.split(r"[\s;]+|,\s+|,$", text):
        if _ONE_OR_TWO.fullmatch(chunk):
            raise Amiss("journal-one-mark-or-two", found=chunk)
        parts = [chunk] if _NUMBER.fullmatch(chunk) else [part for part in chunk.split(",") if part]
        for part in parts:
            found += _slashed(part)
    return [piece for piece in found if piece]


def _slashed(part: str) -> list[str]:
    """«3/2» and «О/4» are two, «Н/Н» too; «Н/Б», «8/10» and «б/у» are one, whatever they are."""
    if fold(part) in _SHORT_MARKS or "/" not in part:
        return _unglued(part)
    sides = part.split("/")
    grades = [_GRADE.fullmatch(side) is not None for side in sides]
    others = {fold(side) for side, is_grade in zip(sides, grades, strict=True) if not is_grade}
    two = all(grades) or (all(other in _MEANINGS or len(other) == 1 for other in others) and (any(grades) or len(others) == 1))
    return [piece for side in sides for piece in _unglued(side)] if two else [part]


def _unglued(piece: str) -> list[str]:
    """«Н5» and «4О»: a code and a mark written together; «7А» stays what it is."""
    match = _GLUED.fullmatch(fold(piece))
    if match is None:
        return [piece]
    sides = [side for side in match.groups() if side]
    return sides if any(side in KNOWN or side == "О" for side in sides) else [piece]


def _fits(code: str) -> None:
    if len(code) > LONGEST_CODE:
        raise Amiss("journal-code-too-long", found=shown(code), limit=LONGEST_CODE)


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_WORDY_DAY = re.compile(r"(\d{1,2}) +([а-я]+)\.? *(\d{4})?")


def parse_day(cell: Cell, *, today: date, academic_year: int) -> date:
    """A day that is over or is today. One without a year: September-December of the first year, January-August of the second."""
    found = _day(cell, academic_year)
    if found is None:
        raise Amiss("journal-not-a-date", found=shown(cell))
    if found > today:
        raise Amiss("journal-in-the-future", found=shown(cell))
    if found < date(academic_year - 1, 9, 1):
        raise Amiss("journal-long-ago", found=shown(cell))
    return found


def _day(cell: Cell, academic_year: int) -> date | None:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool() | time() | None:
            return None
        case int() | float() if 20_000 <= cell < 80_000:  # a date whose format was lost
            return _EPOCH + timedelta(days=int(cell))
        case float() if 1 < cell < 32:  # 15.09 typed as a number
            return _written(f"{cell:.2f}", academic_year)
        case str():
            return _written(" ".join(cell.translate(_DASHES).lower().split()), academic_year)
    return None


def _written(words: str, academic_year: int) -> date | None:
    words = re.sub(r"\s*(г\.?|года?)$", "", words).rstrip(".,")
    if match := _ISO_DAY.fullmatch(words):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC_DAY.fullmatch(words.replace(" ", "")):
        return _date(_year(match[3], int(match[2]), academic_year), int(match[2]), int(match[1]))
    if match := _WORDY_DAY.fullmatch(words):
        month = next((number for number, stem in enumerate(_MONTHS, 1) if match[2].startswith(stem)), None)
        if month is not None:
            return _date(_year(match[3], month, academic_year), month, int(match[1]))
    return None


def _year(written: str | None, month: int, academic_year: int) -> int:
    if written is None:
        return academic_year if month >= 9 else academic_year + 1
    return int(written) if len(written) == 4 else 2000 + int(written)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
