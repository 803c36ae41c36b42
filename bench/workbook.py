"""How long a large network workbook takes to plan and to apply: a school of 1,000 pupils and 60 groups, a district of 5,000 and 400.

The floor is as many lessons and pupils put into the same kind of file by sqlite3 alone, with nothing compared or checked.
"""

from __future__ import annotations

import asyncio
import io
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.clock import Moment
from bot.services.network import network
from bot.services.network.classes import Said
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Lesson


@dataclass(frozen=True)
class Size:
    pupils: int
    groups: int
    lessons: int  # a week
    rounds: int


SIZES = (Size(1000, 60, 200, rounds=3), Size(5000, 400, 1200, rounds=1))
ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)
DAYS = ("пн", "вт", "ср", "чт", "пт")


def large(size: Size) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])

    def sheet(name: str, *rows: tuple[Any, ...]) -> None:
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)

    sheet(
        "Организации",
        ("Код", "Название", "Роль"),
        ("ШК", "Школа", "базовая"),
        *((f"П{n}", f"Партнёр {n}", "партнёр") for n in range(5)),
    )
    sheet(
        "Сотрудники",
        ("Код", "ФИО", "Организация", "Роль"),
        *((f"С{n}", f"Иванова Анна {n}", f"П{n % 5}", "педагог") for n in range(size.groups // 2)),
    )
    sheet("Ученики", ("Код", "ФИО", "Класс"), *((f"У{n}", f"Петров Иван {n}", f"{n % 11 + 1}А") for n in range(size.pupils)))
    sheet(
        "Курсы",
        ("Код", "Название", "Организация", "Направленность", "Классы"),
        *((f"К{n}", f"Курс {n}", f"П{n % 5}", "техническая", "1-11") for n in range(size.groups)),
    )
    sheet(
        "Группы",
        ("Код", "Курс", "Педагог", "Мест"),
        *((f"Г{n}", f"К{n}", f"С{n % (size.groups // 2)}", 15) for n in range(size.groups)),
    )
    slots = [(f"Г{n % size.groups}", DAYS[n // size.groups], clock(14 + n % 4), clock(15 + n % 4)) for n in range(size.lessons)]
    sheet("Расписание", ("Группа", "День", "Начало", "Конец"), *slots)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def once(content: bytes, folder: Path) -> tuple[float, float, int]:
    """Seconds to read and plan, and to read and apply; the lessons there are then."""
    db = Database(f"sqlite+aiosqlite:///{folder}/bot.sqlite3")
    await db.open()
    await migrate(db)
    began = time.perf_counter()
    book = await network.workbook_of(db, content, "сеть.xlsx", at=Moment(NOW, ZONE), said=Said(2026))
    await network.plan(db, book, now=NOW, zone=ZONE)
    planned = time.perf_counter() - began
    began = time.perf_counter()
    await network.carry_out(db, book, by=None, now=NOW, zone=ZONE)
    applied = time.perf_counter() - began
    async with db.read() as tx:
        lessons = await tx.scalar(select(func.count(Lesson.id))) or 0
    await db.close()
    return planned, applied, lessons


def floor(folder: Path, rows: int) -> float:
    """Seconds sqlite3 takes to keep as many lessons and pupils, unread and unchecked."""
    with closing(sqlite3.connect(folder / "floor.sqlite3")) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT)")
        began = time.perf_counter()
        with db:
            db.executemany(
                "INSERT INTO rows (a, b, c, d, e, f) VALUES (?, ?, ?, ?, ?, ?)",
                [(f"У{n}", "ФИО", "7А", "2026", "15:00", "16:00") for n in range(rows)],
            )
        return time.perf_counter() - began


def main() -> None:
    for size in SIZES:
        content = large(size)
        figures = []
        for _ in range(size.rounds):
            with tempfile.TemporaryDirectory() as folder:
                planned, applied, lessons = asyncio.run(once(content, Path(folder)))
                figures.append((floor(Path(folder), lessons + size.pupils), planned, applied))
        low, planned, applied = (statistics.median(column) for column in zip(*figures, strict=True))
        print(
            f"{size.pupils} pupils, {size.groups} groups, {lessons} lessons: floor {low * 1000:.0f} ms; planned in {planned:.2f} s, "
            f"ratio {planned / low:.0f}; applied in {applied:.2f} s, ratio {applied / low:.0f}",
            flush=True,
        )
