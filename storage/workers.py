"""The processes that take updates in side by side on PostgreSQL: who lives, who is relieved by whom, and each one's share of the pace.

All moments here are the database's: the clocks of several machines need not agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from storage.db import Tx

LEASE = 6.0  # seconds a process may be silent
SLOTS = 0x5C4004  # the advisory lock of whoever takes more of the pace
SILENT = "silent-until"  # the note until when Telegram wants to hear nothing of this token: seconds of 1970
# What every process hears: look who is there; a race may go on; so many seconds nobody says anything.
ALL, RACE, HUSH = "bot_all", "bot_race", "bot_hush"


def channel(worker: int) -> str:
    """What one process hears: others have kept updates that are its."""
    return f"bot_worker_{worker}"


_ENTER = text(
    "INSERT INTO workers (since, until, slots, wants)"
    " VALUES (clock_timestamp(), clock_timestamp() + make_interval(secs => :lease), 0, 0) RETURNING id"
)
_ARRIVALS = text(
    "SELECT setval('inbox_arrival', found.most) FROM (SELECT max(arrival) AS most FROM inbox) AS found"
    " WHERE found.most > (SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM inbox_arrival)"
)

# One question a beat: the lease is renewed, and everybody is seen as they were before it.
BEAT = (
    "WITH mine AS (UPDATE workers SET until = clock_timestamp() + make_interval(secs => :lease), wants = :wants"
    " WHERE id = :me RETURNING id)"
    " SELECT w.id, w.until IS NULL AS has_left, extract(epoch FROM clock_timestamp() - w.until)::float AS late, w.slots, w.wants,"
    " EXISTS (SELECT FROM mine) AS renewed,"
    " coalesce((SELECT value::float FROM notes WHERE name = :silent) - extract(epoch FROM clock_timestamp()), 0)::float AS silent"
    " FROM workers w ORDER BY w.id"
)


@dataclass(frozen=True)
class Seen:
    """A process as another one sees it."""

    id: int
    has_left: bool
    late: float  # seconds since its lease ran out; below 0: it stands
    slots: int
    wants: int

    @property
    def lives(self) -> bool:
        return not self.has_left and self.late <= 0


async def enter(tx: Tx) -> tuple[int, list[int]]:
    """A process begins. Returns its number, and the updates that were nobody's and are its now: kept by an older version, or
    moved here from SQLite. Arrivals go on above theirs.
    """
    worker = int(await tx.scalar(_ENTER, {"lease": LEASE}) or 0)
    await tx.execute(_ARRIVALS)
    nobodys = text("UPDATE inbox SET worker = :me WHERE worker IS NULL AND state = 'new' RETURNING update_id")
    return worker, list((await tx.scalars(nobodys, {"me": worker})).all())


async def relieve(tx: Tx, gone: int, by: int) -> list[int] | None:
    """Take over the updates of a process that has left or whose lease ran out; None: somebody else does, or it lives.

    Whatever it, or another process for it, has begun to write is waited for; what it writes later is refused (the fence),
    and an update kept for it later too (its foreign key): whoever keeps it asks again whose it is.
    """
    dead = text("SELECT id FROM workers WHERE id = :gone AND (until IS NULL OR until < clock_timestamp()) FOR UPDATE SKIP LOCKED")
    if await tx.scalar(dead, {"gone": gone}) is None:
        return None
    taken = text("UPDATE inbox SET worker = :by WHERE worker = :gone AND state = 'new' RETURNING update_id")
    ids = list((await tx.scalars(taken, {"by": by, "gone": gone})).all())
    await tx.execute(text("DELETE FROM workers WHERE id = :gone"), {"gone": gone})
    return ids


async def leave(tx: Tx, worker: int) -> None:
    """It ends in order: what it leaves is somebody else's at once."""
    await tx.execute(text("SELECT id FROM workers WHERE id = :me FOR UPDATE"), {"me": worker})
    left = await tx.scalar(text("SELECT count(*) FROM inbox WHERE worker = :me"), {"me": worker})
    end = "UPDATE workers SET until = NULL, slots = 0 WHERE id = :me" if left else "DELETE FROM workers WHERE id = :me"
    await tx.execute(text(end), {"me": worker})
    await call(tx, [ALL])


async def call(tx: Tx, channels: Sequence[str], what: str = "") -> None:
    """Heard when this transaction is kept."""
    for each in channels:
        await tx.execute(text("SELECT pg_notify(:channel, :what)"), {"channel": each, "what": what})


async def take_slots(tx: Tx, worker: int, more: int, rate: int) -> int:
    """So many more of the token's messages a second, as far as there are; returns how many it has now."""
    await tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SLOTS})
    taken = text(
        "UPDATE workers SET slots = slots + greatest(0, least(CAST(:more AS bigint), CAST(:rate AS bigint) - (SELECT sum(slots)::bigint FROM workers)))"
        " WHERE id = :me RETURNING slots"
    )
    return int(await tx.scalar(taken, {"more": more, "rate": rate, "me": worker}) or 0)


async def give_slots(tx: Tx, worker: int, left: int) -> None:
    """It keeps so many, the others may have the rest."""
    await tx.execute(text("UPDATE workers SET slots = :left WHERE id = :me"), {"left": left, "me": worker})


async def silence(tx: Tx, seconds: float) -> None:
    """Telegram wants to hear nothing of this token for so long: who works hears it now, who begins later reads it."""
    said = text(
        "INSERT INTO notes (name, value) VALUES (:name, (extract(epoch FROM clock_timestamp()) + CAST(:seconds AS float))::text)"
        " ON CONFLICT (name) DO UPDATE SET value = greatest(notes.value::float, excluded.value::float)::text"
    )
    await tx.execute(said, {"name": SILENT, "seconds": seconds})
    await call(tx, [HUSH], str(seconds))


async def seen(tx: Tx) -> list[Seen]:
    """Every process, for /metrics and doctor."""
    rows = await tx.execute(
        text(
            "SELECT id, until IS NULL AS has_left, coalesce(extract(epoch FROM clock_timestamp() - until), 0)::float AS late, slots, wants"
            " FROM workers ORDER BY id"
        )
    )
    return [Seen(**row._mapping) for row in rows]
