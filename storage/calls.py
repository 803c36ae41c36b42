"""Questions about the coordinator's list of calls: families nobody of which has the bot, and what each is to be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage.db import Tx
from storage.tables import Call, Guardianship, Person, Pupil


async def unreached(tx: Tx, pupils: Collection[int]) -> set[int]:
    """Those of these pupils whom no message reaches: neither a guardian nor the pupil has the bot (or has not blocked it)."""
    answers = (Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
    guardian = (
        select(Guardianship.id)
        .join(Person, Person.id == Guardianship.person_id)
        .where(Guardianship.pupil_id == Pupil.id, Guardianship.until.is_(None), *answers)
        .correlate(Pupil)
    )
    own = select(Person.id).where(Person.id == Pupil.person_id, *answers).correlate(Pupil)
    rows = await tx.scalars(
        select(Pupil.id).where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None), ~guardian.exists(), ~own.exists())
    )
    return set(rows)


async def waiting_of(tx: Tx, pupil_id: int, topic: str) -> list[Call]:
    """The calls of this topic not yet made: rows to be changed."""
    return list(
        await tx.scalars(
            select(Call).where(Call.pupil_id == pupil_id, Call.topic == topic, Call.done_at.is_(None)).with_for_update()
        )
    )


async def known(tx: Tx, pupil_id: int, kind: str, topic: str, version: str) -> bool:
    """Whether this very thing is, or was, on the list."""
    same = (Call.kind == kind, Call.topic == topic, Call.version == version)
    question = select(Call.id).where(Call.pupil_id == pupil_id, *same)
    return await tx.scalar(question.limit(1)) is not None


@dataclass(frozen=True)
class Family:
    """A pupil whose family is to be called."""

    pupil_id: int
    child: str  # ФИО
    class_name: str
    school_id: int


async def families(tx: Tx, schools: Collection[int]) -> list[Family]:
    """Whose families wait for a call, the longest waiting first."""
    rows = await tx.execute(
        select(Pupil.id, Pupil.full_name, Pupil.class_name, Pupil.school_id)
        .join(Call, Call.pupil_id == Pupil.id)
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), Call.done_at.is_(None))
        .group_by(Pupil.id, Pupil.full_name, Pupil.class_name, Pupil.school_id)
        .order_by(func.min(Call.id))
    )
    return [Family(*row) for row in rows]


async def school_of(tx: Tx, pupil_id: int) -> int | None:
    return await tx.scalar(select(Pupil.school_id).where(Pupil.id == pupil_id))


@dataclass(frozen=True)
class ToSay:
    """One thing to tell a family."""

    id: int
    kind: str
    facts: dict[str, Any]
    at: datetime


async def to_say(tx: Tx, pupil_id: int) -> list[ToSay]:
    """What one family is to be told, in order of time."""
    rows = await tx.execute(
        select(Call.id, Call.kind, Call.facts, Call.created_at)
        .where(Call.pupil_id == pupil_id, Call.done_at.is_(None))
        .order_by(Call.id)
    )
    return [ToSay(*row) for row in rows]


async def done_at(tx: Tx, pupil_id: int, call_id: int) -> datetime | None:
    """When this call was made."""
    return await tx.scalar(select(Call.done_at).where(Call.pupil_id == pupil_id, Call.id == call_id))
