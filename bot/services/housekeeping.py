"""What is not kept for ever: delivered texts, calls made, handled update ids, wrong codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage import inbox, unsaid
from storage.db import Database
from storage.people import calls
from storage.tables import Call, WrongCode

TEXTS = timedelta(days=30)
UPDATE_IDS = timedelta(days=3)  # Telegram repeats an update for at most 24 hours
WRONG_CODES = timedelta(days=1)


async def keep_house(db: Database, *, now: datetime) -> None:
    """Purge what has served its time; safe to repeat."""
    async with db.write() as tx:
        await unsaid.purge(tx, before=now - TEXTS)
        await inbox.purge(tx, before=now - UPDATE_IDS)
        await tx.execute(delete(Call).where(Call.done_at < now - TEXTS))
        await calls.forget_past_lessons(tx, now=now)
        await tx.execute(delete(WrongCode).where(WrongCode.at < now - WRONG_CODES))
