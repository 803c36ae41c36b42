"""Reads the days on which somebody will not come: «завтра», «в пятницу», «с 3 по 5 декабря», «до среды», «на этой неделе»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.refusals import Refusal
from bot.services.timetable.typed_days import AHEAD, Period, days_as_numbers, month_of, next_weekday, week_in, weekday_in, without

_DAY = r"(\d{1,2})(?:[./](\d{1,2})(?:[./](\d{4}|\d{2}))?| ([а-яa-z]{3,})(?: (\d{4}))?)?"
_FROM_TO = re.compile(rf"(?<!\w)(?:с|со|from) {_DAY} ?(?:по|до|to|till|until|-) ?{_DAY}(?![\d:])")
_DASHED = re.compile(rf"(?<![\w.:]){_DAY} ?- ?{_DAY}(?![\d:])")
_UNTIL = re.compile(rf"(?<!\w)(?:до|по|until|till) {_DAY}(?![\d:])")
_ONE = re.compile(r"(?<![\w.:])(\d{1,2})(?:[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d:])| ([а-яa-z]{3,})(?: (\d{4}))?)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WEEKDAYS_FROM_TO = re.compile(r"(?<!\w)(?:с|со|from) ([а-яa-z]+) (?:по|до|to|till|until) ([а-яa-z]+)(?!\w)")
_UNTIL_WEEKDAY = re.compile(r"(?<!\w)(?:до|по|until|till) ([а-яa-z]+)(?!\w)")
_LONGEST = 62  # days of one absence


def read_days(words: str, today: date) -> tuple[Period | None, str]:
    """The days meant, and what else is said; None: none are named, or more than one thing may be meant.

    `words`: small letters without «ё», parted by single spaces. Refusals: moment-no-such-day, absence-past (they are over),
    absence-too-long, moment-left-over (a week in which the weekday named may be two days).
    """
    words = re.sub(r" ?[–—-] ?", "-", days_as_numbers(words, today, today))
    found, rest = _found(words, today)
    if found is None:
        return None, rest
    if found.last < today:
        raise Refusal("absence-past", day=found.last)
    if (found.last - found.first).days > _LONGEST or found.last < found.first:
        raise Refusal("absence-too-long", limit=_LONGEST)
    return Period(max(found.first, today), found.last), rest


def _found(words: str, today: date) -> tuple[Period | None, str]:
    for reader in (_numbered, week_in, _weekdays, _single):
        found, rest = reader(words, today)
        if found is None:
            continue
        another, _ = _single(rest, today)
        return (None if another else found), rest  # «в пятницу, а в четверг …»: two days, and who knows what of each
    return None, words


def _numbered(words: str, today: date) -> tuple[Period | None, str]:
    for pattern in (_FROM_TO, _DASHED):
        for found in pattern.finditer(words):
            last = _day(found.groups()[5:], today)
            if last is None:
                continue
            first = _day(found.groups()[:5], today, like=last)
            if first is not None:
                return Period(first, last), without(words, found)
    for found in _UNTIL.finditer(words):
        if (last := _day(found.groups(), today)) is not None:
            return Period(today, last), without(words, found)
    return None, words


def _weekdays(words: str, today: date) -> tuple[Period | None, str]:
    for found in _WEEKDAYS_FROM_TO.finditer(words):
        first, last = (_next(word, today) for word in found.groups())
        if first is not None and last is not None:
            return Period(first, last if last >= first else last + timedelta(days=7)), without(words, found)
    for found in _UNTIL_WEEKDAY.finditer(words):
        if (last := _next(found[1], today)) is not None:
            return Period(today, last), without(words, found)
    return None, words


def _single(words: str, today: date) -> tuple[Period | None, str]:
    for word, ahead in AHEAD.items():
        if found := re.search(rf"(?<!\w){word}(?!\w)", words):
            day = today + timedelta(days=ahead)
            return Period(day, day), without(words, found)
    if found := _ISO.search(words):
        day = _real(int(found[1]), int(found[2]), int(found[3]), found[0])
        return Period(day, day), without(words, found)
    for found in _ONE.finditer(words):
        if (on := _day(found.groups(), today)) is not None:
            return Period(on, on), without(words, found)
    weekday, rest = weekday_in(words)
    if weekday is None:
        return None, words
    day = next_weekday(weekday, today)
    return Period(day, day), rest


def _next(word: str, today: date) -> date | None:
    """The next such weekday, today's too; «завтра» and the like."""
    if word in AHEAD:
        return today + timedelta(days=AHEAD[word])
    weekday, rest = weekday_in(word)
    return None if weekday is None or rest.strip() else next_weekday(weekday, today)


def _day(parts: tuple[str | None, ...], today: date, like: date | None = None) -> date | None:
    """The day of a match's five groups; without a month it is of the month of `like`, and without that no day."""
    day, month, year, name, named_year = parts
    number = int(month) if month else month_of(name) if name else like.month if like else None
    if day is None or number is None or not 1 <= number <= 12:
        return None
    typed = year or named_year
    of_year = int(typed) + (2000 if len(typed) == 2 else 0) if typed else like.year if like else today.year
    found = _real(of_year, number, int(day), f"{day}.{number:02}")
    if like is not None and found > like and not typed:
        return _real(of_year - 1, number, int(day), f"{day}.{number:02}")  # «с 28 декабря по 10 января»
    if like is None and not typed and (today - found).days > 180:
        return _real(of_year + 1, number, int(day), f"{day}.{number:02}")  # in December, January is ahead
    return found


def _real(year: int, month: int, day: int, typed: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal("moment-no-such-day", day=typed) from None
