"""The durable inbox: updates are kept here before Telegram is told that they arrived."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.db import Tx
from storage.tables import Update
from storage.upsert import insert_new

DEEPEST, WIDEST = 12, 100  # of what is kept of an update that was put aside


ASIDE = {  # why an update is put aside → the line of `doctor`
    "deaths": "updates put aside: the process died three times with them in hand",
    "unreadable": "updates put aside: they cannot be read (too long, too deep, no JSON, numbers out of range)",
    "unknown": "updates put aside: of a kind this version does not know",
    "too-long": "updates put aside: handling them took more than ten seconds",
    "failed": "updates put aside: handling them failed",
}


@dataclass(frozen=True)
class Arrived:
    """An update to be handled: its body is the JSON Telegram sent, less what intake drops. With `why`: put aside at once."""

    update_id: int
    chat_id: int | None
    body: str
    attempts: int = 0  # deaths of the process with this update in hand
    pressed: int | None = None  # the message whose button was pressed
    why: str | None = None  # a key of ASIDE


async def keep(tx: Tx, updates: Sequence[Arrived], *, now: datetime) -> list[Arrived]:
    """Keep updates in their order of arrival; one that was kept before is passed over. Returns the new ones to be handled."""
    if not updates:
        return []
    updates = list({each.update_id: each for each in updates}.values())
    last = await tx.scalar(select(func.coalesce(func.max(Update.arrival), 0))) or 0
    rows = [
        {
            "update_id": each.update_id,
            "arrival": last + place,
            "chat_id": each.chat_id,
            "body": each.body,
            "state": "aside" if each.why else "new",
            "attempts": 0,
            "received_at": now,
            "why": each.why,
        }
        for place, each in enumerate(updates, 1)
    ]
    kept = await tx.execute(insert_new(tx, Update, rows, by="update_id").returning(Update.update_id))
    new = set(kept.scalars())
    return [each for each in updates if each.update_id in new and not each.why]


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


async def is_waiting(tx: Tx, *, until: datetime) -> bool:
    """Whether something that arrived by that moment is not handled yet: its words are still kept."""
    waiting = select(Update.update_id).where(Update.state == "new", Update.received_at <= until)
    return await tx.scalar(waiting.limit(1)) is not None


async def died(tx: Tx, ids: Collection[int]) -> None:
    """The process died with these in hand."""
    if ids:
        await tx.execute(
            update(Update).where(Update.update_id.in_(ids), Update.state == "new").values(attempts=Update.attempts + 1)
        )


async def aside(tx: Tx, update_id: int, why: str) -> None:
    """Kept for somebody to look at: it cannot be handled, and the others go on. Its shape is kept, nothing anybody wrote."""
    body = await tx.scalar(select(Update.body).where(Update.update_id == update_id))
    await tx.execute(update(Update).where(Update.update_id == update_id).values(state="aside", body=shape(body), why=why))


async def put_aside(tx: Tx) -> dict[str, int]:
    """What was put aside and is not yet forgotten, by number, each line saying why."""
    rows = await tx.execute(
        select(Update.update_id, Update.why, Update.received_at).where(Update.state == "aside").order_by(Update.arrival)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(ASIDE.get(row.why or "", ASIDE["failed"]), []).append(
            f"{row.update_id} of {row.received_at:%d.%m. %H:%M} UTC"
        )
    return {f"{line}: {', '.join(ids[:10])}{' …' if len(ids) > 10 else ''}": len(ids) for line, ids in found.items()}


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
