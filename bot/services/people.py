"""Decisions about people: who is reached."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from storage import outbox
from storage.db import Database
from storage.tables import Person


async def became_unreachable(db: Database, person_id: int, *, now: datetime) -> None:
    """Telegram answered 403: their letters are cancelled until /start; the coordinator's list shows who was not reached."""
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == person_id, Person.unreachable_at.is_(None)).values(unreachable_at=now))
        await outbox.cancel_all_to(tx, person_id, "unreachable")


async def moved_chat(db: Database, person_id: int, telegram_id: int) -> None:
    """Telegram gave the chat a new id (migrate_to_chat_id)."""
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == person_id).values(telegram_id=telegram_id))
