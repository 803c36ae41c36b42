"""Whom a questionnaire is for: the children it is about, and who of their families has the bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.people.classes import class_of
from storage.people.consent import in_force, own_account
from storage.people.people import first_name
from storage.tables import Application, Choice, Guardianship, Person, Pupil


@dataclass(frozen=True)
class About:
    """A child a questionnaire may be about, with its class in the questionnaire's year; empty: it will have left school."""

    pupil_id: int
    first_name: str
    class_name: str
    school_id: int


async def about(tx: Tx, pupils: Collection[int], year: int) -> list[About]:
    """These children, by name."""
    rows = await tx.execute(
        select(Pupil.id, Pupil.full_name, class_of(year).label("class_name"), Pupil.school_id)
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [About(row.id, first_name(row.full_name), row.class_name, row.school_id) for row in rows]


async def classes_at(tx: Tx, school_id: int, year: int) -> dict[int, str]:
    """The class in that year of every pupil of a school who will be there."""
    rows = await tx.execute(
        select(Pupil.id, class_of(year).label("class_name")).where(Pupil.school_id == school_id, Pupil.archived_at.is_(None))
    )
    return {row.id: row.class_name for row in rows if row.class_name}


async def guardians(tx: Tx, school_id: int) -> dict[int, set[int]]:
    """By pupil of a school the guardians who agreed to be written to and have the bot."""
    rows = await tx.execute(
        select(Guardianship.pupil_id, Guardianship.person_id)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .join(Person, Person.id == Guardianship.person_id)
        .where(
            Pupil.school_id == school_id,
            Guardianship.until.is_(None),
            in_force(Guardianship.person_id, Guardianship.pupil_id, "processing"),
            in_force(Guardianship.person_id, Guardianship.pupil_id, "messages"),
            Person.telegram_id.is_not(None),
            Person.unreachable_at.is_(None),
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.pupil_id].add(row.person_id)
    return found


async def themselves(tx: Tx, school_id: int) -> dict[int, set[int]]:
    """By pupil of a school their own account, while a guardian's consent stands."""
    rows = await tx.execute(
        select(Pupil.id, Pupil.person_id)
        .join(Person, Person.id == Pupil.person_id)
        .where(Pupil.school_id == school_id, own_account(Pupil.person_id), Person.telegram_id.is_not(None))
        .where(Person.unreachable_at.is_(None))
    )
    return {row.id: {row.person_id} for row in rows}


async def wards(tx: Tx, people: Collection[int]) -> dict[int, set[int]]:
    """By person the children they act for."""
    rows = await tx.execute(
        select(Guardianship.person_id, Guardianship.pupil_id).where(
            Guardianship.person_id.in_(people), Guardianship.until.is_(None)
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.person_id].add(row.pupil_id)
    return found


async def learning(tx: Tx, pupils: Collection[int], year: int) -> dict[int, set[int]]:
    """By child the courses of that year it learns in."""
    rows = await tx.execute(
        select(Application.pupil_id, Choice.course_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(Application.pupil_id.in_(pupils), Application.year == year, Choice.state == "enrolled")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.pupil_id].add(row.course_id)
    return found
