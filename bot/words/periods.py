"""What is said before the lessons of some days are changed together, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.timetable.periods.deciding import Done
from bot.services.timetable.periods.looking import Look
from bot.services.timetable.periods.meant import Deed
from bot.services.timetable.preview import Clash
from bot.services.timetable.typed_days import Period
from bot.voice import Say, lines
from bot.words.timetable import CLASHES, clash_words, with_unreached
from storage.timetable.timetable import Standing, Stood

LINES = 15  # lessons named on one page


def days_in_words(days: Period, say: Say) -> str:
    """«в четверг, 12 ноября» or «с 9 по 13 ноября»: with the year where the two days are of different ones."""
    if days.days == 1:
        return say("period-day", day=days.first)
    if days.first.year != days.last.year:
        return say("period-days-years", first=days.first, last=days.last)
    return say("period-days", first=days.first, last=days.last)


def listed(lessons: Sequence[Stood], say: Say) -> str:
    said = [_line(one, say) for one in lessons[:LINES]]
    return "\n".join([*said, *_more(len(lessons) - LINES, say)])


def _line(one: Stood, say: Say) -> str:
    return say("period-line", at=one.starts_at, course=one.course, group=one.group)


def _more(count: int, say: Say) -> list[str]:
    return [say("lesson-call-rest", count=count)] if count > 0 else []


def look_in_words(look: Look, days: Period, say: Say) -> str:
    """The question, the lessons one by one, what stands against it and who will hear."""
    return lines(
        [_question(look, days, say), becoming(look.to_be, look.deed, say), against(look.clashes, say), _heard(look, say)]
    )


def _question(look: Look, days: Period, say: Say) -> str:
    count, when = len(look.to_be), days_in_words(days, say)
    match look.deed.verb:
        case "cancel":
            return say("period-cancel", count=count, days=when)
        case "give":
            return say("period-give", count=count, days=when, teacher=look.teacher)
        case "room" | "place":
            return say("period-place", count=count, days=when, place=look.deed.words)
    return say("period-move", count=count, days=when)


def becoming(to_be: Sequence[tuple[Stood, Standing]], deed: Deed, say: Say) -> str:
    """A line for each lesson; of one that moves both hours."""
    if deed.verb not in ("days", "hour"):
        return listed([lesson for lesson, _ in to_be], say)
    said = [
        say("period-line-moved", course=one.course, group=one.group, was=one.starts_at, now=stands.starts_at)
        for one, stands in to_be[:LINES]
    ]
    return "\n".join([*said, *_more(len(to_be) - LINES, say)])


def against(found: Sequence[tuple[Stood, Clash]], say: Say) -> str:
    if not found:
        return ""
    said = [say("period-clash", at=lesson.starts_at, what=clash_words(clash, say)) for lesson, clash in found[:CLASHES]]
    return "\n".join([say("clash-title"), *said, *_more(len(found) - CLASHES, say)])


def _heard(look: Look, say: Say) -> str:
    told = []
    if look.at_once:
        told.append(say("lesson-told-now", count=look.at_once))
    if look.later:
        told.append(say("lesson-told-later", count=look.later, at=look.tell_at))
    return with_unreached("\n".join(told) or say("lesson-nobody-hears"), look.unreached, say)


def done_in_words(done: Done, say: Say) -> str:
    said = "\n".join([say("period-done", lessons=done.lessons), say("period-told", families=done.families)])
    return with_unreached(said, done.unreached, say)


def undone_in_words(done: Done, say: Say) -> str:
    said = "\n".join([say("period-undone", lessons=done.lessons), say("period-told", families=done.families)])
    return with_unreached(said, done.unreached, say)
