"""Whom a letter gets to of those one may write to, and how the others are reached instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.services.messages.parties import Pair, Subject
from storage.db import Tx
from storage.messages import parties, subjects
from storage.messages.threads import Side
from storage.people import contacts
from storage.people.contacts import Contact


@dataclass(frozen=True)
class Reach:
    """`some`: who is there to be written to; `apart`: by side what those of the staff are called who have no bot now, and where to ask."""

    some: list[tuple[Subject, Pair]]
    apart: dict[Side, str] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)


async def reach(tx: Tx, found: Sequence[tuple[Subject, Pair]]) -> Reach:
    """Of these. A family is asked when it is chosen: whether it agreed to letters is for nobody's list."""
    absent = await parties.unreached(tx, {pair.theirs for _, pair in found})
    if not absent:
        return Reach(list(found))
    works = await contacts.work_of(tx, {side.id for side in absent if side.role == "teacher"})
    organizations = {works.get(side.id) if side.role == "teacher" else side.id for side in absent}
    names = await subjects.called(tx, absent)
    return Reach(
        some=[(about, pair) for about, pair in found if pair.theirs not in absent],
        apart=dict(sorted(names.items(), key=lambda one: (one[0].role, one[1]))),
        contacts=await contacts.of_organizations(tx, [each for each in organizations if each is not None]),
    )
