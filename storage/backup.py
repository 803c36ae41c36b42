"""Copies of the database: taken consistently while the bot runs, checked before they are trusted."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

SUFFIX = ".sha256"


class BackupRefused(Exception):  # noqa: N818 - an answer
    """A copy cannot be taken or trusted; the message is one line for a person."""


def back_up(database: Path, file: Path) -> str:
    """Copy a SQLite database by its backup API, write FILE and FILE.sha256. Returns the SHA-256.

    Never by copying the file: what stands in the WAL would be lost, or half taken.
    """
    if not database.exists():
        raise BackupRefused(f"there is no database at {database}")
    if file.exists():
        raise BackupRefused(f"{file} exists already: choose another name, nothing is overwritten")
    part = file.with_name(file.name + ".part")
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as source, sqlite3.connect(part) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        copy.close()
        source.close()
        digest = _sha256(part)
        _write(file.with_name(file.name + SUFFIX), f"{digest}  {file.name}\n")
        _settle(part, file)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BackupRefused(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    return digest


def restore(file: Path, database: Path, *, force: bool = False) -> str:
    """Put a copy in the database's place, after its SHA-256 and its integrity are found right. Returns the SHA-256.

    A database that is there is never overwritten without `force`, and then kept beside as `….before-restore`.
    """
    digest = check(file)
    if database.exists() and not force:
        raise BackupRefused(
            f"{database} exists: stop the bot and add --force to put the copy in its place (the present one is kept beside)"
        )
    part = database.with_name(database.name + ".restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, part)
        if database.exists():
            back_up_aside(database)
        for tail in ("-wal", "-shm"):
            Path(f"{database}{tail}").unlink(missing_ok=True)
        _settle(part, database)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupRefused(f"{database}: {error.strerror}") from None
    return digest


def back_up_aside(database: Path) -> Path:
    """The present database, whole, under the first free name `….before-restore-N`."""
    number = 1
    while (aside := database.with_name(f"{database.name}.before-restore-{number}")).exists():
        number += 1
    back_up(database, aside)
    return aside


def check(file: Path) -> str:
    """The SHA-256 of a copy that is whole; BackupRefused says what is wrong with it."""
    beside = file.with_name(file.name + SUFFIX)
    try:
        digest = _sha256(file)
        said = beside.read_text("ascii").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        raise BackupRefused(f"{file}: the copy or its {beside.name} cannot be read; both are needed") from None
    if digest != said:
        raise BackupRefused(f"{file} is damaged: its SHA-256 is not the one in {beside.name}")
    try:
        with sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            is_ours = (
                copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('letters', 'inbox', 'people')").fetchone()[0] == 3
            )
        copy.close()
    except sqlite3.Error as error:
        raise BackupRefused(f"{file} is no database: {error}") from None
    if verdict != "ok" or not is_ours:
        raise BackupRefused(f"{file} is not a whole database of this bot")
    return digest


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="ascii") as kept:
        kept.write(text)
        kept.flush()
        os.fsync(kept.fileno())


def _settle(part: Path, file: Path) -> None:
    """Give the finished file its name only when it is on the disk."""
    with part.open("rb") as content:
        os.fsync(content.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
