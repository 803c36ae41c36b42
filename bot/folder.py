"""JOURNAL_DIR: files dropped there are read, applied and moved to done/ or failed/ with a .log beside; killed anywhere, it goes on."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import shlex
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import structlog

from bot.clock import Moment
from bot.notices import Notice
from bot.notices.journal_files import JournalFileDoubted, JournalFileFailed
from bot.post.posting import Addressed, post_all
from bot.reading.uploads import LIMITS
from bot.refusals import Faults, Refusal
from bot.services.journal.journal import JournalFile, JournalPlan, plan_journal, read_file
from bot.services.journal.uploads import Brought, enter_file
from bot.settings import Settings
from bot.voice import Say, voice
from bot.words.journal import counts_line, fault_lines, plan_lines
from storage import disk
from storage.db import Database
from storage.people import people

log = structlog.get_logger()

Stamp: TypeAlias = tuple[int, int]  # size, time of the last change
_HALF_WRITTEN = (".log", ".tmp", ".part", ".crdownload", ".partial", ".swp")


@dataclass
class Folder:
    """What was seen at the last look: a file whose size and time still stand is no longer being written."""

    path: Path
    seen: dict[Path, Stamp] = field(default_factory=dict)
    waiting: dict[Path, str] = field(default_factory=dict)  # files that stay, and why: what their .log says

    def settled(self) -> list[Path]:
        """Files that have not changed since the last look, oldest first: of one group the later one must stand."""
        if not self.path.is_dir():
            return []
        now = {path: _stamp(path) for path in self.path.iterdir() if _is_ours(path)}
        ready = [path for path, stamp in now.items() if self.seen.get(path) == stamp]
        self.seen = now
        self.waiting = {path: said for path, said in self.waiting.items() if path in now}
        return sorted(ready, key=lambda path: (now[path][1], path.name))


async def scan_folder(db: Database, folder: Folder, *, now: datetime, settings: Settings) -> None:
    """One look at the folder: every file that is whole is applied without asking, or set aside; each with a .log in Russian.

    A file with questions nobody has answered stays until they are: whoever can answer is asked in the bot. So does one
    that looks like an accident (pupils left out, many marks gone): it waits for a person.
    """
    say = voice("ru", settings.zone)
    for path in await asyncio.to_thread(folder.settled):
        try:
            await _take(db, folder, path, say, now=now, settings=settings)
        except OSError as trouble:  # taken away meanwhile, or not ours to read or move: the next look will tell
            log.warning("a journal file cannot be handled", why=type(trouble).__name__)


async def _take(db: Database, folder: Folder, path: Path, say: Say, *, now: datetime, settings: Settings) -> None:
    try:
        content = await asyncio.to_thread(_read, path)
    except PermissionError:  # dropped by root, say: nobody would learn why it lies there
        await _say_beside(
            folder, path, say.plain("folder-closed", command=shlex.join(["chown", f"--reference={path.parent}", str(path)]))
        )
        return
    at = Moment(now, settings.zone)
    try:
        file = await read_file(content, path.name, now=now, settings=settings)
        plan = await enter_file(db, Brought(path.name, content), file, at=at)
    except Refusal as refusal:
        if refusal.key == "journal-questions":
            await _wait(folder, path, await plan_journal(db, file, by=None, today=at.today), say)
            return
        if refusal.key == "journal-doubtful":
            await _doubted(db, folder, path, file, say, at=at)
            return
        await _tell(db, path.name, content, refusal, now=now)
        await asyncio.to_thread(_move, path, folder.path / "failed", _failed_log(refusal, say))
        return
    await asyncio.to_thread(_move, path, folder.path / "done", _done_log(plan, say))


async def _wait(folder: Folder, path: Path, plan: JournalPlan, say: Say) -> None:
    """A file whose questions nobody has answered stays; its .log says which."""
    await _say_beside(folder, path, "\n".join([say.plain("folder-waiting"), *plan_lines(plan, say.plain)]))


async def _say_beside(folder: Folder, path: Path, said: str) -> None:
    """Why a file stays, in its .log."""
    if folder.waiting.get(path) != said or not _log_of(path).exists():  # an erasure takes the .log away
        folder.waiting[path] = said
        await asyncio.to_thread(disk.write, _log_of(path), said + "\n")


async def _doubted(db: Database, folder: Folder, path: Path, file: JournalFile, say: Say, *, at: Moment) -> None:
    """What looks like an accident waits for a person: the coordinators hear of it once, and answer by sending the file to the chat.

    Once they have applied it there, nothing is left to do but what they wished to keep: then it is put away.
    """
    kept = await plan_journal(db, file, by=None, today=at.today, left_out="keep")
    if kept.empty:
        await asyncio.to_thread(_move, path, folder.path / "done", _done_log(kept, say))
        return
    plan = await plan_journal(db, file, by=None, today=at.today)
    await _say_beside(folder, path, "\n".join([say.plain("folder-doubted"), *plan_lines(plan, say.plain)]))
    notice = JournalFileDoubted(name=path.name[:100], sha256=file.sha256, doubts=len(plan.stops))
    await _tell_coordinators(db, notice, now=at.now)  # each once, one who comes later too


async def _tell(db: Database, name: str, content: bytes, refusal: Refusal, *, now: datetime) -> None:
    """The coordinators hear of a failed file, once for its content."""
    count = len(refusal.faults) if isinstance(refusal, Faults) else 1
    notice = JournalFileFailed(name=name[:100], sha256=hashlib.sha256(content).hexdigest(), faults=count)
    await _tell_coordinators(db, notice, now=now)


async def _tell_coordinators(db: Database, notice: Notice, *, now: datetime) -> None:
    async with db.write() as tx:
        coordinators = await people.office(tx, "coordinator")
        await post_all(tx, [Addressed(person, notice, role="coordinator") for person in coordinators], now=now)


def _failed_log(refusal: Refusal, say: Say) -> str:
    said = fault_lines(refusal, say.plain) if isinstance(refusal, Faults) else [say.plain(refusal.key, **refusal.facts)]
    return "\n".join([say.plain("folder-failed"), *said])


def _done_log(plan: JournalPlan, say: Say) -> str:
    lines = plan_lines(plan, say.plain, listed=1000)
    return "\n".join([say.plain("folder-applied"), *(lines or [counts_line(plan, say.plain)])])


def _is_ours(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.suffix.lower() not in _HALF_WRITTEN and path.is_file() and not path.is_symlink()


def _stamp(path: Path) -> Stamp:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _read(path: Path) -> bytes:
    """No more than an upload may have; a byte too many is enough to be refused."""
    with path.open("rb") as file:
        return file.read(LIMITS.upload + 1)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.log")


def _move(path: Path, to: Path, said: str) -> None:
    """The .log first, then the file: a kill between the two leaves a file that is taken again and changes nothing."""
    to.mkdir(exist_ok=True, mode=0o700)
    place, number = to / path.name, 1
    while place.exists():
        number += 1
        place = to / f"{path.stem} ({number}){path.suffix}"
    disk.write(_log_of(place), f"{said}\n")
    path.rename(place)
    with contextlib.suppress(OSError):  # somebody else's
        place.chmod(disk.PRIVATE)
    _log_of(path).unlink(missing_ok=True)
