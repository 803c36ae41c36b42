"""Questions about consent: for which child and which purpose it is in force."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Exists, exists, select

from storage.db import Tx
from storage.tables import Consent, Organization

Given = tuple[str, int | None]  # (purpose, the partner's organization id)


def in_force(person: ColumnElement[Any] | Any, pupil: ColumnElement[Any] | Any, purpose: str) -> Exists:
    """Whether this person's consent for this pupil and purpose is in force: a condition for other questions."""
    return exists().where(
        Consent.person_id == person, Consent.pupil_id == pupil, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )


async def consented(tx: Tx, person_id: int, pupil_id: int) -> bool:
    """Whether this guardian has agreed that this child's data are processed."""
    return bool(await tx.scalar(select(in_force(person_id, pupil_id, "processing"))))


async def given(tx: Tx, person_id: int, pupil_id: int) -> set[Given]:
    """What this guardian has agreed to for this child, as it stands."""
    rows = await tx.execute(
        select(Consent.purpose, Consent.organization_id).where(
            Consent.person_id == person_id, Consent.pupil_id == pupil_id, Consent.withdrawn_at.is_(None)
        )
    )
    return {(row.purpose, row.organization_id) for row in rows}


async def partners(tx: Tx) -> list[tuple[int, str]]:
    """The network's partners, to each of whom consent is its own: id and name, by name."""
    rows = await tx.execute(
        select(Organization.id, Organization.name)
        .where(Organization.role == "partner", Organization.archived_at.is_(None))
        .order_by(Organization.name, Organization.id)
    )
    return [(row.id, row.name) for row in rows]
