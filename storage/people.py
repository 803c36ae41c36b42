"""Questions about people: who is this, who cares for whom, who holds which post."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from typing import Any

from sqlalchemy import Result, select, union_all
from sqlalchemy.sql import literal, null

from storage.db import Tx
from storage.tables import Guardianship, Person, Pupil, Staff

Held = tuple[str, int, int | None]  # ("guardian" | "student" | staff role, pupil or staff id, organization id)


class Who:
    """A person as stored, with what they hold; the doorman makes a policy.Person of it."""

    def __init__(self, row: Person, held: list[Held]) -> None:
        self.id = row.id
        self.name = row.name
        self.language = row.language
        self.detail = row.detail
        self.unreachable = row.unreachable_at is not None
        self.quiet: tuple[time, time] | None = (row.quiet_from, row.quiet_to) if row.quiet_from and row.quiet_to else None
        self.held = held


async def who(tx: Tx, telegram_id: int) -> Who | None:
    """Everything a person's rights follow from, or None for a stranger."""
    row = await tx.scalar(select(Person).where(Person.telegram_id == telegram_id))
    return None if row is None else Who(row, await held_by(tx, row.id))


async def held_by(tx: Tx, person_id: int) -> list[Held]:
    guards = select(literal("guardian").label("role"), Guardianship.pupil_id.label("thing"), null().label("organization")).join(
        Pupil, Pupil.id == Guardianship.pupil_id
    )
    rows: Result[Any, Any, Any] = await tx.execute(
        union_all(
            guards.where(Guardianship.person_id == person_id, Guardianship.until.is_(None), Pupil.archived_at.is_(None)),
            select(literal("student"), Pupil.id, null()).where(Pupil.person_id == person_id, Pupil.archived_at.is_(None)),
            select(Staff.role, Staff.id, Staff.organization_id).where(Staff.person_id == person_id, Staff.archived_at.is_(None)),
        )
    )
    return [(role, thing, organization) for role, thing, organization in rows]


async def family_of(tx: Tx, pupil_id: int) -> list[int]:
    """The people who hear of a pupil: guardians and the pupil, if they have the bot."""
    rows = await families_of(tx, [pupil_id])
    return rows.get(pupil_id, [])


async def families_of(tx: Tx, pupils: Collection[int]) -> dict[int, list[int]]:
    """For each pupil the ids of their guardians and of themself, where they have the bot."""
    found: dict[int, list[int]] = {}
    rows: Result[Any, Any] = await tx.execute(
        union_all(
            select(Guardianship.pupil_id, Guardianship.person_id).where(
                Guardianship.pupil_id.in_(pupils), Guardianship.until.is_(None)
            ),
            select(Pupil.id, Pupil.person_id).where(Pupil.id.in_(pupils), Pupil.person_id.is_not(None)),
        )
    )
    for pupil_id, person_id in rows:
        found.setdefault(pupil_id, []).append(person_id)
    return found


async def office(tx: Tx, *roles: str, organization_id: int | None = None) -> list[int]:
    """The people who hold a post in one of these roles (of this organization), where they have the bot."""
    question = select(Staff.person_id).where(Staff.role.in_(roles), Staff.person_id.is_not(None), Staff.archived_at.is_(None))
    if organization_id is not None:
        question = question.where(Staff.organization_id == organization_id)
    return sorted({person_id for person_id in await tx.scalars(question) if person_id is not None})


async def first_names(tx: Tx, pupils: Collection[int]) -> dict[int, str]:
    """Pupils' first names as a page calls them."""
    rows = await tx.execute(select(Pupil.id, Pupil.full_name).where(Pupil.id.in_(pupils)).order_by(Pupil.full_name))
    return {row.id: first_name(row.full_name) for row in rows}


def first_name(full_name: str) -> str:
    """«Иванов Миша Петрович» → «Миша»: ФИО begins with the surname; a single word stays as it is."""
    parts = full_name.split()
    return parts[1] if len(parts) > 1 else full_name
