"""An allocation in words, for the command line: what it is, and whether it comes out the same again."""

from __future__ import annotations

from bot.services.allocation.allocation import Checked, Seen
from bot.services.allocation.rules import counts
from bot.voice import Say


def seen_lines(seen: Seen, say: Say) -> list[str]:
    """`python -m bot allocation show ID`."""
    told = counts(seen.draw, seen.result)
    first, second = told.by_rank.get(1, 0), told.by_rank.get(2, 0)
    later = sum(told.by_rank.values()) - first - second
    waiting = sum(map(len, seen.result.reserve.values()))
    if seen.published_at is not None:
        title = say("allocation-published-title", number=seen.id, day=seen.published_at)
    else:
        title = say("allocation-drawn-title", number=seen.id)
    facts = {"first": first, "second": second, "later": later, "without": told.without}
    return [
        title,
        say("allocation-told", applications=told.applications, **facts, waiting=waiting),
        say("allocation-signed", seed=seen.seed, digest=seen.digest),
    ]


def checked_lines(checked: Checked, say: Say) -> list[str]:
    """`python -m bot allocation rerun ID`; the command fails unless `checked.well`."""
    return [
        say("allocation-checked", number=checked.id, applications=checked.applications, places=checked.places),
        say("allocation-signed", seed=checked.seed, digest=checked.digest),
        say("allocation-checked-input") if checked.input_as_signed else say("allocation-checked-input-wrong"),
        say("allocation-checked-same") if checked.same else say("allocation-checked-other"),
    ]
