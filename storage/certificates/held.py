"""Documents of learning, for the file a family takes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Certificate


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
            found[row.pupil_id].append(Held(row.document, row.number, row.says, row.issued_at, row.revoked_at, row.reason))
    return found
