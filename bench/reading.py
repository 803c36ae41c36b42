"""How long a large sheet takes to be read: ours (calamine, in a child with limits of its own) beside openpyxl, and what memory it takes.

Processor time, the child's too. The floor is reading the same cells from a CSV with Python's own reader.
"""

from __future__ import annotations

import csv
import io
import resource
import statistics
import time
from collections.abc import Callable

from bot.reading.uploads import Limits, sheets_of

ROWS, COLUMNS, ROUNDS = 2_000, 40, 3
WIDE = Limits(upload=2**28, unpacked=2**29, rows=2_000_000, memory=2**31, seconds=300)


def sheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    made = book.create_sheet("Журнал")
    for row in range(ROWS):
        made.append([f"Ученик {row}", *((row + column) % 4 + 2 for column in range(COLUMNS))])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def by_openpyxl(content: bytes) -> int:
    from openpyxl import load_workbook  # noqa: TID251 - what is measured

    book = load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for made in book.worksheets for row in made.iter_rows(values_only=True) for _ in row)


def by_us(content: bytes) -> int:
    return len(sheets_of(content, "Журнал.xlsx", limits=WIDE))


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor, of this process and of the children that have ended."""

    def now() -> float:
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + child.ru_utime + child.ru_stime

    began = now()
    work()
    return now() - began


def main() -> None:
    content = sheet()
    lines = "\n".join(";".join(map(str, range(COLUMNS + 1))) for _ in range(ROWS))
    ways: dict[str, Callable[[], object]] = {
        "csv (the floor)": lambda: list(csv.reader(io.StringIO(lines), delimiter=";")),
        "this bot": lambda: by_us(content),
        "openpyxl, read-only": lambda: by_openpyxl(content),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            took[name].append(spent(way))
    least = statistics.median(took["csv (the floor)"])
    print(f"{ROWS * COLUMNS:,} cells\n\n| reader | processor s | ratio to the floor |\n|---|---|---|")
    for name, seconds in took.items():
        print(f"| {name} | {statistics.median(seconds):.2f} | {statistics.median(seconds) / least:.0f} |", flush=True)
