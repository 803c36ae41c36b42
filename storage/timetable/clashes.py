"""Questions before a lesson is moved: what else its pupils and its teacher have that day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from storage.db import Tx
from storage.tables import ClassHours, Group, Road


@dataclass(frozen=True)
class SchoolHours:
    school_id: int
    class_name: str
    starts: time
    ends: time


async def school_hours(tx: Tx, group_id: int, classes: Collection[str], weekday: int) -> list[SchoolHours]:
    """When these classes, of whichever school, have its own lessons on a weekday (0 is Monday), in the year of a group."""
    year = select(Group.year).where(Group.id == group_id).scalar_subquery()
    rows = await tx.execute(
        select(ClassHours.school_id, ClassHours.class_name, ClassHours.starts, ClassHours.ends)
        .where(ClassHours.class_name.in_(classes), ClassHours.weekday == weekday, ClassHours.year == year)
        .order_by(ClassHours.starts)
    )
    return [SchoolHours(**row._mapping) for row in rows]


async def roads_from(tx: Tx, organization_id: int) -> dict[int, int]:
    """Minutes on the road from an organization to the others."""
    rows = await tx.execute(
        select(Road.from_id, Road.to_id, Road.minutes).where((Road.from_id == organization_id) | (Road.to_id == organization_id))
    )
    return {row.to_id if row.from_id == organization_id else row.from_id: row.minutes for row in rows}
