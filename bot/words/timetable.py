"""What is said before a lesson is changed: who will hear of it, and what stands against its new hour."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.timetable.preview import Clash, Preview
from bot.voice import Say

CLASHES = 8  # lines of what stands against a new hour
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
    return "\n".join([told, say("lesson-unreached", count=count)]) if count else told


def clashes_in_words(found: Sequence[Clash], say: Say) -> str:
    if not found:
        return ""
    said = [_clash(clash, say) for clash in found[:CLASHES]]
    if len(found) > CLASHES:
        said.append(say("lesson-call-rest", count=len(found) - CLASHES))
    return "\n".join([say("clash-title"), *said])


def _clash(clash: Clash, say: Say) -> str:
    what = say.plain(clash.key, **clash.facts)
    if not clash.who:
        return say("clash-line", what=what)
    who, rest = ", ".join(one or say("pupil-foreign") for one in clash.who[:WHO]), len(clash.who) - WHO
    return say("clash-line-of-many", who=who, rest=rest, what=what) if rest > 0 else say("clash-line-of", who=who, what=what)
