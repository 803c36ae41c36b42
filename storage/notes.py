"""Small facts the bot keeps about itself."""

from __future__ import annotations

from sqlalchemy import delete, select

from storage.db import Tx
from storage.tables import Note
from storage.upsert import insert_or_change

TO_SCRUB = "to-scrub"  # files and free pages still hold what was erased at this moment


def username_of(token: str) -> str:
    """The note of what the bot with this token is called in Telegram: by its number, which is no secret."""
    return f"username:{token.split(':', maxsplit=1)[0]}"


async def note(tx: Tx, name: str) -> str | None:
    return await tx.scalar(select(Note.value).where(Note.name == name))


async def keep(tx: Tx, name: str, value: str) -> None:
    await tx.execute(insert_or_change(tx, Note, {"name": name, "value": value}, by="name", change={"value": value}))


async def drop(tx: Tx, name: str, value: str) -> None:
    """Forget a note, unless it has become another meanwhile."""
    await tx.execute(delete(Note).where(Note.name == name, Note.value == value))
