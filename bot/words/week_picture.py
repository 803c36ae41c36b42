"""A week of the timetable as it is drawn: the same facts as on the page, with a colour a course."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.documents.week import A_PICTURE, Drawn, DrawnDay, DrawnWeek
from bot.services.network.years import running_now
from bot.services.timetable.telling import given_names, place_of
from bot.services.timetable.views.narrowing import Looked, two_years
from bot.services.timetable.views.week import Days, Family, Shown, colours_of, colours_taught, lessons_of, lessons_taught
from bot.voice import Say
from storage.db import Tx
from storage.people import people


@dataclass(frozen=True)
class Drawing:
    """Which week is drawn, and how."""

    days: Days
    today: date
    dark: bool
    year: int = 0  # an academic year that is over; 0: the one that runs


@dataclass(frozen=True)
class Look:
    """How a picture looks: the colour of each group's course, the children or the group beside it, light or dark."""

    colours: Mapping[int, int]  # by group
    who: Callable[[Shown], str]
    whose: str = ""
    dark: bool = False


async def family_picture(tx: Tx, whose: Family, pupils: Collection[int], page: Drawing, say: Say) -> DrawnWeek | None:
    """A family's week; None: there is nothing in it. `pupils`: all of the family's, whose courses have the colours."""
    found = await lessons_of(tx, whose, page.days)
    if not found:
        return None
    colours = await colours_of(tx, pupils, whose.groups, page.year or (await running_now(tx, page.today)).year)
    names = await people.first_names(tx, whose.learning)
    look = Look(colours, lambda one: whose.who(one.lesson.group_id), ", ".join(names.values()), page.dark)
    return drawn(found, page.days, look, page.today, say)


async def staff_picture(tx: Tx, what: Looked, page: Drawing, say: Say) -> DrawnWeek | None:
    """A week of those who teach and organize; None: there is nothing in it."""
    found = await lessons_taught(tx, what.scope, what.narrowed, page.days)
    if not found:
        return None
    colours = await colours_taught(tx, what.scope, await two_years(tx, page.today))
    return drawn(found, page.days, Look(colours, lambda one: one.lesson.group, what.name, page.dark), page.today, say)


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
