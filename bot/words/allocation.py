"""An allocation in words, for pages and the command line: what it is, whom it placed, whether it comes out the same again."""

from __future__ import annotations

from bot.notices.allocation import padded
from bot.services.allocation.allocation import Checked, Seen
from bot.services.allocation.rules import counts
from bot.services.allocation.view import GroupView, Row
from bot.services.courses.clashes import brief
from bot.voice import Say


def drawn_title(seen: Seen, say: Say) -> str:
    """Which distribution it is, and how far."""
    if seen.published_at is not None:
        return say("allocation-published-title", number=seen.id, day=seen.published_at)
    return say("allocation-rest-title", number=seen.id) if seen.follows_id else say("allocation-drawn-title", number=seen.id)


def drawn_told(seen: Seen, without: int, say: Say) -> str:
    """Who gets a place, who waits; `without`: applications whose child has no place at all."""
    waiting = sum(map(len, seen.result.reserve.values()))
    if seen.follows_id is not None:
        return say("allocation-rest-told", found=len(seen.result.places), kept=len(seen.result.kept), waiting=waiting)
    told = counts(seen.draw, seen.result)
    first, second = told.by_rank.get(1, 0), told.by_rank.get(2, 0)
    later = sum(told.by_rank.values()) - first - second
    facts = {"first": first, "second": second, "later": later, "without": without, "elsewhere": told.without - without}
    return say("allocation-told", applications=told.applications, **facts, waiting=waiting)


def seen_lines(seen: Seen, without: int, say: Say) -> list[str]:
    """`python -m bot allocation show ID`."""
    return [drawn_title(seen, say), drawn_told(seen, without, say), say("allocation-signed", seed=seen.seed, digest=seen.digest)]


def checked_lines(checked: Checked, say: Say) -> list[str]:
    """`python -m bot allocation rerun ID`; the command fails unless `checked.well`."""
    return [
        say("allocation-checked", number=checked.id, applications=checked.applications, places=checked.places),
        say("allocation-signed", seed=checked.seed, digest=checked.digest),
        say("allocation-checked-input") if checked.input_as_signed else say("allocation-checked-input-wrong"),
        say("allocation-checked-same") if checked.same else say("allocation-checked-other"),
    ]


def row_facts(row: Row, say: Say) -> dict[str, str | int]:
    """The facts of a line of a group's list; a child nobody may name here is the number of its application."""
    whose = row.named
    foreign = "yes" if row.foreign else "no"
    child = say.plain("allocation-of-number", number=row.application, foreign=foreign)
    if whose:
        child = f"{brief(whose.child, 80)}, {whose.class_name}"
    why = ", ".join(say.plain("priority", which=name) for name in row.held)
    rank = whose.rank if whose else 0
    return {"number": row.number, "child": child, "lot": padded(row.lot, row.of), "rank": rank, "why": f" · {why}" if why else ""}


def group_name(group: GroupView) -> str:
    """«Робототехника, РОБО-1»."""
    return f"{brief(group.course, 60)}, {group.code}"
