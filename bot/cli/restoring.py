"""A copy put back: those who withdrew after it was taken are erased from it before it gets the database's name."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, make_url
from sqlalchemy.exc import DBAPIError

from bot.services.forgetting import scrub
from bot.services.people.restored import apply_ledgers, erasures
from bot.settings import Settings
from storage import backup, dumps, keys, ledger, numbers
from storage.away import DatabaseAway
from storage.backup import BackupRefused
from storage.db import Database
from storage.ledger import ERASURES, Known, Ledger, Line
from storage.migrate import migrate

Remembered: TypeAlias = tuple[bytes, list[tuple[bytes, datetime]]]  # a network's key; (HMAC, moment) of whom it erased


@dataclass(frozen=True)
class Restored:
    """What became of a restore."""

    erased: int  # people erased again
    aside: Path | str | None  # where the former database lies: a file, or a database of the same server
    until: dict[str, datetime]  # for each machine, up to which moment withdrawals are known
    unread: int  # lines of the ledgers that could not be used


async def restore(settings: Settings, file: Path, database: Path, *, force: bool, now: datetime) -> Restored:
    """Put a copy in the database's place. BackupRefused or DatabaseRefused say why not, and then nothing has changed.

    Killed anywhere, the present database stands as it was, and what was being made is no database of this bot's yet.
    """
    part, _ = await asyncio.to_thread(backup.prepare, file, database, force=force)
    try:
        known = await asyncio.to_thread(lambda: ledgers(settings, file, _remembered_in(database)))
        erased, foreign = await prepared(f"sqlite+aiosqlite:///{part}", settings, known, replaced=database, now=now)
        aside = await asyncio.to_thread(backup.take_place, part, database)
    except Exception:
        backup.give_up(part)
        raise
    return Restored(erased, aside, known.until, known.unreadable + foreign)


async def restore_dump(settings: Settings, file: Path, *, force: bool, now: datetime) -> Restored:
    """Put a copy of a PostgreSQL in the database's place, as `restore` does with a file; the present one is kept beside it."""
    url = make_url(settings.database_url)
    if await dumps.is_ours(url) and not force:
        raise BackupRefused(
            f"{url.database} exists: stop the bot and add --force to put the copy in its place (the present one is kept beside)"
        )
    made = await dumps.restored_beside(url, file)
    try:
        known = await asyncio.to_thread(ledgers, settings, file, await _remembered_at(url))
        erased, foreign = await prepared(_written(made), settings, known, now=now)
        aside = await dumps.take_place(made, url)
    except BaseException:
        await dumps.drop(made)
        raise
    return Restored(erased, aside, known.until, known.unreadable + foreign)


def _remembered_in(database: Path) -> Remembered | None:
    """Whom the present SQLite file has erased, and its network's key; None: it has no key, or cannot be read."""
    secret = backup.key_of(database)
    if secret is None:
        return None
    return secret, [(mac, datetime.fromisoformat(at).replace(tzinfo=UTC)) for mac, at in backup.erased_from(database)]


async def _remembered_at(url: URL) -> Remembered | None:
    """The same of a PostgreSQL; None also when it is none of this bot's, or from before there were erasures."""
    if not await dumps.is_ours(url):
        return None
    db = Database(_written(url))
    try:
        async with db.read() as tx:
            secret = await keys.known(tx)
        return None if secret is None else (secret, await erasures(db))
    except (DBAPIError, DatabaseAway):
        return None
    finally:
        await db.close()


def ledgers(settings: Settings, file: Path, present: Remembered | None) -> Known:
    """Those beside the copy, those of this machine, and what the database that is replaced remembers itself."""
    here = settings.data_dir / ERASURES
    known = ledger.read([*ledger.beside(file), *(sorted(here.glob(f"*{ledger.ENDING}")) if here.is_dir() else [])])
    if present is not None:
        secret, erased = present
        machine = Ledger(here).machine
        known.lines += [Line(at, machine, keys.name_of(secret), mac) for mac, at in erased]
    return known


async def prepared(
    address: str, settings: Settings, known: Known, *, replaced: Path | None = None, now: datetime
) -> tuple[int, int]:
    """(people erased from the copy, ledger lines of another network). What the ledgers know goes into this machine's too,
    and ids given since the copy was taken are not given again: `replaced` says how far they had come.
    """
    db = Database(address, Ledger(settings.data_dir / ERASURES))
    try:
        await db.open()
        await migrate(db)
        erased = await apply_ledgers(db, known, now=now)
        await numbers.leave_out_given(db, replaced)
        await scrub(db, settings.journal_dir)
        async with db.write() as tx:
            name = keys.name_of(await keys.key(tx))
        return erased, known.foreign(name)
    finally:
        await db.close()


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)
