"""Some days of the timetable in words: a line a lesson, a paragraph a day, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.services.courses.clashes import brief
from bot.services.timetable.telling import given_names, place_of
from bot.services.timetable.views.narrowing import Looked
from bot.services.timetable.views.week import Days, Family, Next, Shown
from bot.voice import Say, lines

AT_MOST = 3500  # characters of a page: a message must fit, its title and last lines too
AN_HOUR = 60  # minutes
LABEL = 40  # characters of a name on a button


def of_days(found: Sequence[Shown], whose: Family, days: Days, say: Say) -> str:
    """Every lesson of some days, a paragraph a day under its heading; of one day without. As many as a message takes."""
    said = _fitting([_with_away(one, whose, say) for one in found])
    paragraphs = said if days.count == 1 else _by_day(found, said, days.zone, say)
    more = say("timetable-more", count=len(found) - len(said)) if len(said) < len(found) else ""
    return lines([*paragraphs, more])


def _with_away(one: Shown, whose: Family, say: Say) -> str:
    words = lesson_in_words(one, whose.who(one.lesson.group_id), say)
    if not one.away or one.state in ("cancelled", "left"):
        return words
    who = ", ".join(whose.names[pupil] for pupil in one.away if pupil in whose.names)
    return f"{words}\n{say('timetable-away', who=who or 'none')}"


def _fitting(said: Sequence[str]) -> list[str]:
    sizes = list(accumulate(len(one) for one in said))
    return [one for one, size in zip(said, sizes, strict=True) if size <= AT_MOST]


def _by_day(found: Sequence[Shown], said: Sequence[str], zone: ZoneInfo, say: Say) -> list[str]:
    days: dict[date, list[str]] = {}
    for one, words in zip(found, said, strict=False):  # what does not fit was left out at the end
        on = one.starts_at.astimezone(zone).date()
        days.setdefault(on, [say("timetable-day", day=on)]).append(words)
    return ["\n".join(some) for some in days.values()]


def lesson_in_words(one: Shown, who: str, say: Say) -> str:
    """A lesson as a family's page shows it; who: the children, where there are several."""
    lesson, starts, ends = one.lesson, one.starts_at, one.ends_at
    match one.state:
        case "cancelled" if who:
            return say("timetable-cancelled-of", starts=starts, ends=ends, course=lesson.course, who=who)
        case "cancelled":
            return say("timetable-cancelled", starts=starts, ends=ends, course=lesson.course)
        case "left" if who:
            now = lesson.starts_at
            return say("timetable-left-of", starts=starts, ends=ends, course=lesson.course, who=who, now=now)
        case "left":
            return say("timetable-left", starts=starts, ends=ends, course=lesson.course, now=lesson.starts_at)
    if who:
        first = say("timetable-lesson-of", starts=starts, ends=ends, course=lesson.course, who=who)
    else:
        first = say("timetable-lesson", starts=starts, ends=ends, course=lesson.course)
    said = [first, say("timetable-where", place=place_of(lesson), teacher=given_names(lesson.teacher))]
    if one.state == "moved":
        said.append(say("timetable-moved-from", was=lesson.plan_starts_at))
    return "\n".join(said)


def coming(soon: Next | None, whose: Family, zone: ZoneInfo, say: Say) -> str:
    """«Ближайшее: «Робототехника» через 2 часа, ехать 15 минут.»"""
    if soon is None:
        return say("timetable-no-next")
    lesson, who = soon.lesson, whose.who(soon.lesson.group_id)
    if soon.goes_on:
        return say("timetable-next-now", ends=lesson.ends_at, course=lesson.course, who=who or "none")
    if soon.soon(zone):
        left = say.plain("timetable-in", time=_duration(soon.left, say))
        road = say.plain("timetable-road", time=_duration(soon.road, say)) if soon.road else ""
        return say("timetable-next-soon", left=left + road, course=lesson.course, who=who or "none")
    if who:
        return say("timetable-next-of", course=lesson.course, at=lesson.starts_at, who=who)
    return say("timetable-next", course=lesson.course, at=lesson.starts_at)


def _duration(minutes: int, say: Say) -> str:
    """«2 часа», «1 час 5 минут», «15 минут»."""
    hours, rest = divmod(minutes, AN_HOUR)
    said = [say.plain("duration-hours", count=hours)] if hours else []
    return " ".join([*said, say.plain("duration-minutes", count=rest)] if rest or not hours else said)


def label(name: str) -> str:
    """A name as a button has room for it."""
    return brief(name, LABEL)


def staff_button(one: Shown, say: Say) -> str:
    return say.plain("lessons-line", state=one.state, at=one.starts_at, course=label(one.lesson.course))


def staff_title(found: Sequence[Shown], days: Days, what: Looked, say: Say) -> str:
    """What a list of lessons is: its days, and what they are narrowed to."""
    sunday = days.first + timedelta(days=6)
    if days.count == 1:
        title = say("lessons-day", day=days.first)
    elif found and what.narrowed.group:
        lesson = found[0].lesson
        title = say("lessons-week-group", course=lesson.course, group=lesson.group, monday=days.first, sunday=sunday)
    else:
        title = say("lessons-week", monday=days.first, sunday=sunday)
    return "\n".join([title, say("lessons-of", what=what.what, name=what.name)]) if what.name else title


def staff_text(found: Sequence[Shown], soon: datetime | None, days: Days, opens_them: bool, say: Say) -> str:
    """What a list of lessons says below its title: of a day the lessons themselves, and of a week where they are no buttons."""
    if found:
        said = [] if opens_them and days.count > 1 else [staff_line(one, say) for one in found]
        if days.count > 1:
            return lines([*_by_day(found, said, days.zone, say), say("lessons-choose") if opens_them else ""])
        return lines(["\n".join(said), say("lessons-choose") if opens_them else ""])
    if days.count == 1:
        return say("lessons-empty-day")
    return say("lessons-empty-next", at=soon) if soon else say("lessons-empty")


def staff_line(one: Shown, say: Say) -> str:
    """A lesson on the page of a day: when, what, which group, where, who gives it."""
    lesson = one.lesson
    return say(
        "lessons-of-day-line",
        state=one.state,
        at=one.starts_at,
        now=lesson.starts_at,
        course=lesson.course,
        group=lesson.group,
        place=place_of(lesson),
        teacher=lesson.teacher,
    )
