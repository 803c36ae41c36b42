"""How long a week of the timetable takes: a network of 60 groups, a family of five children with 40 lessons, a coordinator's list.

Measured is processor time: the lessons asked for and loaded, the page with its words, the picture. Floors: the same rows by
sqlite3, nothing made of them; the question alone; an empty picture.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.collector import look_seldom
from bot.documents.week import DrawnWeek, week_png
from bot.services.timetable.views.week import Days, Family, family, lessons_of, lessons_taught
from bot.voice import voice
from bot.words.week import of_days
from bot.words.week_picture import Drawing, family_picture
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Application, Choice, Course, Group, Lesson, Organization, Pupil, Staff, Year
from storage.timetable import timetable, views
from storage.timetable.timetable import Scope
from storage.timetable.views import Narrowed

GROUPS, WEEKS, A_WEEK, CHILDREN = 60, 36, 2, 5
MONDAY, ZONE = date(2026, 11, 9), ZoneInfo("Europe/Moscow")
SAY = voice("ru", ZONE)
DAYS = Days(MONDAY, 7, ZONE)
ROUNDS, DRAWINGS = 200, 7
MILLISECONDS, PICTURE = 3.0, 150.0  # what a week, and a picture, may take
COURSES = ("Робототехника", "Шахматы", "Театральная студия «Маска»", "Английский язык для путешественников", "Волейбол")
SAME_ROWS = """SELECT l.*, g.code, g.place, c.name, o.name, s.full_name FROM lessons l JOIN course_groups g ON g.id = l.group_id
    JOIN courses c ON c.id = g.course_id JOIN organizations o ON o.id = c.organization_id JOIN staff s ON s.id = g.teacher_id
    WHERE l.archived_at IS NULL AND ((l.starts_at >= ? AND l.starts_at < ?) OR (l.plan_starts_at >= ? AND l.plan_starts_at < ?))
    ORDER BY l.starts_at"""


async def settle(db: Database) -> None:
    """A year of lessons, two a week for each of 60 groups; five children of one family with 40 of a week between them."""
    rows: dict[Any, list[dict[str, Any]]] = {
        Year: [{"year": 2026, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)}],
        Organization: [{"id": 1, "code": "О-00", "name": "МБОУ СОШ №8", "role": "base"}],
        Pupil: [
            {"id": n, "code": f"У-{n}", "full_name": f"Петров Миша{n} А", "class_name": "7А", "class_year": 2026, "school_id": 1}
            for n in range(1, CHILDREN + 1)
        ],
        Staff: [], Course: [], Group: [], Lesson: [], Application: [], Choice: [],
    }  # fmt: skip
    for n in range(2, 7):
        rows[Organization].append({"id": n, "code": f"О-{n}", "name": f"МБОУ ДО «Центр творчества №{n}»", "role": "partner"})
        staff = {"id": n, "code": f"С-{n}", "full_name": f"Ким Павел {n}", "organization_id": n, "role": "teacher"}
        rows[Staff].append(staff)
    for n in range(1, GROUPS + 1):
        course = {"id": n, "year": 2026, "code": f"К-{n}", "name": f"{COURSES[n % 5]} {n}", "organization_id": n % 5 + 2}
        rows[Course].append(course | {"direction": "техническая", "classes": ["7"]})
        group = {"id": n, "year": 2026, "code": f"Г-{n}", "course_id": n, "teacher_id": n % 5 + 2, "seats": 12, "place": "каб. 2"}
        rows[Group].append(group)
        for week in range(WEEKS):
            for ordinal in range(1, A_WEEK + 1):
                day = date(2026, 8, 31) + timedelta(weeks=week, days=(n + 3 * ordinal) % 6)
                begins = datetime(day.year, day.month, day.day, 10 + n % 7, tzinfo=UTC)
                hours = {"starts_at": begins, "ends_at": begins + timedelta(minutes=45)}
                plan = {f"plan_{name}": at for name, at in hours.items()}
                lesson = {"group_id": n, "week": day - timedelta(days=day.weekday()), "ordinal": ordinal}
                rows[Lesson].append(lesson | hours | plan)
    for child in range(1, CHILDREN + 1):
        paper = {
            "id": child,
            "year": 2026,
            "pupil_id": child,
            "state": "approved",
            "created_at": datetime(2026, 9, 1, tzinfo=UTC),
        }
        rows[Application].append(paper)
        for rank in range(1, 5):
            group_id = child * 4 - 4 + rank
            choice = {"application_id": child, "course_id": group_id, "group_id": group_id, "rank": rank, "state": "enrolled"}
            rows[Choice].append(choice | {"changed_at": datetime(2026, 9, 1, tzinfo=UTC)})
    async with db.write() as tx:
        for table, some in rows.items():
            await tx.execute(insert(table), some)


def floor(path: Path) -> float:
    """Milliseconds for the rows of a whole week, read by sqlite3 and not looked at."""
    asked = [at.astimezone(UTC).replace(tzinfo=None).isoformat(" ") for at in (DAYS.begins, DAYS.ends)] * 2
    with closing(sqlite3.connect(path)) as connection:
        return median(lambda: connection.execute(SAME_ROWS, asked).fetchall())


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time, the middle of many."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


async def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        await work()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


async def measured(folder: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}")
    await db.open()
    await migrate(db)
    await settle(db)
    look_seldom()
    least = floor(folder / "bench.sqlite3")

    async def of_family() -> str:
        async with db.read() as tx:
            whose = await family(tx, range(1, CHILDREN + 1))
            return of_days(await lessons_of(tx, whose, DAYS), whose, DAYS, SAY)

    async def of_network() -> int:
        async with db.read() as tx:
            return len(await lessons_taught(tx, Scope(everywhere=True), Narrowed(), DAYS))

    async def alone() -> int:
        async with db.read() as tx:
            asked = timetable._STANDING.where(Scope(everywhere=True).holds(), views._seen(DAYS.begins, DAYS.ends))
            return len((await tx.execute(asked.order_by(Lesson.starts_at, Lesson.id))).all())

    async with db.read() as tx:
        whose: Family = await family(tx, range(1, CHILDREN + 1))
        week = await family_picture(tx, whose, range(1, CHILDREN + 1), Drawing(DAYS, MONDAY, dark=False), SAY)
    assert isinstance(week, DrawnWeek)
    empty = median(lambda: week_png(replace(week, days=())), DRAWINGS)
    print(f"the floor: a week's {await of_network()} rows by sqlite3, nothing made of them: {least:.2f} ms")
    question, whole = await timed(alone), await timed(of_network)
    told("the question alone: the same rows by the house's own way, not looked at", question, least, None)
    told("a week of a network with 60 groups, asked for and loaded", whole, least, None)
    told("… of that our own time, without the question", max(whole - question, 0), least, MILLISECONDS)
    told("a family's week, five children, 40 lessons, its whole page", await timed(of_family), least, None)
    count = sum(len(day.lessons) for day in week.days)
    print(f"the floor: a picture of an empty week: {empty:.0f} ms of processor time")
    for dark in (False, True):
        drawn = replace(week, dark=dark)
        told(
            f"a picture of {count} lessons, {'dark' if dark else 'light'}",
            median(partial(week_png, drawn), DRAWINGS),
            empty,
            PICTURE,
        )
    await db.close()


def told(what: str, took: float, least: float, most: float | None) -> None:
    allowed = "" if most is None else f" (may take {most:.0f} ms{'' if took <= most else ': TOO MUCH'})"
    print(f"{what}: {took:.2f} ms, {took / least:.1f} times the floor{allowed}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(Path(folder)))


if __name__ == "__main__":
    main()
