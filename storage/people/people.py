"""Questions about people: who is this, who cares for whom, who holds which post."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, CompoundSelect, Result, bindparam, cast, func, not_, select, union_all
from sqlalchemy.sql import literal, null

from storage.db import Tx
from storage.people.classes import last_class
from storage.people.consent import in_force, own_account
from storage.prepared import Prepared, several
from storage.tables import Application, Choice, Guardianship, Person, Pupil, Staff

# ("ward": a child they act for | "guardian": and may, for they have agreed that its data are processed | "student" | "closed": the
# pupil they are, while no guardian's consent stands | staff role, pupil or staff id, organization id)
Held = tuple[str, int, int | None]
LONGEST_NAME = 40  # characters of a first name a page shows


async def who(tx: Tx, telegram_id: int) -> Any:
    """The row of the person of this Telegram account; None: a stranger. What they hold: `held_by`."""
    return await _WHO.first(tx, telegram_id=telegram_id)


async def name_of(tx: Tx, person_id: int) -> str:
    """A person's ФИО; empty: a guardian who has not said it yet."""
    return await tx.scalar(select(Person.name).where(Person.id == person_id)) or ""


async def language(tx: Tx, telegram_id: int) -> str | None:
    """The language a person has chosen; None: a stranger, or nobody who chose."""
    return await tx.scalar(select(Person.language).where(Person.telegram_id == telegram_id))


async def held_by(tx: Tx, person_id: int) -> list[Held]:
    """What a person's rights follow from."""
    return [(role, thing, organization) for role, thing, organization in await _HELD.rows(tx, person_id=person_id)]


def _held() -> CompoundSelect[Any, Any, Any]:
    this = bindparam("person_id", type_=BigInteger)
    nowhere = cast(null(), BigInteger)  # PostgreSQL will not put a bare NULL beside a number
    wards = (
        select(literal("ward").label("role"), Guardianship.pupil_id.label("thing"), nowhere.label("organization"))
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .where(Guardianship.person_id == this, Guardianship.until.is_(None), Pupil.archived_at.is_(None))
    )
    guarded = (
        select(literal("guardian"), Guardianship.pupil_id, nowhere)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .where(Guardianship.person_id == this, Guardianship.until.is_(None), Pupil.archived_at.is_(None))
        .where(in_force(Guardianship.person_id, Guardianship.pupil_id, "processing"))
    )
    return union_all(
        wards,
        guarded,
        select(literal("student"), Pupil.id, nowhere).where(own_account(this), Pupil.archived_at.is_(None)),
        select(literal("closed"), Pupil.id, nowhere).where(
            Pupil.person_id == this, not_(own_account(this)), Pupil.archived_at.is_(None)
        ),
        select(Staff.role, Staff.id, Staff.organization_id).where(Staff.person_id == this, Staff.archived_at.is_(None)),
    )


_WHO = Prepared(
    select(
        Person.id,
        Person.name,
        Person.language,
        Person.detail,
        Person.muted,
        Person.quiet_from,
        Person.quiet_to,
        Person.unreachable_at,
    ).where(Person.telegram_id == bindparam("telegram_id", type_=BigInteger))
)
_HELD = Prepared(_held())


@dataclass(frozen=True)
class Child:
    """A child somebody acts for, as their pages call it."""

    pupil_id: int
    first_name: str
    class_name: str
    consented: bool  # without it the pages on this child are closed


async def children_of(tx: Tx, person_id: int, year: int) -> list[Child]:
    """The children this person acts for, by name, with the class of that year, those without consent too."""
    rows = await tx.execute(
        select(
            Pupil.id,
            Pupil.full_name,
            last_class(year).label("class_name"),
            in_force(Guardianship.person_id, Guardianship.pupil_id, "processing").label("consented"),
        )
        .join(Guardianship, Guardianship.pupil_id == Pupil.id)
        .where(Guardianship.person_id == person_id, Guardianship.until.is_(None), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [Child(row.id, first_name(row.full_name), row.class_name, bool(row.consented)) for row in rows]


async def offers_waiting(tx: Tx, pupils: Collection[int]) -> list[str]:
    """The first names of those who have been offered a place and have not answered."""
    return [first_name(name) for name in await _OFFERED.column(tx, pupils=pupils)]


_OFFERED = Prepared(
    select(Pupil.full_name)
    .join(Application, Application.pupil_id == Pupil.id)
    .join(Choice, Choice.application_id == Application.id)
    .where(Pupil.id.in_(several("pupils")), Choice.state == "offered")
    .group_by(Pupil.id, Pupil.full_name)
    .order_by(Pupil.full_name)
)


async def unsent(tx: Tx, person_id: int, pupils: Collection[int]) -> list[tuple[int, str]]:
    """Drafts this guardian began and did not send, the newest first: the application and the child's first name."""
    rows = await _UNSENT.rows(tx, person=person_id, pupils=pupils)
    return [(application, first_name(name)) for application, name in rows]


_UNSENT = Prepared(
    select(Application.id, Pupil.full_name)
    .join(Pupil, Pupil.id == Application.pupil_id)
    .where(Pupil.id.in_(several("pupils")), Application.person_id == bindparam("person"), Application.state == "draft")
    .order_by(Application.id.desc())
)


async def applications_waiting(tx: Tx, schools: Collection[int]) -> int:
    """How many applications of these schools' pupils wait for the coordinator."""
    question = select(func.count(Application.id)).join(Pupil, Pupil.id == Application.pupil_id)
    return await tx.scalar(question.where(Pupil.school_id.in_(schools), Application.state == "submitted")) or 0


async def families_of(tx: Tx, pupils: Collection[int]) -> dict[int, list[int]]:
    """For each pupil the ids of the guardians who agreed to be written to, and of themself, where they have the bot and
    have not shut it out: who is not here is not told, and is not counted as told.
    """
    found: dict[int, list[int]] = {}
    reached = (Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
    rows: Result[Any, Any] = await tx.execute(
        union_all(
            select(Guardianship.pupil_id, Guardianship.person_id)
            .join(Person, Person.id == Guardianship.person_id)
            .where(
                Guardianship.pupil_id.in_(pupils),
                Guardianship.until.is_(None),
                in_force(Guardianship.person_id, Guardianship.pupil_id, "processing"),
                in_force(Guardianship.person_id, Guardianship.pupil_id, "messages"),
                *reached,
            ),
            select(Pupil.id, Pupil.person_id)
            .join(Person, Person.id == Pupil.person_id)
            .where(Pupil.id.in_(pupils), own_account(Pupil.person_id), *reached),
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


async def reached(tx: Tx, people: Collection[int]) -> set[int]:
    """Those of these people the bot can write to."""
    question = select(Person.id).where(Person.id.in_(people), Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
    return set(await tx.scalars(question))


async def first_names(tx: Tx, pupils: Collection[int]) -> dict[int, str]:
    """Pupils' first names as a page calls them."""
    return {row.id: first_name(row.full_name) for row in await _NAMES.rows(tx, pupils=pupils)}


async def full_names(tx: Tx, pupils: Collection[int]) -> dict[int, str]:
    """Pupils' ФИО, by name."""
    return {row.id: row.full_name for row in await _NAMES.rows(tx, pupils=pupils)}


_NAMES = Prepared(select(Pupil.id, Pupil.full_name).where(Pupil.id.in_(several("pupils"))).order_by(Pupil.full_name, Pupil.id))


def first_name(full_name: str) -> str:
    """«Иванов Миша Петрович» → «Миша»: ФИО begins with the surname; a single word stays as it is."""
    parts = full_name.split()
    name = parts[1] if len(parts) > 1 else full_name
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
