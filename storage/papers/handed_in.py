"""Applications as they were handed in: each version's facts, whose it is, and those whose family has withdrawn its consent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.db import Tx
from storage.tables import Application, ApplicationVersion, Pupil


@dataclass(frozen=True)
class Version:
    version: int  # from 1
    made_at: datetime
    facts: dict[str, Any]


async def versions(tx: Tx, application_id: int) -> list[Version]:
    """All of an application, the first before the later ones."""
    rows = await tx.scalars(
        select(ApplicationVersion).where(ApplicationVersion.application_id == application_id).order_by(ApplicationVersion.version)
    )
    return [Version(row.version, row.made_at, row.facts) for row in rows]


async def add(tx: Tx, application_id: int, facts: dict[str, Any], *, now: datetime) -> None:
    """One more version, unless it would say what the last one says."""
    known = await versions(tx, application_id)
    if not known or known[-1].facts != facts:
        number = known[-1].version + 1 if known else 1
        tx.add(ApplicationVersion(application_id=application_id, version=number, made_at=now, facts=facts))


@dataclass(frozen=True)
class Whose:
    """Whose application it is; no pupil: erased, the paper is the school's."""

    pupil_id: int | None
    school_id: int | None
    state: str


async def whose(tx: Tx, application_id: int) -> Whose | None:
    rows = await tx.execute(
        select(Application.pupil_id, func.coalesce(Pupil.school_id, Application.school_id).label("school_id"), Application.state)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .where(Application.id == application_id)
    )
    row = rows.one_or_none()
    return None if row is None else Whose(**row._mapping)


@dataclass(frozen=True)
class Withdrawn:
    """A paper of a family that has withdrawn its consent: a number and a day."""

    application_id: int
    made_at: datetime


async def withdrawn(tx: Tx, schools: Collection[int]) -> list[Withdrawn]:
    """Those these schools keep, the newest first."""
    rows = await tx.execute(
        select(Application.id.label("application_id"), func.max(ApplicationVersion.made_at).label("made_at"))
        .join(ApplicationVersion, ApplicationVersion.application_id == Application.id)
        .where(Application.pupil_id.is_(None), Application.school_id.in_(schools))
        .group_by(Application.id)
        .order_by(Application.id.desc())
    )
    return [Withdrawn(**row._mapping) for row in rows]
