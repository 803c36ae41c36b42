"""Where typed conversations stand, so that a restart forgets nothing and an update handled again finds what it found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, select, update

from storage.db import Tx
from storage.prepared import Prepared, several
from storage.tables import Talk
from storage.upsert import insert_or_change

Standing: TypeAlias = tuple[str | None, dict[str, Any]]  # the state, and what the talk remembers

_TALK = Prepared(select(Talk.state, Talk.data).where(Talk.key == bindparam("name")))


async def talk(tx: Tx, key: str) -> Standing:
    """The state and data of a conversation; (None, {}) when there is none."""
    row = await _TALK.first(tx, name=key)
    return (row.state, dict(row.data)) if row else (None, {})


async def keep(tx: Tx, key: str, stands: Standing, *, now: datetime, update_id: int | None = None) -> None:
    """A conversation stands so now. How it stood before `update_id` is kept until that update is done with."""
    state, data = stands
    if update_id is None and stands == (None, {}):
        await forget(tx, key)
        return
    before = None if update_id is None else await _before(tx, key, update_id)
    row = {"state": state, "data": data, "changed_at": now, "update_id": update_id, "before": before}
    await tx.execute(insert_or_change(tx, Talk, {"key": key} | row, by="key", change=row))


async def _before(tx: Tx, key: str, update_id: int) -> dict[str, Any]:
    row = (await tx.execute(select(Talk.state, Talk.data, Talk.update_id, Talk.before).where(Talk.key == key))).first()
    if row is None:
        return {"state": None, "data": {}}
    if row.update_id == update_id and row.before is not None:
        return dict(row.before)
    return {"state": row.state, "data": row.data}


async def take_back(tx: Tx, update_id: int) -> None:
    """The update is handled again: what it changed stands as it did before."""
    for row in (await tx.execute(select(Talk.key, Talk.before, Talk.changed_at).where(Talk.update_id == update_id))).all():
        before = row.before or {"state": None, "data": {}}
        await keep(tx, row.key, (before["state"], before["data"]), now=row.changed_at)


async def changed_by(tx: Tx, updates: Collection[int]) -> list[int]:
    """Those of these updates, in hand still, that changed a talk: mostly none."""
    return await _CHANGED_BY.column(tx, updates=list(updates))


async def settle(tx: Tx, updates: Collection[int]) -> None:
    """These updates are done with: how their talks stood before is nobody's business any more."""
    door, settled = await tx.connection(), {"updates": list(updates)}
    await door.execute(_OVER, settled)
    await door.execute(_SETTLED, settled)


_CHANGED = Talk.update_id.in_(several("updates"))
_CHANGED_BY = Prepared(select(Talk.update_id).where(_CHANGED))
_OVER = delete(Talk.__table__).where(_CHANGED, Talk.state.is_(None))  # type: ignore[arg-type]
_SETTLED = update(Talk.__table__).where(_CHANGED).values(update_id=None, before=None)  # type: ignore[arg-type]


async def forget(tx: Tx, key: str) -> None:
    await tx.execute(delete(Talk).where(Talk.key == key))
