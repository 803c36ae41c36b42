"""Questions of a child's week in the journal: which lessons were kept, and what stands of the child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select

from storage.db import Tx
from storage.enrollment.enrollment import ENROLLED
from storage.journal.reporting import regrouped
from storage.tables import Application, Choice, ChoiceChange, Course, Entry, Group

Lesson = tuple[date, int]  # the day, its lesson


async def kept(tx: Tx, groups: Collection[int], first: date, last: date) -> dict[int, list[Lesson]]:
    """For each group the lessons of these days of which its journal says anything, in order."""
    rows = await tx.execute(
        select(Entry.group_id, Entry.day, Entry.lesson)
        .where(Entry.group_id.in_(groups), Entry.day >= first, Entry.day <= last, Entry.removed_at.is_(None))
        .distinct()
        .order_by(Entry.group_id, Entry.day, Entry.lesson)
    )
    found: dict[int, list[Lesson]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append((row.day, row.lesson))
    return dict(found)


async def entries(tx: Tx, pupils: Collection[int], first: date, last: date) -> dict[tuple[int, int], list[Entry]]:
    """For each (pupil, group) what stands of these days, in the order of the lessons."""
    rows = await tx.scalars(
        select(Entry)
        .where(Entry.pupil_id.in_(pupils), Entry.day >= first, Entry.day <= last, Entry.removed_at.is_(None))
        .order_by(Entry.day, Entry.lesson, Entry.ordinal)
    )
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for row in rows:
        if row.pupil_id is not None:
            found[row.pupil_id, row.group_id].append(row)
    return dict(found)


async def came(tx: Tx, pupils: Collection[int], groups: Collection[int]) -> dict[tuple[int, int], datetime]:
    """For each (pupil, group) they learn in now: when they came into it, by a place or from another group of the course."""
    entered = func.coalesce(func.max(ChoiceChange.at), Choice.changed_at)
    rows = await tx.execute(
        select(Application.pupil_id, Choice.group_id, Choice.id, entered.label("at"))
        .join(Choice, Choice.application_id == Application.id)
        .outerjoin(ChoiceChange, (ChoiceChange.choice_id == Choice.id) & (ChoiceChange.now == ENROLLED))
        .where(Application.pupil_id.in_(pupils), Choice.group_id.in_(groups), Choice.state == ENROLLED)
        .group_by(Application.pupil_id, Choice.group_id, Choice.id, Choice.changed_at)
    )
    places = {row.id: row for row in rows}
    found = {(row.pupil_id, row.group_id): row.at for row in places.values()}
    for choice, at, _, into in await regrouped(tx, places):
        if into == places[choice].group_id:
            found[places[choice].pupil_id, into] = at
    return found


async def courses(tx: Tx, groups: Collection[int]) -> dict[int, str]:
    """The course of each group."""
    rows = await tx.execute(select(Group.id, Course.name).join(Course, Course.id == Group.course_id).where(Group.id.in_(groups)))
    return {row.id: row.name for row in rows}


async def learners(tx: Tx, after: int, most: int) -> list[int]:
    """The next pupils, by id after this one, who are enrolled anywhere."""
    rows = await tx.scalars(
        select(Application.pupil_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(Choice.state == ENROLLED, Application.pupil_id > after)
        .distinct()
        .order_by(Application.pupil_id)
        .limit(most)
    )
    return [pupil for pupil in rows if pupil is not None]
