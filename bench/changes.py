"""How long a change of lessons takes with all its letters: one lesson of 1,000 families and of 10,000, and 40 lessons of 300 families at once,
which then go out as one letter a family.

Measured is processor time from the press to the commit. The floor: the same rows of letters, inserted by sqlite3.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from bot.clock import Moment
from bot.notices import notice_of
from bot.policy import Person as Someone
from bot.policy import Post
from bot.post.bundle import Fact, folded
from bot.services.timetable.lessons import move_lesson
from bot.services.timetable.periods.deciding import change_lessons
from bot.services.timetable.periods.meant import Deed, Wanted, Whose, lessons_meant, seen
from bot.services.timetable.typed_days import Period
from bot.voice import voice
from storage import outbox
from storage.db import Database
from storage.migrate import migrate
from storage.outbox import Hands
from storage.tables import (
    Application,
    Choice,
    Consent,
    Course,
    Group,
    Guardianship,
    Lesson,
    Letter,
    Organization,
    Person,
    Pupil,
    Staff,
    Year,
)

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
TEACHER = Someone(1, 1, posts=frozenset({Post("teacher", 1, 2)}))
ONE_OF, MANY_OF, LESSONS = 1000, 300, 40
DISTRICT = 10_000  # families of one change: a day off of a district
CHATS = 60  # that the postman takes up at once
SECOND = 1.0  # what a change of 1,000 families may take


async def settle(db: Database, families: int, lessons: int) -> None:
    """A group in which a child of each of so many families learns, and so many lessons of it ahead."""
    since = datetime(2026, 9, 1, tzinfo=UTC)
    many = range(2, families + 2)
    begins = [datetime(2026, 11, 12, 8 + n % 8, tzinfo=UTC) + timedelta(days=n // 8) for n in range(lessons)]
    rows: dict[Any, list[dict[str, Any]]] = {
        Year: [{"year": 2026, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 5, 31)}],
        Organization: [
            {"id": 1, "code": "О-00", "name": "МБОУ СОШ №8", "role": "base"},
            {"id": 2, "code": "О-01", "name": "ЦДО", "role": "partner"},
        ],
        Person: [{"id": n, "telegram_id": n, "name": f"Анна {n}", "language": "ru", "detail": "full", "created_at": since} for n in (1, *many)],
        Staff: [{"id": 1, "code": "С-1", "full_name": "Ким Павел Андреевич", "organization_id": 2, "role": "teacher", "person_id": 1}],
        Pupil: [{"id": n, "code": f"У-{n}", "full_name": f"Петров Миша {n}", "class_name": "7А", "class_year": 2026, "school_id": 1} for n in many],
        Guardianship: [{"person_id": n, "pupil_id": n, "since": since} for n in many],
        Consent: [
            {"person_id": n, "pupil_id": n, "purpose": purpose, "text_version": "1", "basis": "родитель", "given_at": since}
            for n in many
            for purpose in ("processing", "messages")
        ],
        Course: [{"id": 1, "year": 2026, "code": "К", "name": "Робототехника", "organization_id": 2, "direction": "т", "classes": ["7"]}],
        Group: [{"id": 1, "year": 2026, "code": "Г", "course_id": 1, "teacher_id": 1, "seats": 1000, "place": "каб. 2"}],
        Application: [{"id": n, "year": 2026, "pupil_id": n, "state": "approved", "created_at": since} for n in many],
        Choice: [
            {"application_id": n, "course_id": 1, "group_id": 1, "rank": 1, "state": "enrolled", "changed_at": since} for n in many
        ],
        Lesson: [
            {"group_id": 1, "week": date(2026, 11, 9), "ordinal": n + 1}
            | dict.fromkeys(("starts_at", "plan_starts_at"), at)
            | {name: at + timedelta(minutes=45) for name in ("ends_at", "plan_ends_at")}
            for n, at in enumerate(begins)
        ],
    }  # fmt: skip
    async with db.write() as tx:
        for table, some in rows.items():
            await tx.execute(insert(table), some)


async def fresh(folder: Path, name: str, families: int, lessons: int) -> Database:
    db = Database(f"sqlite+aiosqlite:///{folder / name}")
    await db.open()
    await migrate(db)
    await settle(db, families, lessons)
    gc.collect()
    return db


def floor(path: Path) -> float:
    """Seconds for the letters' rows once more into an empty table of the same shape, by sqlite3, committed."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT * FROM letters").fetchall()
        names = [row[1] for row in file.execute("PRAGMA table_info(letters)")]
        file.execute("CREATE TABLE same AS SELECT * FROM letters WHERE 0")
        file.execute("CREATE UNIQUE INDEX same_dedup ON same (dedup)")
        file.commit()
        began = time.process_time()
        file.executemany(f"INSERT INTO same VALUES ({', '.join('?' * len(names))})", rows)  # noqa: S608 - our own names
        file.commit()
        return time.process_time() - began


async def one_lesson(folder: Path, families: int) -> None:
    db = await fresh(folder, f"{families}.sqlite3", families, 1)
    began = time.process_time()
    told = await move_lesson(db, 1, datetime(2026, 11, 13, 12, tzinfo=UTC), by=TEACHER, at=Moment(NOW, ZONE))
    took = time.process_time() - began
    await db.close()
    least = floor(folder / f"{families}.sqlite3")
    may_take = SECOND * families / ONE_OF
    allowed = "" if took <= may_take else ": TOO MUCH"
    print(f"the floor: {told} letters' rows by sqlite3: {least * 1000:.0f} ms")
    print(
        f"a lesson moved, {told} families told, committed: {took * 1000:.0f} ms, {took / least:.0f} times the floor (may take {may_take * 1000:.0f} ms{allowed})"
    )


async def a_period(folder: Path) -> None:
    db = await fresh(folder, "many.sqlite3", MANY_OF, LESSONS)
    wanted = Wanted(Whose("o"), Period(date(2026, 11, 12), date(2026, 11, 20)), Deed("cancel"), "Карантин")
    at = Moment(NOW, ZONE)
    async with db.read() as tx:
        page = seen(await lessons_meant(tx, wanted.whose, wanted.period, by=TEACHER, at=at))
    began = time.process_time()
    done = await change_lessons(db, wanted, page, by=TEACHER, at=at)
    took = time.process_time() - began
    messages, taken, letters = await _messages(db)
    await db.close()
    least = floor(folder / "many.sqlite3")
    print(f"the floor: {letters} letters' rows by sqlite3: {least * 1000:.0f} ms")
    print(
        f"{done.lessons} lessons called off, {done.families} families told, committed: {took * 1000:.0f} ms, "
        f"{took / least:.1f} times the floor; of {letters} letters the first {taken} the postman takes up go out as {messages} messages, one a family"
    )


async def _messages(db: Database) -> tuple[int, int, int]:
    """How many messages the letters are that the postman takes up first in the evening, how many those are, and how many there are."""
    say, evening = voice("ru", ZONE), NOW + timedelta(hours=6)
    hands = Hands("bench", timedelta(minutes=2), people=CHATS, per_person=60)
    async with db.write() as tx:
        claimed = await outbox.claim(tx, hands, now=evening, seen=None)
    async with db.read() as tx:
        letters = len(list(await tx.scalars(select(Letter.id))))
    by_person: dict[int, list[Fact]] = {}
    for letter in claimed:
        by_person.setdefault(letter.person_id, []).append(Fact.of(letter, notice_of(letter.kind, letter.facts), say))
    return sum(len(folded(facts)) for facts in by_person.values()), len(claimed), letters


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for families in (ONE_OF, DISTRICT):
            asyncio.run(one_lesson(Path(folder), families))
        asyncio.run(a_period(Path(folder)))


if __name__ == "__main__":
    main()
