"""Whom a consent on paper is about: the child, who acts for it, what was agreed to in the bot; to whom data may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from storage.db import Tx
from storage.people.classes import last_class
from storage.tables import Consent, Guardianship, Organization, Person, Pupil


@dataclass(frozen=True)
class Subject:
    """A child, and who signs for it."""

    pupil_id: int
    school_id: int
    child: str
    class_name: str
    birth_date: date | None
    guardian: str | None  # ФИО as they typed it; None: nobody acts for the child in the bot
    given: Mapping[tuple[str, int | None], datetime]  # purpose and partner → when it was agreed to in the bot


@dataclass(frozen=True)
class Recipient:
    """A partner as a consent names it."""

    id: int
    name: str
    address: str | None


async def recipients(tx: Tx) -> list[Recipient]:
    rows = await tx.execute(
        select(Organization.id, Organization.name, Organization.address)
        .where(Organization.role == "partner", Organization.archived_at.is_(None))
        .order_by(Organization.name, Organization.id)
    )
    return [Recipient(**row._mapping) for row in rows]


async def subjects(tx: Tx, pupils: Collection[int], year: int, *, person_id: int | None = None) -> list[Subject]:
    """These pupils by name, each with this guardian; without one, with the first who acts for it."""
    rows = await tx.execute(
        select(
            Pupil.id.label("pupil_id"),
            Pupil.school_id,
            Pupil.full_name.label("child"),
            last_class(year).label("class_name"),
            Pupil.birth_date,
        )
        .where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    children = list(rows)
    acting = await _acting(tx, pupils, person_id)
    given = await _given(tx, pupils)
    found = []
    for row in children:
        guardian, name = acting.get(row.pupil_id, (None, None))
        own = {
            (purpose, partner): at
            for (who, pupil, purpose, partner), at in given.items()
            if (who, pupil) == (guardian, row.pupil_id)
        }
        found.append(Subject(**row._mapping, guardian=name, given=own))
    return found


async def _acting(tx: Tx, pupils: Collection[int], person_id: int | None) -> dict[int, tuple[int, str | None]]:
    question = (
        select(Guardianship.pupil_id, Person.id, func.nullif(Person.name, "").label("name"))
        .join(Person, Person.id == Guardianship.person_id)
        .where(Guardianship.pupil_id.in_(pupils), Guardianship.until.is_(None))
        .order_by(Guardianship.id.desc())
    )
    if person_id is not None:
        question = question.where(Person.id == person_id)
    return {row.pupil_id: (row.id, row.name) for row in await tx.execute(question)}


async def _given(tx: Tx, pupils: Collection[int]) -> dict[tuple[int, int, str, int | None], datetime]:
    rows = await tx.execute(
        select(Consent.person_id, Consent.pupil_id, Consent.purpose, Consent.organization_id, Consent.given_at).where(
            Consent.pupil_id.in_(pupils), Consent.withdrawn_at.is_(None)
        )
    )
    return {(row.person_id, row.pupil_id, row.purpose, row.organization_id): row.given_at for row in rows}


@dataclass(frozen=True)
class SchoolClass:
    """A class of a school; `pupil_id`: one of it, by whom a button names the class."""

    school_id: int
    school: str
    class_name: str
    pupil_id: int
    children: int


async def classes(tx: Tx, schools: Collection[int], year: int) -> list[SchoolClass]:
    """The classes of these schools in a year: by school, from the youngest."""
    name = last_class(year)
    rows = await tx.execute(
        select(
            Organization.id.label("school_id"),
            Organization.name.label("school"),
            name.label("class_name"),
            func.min(Pupil.id).label("pupil_id"),
            func.count(Pupil.id).label("children"),
        )
        .join(Organization, Organization.id == Pupil.school_id)
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .group_by(Organization.id, Organization.name, name)
    )
    found = [SchoolClass(**row._mapping) for row in rows if row.class_name]
    return sorted(found, key=lambda one: (one.school, len(one.class_name), one.class_name))


async def classmates(tx: Tx, pupil_id: int, schools: Collection[int], year: int) -> list[int]:
    """Everybody of the class a pupil of these schools is in."""
    name = last_class(year)
    of = (
        await tx.execute(
            select(Pupil.school_id, name.label("class_name")).where(
                Pupil.id == pupil_id, Pupil.school_id.in_(schools), Pupil.archived_at.is_(None)
            )
        )
    ).one_or_none()
    if of is None:
        return []
    where = (Pupil.school_id == of.school_id, name == of.class_name, Pupil.archived_at.is_(None))
    return list(await tx.scalars(select(Pupil.id).where(*where).order_by(Pupil.full_name, Pupil.id)))
