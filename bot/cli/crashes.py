"""What broke, kept for the makers: where, never on what; in DATA_DIR, a few and small."""

from __future__ import annotations

import errno
import sqlite3
from datetime import datetime
from pathlib import Path

from storage.disk import write

FOLDER = "crashes"
MOST = 20  # files
LONGEST = 20_000  # characters of each

MACHINE = frozenset(
    (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOTDIR,
        errno.EISDIR,
    )
)


def damage(error: BaseException) -> str | None:
    """SQLite's word when its file is damaged: no fault of the bot, and the operator's to mend. None: it is something else."""
    if isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return str(error)
    under = error.exceptions if isinstance(error, BaseExceptionGroup) else [error.__cause__ or error.__context__]
    return next((said for each in under if each is not None and (said := damage(each))), None)


def of_the_machine(error: BaseException) -> str | None:
    """What the machine refused: a file without rights, no room, a disk that may only be read. None: it is something else."""
    if isinstance(error, OSError) and error.errno in MACHINE and isinstance(error.strerror, str):
        return error.strerror if error.filename is None else f"{error.filename}: {error.strerror}"
    under = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return next((said for each in under if (said := of_the_machine(each))), None)


def keep_crash(data_dir: Path, where: str, now: datetime) -> Path:
    """Write down where it broke, the oldest make room. OSError when DATA_DIR cannot be written to."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{now:%Y-%m-%dT%H-%M-%S-%f}.log"
    write(file, where[:LONGEST] + "\n")
    for old in sorted(folder.glob("*.log"))[:-MOST]:
        old.unlink(missing_ok=True)
    return file
