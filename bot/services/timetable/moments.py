"""Reads a day and an hour as people type them: «13.11 15:00», «пятница 15:00», «завтра в 15»."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS = (
    ("пн", "пон", "mon"),
    ("вт", "tue"),
    ("ср", "wed"),
    ("чт", "чет", "thu"),
    ("пт", "пят", "fri"),
    ("сб", "суб", "sat"),
    ("вс", "вос", "sun"),
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
_AHEAD = {"сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2}
_DATE = re.compile(r"(?<![\d:.])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d:])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_OF_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s+([a-zа-я]{3})[a-zа-я]*|([a-z]{3})[a-z]*\s+(\d{1,2})(?![\d:.])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*[:.\-–ч]\s*(\d{2})(?!\d)")
_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?:\s*ч\w*)?(?!\d)")


def read_moment(text: str, *, now: datetime, zone: ZoneInfo, like: datetime) -> datetime | None:
    """The moment meant, or None. What is left out is taken from `like`: an hour alone is its day, a day alone its hour.

    A day without a year is the next such day; a weekday is the next such day on which the hour is still ahead.
    """
    words = " ".join(text.lower().replace("ё", "е").split())
    here, usual = now.astimezone(zone), like.astimezone(zone)
    weekday = _weekday(words)
    day, rest = _day(words, here.date(), named=weekday is not None)
    at, said = _clock(rest, usual.time())
    if at is None or (day is None and weekday is None and not said):
        return None
    if weekday is not None and day is None:
        day = here.date() + timedelta(days=(weekday - here.weekday()) % 7)
        if datetime.combine(day, at, zone) <= now:
            day += timedelta(days=7)
    return datetime.combine(day or usual.date(), at, zone)


def _weekday(words: str) -> int | None:
    for word in re.findall(r"[a-zа-я]+", words):
        for number, beginnings in enumerate(_WEEKDAYS):
            if word.startswith(beginnings):
                return number
    return None


def _day(words: str, today: date, *, named: bool) -> tuple[date | None, str]:
    """The day, if one is given, and the words without it. `named`: a weekday stands there, so «10.10» is an hour."""
    for word, ahead in _AHEAD.items():
        if re.search(rf"\b{word}\b", words):
            return today + timedelta(days=ahead), words.replace(word, " ")
    if found := _ISO.search(words):
        return _date(int(found[3]), int(found[2]), int(found[1]), today), _without(words, found)
    for found in _DAY_OF_MONTH.finditer(words):
        month = _month(found[2] or found[3])
        if month is not None:
            return _date(int(found[1] or found[4]), month, None, today), _without(words, found)
    found = _DATE.search(words)
    if found and not (named and len(_DATE.findall(words)) == 1 and not _CLOCK.search(_without(words, found)) and not found[3]):
        year = int(found[3]) if found[3] else None
        day = _date(int(found[1]), int(found[2]), year + 2000 if year and year < 100 else year, today)
        if day is not None:
            return day, _without(words, found)
    return None, words


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _month(word: str) -> int | None:
    return next((number for number, names in enumerate(_MONTHS, 1) if word.startswith(names)), None)


def _date(day: int, month: int, year: int | None, today: date) -> date | None:
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _clock(words: str, usual: time) -> tuple[time | None, bool]:
    """The hour and whether it was given; (None, False) when what is given is no hour."""
    found = _CLOCK.search(words) or _HOUR.search(words)
    if found is None:
        return usual.replace(second=0, microsecond=0), False
    hour, minute = int(found[1]), int(found[2]) if found.re is _CLOCK else 0
    return (time(hour, minute), True) if hour < 24 and minute < 60 else (None, False)
