"""The days the network's Календарь names: asked by bot/services/workdays.py alone, which knows what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from storage.db import Tx
from storage.tables import CalendarDay


async def named_days(tx: Tx, since: date | None = None, until: date | None = None) -> Sequence[Any]:
    """The named days (day, kind, name) between two days, both included; without them all."""
    question = select(CalendarDay.day, CalendarDay.kind, CalendarDay.name)
    if since is not None:
        question = question.where(CalendarDay.day >= since)
    if until is not None:
        question = question.where(CalendarDay.day <= until)
    return (await tx.execute(question.order_by(CalendarDay.day))).all()
