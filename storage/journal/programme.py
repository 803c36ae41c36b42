"""Questions about the programme of courses (sheet «Программа») and how far a group has come in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from storage.db import Tx
from storage.tables import Group, PlannedTopic, Topic


@dataclass(frozen=True)
class Planned:
    """A topic of a course's programme."""

    id: int
    number: int
    topic: str
    hours: int | None


async def of_groups(tx: Tx, group_ids: Collection[int]) -> dict[int, list[Planned]]:
    """Group → the programme of its course, in order; a group without one is left out."""
    rows = await tx.execute(
        select(Group.id.label("group_id"), PlannedTopic.id, PlannedTopic.number, PlannedTopic.topic, PlannedTopic.hours)
        .join(PlannedTopic, PlannedTopic.course_id == Group.course_id)
        .where(Group.id.in_(group_ids))
        .order_by(Group.id, PlannedTopic.number)
    )
    found: dict[int, list[Planned]] = {}
    for row in rows:
        found.setdefault(row.group_id, []).append(Planned(row.id, row.number, row.topic, row.hours))
    return found


async def held(tx: Tx, group_ids: Collection[int], until: date) -> dict[int, set[str]]:
    """Group → the topics written down for its lessons up to a day; a group is of one year, and so are they."""
    rows = await tx.execute(
        select(Topic.group_id, Topic.topic)
        .where(Topic.group_id.in_(group_ids), Topic.day <= until, Topic.topic.is_not(None))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.group_id, set()).add(str(row.topic))
    return found
