"""Story: who stands in for a teacher marks that lesson, takes back what they wrote, and nothing else of the group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.tables import Lesson, Writing
from tests.journal.test_marking import THURSDAY, entries, marking
from tests.timetable_world import enroll, said
from tests.world import DANA, MISHA, ROBOTICS, World

ZAREMAS = 21  # her post: she teaches chess


@pytest.fixture
async def lesson(world: World) -> World:
    """Thursday's robotics is given by Zarema in Pavel's place."""
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    world.clock.move(THURSDAY - world.now)
    async with world.db.write() as tx:
        today = (Lesson.starts_at > world.now - timedelta(hours=4), Lesson.starts_at < world.now)
        await tx.execute(update(Lesson).where(Lesson.group_id == ROBOTICS, *today).values(teacher_id=ZAREMAS))
    return world


async def test_a_stand_in_marks_and_takes_back(lesson: World) -> None:
    zarema = await marking(lesson, lesson.zarema)
    await zarema.tap("Шеуджен Дана")
    await zarema.tap("5")
    await zarema.tap("Петров Миша")
    assert await entries(lesson) == [(MISHA, "mark", "5"), (DANA, "attendance", "absent")]
    await zarema.tap("↩️ Отменить")
    assert await entries(lesson) == [(DANA, "attendance", "absent")]
    assert "1. Петров Миша Алексеевич — не отмечено" in said(zarema)


async def test_what_a_stand_in_wrote_is_not_the_teachers_to_take_back_nor_the_other_way_round(lesson: World) -> None:
    zarema = await marking(lesson, lesson.zarema)
    await zarema.tap("Шеуджен Дана")
    pavel = await marking(lesson)
    assert "Отменить" not in str(pavel.buttons)
    await pavel.tap("Петров Миша")
    async with lesson.db.read() as tx:
        pavels = (await tx.scalars(select(Writing.id).order_by(Writing.id.desc()).limit(1))).one()
        number = (await tx.scalars(select(Lesson.id).where(Lesson.teacher_id == ZAREMAS))).one()
    page = zarema.newest
    assert page is not None
    await zarema.press(page.id, f"mark.undo:{pavels}:{number}:0:absent")
    assert len(await entries(lesson)) == 2
