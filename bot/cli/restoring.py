"""A copy put back: those who withdrew after it was taken are erased from it before it gets the database's name."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.services.forgetting import scrub
from bot.services.people.restored import apply_ledgers
from bot.settings import Settings
from storage import backup, keys, ledger, numbers
from storage.db import Database
from storage.ledger import ERASURES, Known, Ledger, Line
from storage.migrate import migrate


@dataclass(frozen=True)
class Restored:
    """What became of a restore."""

    erased: int  # people erased again
    aside: Path | None  # where the former database lies
    until: dict[str, datetime]  # for each machine, up to which moment withdrawals are known
    unread: int  # lines of the ledgers that could not be used


async def restore(settings: Settings, file: Path, database: Path, *, force: bool, now: datetime) -> Restored:
    """Put a copy in the database's place. BackupRefused or DatabaseRefused say why not, and then nothing has changed.

    Killed anywhere, the present database stands as it was, and what was being made is no database of this bot's yet.
    """
    part, _ = await asyncio.to_thread(backup.prepare, file, database, force=force)
    try:
        known = await asyncio.to_thread(_ledgers, settings, file, database)
        erased, foreign = await _prepared(part, database, settings, known, now=now)
        aside = await asyncio.to_thread(backup.take_place, part, database)
    except Exception:
        backup.give_up(part)
        raise
    return Restored(erased, aside, known.until, known.unreadable + foreign)


def _ledgers(settings: Settings, file: Path, database: Path) -> Known:
    """Those beside the copy, those of this machine, and what the database that is replaced remembers itself."""
    here = settings.data_dir / ERASURES
    known = ledger.read([*ledger.beside(file), *(sorted(here.glob(f"*{ledger.ENDING}")) if here.is_dir() else [])])
    secret = backup.key_of(database)
    if secret is not None:
        machine = Ledger(here).machine
        known.lines += [
            Line(datetime.fromisoformat(at).replace(tzinfo=UTC), machine, keys.name_of(secret), mac)
            for mac, at in backup.erased_from(database)
        ]
    return known


async def _prepared(part: Path, database: Path, settings: Settings, known: Known, *, now: datetime) -> tuple[int, int]:
    """(people erased from the copy, ledger lines of another network). What the ledgers know goes into this machine's too,
    and ids given since the copy was taken are not given again.
    """
    ours = Ledger(settings.data_dir / ERASURES)
    db = Database(f"sqlite+aiosqlite:///{part}", ours)
    try:
        await db.open()
        await migrate(db)
        erased = await apply_ledgers(db, known, now=now)
        await numbers.leave_out_given(db, database)
        await scrub(db, settings.journal_dir)
        async with db.write() as tx:
            name = keys.name_of(await keys.key(tx))
        return erased, known.foreign(name)
    finally:
        await db.close()
