"""Whom a letter gets to of those one may write to, and how the others are reached instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from bot.services.messages.parties import Pair, Subject
from storage.db import Tx
from storage.messages import parties
from storage.messages.threads import FAMILY, Side
from storage.people import contacts
from storage.people.contacts import Contact

NAMED = 8  # of those who are not in the bot, and of the ways to reach them


@dataclass(frozen=True)
class Reach:
    """`some`: who is there to be written to; of the staff who have no bot now `apart` are how many, with what the first of them are
    called by side, and where to ask."""

    some: list[tuple[Subject, Pair]]
    apart: int = 0
    names: dict[Side, str] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)


async def reach(tx: Tx, found: Sequence[tuple[Subject, Pair]]) -> Reach:
    """Of these. A family is asked when it is chosen: whether it agreed to letters is for nobody's list."""
    there = await parties.there(tx, {pair.theirs.role for _, pair in found} - {*FAMILY})
    some, absent = list[tuple[Subject, Pair]](), dict[Side, None]()
    for about, pair in found:
        if pair.theirs.role in FAMILY or pair.theirs in there:
            some.append((about, pair))
        else:
            absent[pair.theirs] = None
    if not absent:
        return Reach(some)
    teachers = await contacts.employed(tx, {side.id for side in absent if side.role == "teacher"})
    offices = await contacts.names_of(tx, {side.id for side in absent if side.role != "teacher"})
    named = ((side, teachers[side.id].name if side.role == "teacher" else offices.get(side.id, "")) for side in absent)
    return Reach(
        some=some,
        apart=len(absent),
        names=dict(nsmallest(NAMED, named, key=lambda one: (one[0].role, one[1]))),
        contacts=await contacts.of_organizations(tx, offices.keys() | {one.organization_id for one in teachers.values()}, NAMED),
    )
