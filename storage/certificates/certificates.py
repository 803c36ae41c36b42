"""Questions about documents of learning: who may get one, what an organization's register holds, whose a code is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Select, and_, func, or_, select

from storage.among import among
from storage.db import Tx
from storage.enrollment.yearend import LEARNT
from storage.people.consent import Reader, shown_name
from storage.tables import Application, Certificate, Choice, Course, Group, Lesson, Organization, Pupil

COMPLETED = or_(Choice.state == "completed", and_(Choice.state == "enrolled", Choice.outcome == "completed"))
# The year's end says it is no completed course, or it was left before.
IN_PART = or_(
    Choice.state.in_(("left", "failed", "continues", "unfinished")),
    and_(Choice.state == "enrolled", Choice.outcome.in_(("left", "failed", "continues"))),
)


@dataclass(frozen=True)
class Waiting:
    """A group: how many of it may get a certificate, or a note, and how many documents stand."""

    id: int
    code: str
    course: str
    year: int
    ready: int
    in_part: int
    issued: int


async def groups(tx: Tx, years: Collection[int], organizations: Collection[int], schools: Collection[int]) -> list[Waiting]:
    """The groups of these partners, and those in which pupils of these schools learnt: the newest year first, by course and code."""
    live = and_(Certificate.choice_id == Choice.id, Certificate.revoked_at.is_(None))
    ready = func.count(Choice.id).filter(COMPLETED, Certificate.id.is_(None))
    in_part = func.count(Choice.id).filter(IN_PART, Certificate.id.is_(None))
    issued = func.count(Certificate.id)
    rows = await tx.execute(
        select(
            Group.id,
            Group.code,
            Course.name.label("course"),
            Group.year,
            ready.label("ready"),
            in_part.label("in_part"),
            issued.label("issued"),
        )
        .join(Course, Course.id == Group.course_id)
        .join(Choice, and_(Choice.group_id == Group.id, Choice.state.in_(LEARNT), Choice.reserve_at.is_(None)))
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .outerjoin(Certificate, live)
        .where(Group.year.in_(years), Pupil.archived_at.is_(None))
        .where(among((Course.organization_id, organizations), (Pupil.school_id, schools)))
        .group_by(Group.id, Group.code, Course.name, Group.year)
        .having(or_(ready > 0, in_part > 0, issued > 0))
        .order_by(Group.year.desc(), Course.name, Group.code, Group.id)
    )
    return [Waiting(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Issuer:
    """The organization of a group's course, and what a document says of the course."""

    organization_id: int
    organization: str
    kind: str | None  # educational | resource
    licence: str | None
    address: str | None
    head: str | None  # who signs for it
    group: str
    course: str
    direction: str
    hours: int | None
    year: int
    first: datetime | None  # the group's first lesson that stood
    last: datetime | None


async def issuer(tx: Tx, group_id: int) -> Issuer | None:
    stood = (Lesson.group_id == group_id, Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None))
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            Organization.kind,
            Organization.licence,
            Organization.address,
            Organization.head,
            Group.code.label("group"),
            Course.name.label("course"),
            Course.direction,
            Course.hours,
            Group.year,
            select(func.min(Lesson.starts_at)).where(*stood).scalar_subquery().label("first"),
            select(func.max(Lesson.starts_at)).where(*stood).scalar_subquery().label("last"),
        )
        .select_from(Group)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(Group.id == group_id)
    )
    row = rows.one_or_none()
    return None if row is None else Issuer(**row._mapping)


async def next_number(tx: Tx, organization_id: int) -> int:
    """The next number of an organization's register; whoever asks holds it until the transaction ends."""
    await tx.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())
    return await last_number(tx, organization_id) + 1


async def last_number(tx: Tx, organization_id: int) -> int:
    return await tx.scalar(select(func.max(Certificate.number)).where(Certificate.organization_id == organization_id)) or 0


@dataclass(frozen=True)
class Issued:
    """A document of learning as its register has it."""

    id: int
    organization_id: int
    number: int
    kind: str
    choice_id: int
    pupil_id: int | None
    school_id: int
    code: str
    facts: dict[str, Any]
    issued_at: datetime
    revoked_at: datetime | None
    reason: str | None


def _issued() -> Select[*tuple[Any, ...]]:
    return select(
        Certificate.id,
        Certificate.organization_id,
        Certificate.number,
        Certificate.kind,
        Certificate.choice_id,
        Certificate.pupil_id,
        Certificate.school_id,
        Certificate.code,
        Certificate.facts,
        Certificate.issued_at,
        Certificate.revoked_at,
        Certificate.reason,
    )


async def one(tx: Tx, certificate_id: int) -> Issued | None:
    row = (await tx.execute(_issued().where(Certificate.id == certificate_id))).one_or_none()
    return None if row is None else Issued(**row._mapping)


async def by_code(tx: Tx, code: str) -> Issued | None:
    """The document whose QR has this code."""
    row = (await tx.execute(_issued().where(Certificate.code == code))).one_or_none()
    return None if row is None else Issued(**row._mapping)


async def live(tx: Tx, choices: Collection[int]) -> dict[int, Issued]:
    """By choice the documents that stand."""
    rows = await tx.execute(_issued().where(Certificate.choice_id.in_(choices), Certificate.revoked_at.is_(None)))
    return {row.choice_id: Issued(**row._mapping) for row in rows}


async def of_pupils(tx: Tx, pupils: Collection[int]) -> list[Issued]:
    """Those of these pupils that stand, the oldest first."""
    question = _issued().where(Certificate.pupil_id.in_(pupils), Certificate.revoked_at.is_(None))
    return [Issued(**row._mapping) for row in await tx.execute(question.order_by(Certificate.issued_at, Certificate.id))]


async def issued_at(tx: Tx, organization_id: int, at: datetime) -> list[Issued]:
    """Those an organization issued at that very moment, all at once, and that stand."""
    question = _issued().where(Certificate.organization_id == organization_id, Certificate.issued_at == at)
    rows = await tx.execute(question.where(Certificate.revoked_at.is_(None)).order_by(Certificate.number))
    return [Issued(**row._mapping) for row in rows]


async def count_of(tx: Tx, organization_id: int, school_id: int, year: int) -> int:
    """How many documents an organization has issued to pupils of a school in the groups of a year, and that stand."""
    question = select(func.count(Certificate.id)).join(Choice, Choice.id == Certificate.choice_id)
    question = question.join(Course, Course.id == Choice.course_id).where(Course.year == year, Certificate.revoked_at.is_(None))
    mine = (Certificate.organization_id == organization_id, Certificate.school_id == school_id)
    return await tx.scalar(question.where(*mine)) or 0


@dataclass(frozen=True)
class Line:
    """A line of a register as its reader may read it."""

    id: int
    organization: str
    number: int
    kind: str
    child: str  # ФИО; empty where the reader may not know it, or the family has withdrawn it
    issued_at: datetime
    revoked_at: datetime | None


async def register(tx: Tx, organizations: Collection[int], schools: Collection[int]) -> list[Line]:
    """The registers of these organizations, and of other ones the lines about pupils of these schools: the newest first."""
    reader = Reader(frozenset(schools), frozenset(organizations))
    rows = await tx.execute(
        select(
            Certificate.id,
            Organization.name.label("organization"),
            Certificate.number,
            Certificate.kind,
            func.coalesce(shown_name(reader, Certificate.organization_id), "").label("child"),
            Certificate.issued_at,
            Certificate.revoked_at,
        )
        .join(Organization, Organization.id == Certificate.organization_id)
        .outerjoin(Pupil, Pupil.id == Certificate.pupil_id)
        .where(among((Certificate.organization_id, organizations), (Certificate.school_id, schools)))
        .order_by(Certificate.issued_at.desc(), Certificate.number.desc(), Certificate.id.desc())
    )
    return [Line(**row._mapping) for row in rows]
