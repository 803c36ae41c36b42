"""What SQLite knows of its tables decides where it begins a question: with one school's pupils, not with everybody's choices."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from storage.db import Database
from storage.statistics import learn
from storage.tables import Application, Choice, Organization, Pupil
from tests.world import ROBOTICS, SCHOOL

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
SCHOOLS, OF_EACH = 20, 50
WAITING = """SELECT applications.id FROM applications JOIN pupils ON pupils.id = applications.pupil_id
    WHERE applications.state = 'submitted' AND pupils.school_id IN (:school) ORDER BY applications.submitted_at"""


async def first_table(db: Database) -> str:
    """Where the question begins."""
    async with db.read() as tx:
        plan = await tx.execute(text(f"EXPLAIN QUERY PLAN {WAITING}"), {"school": SCHOOL})
        return str(next(iter(plan)).detail)


async def a_region(db: Database) -> None:
    """Schools of fifty pupils each, every one with an approved wish."""
    schools = range(1000, 1000 + SCHOOLS)
    pupils = range(1000, 1000 + SCHOOLS * OF_EACH)
    async with db.write() as tx:
        await tx.execute(
            insert(Organization), [{"id": n, "code": f"О-{n}", "name": f"Школа {n}", "role": "base"} for n in schools]
        )
        of = {"class_name": "7А", "class_year": 2026}
        rows = [{"id": n, "code": f"У-{n}", "full_name": f"Ким {n}", "school_id": 1000 + n % SCHOOLS, **of} for n in pupils]
        await tx.execute(insert(Pupil), rows)
        paper = {"year": 2026, "state": "approved", "wanted": 1, "created_at": SINCE}
        await tx.execute(insert(Application), [{"id": n, "pupil_id": n, **paper} for n in pupils])
        wish = {"course_id": ROBOTICS, "rank": 1, "state": "approved", "anyway": False, "changed_at": SINCE}
        await tx.execute(insert(Choice), [{"application_id": n, **wish} for n in pupils])


@pytest.fixture
async def db(settled_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    file = tmp_path / "bot.sqlite3"
    shutil.copy(settled_file, file)
    made = Database(f"sqlite+aiosqlite:///{file}")
    yield made
    await made.close()


async def test_a_question_about_one_school_begins_with_its_pupils(db: Database) -> None:
    await a_region(db)
    assert await learn(db, least=0)
    assert await first_table(db) == "SEARCH pupils USING COVERING INDEX ix_pupils_school_id (school_id=?)"


async def test_a_small_database_need_not_know(db: Database) -> None:
    assert not await learn(db)
