"""Documents of learning, for the file a family takes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Achievement, Certificate


@dataclass(frozen=True)
class Held:
    """A document of learning: what it says, and whether it was revoked."""

    document: str  # certificate | note
    number: int
    says: dict[str, Any]
    issued_at: datetime
    revoked_at: datetime | None
    reason: str | None


async def certificates_of(tx: Tx, pupils: Collection[int]) -> dict[int, list[Held]]:
    """By pupil, revoked ones too."""
    rows = await tx.execute(
        select(
            Certificate.pupil_id,
            Certificate.kind.label("document"),
            Certificate.number,
            Certificate.facts.label("says"),
            Certificate.issued_at,
            Certificate.revoked_at,
            Certificate.reason,
        )
        .where(Certificate.pupil_id.in_(pupils))
        .order_by(Certificate.id)
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        if row.pupil_id is not None:
            said = {name: value for name, value in row._mapping.items() if name != "pupil_id"}
            found[row.pupil_id].append(Held(**said))
    return found


@dataclass(frozen=True)
class Achieved:
    """An achievement as the family or a teacher told it; its file is had in the chat."""

    year: int
    line: str
    state: str  # new | confirmed | declined
    made_at: datetime
    decided_at: datetime | None


async def achievements_of(tx: Tx, pupils: Collection[int]) -> dict[int, list[Achieved]]:
    """By pupil, declined ones too."""
    rows = await tx.execute(
        select(
            Achievement.pupil_id,
            Achievement.year,
            Achievement.line,
            Achievement.state,
            Achievement.made_at,
            Achievement.decided_at,
        )
        .where(Achievement.pupil_id.in_(pupils))
        .order_by(Achievement.id)
    )
    found: dict[int, list[Achieved]] = defaultdict(list)
    for row in rows:
        said = {name: value for name, value in row._mapping.items() if name != "pupil_id"}
        found[row.pupil_id].append(Achieved(**said))
    return found
