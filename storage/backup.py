"""Copies of the database: taken consistently while the bot runs, checked before they are trusted, whole under their name or not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from storage.disk import only_ours, remember, settle, write
from storage.ledger import BESIDE

SUFFIX = ".sha256"
RESTORING = ".restoring"  # beside the database: a copy on its way to become it
_PART = ".part"
_TAILS = ("", "-wal", "-shm")


class BackupRefused(Exception):  # noqa: N818 - an answer
    """A copy cannot be taken or trusted; the message is one line for a person."""


def back_up(database: Path, file: Path, ledger: str | None = None) -> str:
    """Copy a SQLite database by its backup API: FILE, FILE.sha256 and, of the ledger's text, FILE.erasures. Returns the SHA-256.

    Never by copying the file: what stands in the WAL would be lost, or half taken. FILE comes last; what fails leaves nothing.
    """
    if not database.exists():
        raise BackupRefused(f"there is no database at {database}")

    def copied(part: Path) -> None:
        _copy(database, part)
        _look_over(part, file)

    return whole_or_nothing(file, ledger, copied)


def whole_or_nothing(file: Path, ledger: str | None, copy: Callable[[Path], None]) -> str:
    """Make FILE by `copy`, which looks its copy over, then FILE.sha256 and FILE.erasures; FILE comes last, and what fails leaves
    nothing. Returns the SHA-256.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already: choose another name, nothing is overwritten")
    beside = {_beside(file, SUFFIX): "", **({} if ledger is None else {_beside(file, BESIDE): ledger})}
    parts = [_beside(each, _PART) for each in (file, *beside)]
    try:
        with _nothing_left(parts, [file, *beside]):
            parts[0].unlink(missing_ok=True)  # of a backup that was killed
            copy(only_ours(parts[0]))
            digest = sha256(parts[0])
            beside[_beside(file, SUFFIX)] = f"{digest}  {file.name}\n"
            for name, text in beside.items():
                write(_beside(name, _PART), text)
            for name in (*beside, file):
                settle(_beside(name, _PART), name)
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    return digest


def prepare(file: Path, database: Path, *, force: bool = False) -> tuple[Path, str]:
    """Check a copy and lay it beside the place it shall take, under another name. Returns that name and the SHA-256.

    A database that is there is not touched, and refused without `force`.
    """
    digest = check(file)
    if database.exists() and not force:
        raise BackupRefused(
            f"{database} exists: stop the bot and add --force to put the copy in its place (the present one is kept beside)"
        )
    part = _beside(database, RESTORING)
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        give_up(part)
        shutil.copyfile(file, only_ours(part))
    except OSError as error:
        give_up(part)
        raise BackupRefused(f"{database}: {error.strerror}") from None
    return part, digest


def take_place(part: Path, database: Path) -> Path | None:
    """Give a prepared copy the database's name. Returns where the present one was laid aside, whole; None: there was none.

    A kill before the last step leaves the present database as it was: as a file, or with its WAL worked in.
    """
    try:
        aside = lay_aside(database) if database.exists() else None
        for tail in _TAILS[1:]:
            Path(f"{database}{tail}").unlink(missing_ok=True)
        _leave_only(part)
        settle(part, database)
    except OSError as error:
        raise BackupRefused(f"{database}: {error.strerror}") from None
    return aside


def give_up(part: Path) -> None:
    """Leave nothing of a copy that did not get its name."""
    _leave_only(part)
    part.unlink(missing_ok=True)


def _leave_only(part: Path) -> None:
    """Without what was beside it while it was worked on."""
    for tail in (*_TAILS[1:], ".write"):
        Path(f"{part}{tail}").unlink(missing_ok=True)


def lay_aside(database: Path) -> Path:
    """The present database, whole, under the first free name `….before-restore-N`; one that cannot be read, byte by byte."""
    number = 1
    while (aside := _beside(database, f".before-restore-{number}")).exists():
        number += 1
    try:
        back_up(database, aside)
        with closing(sqlite3.connect(database, timeout=5)) as present:
            present.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what its WAL holds is in it before the WAL goes
    except (BackupRefused, sqlite3.Error):
        for tail in _TAILS:
            beside = Path(f"{database}{tail}")
            if beside.exists():
                shutil.copyfile(beside, only_ours(Path(f"{aside}{tail}")))
        remember(aside.parent)
    return aside


def erased_from(database: Path) -> list[tuple[bytes, str]]:
    """(HMAC, moment as it stands) of whom a database that is to be replaced has erased; nothing from one that cannot be read."""
    if not database.exists():
        return []
    try:
        with closing(sqlite3.connect(_readonly(database), uri=True)) as present:
            return list(present.execute("SELECT mac, at FROM erasures"))
    except sqlite3.Error:
        return []


def key_of(database: Path) -> bytes | None:
    """The network's key in a SQLite file; None: it has none, or cannot be read."""
    try:
        with closing(sqlite3.connect(_readonly(database), uri=True)) as present:
            kept = [bytes(value) for (value,) in present.execute("SELECT value FROM secrets WHERE name = 'hmac'")]
            return kept.pop() if kept else None
    except sqlite3.Error:
        return None


def check(file: Path) -> str:
    """The SHA-256 of a copy that is whole; BackupRefused says what is wrong with it."""
    digest = beside_copy(file)
    _look_over(file, file)
    return digest


def _look_over(copy_at: Path, file: Path) -> None:
    """BackupRefused, by the name of the file it is or is to be, when a copy is no whole database of this bot."""
    try:
        with closing(sqlite3.connect(f"{_readonly(copy_at)}&immutable=1", uri=True)) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            ours = "SELECT count(*) FROM sqlite_master WHERE name IN ('letters', 'inbox', 'people')"
            (tables,) = copy.execute(ours).fetchone()
    except sqlite3.Error as error:
        raise BackupRefused(f"{file} is no database: {error}") from None
    if verdict != "ok" or tables != 3:
        raise BackupRefused(f"{file} is not a whole database of this bot")


def beside_copy(file: Path) -> str:
    """The SHA-256 of a copy, if it is the one that lies beside it; BackupRefused otherwise."""
    beside = _beside(file, SUFFIX)
    try:
        digest = sha256(file)
        said = beside.read_text("utf-8").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        raise BackupRefused(f"{file}: the copy or its {beside.name} cannot be read; both are needed") from None
    if digest != said:
        raise BackupRefused(f"{file} is damaged: its SHA-256 is not the one in {beside.name}")
    return digest


def _copy(database: Path, part: Path) -> None:
    with closing(sqlite3.connect(_readonly(database), uri=True)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _nothing_left(parts: list[Path], names: list[Path]) -> Iterator[None]:
    """If it fails, neither the parts nor what got its name already stay."""
    try:
        yield
    except BaseException:
        for each in (*parts, *(Path(f"{parts[0]}{tail}") for tail in ("-wal", "-shm", "-journal")), *names):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)
        raise


def _readonly(database: Path) -> str:
    return f"file:{quote(os.fspath(database))}?mode=ro"


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
