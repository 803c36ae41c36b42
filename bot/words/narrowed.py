"""A child's journal narrowed to a course and a month: what is left, and how it is called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.voice import Say
from bot.words.entries import short
from storage.journal.journal import Line


def month_number(day: date) -> int:
    """How a button names the month of a day."""
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date | None:
    """The first day of a month a button names; None: it names none of our age."""
    return date(month // 12, month % 12 + 1, 1) if 1900 <= month // 12 < 2100 else None


def course_of(every: Sequence[Line], group: int) -> str | None:
    """The course a journal is narrowed to by one of its groups; None: to none."""
    return next((line.course for line in every if line.group_id == group), None)


def months_of(every: Sequence[Line]) -> list[tuple[int, date]]:
    """The months something stands in, the newest first: their numbers and first days."""
    numbers = sorted({month_number(line.day) for line in every}, reverse=True)
    return [(number, first) for number in numbers if (first := first_of(number))]


def narrowed(every: Sequence[Line], group: int, month: int) -> list[Line]:
    """What is left of it; 0: of every course, of every month."""
    course = course_of(every, group)
    return [line for line in every if course in (None, line.course) and month in (0, month_number(line.day))]


def narrowed_to(say: Say, every: Sequence[Line], group: int, month: int) -> str:
    """«Показано: Шахматы, октябрь 2026»; empty: everything is."""
    course, first = course_of(every, group), first_of(month)
    to = [*([short(course, 80)] if course else []), *([say.plain("journal-month", month=first)] if first else [])]
    return say("journal-narrowed", to=to) if to else ""
