"""What is said before a lesson is changed: who will hear of it, and what stands against its new hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.clock import Moment
from bot.services.timetable.answers import Answers
from bot.services.timetable.moments import Span
from bot.services.timetable.preview import Clash, Preview
from bot.voice import Say, lines
from storage.timetable.timetable import Learner, Stood

CLASHES = 8  # lines of what stands against a new hour
NAMES = 25  # of those who have not answered, on a lesson's page
WHO = 3  # names in one such line


def will_hear(seen: Preview, say: Say) -> str:
    if not seen.families:
        told = say("lesson-nobody-hears")
    elif seen.tell_at is None:
        told = say("lesson-told-now", count=seen.families)
    else:
        told = say("lesson-told-later", count=seen.families, at=seen.tell_at)
    return with_unreached(told, seen.unreached, say)


def with_unreached(told: str, count: int, say: Say) -> str:
    """Whom the bot tells, and beside it how many families it cannot tell."""
    return "\n".join([told, say("families-unreached", count=count)]) if count else told


def clashes_in_words(found: Sequence[Clash], say: Say) -> str:
    if not found:
        return ""
    said = [_clash(clash, say) for clash in found[:CLASHES]]
    if len(found) > CLASHES:
        said.append(say("lesson-call-rest", count=len(found) - CLASHES))
    return "\n".join([say("clash-title"), *said])


def _clash(clash: Clash, say: Say) -> str:
    return say("clash-line", what=clash_words(clash, say))


def clash_words(clash: Clash, say: Say) -> str:
    """What stands against it, and whom it concerns; as plain text, for a line around it."""
    what = say.plain(clash.key, **clash.facts)
    if not clash.who:
        return what
    who, rest = ", ".join(one or say.plain("pupil-foreign") for one in clash.who[:WHO]), len(clash.who) - WHO
    if rest > 0:
        return say.plain("clash-of-many", who=who, rest=rest, what=what)
    return say.plain("clash-of", who=who, what=what)


def extra_in_words(seen: Preview, span: Span, at: Moment, say: Say) -> str:
    """An extra lesson before it is added; the year, where it is another."""
    return lines(
        [
            say("lesson-extra-preview", course=seen.lesson.course, at=span.starts, off=seen.lesson.starts_at),
            say("lesson-move-until", ends=span.ends) if span.ends is not None else "",
            other_year(span, at, say),
            clashes_in_words(seen.clashes, say),
            will_hear(seen, say),
        ]
    )


def move_in_words(seen: Preview, span: Span, at: Moment, say: Say) -> str:
    """A move before it is made: was and will be, the end where it was typed, the year where it is another."""
    return lines(
        [
            say("lesson-move-preview", course=seen.lesson.course, was=seen.lesson.starts_at, now=span.starts),
            say("lesson-move-until", ends=span.ends) if span.ends is not None else "",
            other_year(span, at, say),
            clashes_in_words(seen.clashes, say),
            will_hear(seen, say),
        ]
    )


def other_year(span: Span, at: Moment, say: Say) -> str:
    return say("lesson-move-other-year", to=span.starts) if span.starts.astimezone(at.zone).year != at.today.year else ""


def lesson_facts(stood: Stood, pupils: int, off: datetime | None, say: Say) -> list[str]:
    """`off`: of an extra lesson, when the cancelled one was to be."""
    said = [
        say("lesson-page", course=stood.course, group=stood.group),
        say("lesson-when", starts=stood.starts_at, ends=stood.ends_at),
    ]
    if stood.cancelled_at is not None:
        said.append(say("lesson-is-cancelled"))
    elif stood.starts_at != stood.plan_starts_at:
        said.append(say("lesson-was-planned", planned=stood.plan_starts_at))
    if off is not None:
        said.append(say("lesson-makes-up", off=off))
    place = stood.where
    said.append(
        say("lesson-place", organization=stood.organization, place=place)
        if place
        else say("lesson-place-only", organization=stood.organization)
    )
    return [*said, say("lesson-teacher-name", teacher=stood.teacher), say("lesson-pupils", count=pupils)]


def who_saw(answered: Answers, missing: Sequence[Learner], say: Say) -> str:
    if not answered.pupils:
        return ""
    said = [say("lesson-seen-by", seen=answered.seen, total=len(answered.pupils))]
    if missing:
        named = [one for one in missing if one.full_name]
        said.append(say("lesson-missing"))
        said += [say("lesson-call-line", name=f"{one.full_name}, {one.class_name}") for one in named[:NAMES]]
        if len(named) > NAMES:
            said.append(say("lesson-call-rest", count=len(named) - NAMES))
        foreign = sum(one.foreign for one in missing)
        if nameless := len(missing) - len(named) - foreign:
            said.append(say("families-nameless", count=nameless))
        if foreign:
            said.append(say("pupils-foreign", count=foreign))
    return "\n".join(said)
