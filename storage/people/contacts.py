"""Organizations: what they are called, who works there, and how those of a family's children are reached, as the workbook says it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from storage.among import if_few
from storage.db import Tx
from storage.tables import Application, Choice, Course, Organization, Pupil, Staff


@dataclass(frozen=True)
class Contact:
    name: str
    role: str  # base | partner
    phone: str | None
    site: str | None


async def names_of(tx: Tx, organizations: Collection[int]) -> dict[int, str]:
    """What these organizations are called."""
    rows = await tx.execute(select(Organization.id, Organization.name).where(if_few(Organization.id, organizations)))
    these = set(organizations)
    return {id_: name for id_, name in rows if id_ in these}


class Employed(NamedTuple):
    """A teacher, and where they work."""

    id: int
    name: str
    organization_id: int


async def employed(tx: Tx, teachers: Collection[int]) -> dict[int, Employed]:
    """These, those who have left too."""
    these = set(teachers)
    question = select(Staff.id, Staff.full_name, Staff.organization_id).where(if_few(Staff.id, these))
    return {row.id: Employed(row.id, row.full_name, row.organization_id) for row in await tx.execute(question) if row.id in these}


async def work_of(tx: Tx, teachers: Collection[int]) -> dict[int, int]:
    """By teacher, of these who are one still, the organization."""
    question = select(Staff.id, Staff.organization_id).where(Staff.role == "teacher", Staff.archived_at.is_(None))
    rows = await tx.execute(question.where(if_few(Staff.id, teachers)))
    these = set(teachers)
    return {id_: organization for id_, organization in rows if id_ in these}


async def of_pupils(tx: Tx, pupils: Collection[int]) -> list[Contact]:
    """Their schools, then the partners in whose courses they are enrolled."""
    schools = select(Pupil.school_id).where(Pupil.id.in_(pupils))
    partners = (
        select(Course.organization_id)
        .join(Choice, Choice.course_id == Course.id)
        .join(Application, Application.id == Choice.application_id)
        .where(Application.pupil_id.in_(pupils), Choice.state == "enrolled")
    )
    return await _of(tx, or_(Organization.id.in_(schools), Organization.id.in_(partners)))


async def of_organizations(tx: Tx, organizations: Collection[int], first: int) -> list[Contact]:
    """The first of these, the schools before the others."""
    return (await _of(tx, if_few(Organization.id, organizations), set(organizations)))[:first]


async def _of(tx: Tx, which: ColumnElement[bool], these: AbstractSet[int] | None = None) -> list[Contact]:
    rows = await tx.execute(
        select(Organization.id, Organization.name, Organization.role, Organization.phone, Organization.site)
        .where(which, Organization.archived_at.is_(None))
        .order_by(Organization.role, Organization.name)
    )
    return [Contact(name, role, phone, site) for id_, name, role, phone, site in rows if these is None or id_ in these]
