"""The sheet «Программа»: topics of a course, chosen when a lesson is marked, and told in the report."""

from __future__ import annotations

from sqlalchemy import select

from storage.journal import programme
from storage.tables import Course, PlannedTopic, Topic
from tests.journal.test_marking import THURSDAY, marking
from tests.timetable_world import enroll, said
from tests.world import MISHA, NOW, ROBOTICS, World
from tests.years_world import Rows, book

HEADING = ("Курс", "№", "Тема", "Часов")
THREE: Rows = [HEADING, ("К-01", 1, "Датчики", 2), ("к-01", 2, "Моторы", 2), ("К-01", 3, "Линия", None)]


async def loaded(world: World, rows: Rows) -> str:
    """Olga sends a book of this sheet alone and applies what it does; the plan's words."""
    await world.olga.attach("сеть.xlsx", book(Программа=rows))
    shown = said(world.olga)
    await world.olga.tap("Применить")
    return shown


async def planned(world: World) -> list[tuple[int, str, int | None]]:
    async with world.db.read() as tx:
        rows = await tx.scalars(select(PlannedTopic).order_by(PlannedTopic.number))
        return [(row.number, row.topic, row.hours) for row in rows]


async def test_a_programme_comes_with_the_workbook_is_put_right_by_it_and_stands_without_the_sheet(world: World) -> None:
    shown = await loaded(world, THREE)
    assert "Программа: новых — 3" in shown
    assert "+ К-01, № 1 Датчики" in shown
    assert await planned(world) == [(1, "Датчики", 2), (2, "Моторы", 2), (3, "Линия", None)]
    await world.olga.attach("сеть.xlsx", book(Программа=THREE))
    assert "ничего не изменится" in said(world.olga)
    await loaded(world, [HEADING, ("К-01", 1, "Датчики", 2), ("К-01", 2, "Моторы и колёса", 2)])
    assert await planned(world) == [(1, "Датчики", 2), (2, "Моторы и колёса", 2)]
    await world.olga.attach(
        "сеть.xlsx",
        book(
            Курсы=[
                ("Код", "Название", "Организация", "Направленность", "Классы", "Шкала"),
                ("К-01", "Робототехника", "О-03", "техническая", "5-8", "десятибалльная"),
                ("К-02", "Шахматы", "О-01", "физкультурно-спортивная", "1-9", None),
            ]
        ),
    )
    await world.olga.tap("Применить")
    assert len(await planned(world)) == 2
    async with world.db.read() as tx:
        assert (await tx.get_one(Course, ROBOTICS)).scale == "ten"


async def test_a_topic_twice_a_course_nobody_knows_and_a_number_that_is_none_are_told_with_their_places(world: World) -> None:
    wrong = [HEADING, ("К-01", 1, "Датчики", 2), ("К-01", 1, "Моторы", 2), ("К-99", 2, "Линия", 2), ("К-01", "третья", "Ток", 2)]
    await world.olga.attach("сеть.xlsx", book(Программа=wrong))
    shown = said(world.olga)
    assert "«Программа», строка 3, столбец B «№»" in shown
    assert "«Программа», строка 4, столбец A «Курс»" in shown
    assert "«Программа», строка 5, столбец B «№»" in shown
    assert await planned(world) == []


async def test_the_topic_is_chosen_from_what_was_not_held_yet_the_next_first(world: World) -> None:
    await loaded(world, THREE)
    await enroll(world.db, MISHA, ROBOTICS)
    world.clock.move(THURSDAY - world.now)
    async with world.db.write() as tx:
        tx.add(Topic(group_id=ROBOTICS, day=NOW.date(), lesson=1, topic=" моторы", homework=None))
    pavel = await marking(world)
    await pavel.tap("Тема и задание")
    assert "Выберите тему из программы — первой стоит следующая — или напишите свою." in said(pavel)
    assert pavel.buttons[:2] == [["3. Линия"], ["1. Датчики"]]
    await pavel.tap("3. Линия")
    assert "Тема: Линия" in said(pavel)
    await pavel.tap("Тема и задание")
    assert pavel.buttons[0] == ["1. Датчики"]
    await pavel.send("Своя тема\nПовторить")
    assert "Тема: Своя тема" in said(pavel)
    await pavel.tap("Тема и задание")
    await pavel.tap("3. Линия")
    assert "Домашнее задание: Повторить" in said(pavel)  # what was set stays
    await pavel.tap("↩️ Отменить")
    assert "Тема: Своя тема" in said(pavel)


async def test_the_report_says_how_much_of_the_programme_was_held(world: World) -> None:
    await loaded(world, THREE)
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        tx.add(Topic(group_id=ROBOTICS, day=NOW.date(), lesson=1, topic="Датчики", homework=None))
    async with world.db.read() as tx:
        assert {one.topic for one in (await programme.of_groups(tx, [ROBOTICS]))[ROBOTICS]} == {"Датчики", "Моторы", "Линия"}
    olga = world.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    await olga.tap("По группам")
    await olga.tap("Г-01")
    assert "Пройдено тем программы с начала года: 1 из 3" in said(olga)
