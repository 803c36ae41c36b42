"""Reads the days that people write in words: weekdays, «27 числа», «первого декабря», «через неделю», «до пятницы»."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.refusals import Refusal
from bot.services.workdays import monday_of

_WEEKDAYS = (
    ("пн", "понедельник", "monday"),
    ("вт", "вторник", "tuesday"),
    ("ср", "среда", "wednesday"),
    ("чт", "четверг", "thursday"),
    ("пт", "пятница", "friday"),
    ("сб", "суббота", "saturday"),
    ("вс", "воскресенье", "sunday"),
)
_MONTHS = (
    ("янв", "jan"),
    ("фев", "feb"),
    ("мар", "mar"),
    ("апр", "apr"),
    ("мая", "май", "may"),
    ("июн", "jun"),
    ("июл", "jul"),
    ("авг", "aug"),
    ("сен", "sep"),
    ("окт", "oct"),
    ("ноя", "nov"),
    ("дек", "dec"),
)
_ORDINALS = [
    "первого",
    "второго",
    "третьего",
    "четвертого",
    "пятого",
    "шестого",
    "седьмого",
    "восьмого",
    "девятого",
    "десятого",
    "одиннадцатого",
    "двенадцатого",
    "тринадцатого",
    "четырнадцатого",
    "пятнадцатого",
    "шестнадцатого",
    "семнадцатого",
    "восемнадцатого",
    "девятнадцатого",
    "двадцатого",
]
_TENS = {"двадцать ": 20, "тридцать ": 30}
_SPELLED_DAY = re.compile(rf"(?<!\w)(двадцать |тридцать )?({'|'.join((*_ORDINALS, 'тридцатого'))})(?!\w)")
_NTH = re.compile(r"(?<![\d:.])(\d{1,2})\s*-?\s*(?:го|ого|е|ое|th|st|nd|rd)(?!\w)")
_OF_MONTH = re.compile(r"(?<![\d:.])(\d{1,2})\s+числа(?!\w)")
_LETTERS = re.compile(r"[a-zа-я]+")
_WEEKDAY_LIKENESS = 0.8  # of a word to a weekday's name: «чтеверг» is one, «срочно» is none
_SHORTEST = 3  # letters of a weekday's beginning: «пон»


_NUMBERS = {
    "один": 1,
    "одну": 1,
    "два": 2,
    "две": 2,
    "три": 3,
    "четыре": 4,
    "пять": 5,
    "шесть": 6,
    "two": 2,
    "three": 3,
    "four": 4,
}
_COUNT = rf"(?:(\d{{1,2}}|{'|'.join(_NUMBERS)}) )?"
_IN_SOME = re.compile(
    rf"(?<!\w)(?:через|in) (?:a |one )?{_COUNT}(недел[юиь]|дней|дня|день|weeks?|days?)(?: (?:в|во|on) ([а-яa-z]+))?(?!\w)"
)
_LATER = re.compile(rf"(?<!\w)(?:(?:на )?{_COUNT}(недел[юиь]|дней|дня|день) позже|(недел)ей позже)(?!\w)")
_MOST = 60  # days ahead that somebody counts
AHEAD = {"послезавтра": 2, "сегодня": 0, "завтра": 1, "вчера": -1, "today": 0, "tomorrow": 1, "yesterday": -1}
_NEXT_WEEK = re.compile(r"(?<!\w)(?:всю |на )?(?:следующ\w+ недел[юиея]|next week)(?!\w)")
_THIS_WEEK = re.compile(
    r"(?<!\w)(?:до конца(?: этой)? недели|(?:всю |на )?эт(?:а|у|ой) недел[юиея]|(?:всю|на) недел[юие]|(?:this|the|all) week)(?!\w)"
)


@dataclass(frozen=True)
class Period:
    """Whole days by the network's clock, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=ahead) for ahead in range(self.days)]

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When they begin, and when they are over."""
        return midnight(self.first, zone), midnight(self.last + timedelta(days=1), zone)


def days_as_numbers(words: str, today: date, own: date) -> str:
    """«первого декабря», «1-го декабря» → «1 декабря»; «27 числа», «27-го» → the next 27th, with its month and year; «через
    неделю», counted from today, and «на неделю позже», from the day it has (`own`), → that day.

    Refusal (moment-left-over): a week in which the weekday named may be two days.
    """

    def spelled(found: re.Match[str]) -> str:
        day = 30 if found[2] == "тридцатого" else _ORDINALS.index(found[2]) + 1
        return f"{day + _TENS.get(found[1] or '', 0)}-го"

    def next_such(found: re.Match[str]) -> str:
        ahead = int(found[1]) < today.day
        year, month = (today.year + (today.month == 12), today.month % 12 + 1) if ahead else (today.year, today.month)
        return f"{found[1]}.{month:02}.{year}"

    def nth(found: re.Match[str]) -> str:
        after = re.match(r"\s+([а-яa-z]{3})", words[found.end() :])
        return found[1] if after and (month_of(after[1]) or after[1] == "чис") else f"{found[1]} числа"

    words = _LATER.sub(lambda found: (own + _ahead(found[1], found[2] or found[3])).isoformat(), words)
    words = _IN_SOME.sub(lambda found: _in_some(found, today).isoformat(), words)
    words = _SPELLED_DAY.sub(spelled, words)
    return _OF_MONTH.sub(next_such, _NTH.sub(nth, words))


def _in_some(found: re.Match[str], today: date) -> date:
    day = today + _ahead(found[1], found[2])
    weekday = weekday_in(found[3])[0] if found[3] else None
    if weekday is None:
        if found[3]:
            raise Refusal("moment-left-over", words=found[0])
        return day
    if monday_of(today) + timedelta(days=weekday) < today or not found[2].startswith(("нед", "week")):
        raise Refusal("moment-left-over", words=found[0])  # of next week, or of the week after it?
    return monday_of(day) + timedelta(days=weekday)


def _ahead(count: str | None, unit: str) -> timedelta:
    number = 1 if count is None else _NUMBERS.get(count) or int(count)
    days = number * (7 if unit.startswith(("нед", "week")) else 1)
    if days > _MOST:
        raise Refusal("moment-left-over", words=f"{count} {unit}")
    return timedelta(days=days)


def week_in(words: str, today: date) -> tuple[Period | None, str]:
    """«на следующей неделе», «до конца недели»: what is left of this week, or the whole next one, and the words without it."""
    monday = monday_of(today)
    if found := _NEXT_WEEK.search(words):
        return Period(monday + timedelta(days=7), monday + timedelta(days=13)), without(words, found)
    if found := _THIS_WEEK.search(words):
        return Period(today, monday + timedelta(days=6)), without(words, found)
    return None, words


def weekday_in(words: str) -> tuple[int | None, str]:
    """The weekday, if one is named, and the words without it."""
    for found in _LETTERS.finditer(words):
        for number, names in enumerate(_WEEKDAYS):
            if _is_weekday(found[0], names):
                return number, without(words, found)
    return None, words


def next_weekday(weekday: int, today: date) -> date:
    """The next such weekday, today's too."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _is_weekday(word: str, names: tuple[str, ...]) -> bool:
    short, *full = names
    if word == short or (len(word) >= _SHORTEST and any(name.startswith(word) for name in full)):
        return True
    return bool(difflib.get_close_matches(word, full, 1, _WEEKDAY_LIKENESS))


def without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def month_of(word: str) -> int | None:
    return next((number for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), None)
