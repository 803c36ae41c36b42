"""Questions about posts handed over: who opened an invitation to a post somebody holds, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Organization, Person, Staff, Succession


async def open_one(tx: Tx, staff_id: int) -> Succession | None:
    """The succession to this post that has not ended, locked."""
    question = select(Succession).where(Succession.staff_id == staff_id, Succession.ended_at.is_(None)).with_for_update()
    return await tx.scalar(question)


async def of_invitation(tx: Tx, invitation_id: int) -> Succession | None:
    """The succession this invitation has led to."""
    return await tx.scalar(select(Succession).where(Succession.invitation_id == invitation_id))


async def one(tx: Tx, succession_id: int) -> Succession | None:
    return await tx.scalar(select(Succession).where(Succession.id == succession_id))


async def locked(tx: Tx, succession_id: int) -> Succession | None:
    question = select(Succession).where(Succession.id == succession_id).with_for_update()
    return await tx.scalar(question.execution_options(populate_existing=True))


@dataclass(frozen=True)
class PostOf:
    """A post as its page and the rights to it need it."""

    staff_id: int
    full_name: str
    role: str
    organization: str
    school_id: int | None  # the base school it belongs to; None: a partner's
    holder_id: int | None
    archived: bool


async def post_of(tx: Tx, staff_id: int) -> PostOf:
    row = (
        await tx.execute(
            select(Staff, Organization.id, Organization.name, Organization.role)
            .join(Organization, Organization.id == Staff.organization_id)
            .where(Staff.id == staff_id)
        )
    ).one()
    staff, organization_id, organization, base = row
    school_id = organization_id if base == "base" else None
    gone = staff.archived_at is not None
    return PostOf(
        staff_id=staff.id,
        full_name=staff.full_name,
        role=staff.role,
        organization=organization,
        school_id=school_id,
        holder_id=staff.person_id,
        archived=gone,
    )


async def directors(tx: Tx, school_id: int | None, *, besides: int) -> list[int]:
    """The people who are directors (of this school), but for one: nobody says yes to themself."""
    question = select(Staff.person_id).where(
        Staff.role == "director", Staff.person_id.is_not(None), Staff.person_id != besides, Staff.archived_at.is_(None)
    )
    if school_id is not None:
        question = question.where(Staff.organization_id == school_id)
    return sorted({person_id for person_id in await tx.scalars(question) if person_id is not None})


async def called(tx: Tx, person_id: int) -> tuple[str, bool]:
    """The ФИО of a person the bot knows by it (empty: it does not), and whether they still have the bot."""
    row = (await tx.execute(select(Person.name, Person.telegram_id).where(Person.id == person_id))).one()
    return row.name, row.telegram_id is not None


async def heads_of(tx: Tx, school_id: int) -> dict[str, str]:
    """The ФИО of a school's coordinator and director, by role: of several the first in the workbook."""
    rows = await tx.execute(
        select(Staff.role, Staff.full_name)
        .where(Staff.organization_id == school_id, Staff.role.in_(("coordinator", "director")), Staff.archived_at.is_(None))
        .order_by(Staff.id.desc())
    )
    return {row.role: row.full_name for row in rows}


async def titles_of(tx: Tx, school_id: int) -> dict[str, str | None]:
    """What the same two are called at work («заместитель директора по УВР»), by role."""
    rows = await tx.execute(
        select(Staff.role, Staff.post)
        .where(Staff.organization_id == school_id, Staff.role.in_(("coordinator", "director")), Staff.archived_at.is_(None))
        .order_by(Staff.id.desc())
    )
    return {row.role: row.post for row in rows}
