"""What a withdrawal leaves outside the rows: files people sent, journals of the folder, free pages. Cleaned, and again after a kill."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from storage import inbox, notes, redaction
from storage.db import Database, Tx
from storage.journal.journal import UPLOADS, drop_uploads
from storage.redaction import Names

log = structlog.get_logger()

AT_ONCE = 64 * 1024 * 1024  # bytes of a database that is written anew while the person waits; a larger one within the hour
JOURNALS = timedelta(days=30)  # how long read journals lie in done/ and failed/
UNPACKED = 64 * 1024 * 1024  # bytes of one part of a proof that are searched
COMPACTED = "compacted"  # the note that no free page is older than secure_delete


async def drop_files(tx: Tx, names: Names) -> None:
    """Uploads that wait for their sender's word go, whoever's they are: a journal names a child in more ways than can be searched.

    A proof of the roadmap loses what it says when it names the pupil; that the task is done stays.
    """
    await drop_uploads(tx, UPLOADS, before=None)
    for number, name in await redaction.documents(tx, ("evidence", "criterion", "announcement", "message")):
        content = await redaction.content(tx, number) or b""
        if names.in_text(name) or await asyncio.to_thread(names_in_file, names, content):
            await redaction.empty(tx, number)


def names_in_file(names: Names, content: bytes) -> bool:
    """Whether a file names the pupil, in its bytes or inside the archive an office document is."""
    if names.in_bytes(content):
        return True
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(_in_part(names, archive, part) for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def _in_part(names: Names, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as file:
        content = file.read(UNPACKED)
    return names.in_bytes(content) or names.in_text(_without_tags(content.decode("utf-8", "ignore")))


def _without_tags(xml: str) -> str:
    """A name may be spread over several runs of a paragraph."""
    return re.sub(r"<[^>]*>", "", xml)


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def scrub(db: Database, journals: Path, *, most: int | None = None) -> bool:
    """After an erasure: journals that were read, free pages and the WAL. Returns whether all is clean.

    A note in the database says that it is due, so a kill before the end is made up for; and while an update of before the
    erasure is in hand (the press itself: it holds the page that was pressed), it stays due. `most`: bytes of a database
    that is not too large for now.
    """
    async with db.read() as tx:
        due = await notes.note(tx, notes.TO_SCRUB)
        compacted = await notes.note(tx, COMPACTED)
        waits = due is not None and await inbox.is_waiting(tx, until=datetime.fromisoformat(due))
    if due is None and compacted:
        return True
    if due is not None:
        await asyncio.to_thread(drop_journals, journals)
    if (most is not None and db.size > most) or not await db.compact():
        return False
    async with db.write() as tx:
        await notes.keep(tx, COMPACTED, "yes")
        if due is not None and waits:
            return False
        if due is not None:
            await notes.drop(tx, notes.TO_SCRUB, due)
    return True


async def scrub_after(db: Database, journals: Path) -> None:
    """A minute later: what was in hand at an erasure is handled now, and its words are in no row any more."""
    async with db.read() as tx:
        due = await notes.note(tx, notes.TO_SCRUB)
        if due is None or await inbox.is_waiting(tx, until=datetime.fromisoformat(due)):
            return
    await scrub(db, journals, most=AT_ONCE)


async def scrub_now(db: Database, journals: Path) -> None:
    """The same while somebody waits for their page: what does not work now is made up for within the hour."""
    try:
        await scrub(db, journals, most=AT_ONCE)
    except Exception as trouble:  # the erasure itself stands; the alarm tries again
        log.warning("not everything could be cleaned after an erasure; trying again within the hour", why=type(trouble).__name__)


def drop_journals(folder: Path, *, before: datetime | None = None) -> int:
    """Delete read journals and their .log (those older than `before`; None: all), and .log of journals that wait: the
    next look writes it anew. Returns how many files.
    """
    gone = 0
    for place in (folder / "done", folder / "failed"):
        for file in sorted(place.iterdir()) if place.is_dir() else []:
            if file.is_file() and (before is None or file.stat().st_mtime < before.timestamp()):
                file.unlink(missing_ok=True)
                gone += 1
    if before is None and folder.is_dir():
        for file in sorted(folder.glob("*.log")):
            file.unlink(missing_ok=True)
            gone += 1
    return gone
