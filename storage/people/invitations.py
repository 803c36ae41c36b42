"""Questions about invitations: whom a workbook code means, who is in already, what was typed wrongly and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select, update

from storage.db import Tx
from storage.people.classes import class_of, last_class
from storage.people.consent import in_force, own_account
from storage.tables import Audit, Guardianship, Invitation, Organization, Person, Pupil, Staff, WrongCode


@dataclass(frozen=True)
class Target:
    """Somebody of the workbook who may be invited, or for whom a guardian may be."""

    kind: str  # pupil | staff
    id: int
    code: str
    full_name: str
    where: str  # the pupil's class (empty: they have left school), the organization's name
    role: str | None  # of staff
    school_id: int | None  # the base school whose coordinator decides; None: any coordinator


async def targets(
    tx: Tx,
    year: int | None,
    *,
    kind: str | None = None,
    number: int | None = None,
    code: str | None = None,
    schools: Collection[int] | None = None,
) -> list[Target]:
    """Everybody of the workbook (pupils first, with the class of that year; None: as the workbook said it), or the one of this kind and number (its id), or whose code is written so.

    Codes written otherwise are compared by who asks. `schools`: only the pupils of these; staff are everybody's.
    """
    found: list[Target] = []
    if kind in (None, "pupil"):
        pupils = _pupils(year)
        pupils = pupils if number is None else pupils.where(Pupil.id == number)
        pupils = pupils if code is None else pupils.where(Pupil.code == code)
        pupils = pupils if schools is None else pupils.where(Pupil.school_id.in_(schools))
        found += [_pupil(row) for row in await tx.execute(pupils)]
    if kind in (None, "staff"):
        staff = (
            select(Staff.id, Staff.code, Staff.full_name, Staff.role, Organization.name, Organization.id, Organization.role)
            .join(Organization, Organization.id == Staff.organization_id)
            .where(Staff.archived_at.is_(None))
        )
        staff = staff if number is None else staff.where(Staff.id == number)
        staff = staff if code is None else staff.where(Staff.code == code)
        for staff_id, of, name, role, organization, organization_id, base in await tx.execute(staff):
            found.append(
                Target(
                    kind="staff",
                    id=staff_id,
                    code=of,
                    full_name=name,
                    where=organization,
                    role=role,
                    school_id=organization_id if base == "base" else None,
                )
            )
    return found


def _class(year: int | None) -> ColumnElement[str]:
    return class_of(year) if year is not None else Pupil.class_name.expression


def _pupils(year: int | None) -> Select[*tuple[Any, ...]]:
    where = _class(year)
    pupils = select(Pupil.id, Pupil.code, Pupil.full_name, where.label("class_name"), Pupil.school_id)
    return pupils.where(Pupil.archived_at.is_(None)).order_by(where, Pupil.full_name, Pupil.id)


def _pupil(row: Row[Any]) -> Target:
    return Target("pupil", row.id, row.code, row.full_name, where=row.class_name, role=None, school_id=row.school_id)


async def classmates(tx: Tx, year: int, like: Target) -> list[Target]:
    """The class of a pupil in that year, themself too, by name."""
    theirs = _pupils(year).where(Pupil.school_id == like.school_id, _class(year) == like.where)
    return [_pupil(row) for row in await tx.execute(theirs)]


async def classes(tx: Tx, year: int, schools: Collection[int]) -> dict[tuple[int, str], int]:
    """By school of these and class of that year one of its pupils."""
    class_name = class_of(year)
    rows = await tx.execute(
        select(Pupil.school_id, class_name.label("class_name"), func.min(Pupil.id).label("pupil_id"))
        .where(Pupil.archived_at.is_(None), Pupil.school_id.in_(schools), class_name != "")
        .group_by(Pupil.school_id, class_name)
    )
    return {(row.school_id, row.class_name): row.pupil_id for row in rows}


@dataclass(frozen=True)
class Inside:
    """Somebody who is in: as a guardian (then with the guardianship), as the pupil or the member of staff themself."""

    name: str  # ФИО; of a guardian as they typed it, empty until then
    guardianship_id: int | None
    since: datetime | None
    consented: bool
    pupil: bool = False  # the pupil's own account


async def inside(tx: Tx, target: Target) -> list[Inside]:
    """Who has entered for this pupil or as this member of staff."""
    if target.kind == "staff":
        names = await tx.scalars(select(Person.name).join(Staff, Staff.person_id == Person.id).where(Staff.id == target.id))
        return [Inside(name, None, None, True) for name in names]
    rows = await tx.execute(
        select(
            Person.name,
            Guardianship.id,
            Guardianship.since,
            in_force(Guardianship.person_id, Guardianship.pupil_id, "processing").label("consented"),
        )
        .join(Guardianship, Guardianship.person_id == Person.id)
        .where(Guardianship.pupil_id == target.id, Guardianship.until.is_(None))
        .order_by(Guardianship.id)
    )
    found = [Inside(row.name, row.id, row.since, bool(row.consented)) for row in rows]
    own = await tx.scalars(select(Person.name).join(Pupil, Pupil.person_id == Person.id).where(Pupil.id == target.id))
    return found + [Inside(name, None, None, True, pupil=True) for name in own]


async def entered_staff(tx: Tx) -> set[int]:
    """The ids of the members of staff who are in."""
    return set(await tx.scalars(select(Staff.id).where(Staff.person_id.is_not(None))))


async def entered_families(tx: Tx, pupils: Collection[int]) -> set[int]:
    """Those of these pupils for whom a guardian is in."""
    acts = select(Guardianship.pupil_id).where(Guardianship.pupil_id.in_(pupils), Guardianship.until.is_(None))
    return set(await tx.scalars(acts))


async def schools(tx: Tx) -> dict[int | None, str]:
    """The names of the base schools."""
    rows = await tx.execute(select(Organization.id, Organization.name).where(Organization.role == "base"))
    return {row.id: row.name for row in rows}


async def by_macs(tx: Tx, token: bytes, code: bytes) -> Row[*tuple[Any, ...]] | None:
    """The invitation with this deep link or these letters, with whether its pupil or post still is, and whose account is
    the pupil's own or holds the post now (`holder`).
    """
    gone = or_(Staff.archived_at.is_not(None), Pupil.archived_at.is_not(None))
    return (
        await tx.execute(
            select(
                Invitation.id,
                Invitation.role,
                Invitation.staff_id,
                Invitation.pupil_id,
                Invitation.used_at,
                Invitation.used_by,
                Invitation.expires_at,
                Invitation.made_by,
                Invitation.voided_at,
                gone.label("gone"),
                func.coalesce(Staff.person_id, Pupil.person_id).label("holder"),
                Pupil.school_id,
                func.coalesce(Staff.full_name, Pupil.full_name).label("full_name"),
            )
            .outerjoin(Staff, Staff.id == Invitation.staff_id)
            .outerjoin(Pupil, Pupil.id == Invitation.pupil_id)
            .where(or_(Invitation.token_mac == token, Invitation.code_mac == code))
        )
    ).first()


async def take(tx: Tx, invitation_id: int, *, now: datetime) -> bool:
    """Use an invitation up: of all who try at once, one succeeds."""
    taken = await tx.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .where(Invitation.voided_at.is_(None))
        .values(used_at=now)
        .returning(Invitation.id)
    )
    return taken.first() is not None


async def end_earlier(tx: Tx, role: str, *, staff_id: int | None, pupil_id: int | None, now: datetime) -> None:
    """For a post or a pupil themself the newest invitation is the only one."""
    thing = Invitation.staff_id == staff_id if staff_id is not None else Invitation.pupil_id == pupil_id
    await tx.execute(
        update(Invitation)
        .where(Invitation.role == role, thing, Invitation.used_at.is_(None), Invitation.expires_at > now)
        .values(expires_at=now)
    )


async def void(tx: Tx, pupil_id: int, *, now: datetime) -> None:
    """Nobody comes in any more by what was handed out for this pupil before: custody.

    What has expired is voided too: whoever tries it is told of, and a clock that is set back opens nothing.
    """
    await tx.execute(
        update(Invitation)
        .where(Invitation.pupil_id == pupil_id, Invitation.used_at.is_(None), Invitation.voided_at.is_(None))
        .values(voided_at=now)
    )


async def to_make_anew(tx: Tx, pupil_id: int) -> int:
    """How many guardians' sheets the last ending of a guardianship has voided, while they were good, and nobody has made anew."""
    theirs = (Invitation.pupil_id == pupil_id, Invitation.role == "guardian")
    good = (*theirs, Invitation.expires_at > Invitation.voided_at)
    last = await tx.scalar(select(func.max(Invitation.voided_at)).where(*good))
    if last is None:
        return 0
    void = (*good, Invitation.voided_at == last)
    count, newest = (await tx.execute(select(func.count(Invitation.id), func.max(Invitation.id)).where(*void))).one()
    since = await tx.scalar(select(func.count(Invitation.id)).where(*theirs, Invitation.id > newest)) or 0
    return max(count - since, 0)


@dataclass(frozen=True)
class Voided:
    """A voided invitation somebody tried, as the coordinator's page shows it."""

    id: int
    role: str
    made_at: datetime
    voided_at: datetime
    pupil_id: int
    full_name: str
    class_name: str
    school_id: int


async def voided(tx: Tx, invitation_id: int, year: int) -> Voided | None:
    row = (
        await tx.execute(
            select(
                Invitation.id,
                Invitation.role,
                Invitation.created_at,
                Invitation.voided_at,
                Pupil.id,
                Pupil.full_name,
                last_class(year).label("class_name"),
                Pupil.school_id,
            )
            .join(Pupil, Pupil.id == Invitation.pupil_id)
            .where(Invitation.id == invitation_id, Invitation.voided_at.is_not(None))
        )
    ).one_or_none()
    if row is None:
        return None
    number, role, made_at, voided_at, pupil_id, full_name, class_name, school_id = row
    if voided_at is None:
        return None
    return Voided(
        id=number,
        role=role,
        made_at=made_at,
        voided_at=voided_at,
        pupil_id=pupil_id,
        full_name=full_name,
        class_name=class_name,
        school_id=school_id,
    )


async def tried_by(tx: Tx, invitation_id: int) -> list[tuple[datetime, str | None]]:
    """When this voided invitation was tried, the newest first, and the ФИО of who did, if they have named themselves."""
    rows = await tx.execute(
        select(Audit.at, func.nullif(Person.name, ""))
        .outerjoin(Person, Person.id == Audit.person_id)
        .where(Audit.action == "invitation.voided-tried", Audit.thing_id == invitation_id)
        .order_by(Audit.id.desc())
        .limit(10)
    )
    return [(at, name) for at, name in rows]


async def was_parted(tx: Tx, person_id: int, pupil_id: int) -> bool:
    """Whether the coordinator has once ended what this person was to this pupil."""
    ended = select(Audit.id).where(Audit.action == "guardianship.end", Audit.thing_id == Guardianship.id).exists()
    question = select(Guardianship.id).where(
        Guardianship.person_id == person_id, Guardianship.pupil_id == pupil_id, Guardianship.until.is_not(None), ended
    )
    return await tx.scalar(question.limit(1)) is not None


async def is_adult(tx: Tx, person_id: int) -> bool:
    """Whether somebody is in as a guardian or on the staff."""
    guards = select(Guardianship.id).where(Guardianship.person_id == person_id, Guardianship.until.is_(None))
    works = select(Staff.id).where(Staff.person_id == person_id, Staff.archived_at.is_(None))
    return bool(await tx.scalar(select(guards.exists() | works.exists())))


async def is_pupil(tx: Tx, person_id: int) -> bool:
    """Whether this account is a pupil's own, and works."""
    question = select(Pupil.id).where(own_account(person_id), Pupil.archived_at.is_(None))
    return await tx.scalar(question.limit(1)) is not None


async def holds(tx: Tx, person_id: int, role: str, *, staff_id: int | None, pupil_id: int | None) -> bool:
    """Whether somebody already is what an invitation would make them."""
    if role == "guardian":
        question = select(Guardianship.id).where(
            Guardianship.person_id == person_id, Guardianship.pupil_id == pupil_id, Guardianship.until.is_(None)
        )
    elif role == "student":
        question = select(Pupil.id).where(Pupil.id == pupil_id, Pupil.person_id == person_id)
    else:
        question = select(Staff.id).where(Staff.id == staff_id, Staff.person_id == person_id)
    return await tx.scalar(question) is not None


async def guardians(tx: Tx, pupil_id: int) -> list[int]:
    """The ids of the people who act for a pupil."""
    question = select(Guardianship.person_id).where(Guardianship.pupil_id == pupil_id, Guardianship.until.is_(None))
    return list((await tx.scalars(question.order_by(Guardianship.id))).all())


# ── wrong codes ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def wrong_since(tx: Tx, telegram_id: int, since: datetime) -> list[datetime]:
    """When this account typed a wrong code, oldest first."""
    question = select(WrongCode.at).where(WrongCode.at > since, WrongCode.telegram_id == telegram_id)
    return list((await tx.scalars(question.order_by(WrongCode.at))).all())


async def wrong_in_all(tx: Tx, since: datetime, *, at_most: int) -> int:
    """How many wrong codes everybody has typed since; counted no further than `at_most`, for a guesser types many."""
    some = select(WrongCode.id).where(WrongCode.at > since).limit(at_most).subquery()
    return await tx.scalar(select(func.count()).select_from(some)) or 0


async def forget_wrong(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(WrongCode).where(WrongCode.at < before))
