"""The ledger of erasures: files beside the database that only grow, so that an older copy put back forgets again.

A line is one JSON object: {"at": moment, "machine": whose, "key": which network's, "mac": HMAC}. One without `mac` says that
this machine's ledger was complete at that moment. No line holds a name, an id or anything they could be read from without the
network's key, which stands in the database and in every copy of it (docs/decisions/0023).
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.disk import opener, remember

ERASURES = "erasures"  # the ledgers' folder in DATA_DIR
ENDING = ".jsonl"
BESIDE = ".erasures"  # of a copy: FILE.erasures


@dataclass(frozen=True)
class Line:
    """Somebody's erasure; `mac` None: until `at` this machine knew of all."""

    at: datetime
    machine: str
    key: str = ""
    mac: bytes | None = None


@dataclass
class Known:
    """What ledgers say, taken together."""

    lines: list[Line] = field(default_factory=list)
    unreadable: int = 0  # lines that are no line: the last one of a process that was killed, or damage

    @property
    def until(self) -> dict[str, datetime]:
        """For each machine, up to which moment its erasures are known."""
        found: dict[str, datetime] = {}
        for line in self.lines:
            found[line.machine] = max(line.at, found.get(line.machine, line.at))
        return found

    def erased(self, key: str) -> dict[bytes, datetime]:
        """HMACs made with this key, and the newest moment of each."""
        found: dict[bytes, datetime] = {}
        for line in self.lines:
            if line.mac is not None and line.key == key:
                found[line.mac] = max(line.at, found.get(line.mac, line.at))
        return found

    def foreign(self, key: str) -> int:
        """How many erasures were written with another network's key: they cannot be told here."""
        return sum(line.mac is not None and line.key != key for line in self.lines)


class Ledger:
    """A folder of ledgers, one a machine: this machine's grows, all are read."""

    def __init__(self, folder: Path, machine: str | None = None) -> None:
        self.folder = folder
        self.machine = re.sub(r"[^\w.-]", "_", machine or socket.gethostname() or "machine")[:60]

    @property
    def file(self) -> Path:
        return self.folder / f"{self.machine}{ENDING}"

    def append(self, erased: Iterable[tuple[bytes, datetime]], key: str) -> None:
        """Write erasures down; on the disk when this returns, or OSError. Waits for the disk: not on the loop's thread."""
        self._grow([Line(at, self.machine, key, mac) for mac, at in erased])

    def complete(self, at: datetime) -> None:
        """Say that at this moment nothing is missing from this machine's ledger."""
        self._grow([Line(at, self.machine)])

    def read(self) -> Known:
        """All ledgers of the folder; those other machines wrote were copied here."""
        return read(sorted(self.folder.glob(f"*{ENDING}")) if self.folder.is_dir() else [])

    def text(self, at: datetime) -> str:
        """All of them as one text for beside a copy, this machine's complete at this moment."""
        return "".join(_written(line) for line in [*self.read().lines, Line(at, self.machine)])

    def _grow(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        is_new = not self.file.exists()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.file, "a+b", opener=opener) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # two processes of one machine
            file.seek(0, os.SEEK_END)
            broken_off = file.tell() > 0 and _last_byte(file) != b"\n"
            file.write(("\n" * broken_off + "".join(map(_written, lines))).encode())
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            remember(self.folder)
            remember(self.folder.parent)


def read(files: Iterable[Path]) -> Known:
    """These ledgers as one; a file that is not there says nothing."""
    known = Known()
    for file in files:
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            continue
        for raw in content.splitlines():
            if raw.strip():
                line = _line(raw)
                if line is None:
                    known.unreadable += 1
                else:
                    known.lines.append(line)
    return known


def beside(copy: Path) -> list[Path]:
    """The ledgers that lie with a copy: its own, and those of the other copies in its folder, which may know more."""
    return sorted({copy.with_name(copy.name + BESIDE), *copy.parent.glob(f"*{BESIDE}")})


def _last_byte(file: Any) -> bytes:
    file.seek(-1, os.SEEK_END)
    last: bytes = file.read(1)
    return last


def _written(line: Line) -> str:
    said: dict[str, str] = {"at": line.at.isoformat(), "machine": line.machine}
    if line.mac is not None:
        said |= {"key": line.key, "mac": line.mac.hex()}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _line(raw: bytes) -> Line | None:
    try:
        said = json.loads(raw)
        at = datetime.fromisoformat(said["at"])
        if at.tzinfo is None:
            return None
        mac = bytes.fromhex(said["mac"]) if "mac" in said else None
        if mac is not None and len(mac) != 32:
            return None
        return Line(at, str(said["machine"]), str(said.get("key", "")), mac)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
