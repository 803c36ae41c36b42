"""The durable inbox: updates are kept here before Telegram is told that they arrived."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, select, update

from storage import notes, talks
from storage.db import Tx
from storage.prepared import several
from storage.tables import Update
from storage.upsert import insert_each_new

DEEPEST, WIDEST = 12, 100  # of what is kept of an update that was put aside
OVER: dict[str, Any] = {
    "body": None,
    "undrawn": None,
    "worker": None,
    "races": False,
}  # what nobody waits for keeps none of these
PAST = "put-aside"  # the note of what was put aside, not ticked off, and is in no row any more

NEW = Update.state == literal_column("'new'")  # in the words of the index `ix_inbox_new`: see storage.unsaid.hanging

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
    attempts: int = 0  # deaths of the process with this update at work
    again: bool = False  # a process that is no more may have begun with it
    pressed: int | None = None  # the message whose button was pressed
    in_order: bool = False  # it has its turn by its place here, among all chats
    why: str | None = None  # a key of ASIDE
    album: str | None = None  # the album it is a part of
    undrawn: str | None = None  # JSON: the page an earlier press on its message left to it to draw
    arrival: int = 0  # its place among all
    worker: int | None = None  # whose it is, of several processes
    behind: int | None = None  # … and the unfinished update of its chat that stood last when it was kept


async def keep(tx: Tx, updates: Sequence[Arrived], *, now: datetime) -> list[Arrived]:
    """Keep updates in their order of arrival; one that was kept before is passed over. Returns the new ones to be handled."""
    if not updates:
        return []
    updates = list({each.update_id: each for each in updates}.values())
    rows = [row_of(each, now) | {"place": place} for place, each in enumerate(updates, 1)]
    behind = insert_each_new(tx, Update.__table__, by="update_id", arrival=_BEHIND)
    kept = await (await tx.connection()).execute(behind.returning(Update.update_id, Update.arrival), rows)
    places = {row.update_id: row.arrival for row in kept}
    new = [replace(each, arrival=places[each.update_id]) for each in updates if each.update_id in places]
    return sorted((each for each in new if not each.why), key=lambda each: each.arrival)


_LAST = select(func.coalesce(func.max(Update.arrival), 0)).scalar_subquery()
_BEHIND = _LAST + bindparam("place")


def row_of(each: Arrived, now: datetime) -> dict[str, Any]:
    """An update as the inbox keeps it first, but its place among all."""
    return {
        "update_id": each.update_id,
        "chat_id": each.chat_id,
        "body": each.body,
        "state": "aside" if each.why else "new",
        "attempts": 0,
        "received_at": now,
        "why": each.why,
        "album": each.album,
        "races": False,
    }


async def unfinished(tx: Tx, ids: Collection[int] | None = None) -> list[Arrived]:
    """What a killed process left, or (`ids`) what of these waits to be handled, in the order of arrival."""
    asked = select(Update.update_id, Update.arrival, Update.chat_id, Update.body, Update.attempts, Update.undrawn)
    if ids is not None:
        asked = asked.where(Update.update_id.in_(ids))
    rows = await tx.execute(asked.where(NEW).order_by(Update.arrival))
    return [
        Arrived(row.update_id, row.chat_id, row.body or "{}", row.attempts, undrawn=row.undrawn, arrival=row.arrival)
        for row in rows
    ]


async def done(tx: Tx, ids: Collection[int], talked: Collection[int] | None = None) -> None:
    """Handled: only the id stays, for a while, so that a repeat is known as one.

    `talked`: those of them that changed a talk, where it is known.
    """
    if talked is None or talked:
        await talks.settle(tx, ids if talked is None else talked)
    await (await tx.connection()).execute(_DONE, {"updates": list(ids)})


_DONE = update(Update.__table__).where(Update.update_id.in_(several("updates"))).values(state="done", **OVER)  # type: ignore[arg-type]


async def forget_undrawn(tx: Tx, update_id: int) -> None:
    """What an earlier press left to this one to draw is nobody's to draw: what it showed is kept no more."""
    await tx.execute(update(Update).where(Update.update_id == update_id).values(undrawn=None))


async def leave_undrawn(tx: Tx, update_id: int, page: str) -> None:
    """What this update, which waits, has to draw should it draw nothing of its own."""
    await tx.execute(update(Update).where(Update.update_id == update_id, NEW).values(undrawn=page))


async def first_of_album(tx: Tx, chat_id: int, album: str) -> int | None:
    """The update that brought an album's first part into this chat, handled or not."""
    parts = (Update.chat_id == chat_id, Update.album == album)
    return await tx.scalar(select(Update.update_id).where(*parts).order_by(Update.arrival).limit(1))


async def is_waiting(tx: Tx, *, until: datetime) -> bool:
    """Whether something that arrived by that moment is not handled yet: its words are still kept."""
    waiting = select(Update.update_id).where(NEW, Update.received_at <= until)
    return await tx.scalar(waiting.limit(1)) is not None


async def waiting_since(tx: Tx) -> tuple[int, datetime | None]:
    """(how many updates wait to be handled, when the oldest of them came)."""
    asked = select(func.count(Update.update_id), func.min(Update.received_at)).where(NEW)
    count, oldest = (await tx.execute(asked)).one()
    return count, oldest


async def stuck(tx: Tx, *, before: datetime) -> int:
    """In how many chats an update waits that came before that moment."""
    waits = select(Update.chat_id).where(NEW, Update.received_at < before)
    return await tx.scalar(select(func.count()).select_from(waits.distinct().subquery())) or 0


async def count_aside(tx: Tx) -> int:
    """How many updates lie aside that nobody has ticked off."""
    return sum(each.count for each in _sum(await _remembered(tx), await _lying_aside(tx)).values())


async def died(tx: Tx, ids: Collection[int]) -> None:
    """The process died with these at work."""
    if ids:
        await tx.execute(update(Update).where(Update.update_id.in_(ids), NEW).values(attempts=Update.attempts + 1))


async def aside(tx: Tx, update_id: int, why: str) -> None:
    """Kept for somebody to look at: it cannot be handled, and the others go on. Its shape is kept, nothing anybody wrote."""
    body = await tx.scalar(select(Update.body).where(Update.update_id == update_id))
    await talks.settle(tx, [update_id])
    kept = OVER | {"state": "aside", "body": shape(body), "why": why}
    await tx.execute(update(Update).where(Update.update_id == update_id).values(kept))


@dataclass(frozen=True)
class Aside:
    """What was put aside for one reason and is not ticked off: how many, since when, and the numbers that are still known."""

    count: int
    since: datetime
    ids: tuple[int, ...] = ()

    @property
    def named(self) -> str:
        first = [str(each) for each in self.ids[:10]]
        return ", ".join(first if len(first) == self.count else [*first, "…"])

    def __add__(self, other: Aside) -> Aside:
        return Aside(self.count + other.count, min(self.since, other.since), (*self.ids, *other.ids))


async def put_aside(tx: Tx) -> dict[str, int]:
    """What was put aside, until it is ticked off: each line says why, since when, and the first numbers."""
    found = _sum(await _remembered(tx), await _lying_aside(tx))
    return {f"{ASIDE[why]}, since {each.since:%d.%m.%Y %H:%M} UTC: {each.named}": each.count for why, each in found.items()}


async def tick_off(tx: Tx) -> None:
    """Somebody has seen what was put aside: it is named no more. The ids stay for a while, as those of any handled update."""
    await tx.execute(update(Update).where(Update.state == "aside").values(state="done", body=None))
    await notes.keep(tx, PAST, "{}")


async def _lying_aside(tx: Tx, before: datetime | None = None) -> dict[str, Aside]:
    question = select(Update.update_id, Update.why, Update.received_at).where(Update.state == "aside")
    if before is not None:
        question = question.where(Update.received_at < before)
    found: dict[str, Aside] = {}
    for row in await tx.execute(question.order_by(Update.arrival)):
        why = row.why if row.why in ASIDE else "failed"
        found = _sum(found, {why: Aside(1, row.received_at, (row.update_id,))})
    return found


async def _remembered(tx: Tx) -> dict[str, Aside]:
    kept = json.loads(await notes.note(tx, PAST) or "{}")
    return {why: Aside(count, datetime.fromisoformat(since)) for why, (count, since) in kept.items()}


def _sum(one: dict[str, Aside], other: dict[str, Aside]) -> dict[str, Aside]:
    return one | {why: one[why] + each if why in one else each for why, each in other.items()}


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
    """Forget ids older than Telegram can repeat (24 hours), with a margin chosen by the caller.

    Of what was put aside stays how many there were, why, and since when: `doctor` names that until it is ticked off. Its
    number must go like any other, for a new update may get it.
    """
    if past := await _lying_aside(tx, before):
        known = _sum(await _remembered(tx), past)
        await notes.keep(tx, PAST, json.dumps({why: (each.count, each.since.isoformat()) for why, each in known.items()}))
    gone = await tx.execute(delete(Update).where(Update.state != "new", Update.received_at < before).returning(Update.update_id))
    return len(gone.all())
