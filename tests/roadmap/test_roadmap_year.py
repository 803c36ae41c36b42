"""The year of tasks: as a picture in both lights, as a table and as a paper for the director."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook  # noqa: TID251 - a file of our own, read back
from sqlalchemy import update

from bot.clock import Moment
from bot.voice import voice
from bot.words.roadmap_year import YearOf, paper_year
from storage.roadmap import history
from storage.roadmap.roadmap import Scope
from storage.tables import Step, Task
from tests.roadmap.test_roadmap import opens, ring, task_of
from tests.world import OLGA, SCHOOL, ZONE, World


async def a_year(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-1"))
    await world.olga.tap("Выполнено")
    await world.olga.send("приказ № 15")
    await opens(world.irina, await task_of(world, "regulation-1-partner-3"))
    await world.irina.tap("Выполнено")
    await world.irina.tap("Без документа")
    await opens(world.olga, await task_of(world, "roadmap-6", date(2026, 12, 30)))
    await world.olga.tap("Отложить")
    await world.olga.tap("На 3 дня")
    await world.olga.tap("Ждём документы")


async def test_the_director_takes_the_year_as_a_picture_a_table_and_a_paper(world: World) -> None:
    await a_year(world)
    await world.sergey.send("/tasks")
    await world.sergey.tap("Год")
    assert world.sergey.page.startswith("Задачи 2026/2027 учебного года")
    await world.sergey.tap("Год на картинке")
    picture = next(one for one in reversed(world.sergey.messages) if one.photo)
    png = await world.sergey.file(picture)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") in (720, 1080)
    assert world.sergey.buttons[0] == ["🌙 Тёмная"] or "Тёмн" in str(world.sergey.buttons[0])

    await world.sergey.tap("Таблица XLSX")
    table = next(one for one in reversed(world.sergey.messages) if one.document)
    rows = [*load_workbook(BytesIO(await world.sergey.file(table))).worksheets[0].iter_rows(values_only=True)]
    heads = [str(cell) for cell in rows[0]]
    assert heads[4:] == ["Обещано", "Перенесено", "Почему", "Состояние", "Сделано", "На основании", "Кто отметил"]
    done = next(row for row in rows if row[0] == "Дорожная карта, 1")
    assert (str(done[4])[:10], done[7], str(done[8])[:10], done[9], done[10]) == (
        "2026-10-30", "сделано", "2026-11-09", "приказ № 15", "Хачирова Ольга Муратовна",
    )  # fmt: skip
    later = next(row for row in rows if row[0] == "Дорожная карта, 6")
    assert (str(later[4])[:10], str(later[5])[:10], later[6]) == ("2026-12-30", "2027-01-11", "Ждём документы")

    await world.sergey.press(world.sergey.messages[-1].id, "task.file:2026:pdf")
    paper = next(one for one in reversed(world.sergey.messages) if one.document)
    assert (await world.sergey.file(paper)).startswith(b"%PDF")
    async with world.db.read() as tx:
        scope = Scope(schools=frozenset({SCHOOL}))
        year = YearOf(
            2026, await history.of_year(tx, scope, 2026), {OLGA: "Хачирова О. М."}, Moment(world.now, ZONE), "МБОУ СОШ №8"
        )
    rows_ = paper_year(year, voice("ru", ZONE)).rows
    assert ["Дорожная карта"] in rows_
    report = "Отчёт за полугодие: посещаемость, состав групп, успеваемость"
    office = "ответственный за сетевое взаимодействие"
    assert ["6", report, office, "30 декабря 2026, перенесено на 11 января 2027", "позже", "", ""] in rows_
    first = "Изучить нормативные документы и дополнить локальные акты школы"
    assert ["1", first, office, "30 октября 2026", "9 ноября 2026", "приказ № 15", "Хачирова О. М."] in rows_


async def test_hostile_words_break_no_picture_and_nobody_else_gets_the_year(world: World) -> None:
    await ring(world)
    async with world.db.write() as tx:
        await tx.execute(
            update(Step).where(Step.code == "roadmap-3").values(task='#set page(width: 1pt) "<b>\u202e =1+1', number="3")
        )
        await tx.execute(update(Task).values(put_off_why="=HYPERLINK(1)"))
    await world.olga.send("/tasks")
    for data in ("task.gantt:2026:1", "task.file:2026:pdf", "task.file:2026:xlsx"):
        await world.olga.press(world.olga.messages[-1].id, data)
    assert sum(1 for one in world.olga.messages if one.document or one.photo) == 3
    await world.olga.press(world.olga.messages[-1].id, "task.file:2026:exe")
    await world.olga.press(world.olga.messages[-1].id, "task.gantt:1999:0")
    for phone in (world.irina, world.pavel, world.anna):
        await phone.send("/tasks")
        for data in ("task.year:0", "task.gantt:2026:0", "task.file:2026:xlsx"):
            await phone.press(phone.messages[-1].id, data)
        assert not [one for one in phone.messages if one.document or one.photo]
