"""Papers that went out, as they went: what is listed of them, and their files."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import KeptPaper, Organization, Request, RequestVersion


@dataclass(frozen=True)
class Kept:
    """A paper that went out, without its file."""

    id: int
    school_id: int
    school: str
    year: int
    kind: str
    number: str
    day: date
    organization_id: int | None
    organization: str | None
    changes_id: int | None
    starts_on: date | None
    name: str
    sha256: str
    made_at: datetime
    annulled_at: datetime | None


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def listed(tx: Tx, schools: Collection[int], year: int, kinds: Sequence[str] = ()) -> list[Kept]:
    """What of a year (of these kinds) went out of these schools, the newest first."""
    where = [KeptPaper.school_id.in_(schools), KeptPaper.year == year]
    return await _found(tx, [*where, KeptPaper.kind.in_(kinds)] if kinds else where)


async def one(tx: Tx, paper_id: int, schools: Collection[int]) -> Kept | None:
    """A paper, if it is of these schools."""
    found = await _found(tx, [KeptPaper.id == paper_id, KeptPaper.school_id.in_(schools)])
    return found[0] if found else None


def of_request(request_id: int, version: int) -> str:
    """What a request's paper is the paper of."""
    return f"request:{request_id}:{version}"


async def of_school(tx: Tx, school_id: int, of: str) -> int | None:
    """The paper of a school that is the paper of this, if one is kept."""
    return await tx.scalar(select(KeptPaper.id).where(KeptPaper.school_id == school_id, KeptPaper.of == of))


async def unkept_requests(tx: Tx, schools: Collection[int], since: datetime) -> list[tuple[int, int]]:
    """Versions of these schools' requests, made since then, of which no paper is kept: request and version."""
    made = await tx.execute(
        select(RequestVersion.request_id, RequestVersion.version)
        .join(Request, Request.id == RequestVersion.request_id)
        .where(Request.school_id.in_(schools), RequestVersion.made_at >= since)
        .order_by(RequestVersion.request_id, RequestVersion.version)
    )
    every = [(row.request_id, row.version) for row in made]
    names = [of_request(*one) for one in every]
    held = set(await tx.scalars(select(KeptPaper.of).where(KeptPaper.school_id.in_(schools), KeptPaper.of.in_(names))))
    return [one for one, name in zip(every, names, strict=True) if name not in held]


async def _found(tx: Tx, where: Sequence[ColumnElement[bool]]) -> list[Kept]:
    school, partner = aliased(Organization), aliased(Organization)
    question = (
        select(
            KeptPaper.id,
            KeptPaper.school_id,
            school.name.label("school"),
            KeptPaper.year,
            KeptPaper.kind,
            KeptPaper.number,
            KeptPaper.day,
            KeptPaper.organization_id,
            partner.name.label("organization"),
            KeptPaper.changes_id,
            KeptPaper.starts_on,
            KeptPaper.name,
            KeptPaper.sha256,
            KeptPaper.made_at,
            KeptPaper.annulled_at,
        )
        .join(school, school.id == KeptPaper.school_id)
        .outerjoin(partner, partner.id == KeptPaper.organization_id)
        .where(*where)
        .order_by(KeptPaper.made_at.desc(), KeptPaper.id.desc())
    )
    return [Kept(**row._mapping) for row in await tx.execute(question)]


async def count(tx: Tx, schools: Collection[int]) -> dict[int, int]:
    """How many papers went out, by academic year, the newest first."""
    rows = await tx.execute(
        select(KeptPaper.year, func.count().label("papers"))
        .where(KeptPaper.school_id.in_(schools))
        .group_by(KeptPaper.year)
        .order_by(KeptPaper.year.desc())
    )
    return {row.year: row.papers for row in rows}


async def content(tx: Tx, paper_id: int) -> bytes:
    return (await tx.execute(select(KeptPaper.content).where(KeptPaper.id == paper_id))).scalar_one()


async def file(tx: Tx, paper_id: int) -> tuple[str, bytes]:
    """The name and the content of a paper's file."""
    row = (await tx.execute(select(KeptPaper.name, KeptPaper.content).where(KeptPaper.id == paper_id))).one()
    return row.name, row.content


async def row(tx: Tx, paper_id: int) -> KeptPaper:
    """The row itself, held, to be changed."""
    question = select(KeptPaper).where(KeptPaper.id == paper_id).with_for_update()
    return (await tx.scalars(question.execution_options(populate_existing=True))).one()


async def changed_by(tx: Tx, paper_id: int) -> list[str]:
    """The numbers of the orders in force that change this one."""
    mine = (KeptPaper.changes_id == paper_id, KeptPaper.annulled_at.is_(None))
    return list(await tx.scalars(select(KeptPaper.number).where(*mine).order_by(KeptPaper.id)))
