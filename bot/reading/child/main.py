"""Read one uploaded table in a process of its own: `python -I -S main.py ROOT SITE_PACKAGES LIMITS < file > answer.json`.

The answer is one JSON object: {"sheets": [[name, rows, merges, hidden], …]} or {"refused": word, …facts}. A cell that is no JSON is
{"d": date}, {"dt": datetime} or {"t": time}; of others more is told: {"e": error}, {"f": a formula without a value},
{"n": [number, its format]}, {"m": a number that counts days from 1904}. What kills this process (memory, time, a fault of the
reader) kills nobody else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.reading.child.table import Table

_ANSWER = 48 * 1024 * 1024
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def confine(memory: int, seconds: int) -> None:
    """Limit what this process may take: bytes beyond what it holds already, seconds of processor. Does nothing where it cannot."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - pathlib costs 10 ms here
            held = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
    except (OSError, ValueError):
        pass
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold children's names
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nor any other file: all of it stays in memory


def read(data: bytes, limits: dict[str, int]) -> Iterator[Table]:
    """The sheets of a file, by its content."""
    if data[:4] == b"PK\x03\x04":
        from bot.reading.child.xlsx import read_zip

        return read_zip(data, limits)
    if data[:8] == _OLE2:
        from bot.reading.child.xls import read_xls

        return read_xls(data, limits)
    from bot.reading.child.text import read_text

    return read_text(data, limits)


def as_json(cell: object) -> object:
    match cell:
        case datetime():
            return {"dt": cell.isoformat()}
        case date():
            return {"d": cell.isoformat()}
        case time():
            return {"t": cell.isoformat()}
        case timedelta() if timedelta(0) <= cell < timedelta(days=1):
            seconds = int(cell.total_seconds())
            return {"t": time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()}
        case _:
            return str(cell)


def answer(sheets: Iterable[Table]) -> dict[str, Any]:
    return {"sheets": [[sheet.name, sheet.rows, sheet.merges, sheet.hidden] for sheet in sheets]}


def main() -> None:
    sys.path += sys.argv[1:3]
    from bot.reading.child.table import No

    limits: dict[str, int] = json.loads(sys.argv[3])
    confine(limits["memory"], limits["seconds"])
    found: dict[str, Any]
    try:
        found = answer(read(sys.stdin.buffer.read(), limits))
        # A number that is none (1e999) no spreadsheet program writes, and JSON knows no word for it.
        text = json.dumps(found, default=as_json, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
        if len(text) > _ANSWER:
            raise No("heavy")
    except No as no:
        text = json.dumps(no.answer).encode()
    except MemoryError:
        text = b'{"refused": "heavy"}'
    except BaseException:
        text = b'{"refused": "damaged"}'
    sys.stdout.buffer.write(text)


if __name__ == "__main__":
    main()
