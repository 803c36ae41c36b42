"""A week of the timetable as it is drawn: the same facts as on the page, with a colour a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.documents.week import A_PICTURE, Drawn, DrawnDay, DrawnWeek
from bot.services.timetable.telling import given_names
from bot.services.timetable.week import Days, Shown
from bot.voice import Say
from bot.words.week import place_of


@dataclass(frozen=True)
class Look:
    """How a picture looks: the colour of each group's course, the children or the group beside it, light or dark."""

    colours: Mapping[int, int]  # by group
    who: Callable[[Shown], str]
    whose: str = ""
    dark: bool = False


def drawn(found: Sequence[Shown], days: Days, look: Look, today: date, say: Say) -> DrawnWeek:
    """A week; what is more than a picture holds is counted."""
    some = found[:A_PICTURE]
    by_day = groupby(some, key=lambda one: one.starts_at.astimezone(days.zone).date())
    last = date.fromordinal(days.first.toordinal() + days.count - 1)
    return DrawnWeek(
        title=say.plain("picture-title", monday=days.first, sunday=last),
        whose=look.whose,
        days=[_day(day, [*lessons], look, today, say) for day, lessons in by_day],
        more=say.plain("lesson-call-rest", count=len(found) - len(some)) if len(found) > len(some) else "",
        language=say.language,
        dark=look.dark,
    )


def _day(day: date, lessons: Sequence[Shown], look: Look, today: date, say: Say) -> DrawnDay:
    name = say.plain("picture-today", day=day) if day == today else say.plain("picture-day", day=day)
    return DrawnDay(name, day == today, [_lesson(one, look, say) for one in lessons])


def _lesson(one: Shown, look: Look, say: Say) -> Drawn:
    lesson = one.lesson
    return Drawn(
        begins=say.plain("picture-time", at=one.starts_at),
        ends=say.plain("picture-time", at=one.ends_at),
        course=lesson.course,
        colour=look.colours.get(lesson.group_id, lesson.group_id),
        who=look.who(one),
        where=place_of(lesson).replace(". ", ".\N{NO-BREAK SPACE}"),  # «каб. 2» stays together
        teacher=given_names(lesson.teacher).replace(" ", "\N{NO-BREAK SPACE}"),
        off=one.state in ("cancelled", "left"),
        note=_note(one, say),
    )


def _note(one: Shown, say: Say) -> str:
    match one.state:
        case "cancelled":
            return say.plain("picture-cancelled")
        case "left":
            return say.plain("picture-left", now=one.lesson.starts_at)
        case "moved":
            return say.plain("picture-moved", was=one.lesson.plan_starts_at)
    return ""
