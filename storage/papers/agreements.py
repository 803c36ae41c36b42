"""Agreements of schools with partners: which stands, how long, what of them expires."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from storage.db import Tx
from storage.tables import Agreement, Course, Document, Organization
from storage.twins import twin


@dataclass(frozen=True)
class Agreed:
    """An agreement, as its page and the papers that rest on it need it."""

    id: int
    school_id: int
    school: str
    organization_id: int
    organization: str
    side: str  # teaching | resource
    number: str
    signed_on: date
    ends_on: date
    ended_on: date | None
    url: str | None
    document_id: int | None
    document: str | None  # the filed file's name
    paper_id: int | None
    published_id: int | None = None

    @property
    def on_page(self) -> bool:
        """Its file stands on the network's public page: that very file, no other that was filed since."""
        return self.published_id is not None and self.published_id == self.document_id

    def stands_on(self, day: date) -> bool:
        return self.ended_on is None and day <= self.ends_on

    @property
    def filed(self) -> bool:
        """Signed: its file or its published link is here."""
        return self.url is not None or self.document_id is not None


async def agreements(tx: Tx, schools: Collection[int], *, partner_id: int | None = None) -> list[Agreed]:
    """All of these schools (with one partner): by partner, the newest first."""
    where: list[ColumnElement[bool]] = [Agreement.school_id.in_(schools)]
    if partner_id is not None:
        where.append(Agreement.organization_id == partner_id)
    return await _found(tx, where)


async def of_partners(tx: Tx, partners: Collection[int]) -> list[Agreed]:
    """All that these partners have, with whichever school: the newest first."""
    return await _found(tx, [Agreement.organization_id.in_(partners)])


async def one(tx: Tx, agreement_id: int, schools: Collection[int]) -> Agreed | None:
    found = await _found(tx, [Agreement.id == agreement_id, Agreement.school_id.in_(schools)])
    return found[0] if found else None


async def standing(tx: Tx, school_id: int, day: date) -> dict[int, Agreed]:
    """By partner the agreement in force on a day: of several the newest, a filed one before a draft."""
    found = await _found(
        tx,
        [Agreement.school_id == school_id, Agreement.ends_on >= day, or_(Agreement.ended_on.is_(None), Agreement.ended_on > day)],
    )
    return {one.organization_id: one for one in sorted(found, key=lambda one: (one.filed, one.signed_on, one.id))}


async def ending(tx: Tx, schools: Collection[int], between: tuple[date, date]) -> list[Agreed]:
    """Those in force whose last day lies in these days, and that no later one of the same partner goes on from."""
    later = twin(Agreement, "later")
    goes_on = (
        select(later.id)
        .where(
            later.school_id == Agreement.school_id,
            later.organization_id == Agreement.organization_id,
            later.side == Agreement.side,
            later.ends_on > Agreement.ends_on,
            later.ended_on.is_(None),
        )
        .exists()
    )
    within = and_(Agreement.ends_on >= between[0], Agreement.ends_on <= between[1])
    return await _found(tx, [Agreement.school_id.in_(schools), within, Agreement.ended_on.is_(None), ~goes_on])


async def row(tx: Tx, agreement_id: int) -> Agreement:
    """The row itself, held, to be changed."""
    question = select(Agreement).where(Agreement.id == agreement_id).with_for_update()
    return (await tx.scalars(question.execution_options(populate_existing=True))).one()


async def _found(tx: Tx, where: Collection[ColumnElement[bool]]) -> list[Agreed]:
    school = twin(Organization, "school")
    rows = await tx.execute(
        select(
            Agreement.id,
            Agreement.school_id,
            school.name.label("school"),
            Agreement.organization_id,
            Organization.name.label("organization"),
            Agreement.side,
            Agreement.number,
            Agreement.signed_on,
            Agreement.ends_on,
            Agreement.ended_on,
            Agreement.url,
            Agreement.document_id,
            Document.name.label("document"),
            Agreement.paper_id,
            Agreement.published_id,
        )
        .join(school, school.id == Agreement.school_id)
        .join(Organization, Organization.id == Agreement.organization_id)
        .outerjoin(Document, Document.id == Agreement.document_id)
        .where(*where)
        .order_by(Organization.name, Organization.id, Agreement.signed_on.desc(), Agreement.id.desc())
    )
    return [Agreed(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Party:
    """An organization as an agreement names it."""

    id: int
    name: str
    kind: str | None
    licence: str | None
    address: str | None
    phone: str | None
    site: str | None
    head: str | None
    head_post: str | None
    acts_on: str | None
    details: str | None


async def party(tx: Tx, organization_id: int) -> Party | None:
    of = Organization
    row = (
        await tx.execute(
            select(
                of.id,
                of.name,
                of.kind,
                of.licence,
                of.address,
                of.phone,
                of.site,
                of.head,
                of.head_post,
                of.acts_on,
                of.details,
            ).where(of.id == organization_id)
        )
    ).one_or_none()
    return None if row is None else Party(**row._mapping)


async def partners(tx: Tx) -> list[tuple[int, str, str | None]]:
    """The network's partners: id, name and kind, by name."""
    rows = await tx.execute(
        select(Organization.id, Organization.name, Organization.kind)
        .where(Organization.role == "partner", Organization.archived_at.is_(None))
        .order_by(Organization.name, Organization.id)
    )
    return [(row.id, row.name, row.kind) for row in rows]


@dataclass(frozen=True)
class Taught:
    """A course as an agreement names it."""

    name: str
    direction: str
    hours: int | None
    classes: list[str]


async def courses(tx: Tx, organization_id: int, year: int) -> list[Taught]:
    rows = await tx.execute(
        select(Course.name, Course.direction, Course.hours, Course.classes)
        .where(Course.organization_id == organization_id, Course.year == year, Course.archived_at.is_(None))
        .order_by(Course.name)
    )
    return [Taught(**row._mapping) for row in rows]
