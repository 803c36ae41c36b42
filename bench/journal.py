"""How long a journal file takes to be read and compared: a class of 30 × 60 cells, and a list as long as the store (JOURNAL_ROWS=1000000).

The floor is the reading itself, by the reader that we ship: the comparison with as many stored marks, of which 1 % differ, is to
cost no more than 1.5 × of it. The class file's own time (ours, without the reading child) is to stay below 300 ms.
"""

from __future__ import annotations

import asyncio
import io
import os
import resource
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.clock import Moment
from bot.collector import look_seldom
from bot.reading.journal import read_journal
from bot.reading.uploads import Limits, sheets_of
from bot.services.journal.journal import JournalFile, apply_journal, plan_journal
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Application, Choice, Course, Entry, Group, JournalImport, Organization, Pupil, Staff, Year

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2027, 5, 28)
NOW = datetime(2027, 5, 28, 9, tzinfo=UTC)
FIRST = date(2026, 9, 1)
ROWS = int(os.environ.get("JOURNAL_ROWS", "50000"))
PUPILS, DAYS = 30, 200  # of a group; of a year
OF_A_DAY = 5_000  # marks of one day, in a district
WIDE = Limits(upload=2**28, unpacked=2**29, rows=2_000_000, memory=2**31, seconds=300)


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def listed(groups: int, changed: int) -> bytes:
    """A CSV of every pupil of these groups at every day; each `changed`th mark is another than stands."""
    lines = ["Дата;Группа;Ученик;Отметка"]
    number = 0
    for group in range(groups):
        for day in range(DAYS):
            for pupil in range(PUPILS):
                number += 1
                mark = 3 if changed and number % changed == 0 else 5
                lines.append(f"{day_of(day):%d.%m.%Y};Г{group};У{group}-{pupil};{mark}")
    return "\n".join(lines).encode()


def class_file() -> bytes:
    """A grid of 30 pupils and 60 lessons."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Г0"
    sheet.append(["ФИО", *(day_of(day * 3) for day in range(60))])
    for pupil in range(PUPILS):
        sheet.append([f"У0-{pupil}", *((pupil + day) % 4 + 2 for day in range(60))])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def filled(db: Database, groups: int, days: int = DAYS) -> None:
    """The network, and a 5 of everybody for each day."""
    await migrate(db)
    async with db.write() as tx:
        tx.add(Year(year=2026, starts_on=FIRST, ends_on=date(2027, 5, 31)))
        tx.add_all(
            [
                Organization(id=1, code="Ш", name="Школа", role="base"),
                Organization(id=2, code="П", name="Партнёр", role="partner"),
            ]
        )
        await tx.flush()
        tx.add(Staff(id=1, code="С", full_name="Ким Павел", organization_id=2, role="teacher"))
        tx.add(Course(id=1, year=2026, code="К", name="Курс", organization_id=2, direction="техническая", classes=["7"]))
        await tx.flush()
        for group in range(groups):
            ids = range(group * PUPILS + 1, (group + 1) * PUPILS + 1)
            await tx.execute(
                insert(Group),
                [{"id": group + 1, "year": 2026, "code": f"Г{group}", "course_id": 1, "teacher_id": 1, "seats": PUPILS}],
            )
            await tx.execute(
                insert(Pupil),
                [
                    {
                        "id": id_,
                        "code": f"У{group}-{n}",
                        "full_name": f"Петров Иван{id_}",
                        "class_name": "7А",
                        "class_year": 2026,
                        "school_id": 1,
                    }
                    for n, id_ in enumerate(ids)
                ],
            )
            await tx.execute(
                insert(Application),
                [{"id": id_, "pupil_id": id_, "year": 2026, "state": "approved", "created_at": NOW} for id_ in ids],
            )
            await tx.execute(
                insert(Choice),
                [
                    {
                        "application_id": id_,
                        "course_id": 1,
                        "rank": 1,
                        "state": "enrolled",
                        "group_id": group + 1,
                        "changed_at": NOW,
                    }
                    for id_ in ids
                ],
            )
            await tx.execute(insert(JournalImport), [{"group_id": group + 1, "sha256": "0", "name": "раньше", "at": NOW}])
            rows: list[dict[str, Any]] = [
                {"pupil_id": id_, "group_id": group + 1, "day": day_of(day), "lesson": 1, "kind": "mark", "ordinal": 1, "value": "5", "entered_at": NOW}
                for day in range(days) for id_ in ids
            ]  # fmt: skip
            if rows:
                await tx.execute(insert(Entry), rows)


async def compared(content: bytes, name: str, db: Database, limits: Limits) -> tuple[float, float, float, int]:
    """Processor seconds of the reading, of ours and of the comparison; how many changes the plan has."""
    before, spent = time.process_time(), _children()
    sheets = sheets_of(content, name, limits=limits)
    journal = read_journal(sheets, today=TODAY, academic_year=2026)
    ours, child = time.process_time() - before, _children() - spent
    del sheets
    before = time.process_time()
    plan = await plan_journal(db, JournalFile(name, "1" * 64, journal), by=None, today=TODAY)
    return ours + child, ours, time.process_time() - before, len(plan.changes)


def _children() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return child.ru_utime + child.ru_stime


async def a_day(folder: Path) -> None:
    """One day's list of a district: 5,000 marks of 167 groups, none of which is there yet, read, planned and applied."""
    groups = -(-OF_A_DAY // PUPILS)
    db = Database(f"sqlite+aiosqlite:///{folder}/day.sqlite3")
    await db.open()
    await filled(db, groups, days=0)
    lines = [f"{TODAY:%d.%m.%Y};Г{group};У{group}-{pupil};{pupil % 4 + 2}" for group in range(groups) for pupil in range(PUPILS)]
    content = "\n".join(["Дата;Группа;Ученик;Отметка", *lines]).encode()
    before, spent = time.process_time(), _children()
    journal = read_journal(sheets_of(content, "День.csv"), today=TODAY, academic_year=2026)
    read = time.process_time() - before + _children() - spent
    file = JournalFile("День.csv", "2" * 64, journal)
    before = time.process_time()
    plan = await plan_journal(db, file, by=None, today=TODAY)
    planned = time.process_time() - before
    before = time.process_time()
    await apply_journal(db, file, by=None, at=Moment(NOW, ZONE))
    applied = time.process_time() - before
    await db.close()
    print(
        f"a day of {len(lines)} marks: read in {read:.2f} s, planned in {planned:.2f} s ({len(plan.changes)} changes), "
        f"applied in {applied:.2f} s; ratio {(planned + applied) / read:.1f}"
    )


async def _all(folder: Path) -> None:
    groups = max(1, -(-ROWS // (PUPILS * DAYS)))
    db = Database(f"sqlite+aiosqlite:///{folder}/bot.sqlite3")
    await db.open()
    await filled(db, groups)
    look_seldom()
    for which in ("the first of a process", "the next"):
        read, ours, plan, changes = await compared(class_file(), "Журнал.xlsx", db, Limits())
        print(
            f"class of 30 × 60, {which}: read in {read * 1000:.0f} ms, of it ours {ours * 1000:.0f}; planned in {plan * 1000:.0f} ms, "
            f"{changes} changes; own time {(ours + plan) * 1000:.0f} ms (may take 300)"
        )
    rows = groups * PUPILS * DAYS
    read, _, plan, changes = await compared(listed(groups, 100), "Журнал.csv", db, WIDE)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{rows} rows over {rows} stored marks: read in {read:.1f} s, compared in {plan:.1f} s, ratio {plan / read:.2f}; {changes} changes; {most:.0f} MB"
    )
    await db.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_all(Path(folder)))
        asyncio.run(a_day(Path(folder)))
