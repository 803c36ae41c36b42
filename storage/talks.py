"""Where typed conversations stand, so that a restart forgets nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.db import Tx
from storage.tables import Talk
from storage.upsert import insert_or_change

_TALK = select(Talk.state, Talk.data).where(Talk.key == bindparam("name"))  # asked for every update: made once


async def talk(tx: Tx, key: str) -> tuple[str | None, dict[str, Any]]:
    """The state and data of a conversation; (None, {}) when there is none."""
    row = (await tx.execute(_TALK, {"name": key})).first()
    return (row.state, dict(row.data)) if row else (None, {})


async def keep(tx: Tx, key: str, state: str | None, data: dict[str, Any], *, now: datetime) -> None:
    if state is None and not data:
        await tx.execute(delete(Talk).where(Talk.key == key))
        return
    stands = {"state": state, "data": data, "changed_at": now}
    await tx.execute(insert_or_change(tx, Talk, {"key": key} | stands, by="key", change=stands))


async def forget(tx: Tx, key: str) -> None:
    await tx.execute(delete(Talk).where(Talk.key == key))
