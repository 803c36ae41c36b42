"""What is not kept for ever: delivered texts, threads and announcements of a year that is over, calls made, update ids, wrong codes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from bot.clock import midnight
from bot.services.announcements.leaving import forget_announcements
from bot.services.messages.erasing import forget_letters
from storage import inbox, unsaid
from storage.db import Database, Tx
from storage.network.years import year_of
from storage.people import calls
from storage.tables import Call, WrongCode


class Forget(Protocol):
    """Forgets some of what is older than a moment; how many, 0: nothing is left."""

    async def __call__(self, tx: Tx, *, before: datetime) -> int: ...


TEXTS = timedelta(days=30)
UPDATE_IDS = timedelta(days=3)  # Telegram repeats an update for at most 24 hours
WRONG_CODES = timedelta(days=1)


async def keep_house(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Purge what has served its time; safe to repeat."""
    async with db.write() as tx:
        await unsaid.purge(tx, before=now - TEXTS)
        await inbox.purge(tx, before=now - UPDATE_IDS)
        await tx.execute(delete(Call).where(Call.done_at < now - TEXTS))
        await calls.forget_past_lessons(tx, now=now)
        await tx.execute(delete(WrongCode).where(WrongCode.at < now - WRONG_CODES))
    for forget in (forget_letters, forget_announcements):
        while await _forget(db, forget, _year_over(now, zone)):
            pass


async def _forget(db: Database, forget: Forget, before: datetime) -> int:
    async with db.write() as tx:
        return await forget(tx, before=before)


def _year_over(now: datetime, zone: ZoneInfo) -> datetime:
    """When the year began whose letters and announcements stand: those of the year before stand a month longer, until October."""
    return midnight(date(year_of((now - TEXTS).astimezone(zone).date()), 9, 1), zone)
