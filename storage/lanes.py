"""The lanes of PostgreSQL, where several processes keep updates: a chat's updates are one process's as long as one of them waits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, text, update

from storage import workers
from storage.db import Tx
from storage.inbox import NEW, Arrived, row_of
from storage.tables import Update
from storage.upsert import insert_each_new

LANES, RACE = 0x5C4003, -1  # the kind of the locks of chats; the lock of whatever has its turn among all chats
_LOCK = text("SELECT pg_advisory_xact_lock(:kind, key) FROM unnest(CAST(:keys AS int[])) AS key")
_WHOSE = text(
    "SELECT DISTINCT ON (chat_id) chat_id, update_id, worker FROM inbox"
    " WHERE worker IS NOT NULL AND chat_id = ANY(:chats) ORDER BY chat_id, arrival DESC"
)
_NEXT = func.nextval("inbox_arrival")
_BEFORE = text("SELECT EXISTS (SELECT FROM inbox WHERE races AND state = 'new' AND arrival < :arrival)")


async def keep(tx: Tx, updates: Sequence[Arrived], whose: Callable[[int | None], int], *, now: datetime) -> list[Arrived]:
    """Keep updates as `storage.inbox.keep` does. Each is of whoever has one of its chat in hand, else of `whose(chat)`.

    What is returned says whose it is, and which unfinished one of its chat stood last before this batch. Two processes keep
    one chat's updates one after the other; so do all what has its turn among all chats: who has the lower number is kept first.
    IntegrityError when a process was relieved meanwhile: ask again.
    """
    if not updates:
        return []
    updates = list({each.update_id: each for each in updates}.values())
    chats = sorted({each.chat_id for each in updates if each.chat_id is not None})
    keys = sorted({_number(chat) for chat in chats} | ({RACE} if any(each.in_order for each in updates) else set()))
    if keys:
        await tx.execute(_LOCK, {"kind": LANES, "keys": keys})
    known = {row.chat_id: row for row in await tx.execute(_WHOSE, {"chats": chats})} if chats else {}
    rows, found = [], dict[int, Arrived]()
    for each in updates:
        before = known.get(each.chat_id)
        worker = None if each.why else before.worker if before else whose(each.chat_id)
        rows.append(row_of(each, now) | {"worker": worker, "races": each.in_order})
        found[each.update_id] = replace(each, worker=worker, behind=before.update_id if before else None)
    behind = insert_each_new(tx, Update.__table__, by="update_id", arrival=_NEXT)
    kept = await (await tx.connection()).execute(behind.returning(Update.update_id, Update.arrival), rows)
    new = [replace(found[row.update_id], arrival=row.arrival) for row in kept]
    return sorted((each for each in new if not each.why), key=lambda each: each.arrival)


async def waiting(tx: Tx, worker: int) -> list[int]:
    """What this process has in hand or should take in hand, in the order of arrival."""
    asked = select(Update.update_id).where(Update.worker == worker, NEW).order_by(Update.arrival)
    return list((await tx.scalars(asked)).all())


async def is_next(tx: Tx, arrival: int) -> bool:
    """Whether nothing that has its turn among all chats came before, in any process, and waits for its turn still."""
    return not await tx.scalar(_BEFORE, {"arrival": arrival})


async def served(tx: Tx, ids: Collection[int]) -> None:
    """Their seats are given or refused: whoever came next has their turn."""
    await tx.execute(update(Update).where(Update.update_id.in_(ids)).values(races=False))
    await workers.call(tx, [workers.RACE])


def _number(chat: int) -> int:
    """A chat as the number of its lock: 31 bits."""
    return int.from_bytes(hashlib.blake2b(chat.to_bytes(8, signed=True), digest_size=4).digest()) >> 1
