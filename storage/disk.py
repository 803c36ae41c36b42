"""Files only the bot's user may read, made whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path
from typing import IO

PRIVATE = 0o600
TRIED = 1 << 20  # bytes: what a paper or a journal needs
UMASK = 0o077  # of the whole process: whatever it makes, a library's temporary file too, is its user's alone


def only_ours(file: Path) -> Path:
    """Make the file (empty) if it is not there; in both cases nobody but its owner reads it from now on."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, PRIVATE))
    with contextlib.suppress(PermissionError):  # somebody else's, who lets us write
        file.chmod(PRIVATE)
    return file


def opener(name: str, flags: int) -> int:
    """For open(…, opener=opener): what it makes is private, whatever the umask."""
    return os.open(name, flags, PRIVATE)


def write(file: Path, text: str) -> None:
    """A private file with this text, on the disk when this returns."""
    with only_ours(file).open("w", encoding="utf-8") as kept:
        kept.write(text)
        kept.flush()
        os.fsync(kept.fileno())


def try_to_write(folder: Path) -> None:
    """OSError when the folder takes no file: a full disk is found by writing, no right says it."""
    with tempfile.TemporaryFile(dir=folder) as tried:
        tried.write(bytes(TRIED))
        tried.flush()
        os.fsync(tried.fileno())


def settle(part: Path, file: Path) -> None:
    """Give the finished file its name only when it is on the disk."""
    with part.open("rb") as content:
        os.fsync(content.fileno())
    part.replace(file)
    remember(file.parent)


def remember(folder: Path) -> None:
    """The folder's own entries onto the disk: names given and taken."""
    known = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(known)
    finally:
        os.close(known)


def locked(file: IO[str] | int) -> bool:
    """Whether the file is ours alone now; it is asked for and not waited for."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
