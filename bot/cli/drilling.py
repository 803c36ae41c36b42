"""The restore drill: the newest copy is put back into a place of its own, looked over, and thrown away again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from bot.cli.restoring import ledgers, prepared
from bot.copies import clear_away, practice_folder
from bot.settings import Settings
from storage import backup, dumps
from storage.db import Database
from storage.doctor import SILENT, closed_by, violations, worth_knowing
from storage.moving import counts

PRACTICE = "_drill"  # beside a PostgreSQL: the copy that is looked over


@dataclass(frozen=True)
class Drilled:
    """What the newest copy would give if it were needed now."""

    rows: int  # in all its tables
    pupils: int
    erased: int  # people who have withdrawn since, erased from it again
    wrong: dict[str, int]  # doctor's violations: what, how many
    known: dict[str, int]  # what doctor says besides


async def drill(settings: Settings, file: Path, *, now: datetime) -> Drilled:
    """Restore a copy beside, erase whom the ledgers know, ask doctor. Nothing of the running bot is touched.

    BackupRefused, DatabaseRefused: the copy is worth nothing, and why.
    """
    clear_away(settings.data_dir, now)
    with practice_folder(settings.data_dir) as folder:
        own = settings.model_copy(update={"data_dir": folder, "journal_dir": folder / "journal"})
        async with _laid_out(settings, file, folder) as address:
            known = await asyncio.to_thread(ledgers, settings, file, None)
            erased, _ = await prepared(address, own, known, now=now)
            taken = (await asyncio.to_thread(file.stat)).st_mtime
            return await _looked_over(address, erased, settings, datetime.fromtimestamp(taken, UTC))


@asynccontextmanager
async def _laid_out(settings: Settings, file: Path, folder: Path) -> AsyncIterator[str]:
    """The copy where it may be worked on: a file in the folder, or a database beside the present one."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        part, _ = await asyncio.to_thread(backup.prepare, file, folder / "bot.sqlite3")
        yield f"sqlite+aiosqlite:///{part}"
        return
    made: URL = await dumps.restored_beside(url, file, PRACTICE)
    try:
        yield made.render_as_string(hide_password=False)
    finally:
        await dumps.drop(made)


async def _looked_over(address: str, erased: int, settings: Settings, taken: datetime) -> Drilled:
    db = Database(address)
    try:
        async with db.read() as tx:
            wrong = await violations(tx, closed_by(taken, settings.zone))  # a year that has ended since is closed after the start
            held = await counts(tx)
            known = await worth_knowing(tx)
            known.pop(SILENT, None)  # nobody works on a copy
            return Drilled(sum(held.values()), held["pupils"], erased, wrong, known)
    finally:
        await db.close()
