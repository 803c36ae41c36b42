"""Reads the days of a change as people type them: «до пятницы», «с 12 по 20 ноября», «завтра», «на следующей неделе»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.refusals import Refusal
from bot.services.timetable.moments import day_in
from bot.services.timetable.periods.meant import LONGEST
from bot.services.timetable.typed_days import Period, days_as_numbers, next_weekday, week_in, weekday_in
from bot.services.workdays import monday_of

_FROM_TO = re.compile(
    r"(?:(?:со?|from)\s+)?(\S.*?)\s*(?:(?<!\w)(?:по|до|to|until|till)(?!\w)|[–—]|(?<=[\d\s])-(?=[\d\s]))\s*(\S.*)"
)
_UNTIL = re.compile(r"(?:по|до|until|till)\s+(\S.*)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SOLE = re.compile(r"\d{1,2}")
_FILLING = frozenset(
    ["болею", "заболел", "заболела", "болен", "больна", "меня", "не", "будет", "нет", "в", "во", "на", "к", "г", "год", "года",
     "день", "дня", "дни", "все", "весь", "включительно", "отпуск", "отпуске", "командировка", "командировке",
     "on", "in", "the", "i", "am", "ill", "sick", "away", "out"]
)  # fmt: skip


def read_days(text: str, today: date) -> Period | None:
    """The days that are meant, both ends included, or None where none are named. Nothing typed is passed over.

    Refusals: moment-left-over, moment-no-such-day, moment-day-passed, moment-other-weekday, period-end-first, period-too-long.
    """
    words = " ".join(text.lower().replace("ё", "е").replace(",", " ").split()).strip(" .!?")
    words = _ISO.sub(r"\3.\2.\1", days_as_numbers(words, today, today))
    words = " ".join(word for word in words.split() if word not in _FILLING)
    week, rest = week_in(f"{words} недели" if words == "до конца" else words, today)
    if week is not None and not rest.strip():
        return week
    if found := _UNTIL.fullmatch(words):
        return _between(today, _one(found[1], today))
    if found := _FROM_TO.fullmatch(words):
        last = _one(found[2], today)
        sole = last is not None and _SOLE.fullmatch(found[1])
        first = _in_month_of(last, int(found[1])) if last is not None and sole else _one(found[1], today)
        if first is not None and last is not None and weekday_in(found[2])[0] is not None:
            last += timedelta(days=7) if last < first else timedelta()
        return None if first is None else _between(first, last)
    only = _one(words, today)
    return None if only is None else Period(only, only)


def _between(first: date, last: date | None) -> Period | None:
    if last is None:
        return None
    if last < first:
        raise Refusal("period-end-first", first=first, last=last)
    if (last - first).days >= LONGEST:
        raise Refusal("period-too-long", most=LONGEST)
    return Period(first, last)


def _one(words: str, today: date) -> date | None:
    """One day, named whole."""
    weekday, others = weekday_in(words)
    day, rest = day_in(others, today, named=False)
    left = [word for word in rest.split() if word.strip(".-–")]
    if left:
        if day is None and weekday is None:
            return None
        raise Refusal("moment-left-over", words=" ".join(left)[:80])
    if weekday is None:
        return day
    if day is None:
        return next_weekday(weekday, today)
    if monday_of(day) + timedelta(days=weekday) != day:
        raise Refusal("moment-other-weekday", day=day, named=date(2024, 1, 1 + weekday))
    return day


def _in_month_of(other: date, day: int) -> date:
    try:
        return other.replace(day=day)
    except ValueError:
        raise Refusal("moment-no-such-day", day=f"{day:02}.{other.month:02}.{other.year}") from None
