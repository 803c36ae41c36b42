"""Small facts the bot keeps about itself."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.db import Tx
from storage.tables import Note

TO_SCRUB = "to-scrub"  # files and free pages still hold what was erased at this moment


async def note(tx: Tx, name: str) -> str | None:
    return await tx.scalar(select(Note.value).where(Note.name == name))


async def keep(tx: Tx, name: str, value: str) -> None:
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(Note).values(name=name, value=value)
    await tx.execute(new.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def drop(tx: Tx, name: str, value: str) -> None:
    """Forget a note, unless it has become another meanwhile."""
    await tx.execute(delete(Note).where(Note.name == name, Note.value == value))
