"""Tables broken at random, from good ones of every kind: cut short, overwritten, spliced, their inside changed and packed again."""

from __future__ import annotations

import io
import random
import resource
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.reading.journal import looks_like_journal, read_journal
from bot.reading.journal.entry import Journal
from bot.reading.uploads import sheets_of
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


@dataclass
class Measured:
    """What came of many broken files. Seconds are of the processor, of the reading child and of ours together."""

    counted: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    crashes: list[str] = field(default_factory=list)

    def read(self, name: str, content: bytes) -> Journal | None:
        """One file, read as the bot reads it. The journal, if it is one; None: refused, or a workbook."""
        journal, before = None, _spent()
        try:
            sheets = sheets_of(content, name)
            if looks_like_journal(sheets):
                journal = read_journal(sheets, today=date(2026, 11, 25), academic_year=2026)
            else:
                parse_workbook(sheets, academic_year=2026)
            self.counted["read"] += 1
        except Refusal:
            self.counted["refused"] += 1
        except Exception as trouble:
            self.crashes.append(f"{name}: {type(trouble).__name__} {trouble}"[:300])
        self.slowest = max(self.slowest, _spent() - before)
        return journal


def _spent() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime
