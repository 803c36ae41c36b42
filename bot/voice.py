"""The bot's voice: `say("key", fact=…)` finds the sentence in locales/ and fills in the facts."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone

Fact: TypeAlias = str | int | float | date | datetime | time | list[str] | None

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ru", "en")

LONGEST = 2400  # characters of a fact: Fluent refuses a sentence with more than 2,500 in one of its parts

_NAME = re.compile(
    r"(-?[A-Za-z][\w-]*) *="
)  # an entry of Fluent begins with its name at the start of a line, and nothing else does
_BEGINS = re.compile(rf"^(?={_NAME.pattern})", re.MULTILINE)
_NAMES = re.compile(r"-?[A-Za-z][\w-]*")  # in an entry: those of others too

_ACCUSATIVE = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")


class Voice:
    """All sentences of one language, in one time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._bundle = FluentBundle([language], use_isolating=False, functions=_functions(language, zone))
        self._unread = dict(_written(language))

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """The sentence as HTML: every fact that is text is escaped, so that no name can break a page."""
        return self._format(key, {name: _escaped(fact) for name, fact in facts.items()})

    def plain(self, key: str, /, **facts: Fact) -> str:
        """The sentence as plain text: for buttons, toasts, file names and the command line."""
        return self._format(key, facts)

    def knows(self, key: str) -> bool:
        self._read(key)
        return self._bundle.has_message(key)

    def _read(self, key: str) -> None:
        """Parse a sentence, and those it is made of, when it is first said: all of a language at once is half a second."""
        wanted = [key]
        while wanted:
            if written := self._unread.pop(wanted.pop(), None):
                self._bundle.add_resource(FluentResource(written))
                wanted += _NAMES.findall(written)

    def _format(self, key: str, facts: dict[str, Fact]) -> str:
        pattern = self._bundle.get_message(key).value if self.knows(key) else None
        if pattern is None:
            raise LookupError(f"no sentence {key!r} in locales/{self.language}")
        text, errors = self._bundle.format_pattern(pattern, {name: _join(fact) for name, fact in facts.items()})
        if errors:
            raise ValueError(f"sentence {key!r} in locales/{self.language}: {errors}")
        return str(text)


Say: TypeAlias = Voice


@cache
def voice(language: str, zone: ZoneInfo) -> Voice:
    """The voice of a language; an unknown language is spoken to in Russian."""
    return Voice(language if language in LANGUAGES else "ru", zone)


@cache
def _written(language: str) -> dict[str, str]:
    """Every sentence and term (`-name`) of a language as it is written, by its name."""
    files = sorted((LOCALES / language).glob("*.ftl"))
    parts = (part for file in files for part in _BEGINS.split(file.read_text("utf-8")))
    found: dict[str, str] = {}
    for part in parts:
        if begins := _NAME.match(part):
            found.setdefault(begins[1], part)  # said twice, the first holds; a guard says that it is
    return found


def _escaped(fact: Fact) -> Fact:
    if isinstance(fact, list):
        return [html.escape(item, quote=False) for item in fact]
    return html.escape(fact, quote=False) if isinstance(fact, str) else fact


def _join(fact: Fact) -> Any:
    if isinstance(fact, list):
        return _cut(", ".join(fact))
    if isinstance(fact, str):
        return _cut(fact)
    return "" if fact is None else fact


def _cut(text: str) -> str:
    """Text with an end that Fluent takes; no «&amp;» is cut in two."""
    return text if len(text) <= LONGEST else re.sub(r"&\w{0,4}$", "", text[: LONGEST - 1]) + "…"


def _functions(language: str, zone: ZoneInfo) -> dict[str, Callable[..., Any]]:
    def local(moment: Any) -> datetime | date:
        value = getattr(moment, "value", moment)  # fluent wraps dates it was given
        return value.astimezone(zone) if isinstance(value, datetime) else value

    def on_day(moment: Any) -> str:
        return day_in_words(local(moment), language)

    def when(moment: Any, said_in: Any = 0) -> str:
        """`said_in`: the year in which it is said; a moment of another one is told with its own. 0: nobody has to know it."""
        at = local(moment)
        year = ("", f" {at.year} года", f", {at.year}")[_another_year(at, said_in) * (1 if language == "ru" else 2)]
        return f"{day_in_words(at, language)}{year}, {'в' if language == 'ru' else 'at'} {clock_time(at, language)}"

    def short_day(moment: Any, said_in: Any = 0) -> str:
        at = local(moment)
        pattern = ("EEEEEE, d MMM" if language == "ru" else "EEE, MMM d") + (" y" if _another_year(at, said_in) else "")
        return format_date(at, pattern, locale=language)

    def dated(russian: str, english: str) -> Callable[[Any], str]:
        pattern = russian if language == "ru" else english
        return lambda moment: format_date(local(moment), pattern, locale=language)

    def day(moment: Any, said_in: Any = 0) -> str:
        russian, english = ("d MMMM y 'года'", "MMMM d, y") if _another_year(local(moment), said_in) else ("d MMMM", "MMMM d")
        return dated(russian, english)(moment)

    def span(first: Any, last: Any) -> str:
        begins, ends = local(first), local(last)
        if (begins.year, begins.month) != (ends.year, ends.month):
            return f"{day(first)} – {day(last)}"
        return f"{begins.day}–{day(last)}" if language == "ru" else f"{day(first)}–{ends.day}"

    def weekday(moment: Any) -> str:
        return weekday_names(language)[local(moment).weekday()]

    def long_weekday(moment: Any) -> str:
        return weekday_names(language, "full")[local(moment).weekday()]

    def at(moment: Any) -> str:
        return clock_time(local(moment), language)

    return {
        "WHEN": when,
        "SHORTWHEN": lambda moment, said_in=0: f"{short_day(moment, said_in)}, {clock_time(local(moment), language)}",
        "ONDAY": on_day,
        "DAY": day,
        "FULLDAY": dated("d MMMM y", "MMMM d, y"),
        "SHORTDAY": short_day,
        "MONTH": dated("LLLL y", "LLLL y"),
        "WEEKDAY": weekday,
        "LONGWEEKDAY": long_weekday,
        "SPAN": span,
        "TIME": at,
        "SHORT": _short,
        "COURSES": _courses,
        "NAME": _surname_and_name,
    }


def _another_year(at: datetime | date, said_in: Any) -> bool:
    return int(said_in) not in (0, at.year)


def _short(organization: Any) -> str:
    return short_name(str(organization))


def _courses(names: Any) -> str:
    """«на курс «Шахматы»», «на курсы «Шахматы», «Лего»»: names stand in no case, the noun before them does."""
    return f"{'курсы' if '», «' in str(names) else 'курс'} {names}"


def _surname_and_name(full: Any) -> str:
    return " ".join(str(full).split()[:2])  # a button has no room for the patronymic


def told_apart(names: Mapping[int, str]) -> dict[int, str]:
    """People of a list by surname and name; where two would read alike, with the patronymic. `names`: ФИО by id."""
    short = {who: _surname_and_name(full) for who, full in names.items()}
    times = Counter(short.values())
    return {who: names[who] if times[said] > 1 else said for who, said in short.items()}


# «МБОУ ДО», «МКУК», «ГБПОУ РА»: what an organization legally is, which nobody says aloud.
_LEGAL = re.compile(r"\b(?:М|Г|ФГ|Ч|А)[БКАО]?(?:ОУ|УК|УДО|ПОУ|ОО|У)(?: ДО| ДПО| РА)*\b ?")
_OF_DISTRICT = re.compile(r" (?:МО|муниципального образования) «[^»]*»$")
_SPOKEN = (
    (re.compile(r"детско-юношеская спортивная школа", re.IGNORECASE), "ДЮСШ"),
    (re.compile(r"средняя (?:обще)?образовательная школа", re.IGNORECASE), "СОШ"),
    (re.compile(r"центр дополнительного образования", re.IGNORECASE), "ЦДО"),
    (re.compile(r"дом детского творчества", re.IGNORECASE), "ДДТ"),
    (re.compile(r"центр детского творчества", re.IGNORECASE), "ЦДТ"),
)


def short_name(name: str) -> str:
    """An organization as people call it, for buttons and lists: «МБОУ ДО «Кошехабльская детско-юношеская спортивная школа»»
    is «Кошехабльская ДЮСШ». What stays of a name that says nothing else is the name itself."""
    short = _OF_DISTRICT.sub("", name)
    if (form := _LEGAL.search(short)) and form.start():  # a house of culture «of» its founder: the house is meant
        short = short[: form.start()]
    short = _LEGAL.sub("", short).strip(" ,")
    for full, spoken in _SPOKEN:
        short = full.sub(spoken, short)
    if short.startswith("«") and short.endswith("»") and short.count("«") == 1:
        short = short[1:-1]
    return short or name


def clock_time(at: datetime | date | time, language: str) -> str:
    """15:00 in Russian and in English alike: a village school's timetable knows no a.m. and p.m."""
    return at.strftime("%H:%M") if isinstance(at, datetime | time) else format_time(time(), "HH:mm", locale=language)


def day_in_words(day: datetime | date, language: str) -> str:
    """«в четверг, 12 ноября» / "on Thursday, November 12"."""
    if language == "ru":
        return f"{_ACCUSATIVE[day.weekday()]}, {format_date(day, 'd', locale='ru')} {format_date(day, 'MMMM', locale='ru')}"
    return f"on {format_date(day, 'EEEE, MMMM d', locale='en')}"


def weekday_names(language: str, width: str = "short") -> list[str]:
    """Monday first, as a timetable prints them: «пн», «вт» … or «понедельник» …"""
    return list(_weekday_names(language, width))


@cache
def _weekday_names(language: str, width: str) -> tuple[str, ...]:
    pattern = {"short": "EEEEEE" if language == "ru" else "EEE", "full": "EEEE"}[width]
    monday = date(2024, 1, 1)
    return tuple(format_date(monday + timedelta(days=n), pattern, locale=language) for n in range(7))


def unknown(value: object) -> bool:
    """Whether fluent could not resolve a fact (for tests of the locales)."""
    return isinstance(value, FluentNone)


def lines(parts: Iterable[str]) -> str:
    """A page from its paragraphs, without the empty ones."""
    return "\n\n".join(part for part in parts if part)
