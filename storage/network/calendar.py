"""The days the schools' Календарь name: asked by bot/services/workdays.py alone, which knows what they mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from storage.db import Tx
from storage.tables import CalendarDay, Organization


async def named_days(
    tx: Tx, since: date | None = None, until: date | None = None, *, schools: Collection[int] | None = None
) -> Sequence[Any]:
    """The days (school_id, day, kind, name) these schools (None: all that stand) name between two days, both included."""
    standing = select(Organization.id).where(Organization.archived_at.is_(None))
    question = select(CalendarDay.school_id, CalendarDay.day, CalendarDay.kind, CalendarDay.name)
    question = question.where(CalendarDay.school_id.in_(standing if schools is None else schools))
    if since is not None:
        question = question.where(CalendarDay.day >= since)
    if until is not None:
        question = question.where(CalendarDay.day <= until)
    return (await tx.execute(question.order_by(CalendarDay.day, CalendarDay.school_id))).all()


async def with_a_calendar(tx: Tx, schools: Collection[int] | None = None) -> set[int]:
    """Those of these schools (None: of all that stand) that name any day at all."""
    question = select(CalendarDay.school_id).join(Organization, Organization.id == CalendarDay.school_id).distinct()
    question = question.where(Organization.archived_at.is_(None))
    return set(await tx.scalars(question if schools is None else question.where(CalendarDay.school_id.in_(schools))))
