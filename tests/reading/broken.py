"""Tables broken at random, from good ones of every kind: cut short, overwritten, spliced, their inside changed and packed again."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from bot.reading.decisions import COLUMNS, SHEET, looks_like_decisions, read_decisions
from bot.reading.journal import looks_like_journal, read_journal
from bot.reading.uploads import Sheet, sheets_of
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Refusal
from tests.reading.nasty_world import FILES

WORDS = (b"", b"\x00", b"\xff\xfe", b"&#x0;", b"<c", b'r="A1048576"', b"1e999", b"-1", b"#N/A", b"=", b";" * 300, b"99999999999")
SEEDS = sorted(path for path in (FILES / "nasty").iterdir() if path.suffix in (".csv", ".xlsx", ".ods", ".xls"))


def broken(dice: random.Random, seeds: list[Path] = SEEDS) -> tuple[str, bytes]:
    """Name and bytes of a file that no program has written."""
    path = dice.choice(seeds)
    content = path.read_bytes()
    if content[:2] == b"PK" and dice.random() < 0.6:
        return path.name, _repacked(dice, content)
    for _ in range(dice.randint(1, 4)):
        content = _changed(dice, content)
    return path.name, content


def _repacked(dice: random.Random, content: bytes) -> bytes:
    """An archive whose parts can be opened, and what stands in one or two of them is not as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = set(dice.sample(names, min(len(names), dice.randint(1, 2))))
        for name in names:
            part = old.read(name)
            if name in chosen and dice.random() < 0.1:
                continue
            for _ in range(dice.randint(1, 6) if name in chosen else 0):
                part = _changed(dice, part)
            new.writestr(name, part)
    return out.getvalue()


def _changed(dice: random.Random, content: bytes) -> bytes:
    at, to = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    to = min(to, at + dice.choice((1, 4, 64, 4096)))
    match dice.randrange(6):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[to:]
        case 2:
            return content[:at] + content[at:to] * dice.choice((2, 50)) + content[to:]
        case 3:
            return content[:at] + dice.randbytes(to - at) + content[to:]
        case 4:
            return content[:at] + dice.choice(WORDS) + content[to:]
        case _:
            spot = dice.randrange(len(content)) if content else 0
            return content[:spot] + bytes([content[spot] ^ 1 << dice.randrange(8)]) + content[spot + 1 :] if content else b"\x01"


Read: TypeAlias = Callable[[list[Sheet]], object]
TODAY = date(2026, 11, 25)


def _journal(sheets: list[Sheet]) -> object:
    return read_journal(sheets, today=TODAY, academic_year=2026)


def _workbook(sheets: list[Sheet]) -> object:
    return parse_workbook(sheets, academic_year=2026)


def _any(sheets: list[Sheet]) -> object:
    return _journal(sheets) if looks_like_journal(sheets) else _workbook(sheets)


def _decisions(sheets: list[Sheet]) -> object:
    return read_decisions(sheets) if looks_like_decisions(sheets) else None


def _named(ends: tuple[str, ...], first: int = 0, last: int = 99, kind: str = "j") -> list[Path]:
    return [path for path in SEEDS if path.suffix in ends and path.name[0] == kind and first <= int(path.name[1:3]) <= last]


GRIDS = [*_named((".xlsx",), 80, 84), *_named((".xlsx",), 99)]
READERS: dict[str, tuple[list[Path], Read]] = {
    "list-xlsx": (_named((".xlsx",), 0, 79), _journal),
    "list-csv": (_named((".csv",)), _journal),
    "grid": (GRIDS, _journal),
    "report": (_named((".xlsx", ".xls"), 85, 87), _journal),
    "ods": (_named((".ods",)), _any),
    "xls": (_named((".xls",), 0, 79), _any),
    "workbook": (_named((".xlsx",), kind="w"), _workbook),
    "decisions": ([], _decisions),  # `decisions_seed` makes one
}


def decisions_seed(folder: Path) -> Path:
    """A sheet of applications as a coordinator has filled it in."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append(COLUMNS)
    for number, decision in enumerate(("одобрить", "вернуть", "отказано", None), 1):
        row = [
            number,
            f"Петров Иван {number}",
            "7А",
            "Робототехника",
            None,
            TODAY,
            "ждёт",
            decision,
            "почему",
            f"a1b2c3d{number}",
        ]
        sheet.append(row)
    book.save(folder / "заявления.xlsx")
    return folder / "заявления.xlsx"


@dataclass
class Measured:
    """What came of many broken files. Seconds are of the processor, of the reading child and of ours together."""

    counted: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    most: int = 0  # bytes that our own process grew by while it read one
    crashes: list[str] = field(default_factory=list)

    def read(self, name: str, content: bytes, read: Read = _any) -> object:
        """One file, read as the bot reads it: what came of it; None: refused."""
        found, before, held = None, _spent(), _held()
        try:
            found = read(sheets_of(content, name))
            self.counted["read"] += 1
        except Refusal:
            self.counted["refused"] += 1
        except Exception as trouble:
            self.crashes.append(f"{name}: {type(trouble).__name__} {trouble}"[:300])
        self.slowest = max(self.slowest, _spent() - before)
        self.most = max(self.most, _peak() - held)
        return found


def child_peak() -> int:
    """Bytes the largest reading child has ever held; the kernel counts what it had of us before it began, so never less."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _held() -> int:
    """Bytes we hold; the peak is counted anew from here."""
    with contextlib.suppress(OSError):  # Linux alone counts it
        Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def _spent() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime
