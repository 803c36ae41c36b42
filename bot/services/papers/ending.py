"""Agreements that end soon: which of them a morning's letter speaks of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from storage.db import Tx
from storage.papers import agreements
from storage.papers.agreements import Agreed

AHEAD = (60, 30, 7)  # days before its last one an agreement is spoken of


async def ending(tx: Tx, schools: Collection[int], today: date, before: date) -> list[Agreed]:
    """Those of these schools that are 60, 30 or 7 days from their last one; where that day was none of work, on the next that is.

    `before`: the working day before, whose letter spoke of what fell on it.
    """
    soon = await agreements.ending(tx, schools, (today, today + timedelta(days=max(AHEAD))))
    return [one for one in soon if any(before < one.ends_on - timedelta(days=ahead) <= today for ahead in AHEAD)]
