"""Questions about what fills a week besides courses: the school's own lessons of a class, and the road between two places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy import select

from storage.courses.courses import Hours
from storage.db import Tx
from storage.tables import ClassHours, Road

OfClass: TypeAlias = tuple[int, str]  # the school, and the class
Roads: TypeAlias = dict[tuple[int, int], int]


async def class_hours(tx: Tx, year: int, classes: Collection[OfClass] | None = None) -> dict[OfClass, list[Hours]]:
    """The schools' own lessons in that year (of these classes), by school and class; a class without any is left out."""
    school, name = ClassHours.school_id, ClassHours.class_name
    question = select(school, name, ClassHours.weekday, ClassHours.starts, ClassHours.ends).where(ClassHours.year == year)
    if classes is not None:
        question = question.where(school.in_({one[0] for one in classes}), name.in_({one[1] for one in classes}))
    found: dict[OfClass, list[Hours]] = defaultdict(list)
    for school_id, class_name, weekday, starts, ends in await tx.execute(
        question.order_by(ClassHours.weekday, ClassHours.starts)
    ):
        found[school_id, class_name].append(Hours(weekday, starts, ends, school_id))
    return dict(found)


async def roads(tx: Tx) -> Roads:
    """Minutes between two organizations, the smaller id first."""
    rows = await tx.execute(select(Road.from_id, Road.to_id, Road.minutes))
    return {(one, other): minutes for one, other, minutes in rows}
