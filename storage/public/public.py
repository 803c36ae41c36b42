"""What everybody may read: the organizations of the network and the agreements that are published. No person stands in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.tables import Agreement, Document, Organization


@dataclass(frozen=True)
class Member:
    """An organization of the network."""

    id: int
    name: str
    base: bool  # a base school; else a partner
    resource: bool
    address: str | None
    phone: str | None
    site: str | None


async def members(tx: Tx) -> list[Member]:
    """The organizations of the network by name."""
    of = Organization
    rows = await tx.execute(
        select(of.id, of.name, of.role, of.kind, of.address, of.phone, of.site)
        .where(of.archived_at.is_(None))
        .order_by(of.name, of.id)
    )
    return [
        Member(
            id=row.id,
            name=row.name,
            base=row.role == "base",
            resource=row.kind == "resource",
            address=row.address,
            phone=row.phone,
            site=row.site,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Published:
    """An agreement in force that a school has published, and where."""

    id: int
    school: str
    partner: str
    side: str  # teaching | resource
    number: str
    signed_on: date
    ends_on: date
    url: str | None
    size: int  # bytes of the file that is published; 0: none is


async def published(tx: Tx, day: date) -> list[Published]:
    """The agreements in force on a day that are published; by school, then by partner, the newest first."""
    school, size = aliased(Organization), func.coalesce(func.length(Document.content), 0)
    rows = await tx.execute(
        select(
            Agreement.id,
            school.name.label("school"),
            Organization.name.label("partner"),
            Agreement.side,
            Agreement.number,
            Agreement.signed_on,
            Agreement.ends_on,
            Agreement.url,
            size.label("size"),
        )
        .join(school, school.id == Agreement.school_id)
        .join(Organization, Organization.id == Agreement.organization_id)
        .outerjoin(Document, _of_the_file())
        .where(or_(Agreement.url.is_not(None), size > 0), _in_force(day), _both_stand())
        .order_by(school.name, school.id, Organization.name, Organization.id, Agreement.signed_on.desc(), Agreement.id.desc())
    )
    return [Published(**row._mapping) for row in rows]


async def file_of(tx: Tx, agreement_id: int, day: date) -> tuple[str, int, bytes] | None:
    """The published file of an agreement in force: the agreement's number, the file's own id, and what it holds."""
    row = (
        await tx.execute(
            select(Agreement.number, Document.id, Document.content)
            .join(Document, _of_the_file())
            .where(Agreement.id == agreement_id, _in_force(day), _both_stand())
        )
    ).one_or_none()
    return (row.number, row.id, row.content) if row is not None and row.content else None


def _of_the_file() -> ColumnElement[bool]:
    """The file that was published, as long as no other was filed since."""
    return and_(Document.id == Agreement.published_id, Document.id == Agreement.document_id)


def _in_force(day: date) -> ColumnElement[bool]:
    return and_(Agreement.ends_on >= day, or_(Agreement.ended_on.is_(None), Agreement.ended_on > day))


def _both_stand() -> ColumnElement[bool]:
    """Neither the school nor the partner has left the network."""
    gone = select(Organization.id).where(Organization.archived_at.is_not(None))
    return and_(Agreement.school_id.not_in(gone), Agreement.organization_id.not_in(gone))
