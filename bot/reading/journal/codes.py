"""What a cell of a journal says: marks in their own words and attendance codes; look-alike letters are one letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Literal, TypeAlias

from bot.reading.cell import Cell, in_line, plain_number, shown, sound
from bot.reading.days import read_day
from bot.reading.fault import Amiss
from bot.reading.letters import dashed, fold, without_raised

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
# Words of attendance cut short, by how they begin; of the others below nobody can say what they mean, so they are asked about.
_BEGINS: dict[str, Meaning] = {
    "ОТСУТ": "absent",
    "БОЛЕЗ": "sick",
    "БОЛЬН": "sick",
    "ОСВОБ": "excused",
    "УВАЖ": "excused",
    "ОПОЗД": "late",
    "ПРИСУТ": "present",
}
_ASKED = ("ВЫБЫ", "ПЕРЕВ", "ОТЧИС", "ДИСТ", "КАРАНТ", "ОТПУСК", "СПРАВК", "ЗАЯВЛ", "СОРЕВ", "ОЛИМП", "КАНИК", "ОТМЕН")
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
_MARKS = ("ЗАЧ", "НЕЗАЧ", "НЕ ЗАЧ", "ТОЧКА", "ДОЛГ", *_SHORT_MARKS, "УДОВ", "НЕУД")  # how marks in words begin
_DOTS = frozenset({".", "•", "·", "∙"})

_OF_MONEY = frozenset({"РУБ", "РУБЛЕЙ", "РУБЛЯ", "ПРОЦ", "ПРОЦЕНТ", "ПРОЦЕНТОВ"})
_NUMBER = re.compile(r"\d{1,3}[+-]*|\d{1,3}[.,]\d{1,2}")
_WHOLE = re.compile(r"(?<![\d.,])(\d{1,3}[+-]?)[.,]0*(?![\d.,])")  # «5.0» of a program and «5.» of a slip are 5
_GRADE_WORDS = {
    fold(word): mark
    for mark, words in {
        "5": "отлично отл пять пятерка",
        "4": "хорошо хор четыре четверка",
        "3": "удовлетворительно удовл уд три тройка",
        "2": "неудовлетворительно неуд два двойка",
    }.items()
    for word in words.split()
}
_WORD = "|".join(sorted(_GRADE_WORDS, key=len, reverse=True))
_BESIDE_WORD = re.compile(
    rf"(?P<mark>[1-5][+-]?)\s*[(:,=-]?\s*(?P<word>{_WORD})\.?\s*\)?|(?P<before>{_WORD})\.?\s*[(:,=-]?\s*(?P<after>[1-5][+-]?)\s*\)?"
)
_GRADE = re.compile(r"[1-5][+-]{0,2}")
_BEHIND_LETTER = re.compile(r"(?<=[^\W\d_])\.")
_STRAY = re.compile(r"""['`’´"«“„]*([1-5][+-]{0,2})['`’´"»”“:]*""")  # «5» and 5' are a 5
_BETWEEN = re.compile(r"[1-5](?:-+[1-5])+")  # «4-5», «5-4-3»
_POINTS = re.compile(r"(\d{1,3}) ?(?:БАЛЛ(?:А|ОВ)?|Б\.|БАЛ\.)")
_ONE_OR_TWO = re.compile(r"[1-5][.,][1-5]")
_GLUED = re.compile(r"([А-Я]{1,3})([1-5][+-]?)|([1-5][+-]?)([А-Я]{1,3})")


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says: marks as they were written, attendance codes folded, both in order."""

    marks: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


_MEANINGS: dict[str, Meaning] = KNOWN | {fold(word): meaning for meaning, words in _WORDS.items() for word in words.split(", ")}


def meaning_of(code: str) -> Meaning | None:
    """What a folded code means with everybody; None: it depends, ask."""
    return _MEANINGS.get(code) or next((meaning for begins, meaning in _BEGINS.items() if _begins(code, begins)), None)


def _begins(word: str, with_: str) -> bool:
    return word.startswith(with_) and " " not in word


def _undotted(folded: str) -> str:
    """«Н.Б.» is НБ, «осв.» is ОСВ: dots behind letters say that a word is cut short."""
    return _BEHIND_LETTER.sub("", folded)


def parse_mark(cell: Cell) -> Said:
    """The column «Отметка», or a cell of a grid: «5», «4 5», «3/2», «Н», «О 4», «зачёт». Amiss: what is expected there."""
    return _mark_of(cell) if type(cell) in _PLAIN else _mark(cell)


def _mark(cell: Cell) -> Said:
    if isinstance(cell, date | time):
        raise Amiss("journal-mark-is-date", found=shown(cell))
    text = without_raised(dashed(in_line(plain_number(sound(cell)))))
    text = _STRAY.sub(r"\1", text) if _STRAY.fullmatch(text) else text
    whole = _undotted(fold(text))
    if not whole:
        return Said()
    if (mark := _whole_mark(cell, text, whole)) is not None:
        return Said(marks=(mark,))
    if len(whole) > LONGEST_CELL:
        raise Amiss("journal-mark-too-long", found=shown(text, 40), limit=LONGEST_MARK)
    if meaning_of(whole) is not None:
        return Said(codes=(whole,))
    if whole in _SHORT_MARKS:
        return Said(marks=(text if text.count(".") > 1 else text.rstrip("."),))
    marks: list[str] = []
    codes: list[str] = []
    words: list[str] = []
    for piece in [*_pieces(text), ""]:
        folded = _undotted(fold(piece))
        if piece and not (_is_number(piece) or folded in _SHORT_MARKS or meaning_of(folded) or piece in _DOTS):
            words.append(piece)
            continue
        _phrase(words, marks, codes)
        words.clear()
        if not piece:
            continue
        if meaning_of(folded) is not None:
            codes.append(folded)
        else:
            marks.append("точка" if piece in _DOTS else piece)
    _beside_numbers(marks)
    return Said(tuple(marks), tuple(codes))


def _beside_numbers(marks: list[str]) -> None:
    """Amiss: «5 за работу»: the words tell of the mark, and are none themselves; «5 зачёт» is two."""
    words = [mark for mark in marks if not mark[-1:].isdigit() and mark[-1:] not in "+-" and not fold(mark).startswith(_MARKS)]
    if words and len(words) < len(marks):
        raise Amiss("journal-mark-unclear", found=shown(" ".join(marks), 40))


def _whole_mark(cell: Cell, text: str, whole: str) -> str | None:
    """The one mark of a cell: «5 (отлично)», «5 баллов». Amiss: what may be a mark or two, or is none."""
    if isinstance(cell, bool):
        raise Amiss("journal-mark-unclear", found=shown(text))
    if _BETWEEN.fullmatch(whole):
        raise Amiss("journal-one-mark-or-two", found=shown(text))
    points = _POINTS.fullmatch(fold(text))
    return points[1] if points is not None else _in_words(whole, text)


_PLAIN = (str, int, float)  # what knows more of its format than its value is read each time
_mark_of = lru_cache(4096, typed=True)(_mark)  # a journal repeats itself


def parse_attendance(cell: Cell) -> Said:
    """The column «Посещаемость»: codes; a number alone is a code too, but in «О 4» it is a mark."""
    if isinstance(cell, date | time):
        raise Amiss("journal-mark-is-date", found=shown(cell))
    whole = _undotted(_WHOLE.sub(r"\1", fold(in_line(plain_number(sound(cell))))))
    if not whole:
        return Said()
    if meaning_of(whole) is not None:
        return Said(codes=(whole,))
    if len(whole) > LONGEST_CELL:
        raise Amiss("journal-code-too-long", found=shown(whole, 40), limit=LONGEST_CODE)
    if any(letter.isalpha() for letter in whole) and any(letter.isdigit() for letter in whole):
        return parse_mark(cell)
    codes = tuple(part for part in re.split(r"[\s,;]+", whole) if part)
    for code in codes:
        _fits(code)
    return Said(codes=codes)


def _in_words(whole: str, text: str) -> str | None:
    """«5 (отлично)» and «отл. 5» are one mark. Amiss: «5 (хорошо)» is either."""
    match = _BESIDE_WORD.fullmatch(whole)
    if match is None:
        return None
    mark, word = match["mark"] or match["after"], match["word"] or match["before"]
    if _GRADE_WORDS[word] != mark[0]:
        raise Amiss("journal-one-mark-or-two", found=shown(text))
    return mark


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
    folded = _undotted(fold(phrase))
    if not folded:
        return
    if any(letter.isdigit() or letter == "%" or unicodedata.category(letter) in ("No", "Sc") for letter in phrase) or (
        _OF_MONEY.intersection(folded.split())
    ):  # «5?», «(5)», «86%», «-5», «5 ₽»
        raise Amiss("journal-mark-unclear", found=shown(phrase, 40))
    if meaning_of(folded) is not None or folded.startswith(_ASKED):
        if len(folded) > LONGEST_CODE:
            raise Amiss("journal-code-too-long", found=shown(phrase, 40), limit=LONGEST_CODE)
        codes.append(folded)
    elif all(len(_undotted(fold(word))) <= 3 for word in words):
        codes.extend(code for word in words if (code := _undotted(fold(word))))
    elif len(phrase) > LONGEST_MARK:
        raise Amiss("journal-mark-too-long", found=shown(phrase, 40), limit=LONGEST_MARK)
    else:
        marks.append(phrase.rstrip("."))


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for written in re.split(r"[\s;]+|,\s+|,$", text):
        chunk = _WHOLE.sub(r"\1", written) if _WHOLE.fullmatch(written) else re.sub(r"^0(?=\d$)", "", written)
        if _ONE_OR_TWO.fullmatch(chunk) or re.fullmatch(r"[.,]\d+", chunk):
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
    if match[4] == "Б":  # «5Б»: ill, or five points
        raise Amiss("journal-mark-unclear", found=shown(piece))
    return sides if any(side in KNOWN or side == "О" for side in sides) else [piece]


def _fits(code: str) -> None:
    if len(code) > LONGEST_CODE:
        raise Amiss("journal-code-too-long", found=shown(code, 40), limit=LONGEST_CODE)


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def parse_day(cell: Cell, *, today: date, academic_year: int, named: int | None = None) -> date:
    """A day that is over or is today. One without a year: September-December of the first year, January-August of the second.

    `named`: the academic year that the file's title names, whose days it has; None: it names none.
    """
    return (_day_of if type(cell) is str else _day)(cell, today, academic_year, named)


def _day(cell: Cell, today: date, academic_year: int, named: int | None) -> date:
    said = read_day(cell)
    of = academic_year if named is None else named
    found = said if isinstance(said, date) or said is None or said.day is None else said.in_year(said.year_in(of))
    if not isinstance(found, date):
        raise Amiss("journal-not-a-date", found=shown(cell))
    if found > today:
        raise Amiss("journal-in-the-future", found=shown(cell))
    if found < date(academic_year - 1, 9, 1):
        raise Amiss("journal-long-ago", found=shown(cell))
    if found < date(academic_year, 9, 1) <= today:  # until September the year that has ended goes on
        found_ = shown(cell) if named is None else f"{found:%d.%m.%Y}"
        raise Amiss("journal-another-year", found=found_, year=f"{academic_year}/{academic_year + 1}")
    return found


_day_of = lru_cache(4096)(_day)


def still_to_come(cell: Cell, *, today: date, academic_year: int) -> date | None:
    """The day of this academic year that a date without a year would be, when it is not over yet: another year's, or a slip."""
    said = read_day(cell)
    if isinstance(said, date) or said is None or said.day is None or said.year is not None:
        return None
    found = said.in_year(said.year_in(academic_year))
    return found if found is not None and found > today else None
