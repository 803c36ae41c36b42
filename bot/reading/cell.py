"""A cell of a table: what it holds, how it looked to whoever filled it in, and whether anything can be believed of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeAlias

from bot.reading.fault import Amiss
from bot.reading.letters import seen


class Broken(str):
    """A cell without a value that could be believed: an error of the spreadsheet («#N/A»), or a formula nobody has worked out («=»)."""

    __slots__ = ()


class Number(float):
    """A number whose format says something: percent, money, leading zeros, fewer digits than it holds; or a day counted from 1904."""

    __slots__ = ("format", "since_1904")
    format: str
    since_1904: bool

    @classmethod
    def of(cls, value: float, format_: str = "", *, since_1904: bool = False) -> Number:
        made = cls(value)
        made.format, made.since_1904 = format_, since_1904
        return made

    @property
    def looks(self) -> str:
        """As the spreadsheet shows it."""
        return _formatted(float(self), self.format) if self.format else f"{float(self):.10g}"


Cell: TypeAlias = str | int | float | bool | date | datetime | time | None

_ERROR = re.compile(
    r"#[A-ZА-ЯЁ][A-ZА-ЯЁ_]*(?:/[0AА-Я])?[!?]?|#+|(?i:#[a-zа-яё_]+(?:/[0aа-я][!?]?|[!?])|(?:err|ошибка|ошб):\s?\d{3})"
)
_SUSPECT = frozenset("=#EeОо")
STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"  # after each letter that is struck out in the table
_FORMULA = re.compile(r"=\s*[\w(+\-\"$.{\[']")
_LOST_LETTER = re.compile(r"(?<=[^\W\d_])\?(?=[^\W\d_])|\?{3,}|\N{REPLACEMENT CHARACTER}")
_KEPT_AS_TEXT = re.compile(r"'[^'’]*")


def as_text(cell: Cell) -> str:
    """A cell as it looked: without what nobody sees and the apostrophe that keeps it a text, single spaces, its lines kept."""
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
        case Number():
            return cell.looks
        case float():
            return f"{cell:.10g}"
        case int():
            return str(cell)
        case str():
            text = "\n".join(" ".join(line.split()) for line in seen(cell).strip().splitlines())
            return text[1:].strip() if _KEPT_AS_TEXT.fullmatch(text) else text


def in_line(cell: Cell) -> str:
    """The same without line breaks."""
    return _line(cell) if type(cell) is str else " ".join(as_text(cell).split())


@lru_cache(4096)  # a table repeats itself
def _line(text: str) -> str:
    return " ".join(as_text(text).split())


def shown(cell: Cell, longest: int = 60) -> str:
    """What was found, short enough for a sentence."""
    text = in_line(cell)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def sound(cell: Cell) -> Cell:
    """The same cell. Amiss: a formula without a value, or an error of the spreadsheet: never to be taken for an empty cell; struck out."""
    if isinstance(cell, str):
        if STRUCK in cell:
            raise Amiss("cell-struck", found=shown(cell))
        text = cell.strip()
        if text[:1] not in _SUSPECT:
            return cell
        if text.startswith("=") and (isinstance(cell, Broken) or _FORMULA.match(text)):
            raise Amiss("cell-formula")
        if isinstance(cell, Broken) or _ERROR.fullmatch(text):
            raise Amiss("cell-error", found=shown(text))
    return cell


def lettered(text: str, *, name: bool = False) -> str:
    """The same text. Amiss: a letter of it was lost on the way, and «?» stands in its place; in a name any «?» is such."""
    if _LOST_LETTER.search(text) or (name and "?" in text):
        raise Amiss("cell-letter-lost", found=shown(text))
    return text


def plain_number(cell: Cell) -> Cell:
    """The same cell. Amiss: it shows another number than it holds (50 % and 0.5; 5 and 4.6), and either may be meant."""
    if isinstance(cell, Number) and cell.format:
        looks = cell.looks.replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
        holds = f"{float(cell):.10g}"
        digits = re.fullmatch(r"(-?\d+(?:\.\d+)?) ?(?:[А-Яа-я]+\.?)?", looks)
        if digits is None or float(digits[1]) != float(cell):
            raise Amiss("cell-shows-another", shown=cell.looks, holds=holds)
    return cell


def _formatted(value: float, format_: str) -> str:
    """A number as its format shows it, near enough for a sentence: digits, percent, leading zeros, words and signs about it."""
    sections = format_.split(";")
    below_zero = value < 0 and len(sections) > 1
    section = sections[2] if value == 0 and len(sections) > 2 else sections[1 if below_zero else 0]
    value = abs(value) if below_zero else value
    section = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', section)
    section = re.sub(r"\[[^\]]*\]|[_*].", "", section)
    literals = re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] if found[1] is not None else found[2] or "", section)
    digits = re.search(r"[#0?][#0?,. ]*", re.sub(r'"[^"]*"|\\.', lambda found: "\x00" * len(found[0]), section))
    if digits is None and not re.search("GENERAL|@|E[+-]|[A-ZА-Я]", re.sub(r'"[^"]*"|\\.', "", section).upper()):
        return literals.strip()  # «"н"» shows its word, «;;;» nothing
    if digits is None or "E+" in section.upper():
        return f"{value:.10g}"
    pattern = digits[0].rstrip(", ")
    whole, _, part = pattern.partition(".")
    number = Decimal(repr(value)) * (100 if "%" in literals else 1)
    text = str(number.quantize(Decimal(1).scaleb(-sum(mark in "#0?" for mark in part)), ROUND_HALF_UP))
    if part and set(part) <= {"#"}:
        text = text.rstrip("0").rstrip(".")
    before, _, after = text.partition(".")
    text = before.zfill(whole.count("0")) + (f".{after}" if after else "")
    around = section[: digits.start()], section[digits.end() :]
    prefix, suffix = (re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] or found[2] or "", side) for side in around)
    return f"{prefix}{text}{suffix}".strip()
