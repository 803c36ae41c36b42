"""What a published draw gave one family's wishes: the number in the list and the lot, for its own pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.notices.allocation import padded
from bot.services.allocation.rules import lots
from storage.allocation import allocation
from storage.db import Tx
from storage.enrollment.enrollment import Paper


@dataclass(frozen=True)
class Drawn:
    """A wish in a published draw."""

    lot: str  # «0417»
    number: int  # in the list of those with a place, from 1; 0: the wish has none by this draw
    seats: int  # that were given out in that group


async def drawn_of(tx: Tx, papers: Sequence[Paper]) -> dict[int, Drawn]:
    """By wish, of these applications; the newest draw says the last word. Nothing before it is published."""
    found: dict[int, Drawn] = {}
    mine = {paper.id: paper for paper in papers if paper.state not in ("draft", "withdrawn")}
    if not mine:
        return found
    for kept in await allocation.published(tx, {paper.year for paper in mine.values()}):
        drawn = {each["number"]: each["wishes"] for each in kept.input["entrants"] if each["number"] in mine}
        if not drawn or kept.result is None:
            continue
        lot, places = lots(kept.seed, kept.input["numbers"]), _places(kept.result["lists"])
        for number, wishes in drawn.items():
            for wish, _ in wishes:
                group, place = places.get(wish, ("", 0))
                seats = kept.input["seats"].get(group, 0)
                found[wish] = Drawn(padded(lot[number], len(lot)), place, seats)
    return found


def _places(lists: dict[str, list[int]]) -> dict[int, tuple[str, int]]:
    """Wish → the group and the number in its list."""
    return {wish: (group, number) for group, wishes in lists.items() for number, wish in enumerate(wishes, 1)}
