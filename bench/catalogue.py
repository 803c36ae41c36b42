"""How long a page of the catalogue takes: 2,000 groups, 20,000 seats taken, a child whose week six courses fill already.

Measured is our own time: the questions, what fits, the order, the words and the buttons; warm, as for everybody but the
first after a workbook was loaded, and cold. The floor is reading the same rows with sqlite3, nothing made of them.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.collector import look_seldom
from bot.policy import Person
from bot.services.courses.places import Place
from bot.settings import Settings
from bot.telegram.visit import TelegramVisit
from bot.visit import Talk
from bot.voice import voice
from handlers.courses.catalogue import list_page
from storage.courses import shelf as shelves
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Application, Choice, ClassHours, Course, Group, Organization, Pupil, Road, Slot, Staff, Year

PARTNERS, COURSES, GROUPS, PUPILS = 12, 1_000, 2_000, 5_000
TODAY, NOW = date(2026, 11, 9), datetime(2026, 11, 9, 9, tzinfo=UTC)
SAY = voice("ru", ZoneInfo("Europe/Moscow"))
CHILD, SEED, ROUNDS = 1, 7, 200
MILLISECONDS = 50.0  # what a page may take
SUBJECTS = ("Робототехника", "Шахматы", "Рисование", "Лёгкая атлетика", "Программирование", "Вокал", "Краеведение", "Английский")
PAGES = {
    "the first page": Place(pupil=CHILD),
    "the last page": Place(pupil=CHILD, page=9_999),
    "only what fits, on Thursdays": Place(pupil=CHILD, fits=True, day=4),
    "the word «робот»": Place(pupil=CHILD, words=("робот",)),
    "a stranger's": Place(),
}
SAME_ROWS = (
    """SELECT c.id, c.name, c.classes, c.direction, o.name, c.opens_on, c.closes_on, g.id, g.code, g.seats, g.place, s.full_name
    FROM courses c JOIN organizations o ON o.id = c.organization_id JOIN course_groups g ON g.course_id = c.id
    JOIN staff s ON s.id = g.teacher_id ORDER BY c.name""",
    "SELECT group_id, weekday, starts, ends, weeks FROM slots",
    "SELECT c.course_id, c.state FROM choices c JOIN applications a ON a.id = c.application_id WHERE a.pupil_id = 1",
    "SELECT group_id, count(*) FROM choices WHERE group_id <= 16 GROUP BY group_id",
)


async def settle(db: Database) -> None:
    """Hours so spread that some courses fit, some meet the school's lessons and some another course of the child."""
    chance = random.Random(SEED)
    rows: dict[Any, list[dict[str, Any]]] = {
        Year: [{"year": 2026, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)}],
        Organization: [{"id": 1, "code": "О-00", "name": "МБОУ СОШ №8", "role": "base"}],
        Road: [],
        Staff: [],
        Pupil: [
            {"id": n, "code": f"У-{n}", "full_name": f"Петров Пётр {n}", "class_name": "7А", "class_year": 2026, "school_id": 1}
            for n in range(1, PUPILS + 1)
        ],
        ClassHours: [
            {"school_id": 1, "year": 2026, "class_name": "7А", "weekday": day, "starts": clock(8, 30), "ends": clock(14, 10)}
            for day in range(6)
        ],
    }
    for partner in range(2, PARTNERS + 2):
        rows[Organization].append(
            {"id": partner, "code": f"О-{partner}", "name": f"Центр творчества №{partner}", "role": "partner"}
        )
        rows[Road].append({"from_id": 1, "to_id": partner, "minutes": 5 * partner % 40})
        person = {"id": partner, "code": f"С-{partner}", "full_name": f"Ким Павел {partner}", "organization_id": partner}
        rows[Staff].append(person | {"role": "teacher"})
    rows[Course] = [
        {
            "id": number,
            "code": f"К-{number}",
            "year": 2026,
            "name": f"{SUBJECTS[number % len(SUBJECTS)]} {number}",
            "organization_id": 2 + number % PARTNERS,
            "direction": ("техническая", "художественная", "спортивная")[number % 3],
            "classes": [str(year) for year in range(1 + number % 6, 6 + number % 6)],
            "description": "Учимся, пробуем, показываем родителям, что получилось. " * 6,
            "closes_on": date(2026, 11, 30),
            "selection": "ranked",
        }
        for number in range(1, COURSES + 1)
    ]
    rows[Group] = [
        {
            "id": number,
            "code": f"Г-{number}",
            "year": 2026,
            "course_id": 1 + number % COURSES,
            "teacher_id": 2 + (1 + number % COURSES) % PARTNERS,
            "seats": 12,
        }
        for number in range(1, GROUPS + 1)
    ]
    rows[Slot] = []
    for number in range(1, GROUPS + 1):
        for day in chance.sample(range(6), 2):
            hour, minute = chance.randint(12, 18), chance.choice((0, 15, 30, 45))
            rows[Slot].append(
                {"group_id": number, "weekday": day, "starts": clock(hour, minute), "ends": clock(hour + 1, minute)}
            )
    seats = [(1 + n % PUPILS, 1 + n % GROUPS) for n in range(10 * GROUPS) if n % PUPILS] + [
        (CHILD, group) for group in range(7, 607, 100)
    ]
    rows[Application] = [
        {"id": n, "year": 2026, "pupil_id": pupil, "state": "approved", "created_at": NOW}
        for n, (pupil, _) in enumerate(seats, 1)
    ]
    rows[Choice] = [
        {
            "application_id": n,
            "course_id": 1 + group % COURSES,
            "group_id": group,
            "rank": 1,
            "state": "enrolled",
            "changed_at": NOW,
        }
        for n, (_, group) in enumerate(seats, 1)
    ]
    async with db.write() as tx:
        for table, values in rows.items():
            await tx.execute(insert(table), values)


async def page(db: Database, at: Place) -> str:
    person = Person(1, 1, children=frozenset({CHILD}))
    visit = TelegramVisit(person, SAY, NOW, db, Settings(_env_file=None), Talk(db, "", None, NOW))
    async with db.read() as tx:
        text, _rows = await list_page(visit, tx, at)
    return text


async def how_long(db: Database, at: Place) -> float:
    """Milliseconds of this process: two cores are shared, and what others do on them is not ours."""
    began = time.process_time()
    await page(db, at)
    return (time.process_time() - began) * 1000


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


async def measure(folder: Path) -> None:
    file = folder / "bot.sqlite3"
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    await migrate(db)
    await settle(db)
    text = await page(db, Place(pupil=CHILD))
    print(f"{GROUPS:,} groups of {COURSES:,} courses, {10 * GROUPS:,} seats taken; seed {SEED}: {text.splitlines()[1]}")
    look_seldom()
    with closing(sqlite3.connect(file)) as plain:
        took: dict[str, list[float]] = {name: [] for name in ("floor", "cold", *PAGES)}
        for turn in range(ROUNDS):
            took["floor"].append(timed(lambda: [plain.execute(question).fetchall() for question in SAME_ROWS]))
            for name, at in PAGES.items():
                took[name].append(await how_long(db, at))
            if turn % 20 == 0:
                shelves.forget()
                took["cold"].append(await how_long(db, Place(pupil=CHILD)))
    await db.close()
    floor = statistics.median(took.pop("floor"))
    print(f"processor time; floor, reading the same rows: {floor:.1f} ms")
    for name, all_of_it in took.items():
        half, worst = statistics.median(all_of_it), statistics.quantiles(all_of_it, n=100)[98]
        print(f"{name}: p50 {half:.1f} ms, p99 {worst:.1f} ms; ratio of p50 to the floor {half / floor:.2f}", flush=True)
        assert name == "cold" or half < MILLISECONDS, f"{name}: {half:.1f} ms"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))
