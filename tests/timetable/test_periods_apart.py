"""Lessons changed together, far from each other: the road between where they will be, and a stand-in of another organization."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from storage.tables import Lesson, Road
from tests.asked import statements
from tests.timetable_world import CHESS_WEDNESDAY, at, enroll, said, words
from tests.world import CENTRE, CHESS, IT, MISHA, ROBOTICS, World


@pytest.fixture
async def world(world: World) -> World:
    """Misha has chess in one place and robotics in another, half an hour away."""
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    async with world.db.write() as tx:
        await tx.execute(insert(Road).values(from_id=CENTRE, to_id=IT, minutes=30))
    return world


async def test_two_that_move_together_leave_no_time_for_the_road_between_them(world: World) -> None:
    async with world.db.write() as tx:
        hours = {"starts_at": at(12, 13, 30), "ends_at": at(12, 14, 45)}
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(**hours))
    await world.olga.send("/timetable")
    await world.olga.tap("Неделя")
    await world.olga.tap("🗓 Изменить за несколько дней")
    await world.olga.send("12 ноября")
    await world.olga.tap("Перенести")
    await world.olga.tap("На день позже")
    assert "Что мешает" in said(world.olga)
    assert "• пт, 13 нояб., 13:30: между занятием и «Робототехника» (15:00–16:30) не хватит времени на дорогу: 30 мин" in said(
        world.olga
    ).replace("чт, 12 нояб., 13:30:", "пт, 13 нояб., 13:30:")


async def test_who_stands_in_may_come_from_another_organization(world: World) -> None:
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    await world.pavel.tap("👤 Замена")
    assert world.pavel.buttons == [["Тлехас Зарема · ЦДО"], ["‹ Назад", "🏠 Меню"]]
    await world.pavel.tap("Тлехас Зарема")
    assert "Проведёт: Тлехас Зарема Аслановна (ЦДО)." in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    await world.deliver()
    told = words(world.zarema.messages[-1])
    assert "Место: Центр развития IT-образования, каб. 2" in told
    await world.zarema.send("/timetable")
    await world.zarema.tap("Робототехника")
    assert "👤 Тлехас Зарема Аслановна" in said(world.zarema)


async def test_who_stands_in_needs_time_for_the_road_to_it(world: World) -> None:
    async with world.db.write() as tx:
        hours = {"starts_at": at(12, 13, 45), "ends_at": at(12, 14, 45)}
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(**hours))
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    await world.pavel.tap("👤 Замена")
    await world.pavel.tap("Тлехас Зарема")
    assert "у педагога «Шахматы», 13:45–14:45: не хватит времени на дорогу, 30 мин" in said(world.pavel)


async def test_the_hours_at_which_all_lessons_of_the_days_are_free_are_offered(world: World) -> None:
    await world.pavel.send("/timetable")
    await world.pavel.tap("🗓 Изменить за несколько дней")
    await world.pavel.send("с 12 по 20 ноября")
    await world.pavel.tap("Перенести")
    assert "✅ — свободны и ученики, и педагог, и место." in said(world.pavel)
    assert world.pavel.buttons == [
        ["На день раньше", "✅ На день позже"],
        ["На неделю позже", "✅ На 2 дня позже"],
        ["✅ На 2 дня раньше"],
        ["✅ В 14:30", "✅ В 15:30", "✅ В 16:00"],
        ["‹ Назад", "🏠 Меню"],
    ]
    await world.pavel.tap("✅ В 15:30")
    assert "Что мешает" not in said(world.pavel)


async def test_lessons_at_one_hour_have_no_free_time_together_and_nothing_is_asked_around_them(world: World) -> None:
    """A region has hundreds of lessons a day: what is around each of them is seconds of work, for the same answer."""
    async with world.db.write() as tx:
        hours = {"starts_at": at(12, 15, 30), "ends_at": at(12, 16, 30)}
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(**hours))
    await world.olga.send("/timetable")
    await world.olga.tap("Неделя")
    await world.olga.tap("🗓 Изменить за несколько дней")
    await world.olga.send("12 ноября")
    with statements(world.db) as asked:
        await world.olga.tap("Перенести")
    assert "Времени, свободного сразу для всех, рядом нет: что мешает, покажем до подтверждения." in said(world.olga)
    assert world.olga.buttons == [["На день раньше", "На день позже"], ["На неделю позже"], ["‹ Назад", "🏠 Меню"]]
    assert not [one for one in asked if "FROM class_hours" in one or "FROM roads" in one]
