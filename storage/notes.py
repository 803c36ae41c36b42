"""Small facts the bot keeps about itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.db import Tx
from storage.tables import Note


async def note(tx: Tx, name: str) -> str | None:
    return await tx.scalar(select(Note.value).where(Note.name == name))


async def keep(tx: Tx, name: str, value: str) -> None:
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(Note).values(name=name, value=value)
    await tx.execute(new.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
