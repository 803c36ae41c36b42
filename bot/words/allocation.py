"""An allocation in words, for pages and the command line: what it is, and whether it comes out the same again."""

from __future__ import annotations

from bot.services.allocation.allocation import Checked, Seen
from bot.services.allocation.rules import counts
from bot.voice import Say


def title(seen: Seen, say: Say) -> str:
    """Which distribution it is, and how far."""
    if seen.published_at is not None:
        return say("allocation-published-title", number=seen.id, day=seen.published_at)
    return say("allocation-rest-title", number=seen.id) if seen.follows_id else say("allocation-drawn-title", number=seen.id)


def standing(seen: Seen, say: Say) -> str:
    """Who gets a place, who waits."""
    waiting = sum(map(len, seen.result.reserve.values()))
    if seen.follows_id is not None:
        return say("allocation-rest-told", found=len(seen.result.places), kept=len(seen.result.kept), waiting=waiting)
    told = counts(seen.draw, seen.result)
    first, second = told.by_rank.get(1, 0), told.by_rank.get(2, 0)
    later = sum(told.by_rank.values()) - first - second
    facts = {"first": first, "second": second, "later": later, "without": told.without}
    return say("allocation-told", applications=told.applications, **facts, waiting=waiting)


def seen_lines(seen: Seen, say: Say) -> list[str]:
    """`python -m bot allocation show ID`."""
    return [title(seen, say), standing(seen, say), say("allocation-signed", seed=seen.seed, digest=seen.digest)]


def checked_lines(checked: Checked, say: Say) -> list[str]:
    """`python -m bot allocation rerun ID`; the command fails unless `checked.well`."""
    return [
        say("allocation-checked", number=checked.id, applications=checked.applications, places=checked.places),
        say("allocation-signed", seed=checked.seed, digest=checked.digest),
        say("allocation-checked-input") if checked.input_as_signed else say("allocation-checked-input-wrong"),
        say("allocation-checked-same") if checked.same else say("allocation-checked-other"),
    ]
