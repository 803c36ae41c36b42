"""The classes a request names: those of its academic year, not today's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.services.network.years import class_in, running_now
from storage.db import Tx
from storage.requests.requests import Whole


async def with_classes(tx: Tx, whole: Whole, today: date) -> Whole:
    """The request as its partner needs it: in June, with the classes of September; of a past year, with those of then."""
    this = (await running_now(tx, today)).year
    if whole.year == this:
        return whole
    told = (replace(line, class_name=class_in(line.class_name, whole.year, this) or line.class_name) for line in whole.lines)
    return replace(whole, lines=tuple(told))
