"""How far a group has come in its course's programme: which topics were held, which come next."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.reading.letters import fold
from storage.journal.programme import Planned


def covered(programme: Sequence[Planned], held: Collection[str]) -> list[Planned]:
    """The topics of a programme that were held: written down in its words, whatever their case and spaces."""
    said = {fold(topic) for topic in held}
    return [one for one in programme if fold(one.topic) in said]


def to_come(programme: Sequence[Planned], held: Collection[str]) -> list[Planned]:
    """What was not held yet: first what follows the last that was, then what was passed over."""
    done = covered(programme, held)
    last = max((one.number for one in done), default=0)
    left = [one for one in programme if one not in done]
    return sorted(left, key=lambda one: (one.number < last, one.number))
