"""Copies in DATA_DIR/backups: one a night, checked before it counts, the old ones gone; and which is the newest."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import make_url

from bot.services.workdays import monday_of
from bot.settings import Settings
from storage import backup, dumps
from storage.backup import SUFFIX, BackupRefused
from storage.disk import locked
from storage.ledger import BESIDE, ERASURES, Ledger

log = structlog.get_logger()

COPIES = "backups"  # the folder in DATA_DIR
NIGHT = 3  # o'clock of the network's zone: a copy of the night is taken from then on
MORNING = 6  # … until then, if the bot runs; one that is away at night takes it later
AWAKE = timedelta(hours=1)  # how long a process works before it makes up for a night that it slept through
DAYS, WEEKS = 7, 4  # how many days' copies are kept, and how many of Mondays: 152-ФЗ art. 5, no longer than they serve
DRILL = ".drill-"  # how the folder in DATA_DIR begins in which a copy is tried
ABANDONED = timedelta(days=1)  # a copy that is half taken for so long was killed
_OURS = re.compile(r"(\d{4}-\d{2}-\d{2})\.(?:sqlite3|dump)")


def take(settings: Settings, file: Path, *, now: datetime) -> str:
    """A copy of the database while the bot works, checked. Returns its SHA-256; BackupRefused leaves nothing behind.

    The folder of copies is made for the first of them; another has to be there, for it may be a slip of the pen.
    """
    folder = settings.data_dir / COPIES
    if file.resolve().parent == folder.resolve():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ledger = Ledger(settings.data_dir / ERASURES).text(now)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return backup.back_up(Path(url.database or ""), file, ledger)
    return dumps.dump(url, file, ledger)


def newest(folder: Path) -> Path | None:
    """The newest copy: the newest file with its `.sha256` beside; None: there is none."""
    if not folder.is_dir():
        return None
    copies = [each.with_name(each.name.removesuffix(SUFFIX)) for each in folder.glob(f"*{SUFFIX}")]
    return max((each for each in copies if each.is_file()), key=lambda each: each.stat().st_mtime, default=None)


class NightlyCopies:
    """The alarm: asked every few minutes, it does its work once a night, or later when the bot was away then."""

    def __init__(self, settings: Settings, since: datetime) -> None:
        self.settings = settings
        self.since = since
        self.folder = settings.data_dir / COPIES

    async def keep(self, now: datetime) -> None:
        """Take this night's copy if it is due, then let the old ones go. What fails is logged and tried at the next beat."""
        file = self._due(now)
        if file is None:
            return
        try:
            await asyncio.to_thread(take, self.settings, file, now=now)
        except (BackupRefused, OSError) as trouble:
            log.error("the nightly copy could not be taken; it is tried again", why=str(trouble))
            return
        log.info("the nightly copy was taken and checked", file=file.name)
        await asyncio.to_thread(let_go, self.folder)
        await asyncio.to_thread(clear_away, self.settings.data_dir, now)

    def _due(self, now: datetime) -> Path | None:
        local = now.astimezone(self.settings.zone)
        night = (now - timedelta(hours=NIGHT)).astimezone(self.settings.zone).date()
        ending = "sqlite3" if self.settings.database_url.startswith("sqlite") else "dump"
        file = self.folder / f"{night}.{ending}"
        in_time = NIGHT <= local.hour < MORNING
        return None if file.exists() or not (in_time or now - self.since >= AWAKE) else file


def let_go(folder: Path) -> None:
    """Delete nightly copies that have served, and parts of those whose taking was killed. Others' files are left alone."""
    taken = {each: date.fromisoformat(found[1]) for each in folder.iterdir() if (found := _OURS.fullmatch(each.name))}
    days = sorted(set(taken.values()), reverse=True)
    kept = {*days[:DAYS], *[day for day in days if day == monday_of(day)][:WEEKS]}
    for file, day in taken.items():
        if day not in kept:
            for each in (file, *(file.with_name(file.name + ending) for ending in (SUFFIX, BESIDE))):
                with contextlib.suppress(OSError):
                    each.unlink(missing_ok=True)
    for part in folder.glob("*.part"):
        if _OURS.match(part.name):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def practice_folder(data_dir: Path) -> Iterator[Path]:
    """A folder to try a copy in, gone at the end. Its lock says that somebody still does."""
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=DRILL) as name:
        held = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(held)


def clear_away(data_dir: Path, now: datetime) -> None:
    """What killed drills and copies taken by hand have left: whole copies, of people too who have withdrawn since."""
    for left in data_dir.glob(f"{DRILL}*"):
        held = os.open(left, os.O_RDONLY)
        try:
            if locked(held):
                shutil.rmtree(left, ignore_errors=True)
        finally:
            os.close(held)
    for part in (data_dir / COPIES).glob("*.part"):
        if part.stat().st_mtime < (now - ABANDONED).timestamp():
            part.unlink(missing_ok=True)
