"""All that fit: which applications can be approved as they are, and approving them at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.clock import Moment
from bot.policy import Person, Thing, can
from bot.services.deciding.deciding import ACTION, Verdict, decide_all
from bot.services.enrollment.weighing import Scale, weigh
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper


@dataclass(frozen=True)
class Sorted:
    """Applications that wait: those that fit, and those something speaks against, with what."""

    fit: tuple[Paper, ...]
    left: tuple[tuple[Paper, Scale], ...]


async def sort_out(tx: Tx, waiting: Collection[int], *, by: Person, today: date) -> Sorted:
    """Which of these applications can be approved as they are, in the order given."""
    papers = {paper.id: paper for paper in await enrollment.papers(tx, ids=waiting) if paper.state == "submitted"}
    mine = [papers[one] for one in waiting if one in papers and can(by, ACTION, Thing(school_id=papers[one].school_id))]
    scales = await weigh(tx, mine, today)
    fit, left = [], []
    for paper in mine:
        if warns(paper, scales[paper.id]):
            left.append((paper, scales[paper.id]))
        else:
            fit.append(paper)
    return Sorted(tuple(fit), tuple(left))


def warns(paper: Paper, scale: Scale) -> bool:
    """Whether something speaks against a submitted wish, and nobody has let it pass."""
    return any(wish.state == "submitted" and scale[wish.id].warns for wish in paper.wishes)


async def approve_fitting(db: Database, applications: Sequence[int], *, by: Person, at: Moment) -> int:
    """Approve those of these applications that still wait and fit, in one transaction. Returns how many."""
    async with db.write() as tx:
        await enrollment.open_applications(tx, applications)  # nobody else decides on them from here on
        chosen = (await sort_out(tx, applications, by=by, today=at.today)).fit
        return len(await decide_all(tx, {paper.id: Verdict("approve") for paper in chosen}, by=by, at=at))
