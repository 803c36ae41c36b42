"""Questions about the resources of the network (Ресурсы): what there is, whose, and how often it was looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from storage.db import Tx
from storage.tables import Organization, Resource, ResourceView
from storage.upsert import insert_new


@dataclass(frozen=True)
class Shown:
    """A resource as the catalogue shows it."""

    id: int
    kind: str  # staff | information | material | methodical | social
    name: str
    organization_id: int
    organization: str
    of_school: bool  # a base school's own, no partner's
    description: str | None
    place: str | None
    seats: int | None  # sets or places; None: one
    whom: str | None
    link: str | None

    @property
    def sets(self) -> int:
        """How many of it can be booked at one time."""
        return self.seats or 1


async def standing(tx: Tx, only: Collection[int] | None = None) -> list[Shown]:
    """The resources that stand (or these of them), of organizations that stand, by name."""
    question = (
        select(
            Resource.id,
            Resource.kind,
            Resource.name,
            Resource.organization_id,
            Organization.name.label("organization"),
            (Organization.role == "base").label("of_school"),
            Resource.description,
            Resource.place,
            Resource.seats,
            Resource.whom,
            Resource.link,
        )
        .join(Organization, Organization.id == Resource.organization_id)
        .where(Resource.archived_at.is_(None), Organization.archived_at.is_(None))
    )
    if only is not None:
        question = question.where(Resource.id.in_(only))
    found = [Shown(**row._mapping) for row in await tx.execute(question.order_by(Resource.id))]
    return sorted(found, key=lambda one: one.name.casefold().replace("ё", "е"))


async def one(tx: Tx, resource_id: int) -> Shown | None:
    """One that stands."""
    found = await standing(tx, [resource_id])
    return found[0] if found else None


async def looked_at(tx: Tx, resource_id: int, year: int) -> None:
    """One more look in that year: a number, and nobody's."""
    await tx.execute(insert_new(tx, ResourceView, {"resource_id": resource_id, "year": year, "count": 0}))
    row = (
        await tx.execute(
            select(ResourceView).where(ResourceView.resource_id == resource_id, ResourceView.year == year).with_for_update()
        )
    ).scalar_one()
    row.count += 1


async def looks(tx: Tx, year: int, only: Collection[int] | None = None) -> dict[int, int]:
    """How often each was looked at in that year."""
    question = select(ResourceView.resource_id, func.sum(ResourceView.count).label("many")).where(ResourceView.year == year)
    if only is not None:
        question = question.where(ResourceView.resource_id.in_(only))
    return {row.resource_id: int(row.many) for row in await tx.execute(question.group_by(ResourceView.resource_id))}
