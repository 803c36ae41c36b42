"""«Изменения» of a group two schools share: whose book says what, what changes, and which families hear of it."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from bot.reading.uploads import Cell
from storage.db import Database
from storage.tables import Consent, Group, Guardianship, Lesson, Letter, Person, Pupil
from tests.network.test_schools import applied, coordinator_of, planned, standing
from tests.network.test_schools import two as two  # noqa: PLC0414 - a fixture
from tests.world import NOW, ZONE

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these

HEADING: list[Cell] = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Причина"]
ROB1: list[Cell] = ["РОБ-1", "17.11", "15:00", "перенос", "18.11", "17:00", "соревнования"]
ROB2: list[Cell] = ["РОБ-2", "25.11", "15:00", "отмена", None, None, "ремонт"]
FAMILIES = {"1": "Иванова", "2": "Ким", "51": "Гучетль"}  # by pupil's code: of № 8 in РОБ-1, of № 8 in РОБ-2, of the gymnasium


@pytest.fixture
async def heard_of(two: Database) -> Database:
    """Each child has a mother with the bot, who has agreed to letters."""
    async with two.write() as tx:
        for number, (code, name) in enumerate(FAMILIES.items(), 900):
            pupil = await tx.scalar(select(Pupil.id).where(Pupil.code == code))
            await tx.execute(insert(Person).values(id=number, telegram_id=number, name=name, created_at=NOW))
            await tx.execute(insert(Guardianship).values(person_id=number, pupil_id=pupil, since=NOW))
            agreed = {"person_id": number, "pupil_id": pupil, "text_version": "2026-08", "basis": "мать", "given_at": NOW}
            for purpose in ("processing", "messages"):
                await tx.execute(insert(Consent).values(**agreed, purpose=purpose))
    return two


async def told(db: Database) -> list[tuple[str, str]]:
    """Whom a letter waits for, and what it is."""
    async with db.read() as tx:
        rows = await tx.execute(select(Person.name, Letter.kind).join(Letter, Letter.person_id == Person.id).order_by(Letter.id))
        return [(name, kind) for name, kind in rows]


async def held(db: Database, group: str) -> list[str]:
    """The group's next three lessons."""
    async with db.read() as tx:
        question = select(Lesson.starts_at, Lesson.cancelled_at).join(Group).where(Group.code == group, Lesson.starts_at > NOW)
        rows = (await tx.execute(question.where(Lesson.archived_at.is_(None)).order_by(Lesson.starts_at).limit(3))).all()
    return [f"{at.astimezone(ZONE):%d.%m %H:%M}" + (" отменено" if off else "") for at, off in rows]


async def test_each_school_says_its_own_changes_and_the_shared_lesson_moves_for_both(heard_of: Database) -> None:
    db = heard_of
    tamara, olga = await coordinator_of(db, "Г5"), await coordinator_of(db, "Ш8")
    hers, olgas = {"Изменения": [HEADING, ROB1]}, {"Изменения": [HEADING, ROB2]}
    before = await standing(db, "Ш8")

    said = await planned(db, hers, tamara)
    assert "Школа: Гимназия №5" in said
    assert not any(name in line for line in said for name in ("Иванов", "Ким"))
    await applied(db, hers, tamara)
    assert await held(db, "РОБ-1") == ["10.11 15:00", "18.11 17:00", "24.11 15:00"]
    assert sorted(await told(db)) == [
        ("Гучетль", "lesson-moved"),
        ("Иванова", "lesson-moved"),
    ]  # who learns there, of both schools
    changed = {sheet for sheet, rows in (await standing(db, "Ш8")).items() if rows != before[sheet]}
    assert changed == {"lessons"}  # the shared lesson itself, and no row of the other school

    theirs = await standing(db, "Г5")
    await applied(db, olgas, olga)  # her book does not know of the gymnasium's row
    assert await held(db, "РОБ-1") == ["10.11 15:00", "18.11 17:00", "24.11 15:00"]
    assert await held(db, "РОБ-2") == ["11.11 15:00", "18.11 15:00", "25.11 15:00 отменено"]
    assert (await told(db))[2:] == [("Ким", "lesson-cancelled")]
    assert await standing(db, "Г5") == theirs

    for book, by in ((hers, tamara), (olgas, olga)):
        assert any("ничего не изменится" in line for line in await planned(db, book, by))


async def test_a_book_without_the_others_row_leaves_the_shared_lesson_where_it_is(heard_of: Database) -> None:
    db = heard_of
    tamara, olga = await coordinator_of(db, "Г5"), await coordinator_of(db, "Ш8")
    await applied(db, {"Изменения": [HEADING, ROB1]}, tamara)
    letters = await told(db)
    other: list[Cell] = ["РОБ-1", "24.11", "15:00", "отмена", None, None, "карантин"]
    await applied(db, {"Изменения": [HEADING, other]}, olga)
    assert await held(db, "РОБ-1") == ["10.11 15:00", "18.11 17:00", "24.11 15:00 отменено"]
    assert sorted((await told(db))[len(letters) :]) == [("Гучетль", "lesson-cancelled"), ("Иванова", "lesson-cancelled")]
