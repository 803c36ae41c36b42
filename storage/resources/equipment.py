"""Questions about what a course needs and what there is of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Course, Group, Resource, Slot
from storage.timetable.rooms import Place, rooms_of


@dataclass(frozen=True)
class OfCourse:
    """What a course needs, where its groups learn, what its organization has."""

    needs: str
    places: list[str]
    rooms: list[Place]
    resources: list[str]


async def of_course(tx: Tx, course_id: int) -> OfCourse:
    """A course without a need has nothing else either."""
    row = (await tx.execute(select(Course.equipment, Course.organization_id).where(Course.id == course_id))).one_or_none()
    if row is None or not row.equipment:
        return OfCourse(needs="", places=[], rooms=[], resources=[])
    groups = await tx.execute(
        select(Group.place, Slot.place.label("slot"))
        .outerjoin(Slot, Slot.group_id == Group.id)
        .where(Group.course_id == course_id, Group.archived_at.is_(None))
    )
    return OfCourse(
        needs=row.equipment,
        places=[place for group in groups for place in (group.place, group.slot) if place],
        rooms=await rooms_of(tx, row.organization_id),
        resources=await _of_organization(tx, row.organization_id),
    )


async def _of_organization(tx: Tx, organization_id: int) -> list[str]:
    """Its material resources: how many, and what they are called."""
    rows = await tx.execute(
        select(Resource.name, Resource.seats).where(
            Resource.organization_id == organization_id, Resource.kind == "material", Resource.archived_at.is_(None)
        )
    )
    return [named(row.name, row.seats) for row in rows]


def named(name: str, seats: int | None) -> str:
    """«6 Микроскопы»: as equipment is written."""
    return f"{seats} {name}" if seats else name
