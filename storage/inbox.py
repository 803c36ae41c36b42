"""The durable inbox: updates are kept here before Telegram is told that they arrived."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.db import Tx
from storage.tables import Update

DEEPEST, WIDEST = 12, 100  # of what is kept of an update that was put aside


@dataclass(frozen=True)
class Arrived:
    """An update to be handled: its body is the JSON Telegram sent, less what intake drops."""

    update_id: int
    chat_id: int | None
    body: str
    attempts: int = 0


async def keep(tx: Tx, updates: Sequence[Arrived], *, now: datetime) -> list[Arrived]:
    """Keep updates in their order of arrival; one that was kept before is passed over. Returns the new ones."""
    if not updates:
        return []
    updates = list({each.update_id: each for each in updates}.values())
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    last = await tx.scalar(select(func.coalesce(func.max(Update.arrival), 0))) or 0
    rows = [
        {
            "update_id": each.update_id,
            "arrival": last + place,
            "chat_id": each.chat_id,
            "body": each.body,
            "state": "new",
            "attempts": 0,
            "received_at": now,
        }
        for place, each in enumerate(updates, 1)
    ]
    kept = await tx.execute(
        dialect.insert(Update).values(rows).on_conflict_do_nothing(index_elements=["update_id"]).returning(Update.update_id)
    )
    new = set(kept.scalars())
    return [each for each in updates if each.update_id in new]


async def keep_odd(tx: Tx, ids: Collection[int], *, now: datetime) -> None:
    """What cannot be kept, by its number alone: passed, and for `doctor` to name."""
    if not ids:
        return
    dialect = postgresql if tx.get_bind().dialect.name == "postgresql" else sqlite
    last = await tx.scalar(select(func.coalesce(func.max(Update.arrival), 0))) or 0
    rows = [
        {
            "update_id": each,
            "arrival": last + place,
            "chat_id": None,
            "body": None,
            "state": "aside",
            "attempts": 0,
            "received_at": now,
        }
        for place, each in enumerate(sorted(set(ids)), 1)
    ]
    await tx.execute(dialect.insert(Update).values(rows).on_conflict_do_nothing(index_elements=["update_id"]))


async def unfinished(tx: Tx) -> list[Arrived]:
    """What a killed process left, in the order of arrival."""
    rows = await tx.execute(
        select(Update.update_id, Update.chat_id, Update.body, Update.attempts)
        .where(Update.state == "new")
        .order_by(Update.arrival)
    )
    return [Arrived(row.update_id, row.chat_id, row.body or "{}", row.attempts) for row in rows]


async def done(tx: Tx, ids: Collection[int]) -> None:
    """Handled: only the id stays, for a while, so that a repeat is known as one."""
    await tx.execute(update(Update).where(Update.update_id.in_(ids)).values(state="done", body=None))


async def tried(tx: Tx, update_id: int) -> None:
    await tx.execute(update(Update).where(Update.update_id == update_id).values(attempts=Update.attempts + 1))


async def aside(tx: Tx, update_id: int) -> None:
    """Kept for somebody to look at: it cannot be handled, and the others go on. Its shape is kept, nothing anybody wrote."""
    body = await tx.scalar(select(Update.body).where(Update.update_id == update_id))
    await tx.execute(update(Update).where(Update.update_id == update_id).values(state="aside", body=shape(body)))


def shape(body: str | None) -> str | None:
    """An update without its words: what its fields are called and of which type and length each is, and the button's prefix."""
    try:
        return None if body is None else json.dumps(_shape(json.loads(body), 0))
    except (ValueError, RecursionError):
        return json.dumps(f"{len(body or '')} characters that are no JSON")


def _shape(thing: Any, depth: int, name: str = "") -> Any:
    if depth > DEEPEST:
        return "…"
    if isinstance(thing, dict):
        return {_key(key): _shape(value, depth + 1, key) for key, value in list(thing.items())[:WIDEST]}
    if isinstance(thing, list):
        return [_shape(value, depth + 1) for value in thing[:WIDEST]]
    if isinstance(thing, str):
        prefix = thing.partition(":")[0]
        return f"{prefix}:…" if name == "data" and re.fullmatch(r"[a-z.]{1,40}", prefix) else f"text of {len(thing)}"
    return type(thing).__name__


def _key(name: str) -> str:
    return name if re.fullmatch(r"[a-z_]{1,40}", name) else "…"


async def purge(tx: Tx, *, before: datetime) -> int:
    """Forget ids older than Telegram can repeat (24 hours), with a margin chosen by the caller."""
    gone = await tx.execute(delete(Update).where(Update.state != "new", Update.received_at < before).returning(Update.update_id))
    return len(gone.all())
