"""Reads a day and an hour as people type them: «13.11 15:00», «пятница 15:00», «завтра в 15», «27 числа с 11 до 12»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import YEARS
from bot.refusals import Refusal
from bot.services.timetable.typed_days import AHEAD, days_as_numbers, month_of, weekday_in, without

_HOURS = ("час", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать")
_HOURS_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_AFTERNOON = frozenset({"дня", "вечера", "pm", "p.m."})
_MORNING = frozenset({"утра", "am", "a.m."})
_FILLING = frozenset(
    [
        "в",
        "во",
        "на",
        "к",
        "с",
        "час",
        "часа",
        "часов",
        "ч",
        "мин",
        "минут",
        "г",
        "год",
        "года",
        "at",
        "on",
        "to",
        "in",
        "the",
        "o",
        "clock",
        "please",
        "пожалуйста",
        "давайте",
        "лучше",
        "перенести",
        "перенесем",
        "перенесите",
        "занятие",
        "урок",
    ]
)
_LESSON_NUMBER = re.compile(r"(?<![\d:.])\d{1,2}\s*-?\s*(?:й|ый|ой|ий|я|ая|е|ое|м|му|ом)?\s+(?:урок|пар|занят)\w*")
# «11:00-12:00», «11.00–12.30», «с 11 до 12»: a beginning and an end, and no two days («27.11-28.11»).
_SPAN = re.compile(
    r"(?<![\d:.\-])(?:с\s+)?(\d{1,2})(?::(\d{2})|\.(00|1[3-9]|[2-5]\d))?\s*(-|–|—|до|по)\s*(\d{1,2})(?::(\d{2})|\.(00|1[3-9]|[2-5]\d))?(?![\d:.\-])"
)
_EITHER = re.compile(r"(?<![\d:.\-])(\d{1,2})\s*[-–]\s*(\d{2})(?![\d:.\-])")  # «11-12»: twelve minutes past, or until twelve?
_LESSONS_FROM = 8  # an hour said alone, without «утра»: before this it is in the afternoon, but for seven, which may be either
_DATE = re.compile(r"(?<![\d:.])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d:])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_OF_MONTH = re.compile(
    r"(?<![\d:.])(\d{1,2})\s+([а-яa-z]{3})[а-яa-z]*(?:\s+(\d{4})(?!\d))?|([a-z]{3})[a-z]*\s+(\d{1,2})(?![\d:.])(?:,?\s+(\d{4})(?!\d))?"
)
_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\s*[:.\-–ч]\s*(\d{2})(?!\d)")
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})(?:\s*ч(?:ас\w*)?)?(?![\d:.])")


@dataclass(frozen=True, slots=True)
class Span:
    """A beginning, and an end where one was typed."""

    starts: datetime
    ends: datetime | None = None


def read_moment(text: str, *, now: datetime, zone: ZoneInfo, like: datetime) -> datetime | None:
    """`read_span`, where an end has no meaning and is refused (moment-left-over)."""
    found = read_span(text, now=now, zone=zone, like=like)
    if found is not None and found.ends is not None:
        raise Refusal("moment-left-over", words=text.strip()[:80])
    return None if found is None else found.starts


def read_span(text: str, *, now: datetime, zone: ZoneInfo, like: datetime) -> Span | None:
    """The moment meant, with its end where one is typed, or None where no day and no hour is named. What is left out is taken from `like`: an hour alone is
    its day, a day alone its hour. A weekday is the next such day on which the hour is still ahead.

    Nothing that was typed is passed over: it is taken whole or refused. Refusals: moment-end-first («12:00-11:00»), moment-no-such-day (31 ноября), moment-day-passed (a day without a year
    that is over), moment-other-weekday, moment-which-hour, moment-left-over (words that say something else besides).
    """
    words = " ".join(text.lower().replace("ё", "е").replace(",", " ").split()).strip(" .!?")
    here, usual = now.astimezone(zone), like.astimezone(zone)
    if found := _LESSON_NUMBER.search(words):
        raise Refusal("moment-left-over", words=found[0])
    words = days_as_numbers(words, here.date(), usual.date())
    _refuse_impossible(words, here.date())
    until, words = _end(words)
    weekday, others = weekday_in(words)
    day, rest = day_in(others, here.date(), named=weekday is not None)
    at, said, rest = _clock(rest, usual.time())
    if at is None or (day is None and weekday is None and not said):
        return None
    _refuse_left_over(rest)
    if weekday is not None and day is None:
        day = here.date() + timedelta(days=(weekday - here.weekday()) % 7)
        if datetime.combine(day, at, zone) <= now:
            day += timedelta(days=7)
    falls_on = weekday if day is None else day.weekday()
    if weekday is not None and falls_on != weekday:
        raise Refusal("moment-other-weekday", day=day, named=date(2024, 1, 1 + weekday))
    starts = datetime.combine(day or usual.date(), at, zone)
    if until is None:
        return Span(starts)
    ends = datetime.combine(starts.date(), until, zone)
    if ends <= starts:
        raise Refusal("moment-end-first", starts=starts, ends=ends)
    return Span(starts, ends)


def _end(words: str) -> tuple[time | None, str]:
    """The end, where a beginning and an end are typed, and the words with the beginning alone."""
    for found in _SPAN.finditer(words):
        minutes, until = found[2] or found[3], found[6] or found[7]
        if minutes is None and until is None and found[4] not in ("до", "по"):
            continue
        if month_of(words[found.end() :].strip()[:3]):
            continue  # «с 27 по 28 ноября»: days
        begins, hour = int(found[1]), int(found[5])
        if until is None and minutes is None and begins < _LESSONS_FROM:
            begins, hour = begins + 12, hour + 12
        if hour >= 24 or int(until or 0) >= 60 or begins >= 24:
            continue
        return time(hour, int(until or 0)), f"{words[: found.start()]} {begins}:{minutes or '00'} {words[found.end() :]}"
    either = _EITHER.search(words)
    if either is not None and int(either[1]) < int(either[2]) < 24:
        raise Refusal("moment-left-over", words=either[0])
    return None, words


def _refuse_impossible(words: str, today: date) -> None:
    """A day that no calendar has is refused by its name, whatever else stands beside it."""
    found = [(each, int(each[3]), int(each[2]), int(each[1])) for each in _ISO.finditer(words)]
    for each in _DAY_OF_MONTH.finditer(words):
        month = month_of(each[2] or each[4])
        if month is not None:
            found.append((each, int(each[1] or each[5]), month, _year(each[3] or each[6], today)))
    for each in _DATE.finditer(words):
        if each[3] or int(each[1]) > 23:  # else it may be an hour: «16.50»
            found.append((each, int(each[1]), int(each[2]), _year(each[3], today)))
    for each, day, month, year in found:
        try:
            if date(year, month, day).year not in YEARS:
                raise Refusal("moment-no-such-day", day=each[0].strip(" ."))
        except ValueError:
            if not (each.re is _DAY_OF_MONTH and day == 29 and month == 2 and not (each[3] or each[6])):
                raise Refusal("moment-no-such-day", day=each[0].strip(" .")) from None


def _refuse_left_over(rest: str) -> None:
    words = [word.strip(".,!?;:-–") for word in rest.split()]
    left = [word for word in words if word and word not in _FILLING]
    if left:
        raise Refusal("moment-left-over", words=" ".join(left)[:80])


def day_in(words: str, today: date, *, named: bool) -> tuple[date | None, str]:
    """The day, if one is given, and the words without it. `named`: a weekday stands there, so «10.10» is an hour."""
    for word, ahead in AHEAD.items():
        if found := re.search(rf"\b{word}\b", words):
            return today + timedelta(days=ahead), without(words, found)
    if found := _ISO.search(words):
        return date(int(found[1]), int(found[2]), int(found[3])), without(words, found)
    for found in _DAY_OF_MONTH.finditer(words):
        month = month_of(found[2] or found[4])
        if month is not None:
            return _date(int(found[1] or found[5]), month, found[3] or found[6], today), without(words, found)
    dates = [each for each in _DATE.finditer(words) if 1 <= int(each[2]) <= 12 and int(each[1]) > 0]
    for found in dates:
        rest = without(words, found)
        if named and not found[3] and len(dates) == 1 and not _CLOCK.search(rest):
            break
        return _date(int(found[1]), int(found[2]), found[3], today), rest
    return None, words


def _year(typed: str | None, today: date) -> int:
    year = int(typed) if typed else today.year
    return year + 2000 if year < 100 else year


def _date(day: int, month: int, typed_year: str | None, today: date) -> date:
    """The day of this year or of the year typed; one without a year that is over is refused: which year, is not guessed."""
    try:
        found = date(_year(typed_year, today), month, day)
    except ValueError:  # 29 February of a year without it
        raise Refusal("moment-no-such-day", day=f"{day:02}.{month:02}.{_year(typed_year, today)}") from None
    if not typed_year and found < today:
        raise Refusal("moment-day-passed", day=found, typed=f"{day:02}.{month:02}.{today.year + 1}")
    return found


def _clock(words: str, usual: time) -> tuple[time | None, bool, str]:
    """The hour, whether it was given, and the words without it; no hour when what is given is none."""
    half, words = _half_of_day(words)
    clocks = sorted(_CLOCK.finditer(words), key=lambda each: ":" not in each[0])  # «14.11 в 15:00»: the colon makes an hour
    found = next(iter(clocks), None) or _HOUR.search(words) or _spelled(words)
    if found is None:
        return usual.replace(second=0, microsecond=0), False, words
    hour = int(found[1]) if found[1].isdigit() else _spelled_hour(found[1])
    minute = int(found[2]) if found.re is _CLOCK else 0
    if hour >= 24 or minute >= 60:
        return None, False, words
    if half is None and found.re is not _CLOCK and 0 < hour < _LESSONS_FROM:
        if hour == _LESSONS_FROM - 1:
            raise Refusal("moment-which-hour", hour=hour)
        hour += 12
    elif half is _AFTERNOON and hour < 12:
        hour += 12
    return time(hour, minute), True, without(words, found)


def _half_of_day(words: str) -> tuple[frozenset[str] | None, str]:
    for half in (_AFTERNOON, _MORNING):
        for word in half:
            if found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words):
                return half, without(words, found)
    return None, words


def _spelled(words: str) -> re.Match[str] | None:
    """An hour in a word: «четыре», «в час»."""
    return re.search(rf"(?<!\w)({'|'.join((*_HOURS[1:], 'один', *_HOURS_EN))})(?!\w)", words) or re.search(
        r"(?<!\w)в (час)(?!\w)", words
    )


def _spelled_hour(word: str) -> int:
    if word == "один":
        return 1
    return (_HOURS.index(word) if word in _HOURS else _HOURS_EN.index(word)) + 1
