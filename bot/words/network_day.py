"""The network's day in words: a paragraph a partner, a line a lesson, below it who will not come and who has not read of a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.timetable.network_day import DayLesson
from bot.voice import Say, lines, short_name, told_apart
from bot.words.journal import limited
from storage.timetable.timetable import Learner

NAMES = 8  # of one lesson, in a list


@dataclass(frozen=True)
class Named:
    """A lesson of the day, with names as its reader may have them."""

    of: DayLesson
    absent: tuple[Learner, ...]
    unread: tuple[Learner, ...]


def day_page(day: date, count: int, some: Sequence[Named], say: Say) -> str:
    """The whole day, or a page of it."""
    partners: dict[str, list[str]] = {}
    for one in some:
        partners.setdefault(short_name(one.of.lesson.organization), []).append(_lesson(one, say))
    paragraphs = ["\n".join([say("network-day-partner", partner=name), *said]) for name, said in partners.items()]
    return limited(lines([say("network-day", day=day, count=count), *paragraphs]).split("\n"))


def _lesson(one: Named, say: Say) -> str:
    lesson = one.of.lesson
    state = "cancelled" if lesson.cancelled_at is not None else "changed" if one.of.changed else "plain"
    said = [
        say(
            "network-day-lesson",
            state=state,
            at=lesson.starts_at,
            course=lesson.course,
            group=lesson.group,
            place=lesson.where or "none",
            teacher=lesson.teacher,
        )
    ]
    said += [say("network-day-absent", names=_names(one.absent, say))] if one.absent else []
    said += [say("network-day-unread", names=_names(one.unread, say))] if one.unread else []
    return "\n".join(said)


def _names(some: Sequence[Learner], say: Say) -> str:
    """«Петров Миша, 7А; Шеуджен Дана, 7А; … и ещё 3»."""
    called = told_apart({one.id: one.full_name for one in some if one.full_name})
    named = [f"{called[one.id]}, {one.class_name}" for one in some if one.full_name][:NAMES]
    rest = len(some) - len(named)
    return "; ".join([*named, *([say.plain("lesson-call-rest", count=rest)] if rest else [])])
