"""Which updates are in hand, in a small file that outlives the process: what stands in it at a death may be its cause.

A page of memory shared with the file costs a fraction of a microsecond and no commit. It holds against the death of the
process, not of the machine: a power cut is nobody's fault.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
from pathlib import Path
from typing import Self

import structlog

from storage.disk import locked

log = structlog.get_logger()

SLOTS = 64  # updates in hand at once
_FORMAT = struct.Struct("<Q")
_SIZE = SLOTS * _FORMAT.size


class Hand:
    """One process's marks, and those the dead have left. A file is locked by its process as long as that lives."""

    def __init__(self, beside: Path) -> None:
        self.beside = beside
        self._dead: list[int] = []  # descriptors, locked by us
        self._own: int | None = None
        self._marks: mmap.mmap | None = None

    def open(self) -> Self:
        """Lock what no living process holds; the first of them becomes ours once the dead are counted."""
        self.beside.parent.mkdir(parents=True, exist_ok=True)
        self._lock_the_free(one_more=True)
        return self

    def _lock_the_free(self, *, one_more: bool) -> None:
        """`one_more`: a new file, if every one that is there belongs to a living process."""
        for number in range(1000):
            path = self.beside.with_name(f"{self.beside.name}.hand{number}")
            known = path.exists()
            if not known and (self._dead or not one_more):
                break
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if not locked(file):
                os.close(file)
                continue
            self._dead.append(file)
            if not known:
                break

    def left(self) -> list[int]:
        """The updates that were in hand when their processes died, of those that died since this one began too."""
        if self._own is not None:
            self._lock_the_free(one_more=False)
        found = []
        for file in self._dead:
            held = os.pread(file, _SIZE, 0)
            found += [number - 1 for (number,) in _FORMAT.iter_unpack(held[: len(held) // _FORMAT.size * _FORMAT.size]) if number]
        return found

    def forget(self) -> None:
        """The dead are counted: one file becomes ours, the others are free."""
        for file in self._dead:
            os.ftruncate(file, 0)
            if self._own is None:
                self._own = file
                self._marks = _memory(file)
            else:
                os.ftruncate(file, _SIZE)
                os.close(file)
        self._dead = []

    def mark(self, slot: int, update_id: int | None) -> None:
        """This update is in hand now, or (None) nothing."""
        if self._marks is not None:
            _FORMAT.pack_into(self._marks, slot * _FORMAT.size, 0 if update_id is None else update_id + 1)

    def close(self) -> None:
        """A death in order: nothing was in hand."""
        for file in self._dead:
            os.close(file)
        self._dead = []
        if self._marks is not None:
            self._marks.close()
        if self._own is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._own, 0)
            os.close(self._own)
        self._marks = self._own = None


def _memory(file: int) -> mmap.mmap | None:
    """The empty file as memory, its room taken beforehand: a mark for which the disk has none left would end the process
    (SIGBUS). None: there is none now; the work goes on, and deaths are not counted.
    """
    try:
        os.posix_fallocate(file, 0, _SIZE)
        return mmap.mmap(file, _SIZE)
    except OSError as full:
        log.warning("what is in hand cannot be noted; deaths are not counted until the next start", why=full.strerror)
        return None
