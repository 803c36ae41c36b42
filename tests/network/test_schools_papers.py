"""Two schools, two years: a head reads and changes the documents of learning and the tasks of their own school, in either year."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.targets import OneTask, TaskDone, TaskLater
from storage.tables import Certificate, Choice, Step, Task
from tests.enrollment.test_enrollment import last_file
from tests.network.test_yearend import on
from tests.papers.papers_world import text_of
from tests.roadmap.test_roadmap import ring
from tests.school_walks import found, rows_of, words_of
from tests.schools_world import GYMNASIUM, heads, settle_the_gymnasium
from tests.timetable_world import said
from tests.world import SCHOOL, Member, World

OTHER = {SCHOOL: GYMNASIUM, GYMNASIUM: SCHOOL}
CHILD = {SCHOOL: "Петров Миша Алексеевич", GYMNASIUM: "Гучетль Аслан"}


async def test_a_head_of_one_school_reaches_nothing_of_the_other_in_either_year(world: World) -> None:
    await settle_the_gymnasium(world.db)
    await ring(world)
    async with world.db.write() as tx:
        await tx.execute(update(Choice).where(Choice.state == "enrolled").values(outcome="completed", outcome_at=world.now))
    await on(world, 2027, 5, 28)
    await world.irina.send("/start")
    for label in ("Документы об обучении", "Г-01", "Свидетельства: 2", "Выдать"):
        await world.irina.tap(label)
    for year in (2026, 2027):
        if year == 2027:
            await on(world, 2027, 9, 10)
            await ring(world)
        for school, phones in heads(world).items():
            phone = phones[year - 2026]  # the coordinator, a year later the director
            await _reads_its_own(phone, school)
            await _reaches_nothing_of(world, phone, OTHER[school])
        before = await _rows(world, GYMNASIUM)
        await _changes_its_own(world, world.olga, year)
        assert await _rows(world, GYMNASIUM) == before


async def _reads_its_own(phone: Member, school: int) -> None:
    heard: list[str] = []
    await phone.send("/papers")
    for label in ("Документы об обучении", "Реестр: 1", CHILD[school].split()[0]):
        await phone.tap(label)
        heard.append(await words_of(phone, phone.messages[-1]))
    assert CHILD[school] in said(phone)
    await phone.tap("Получить")
    assert CHILD[school] in text_of(await phone.file(last_file(phone)))
    await phone.send("/tasks")
    heard.append(said(phone))
    await phone.tap("Позже")
    heard.append(said(phone))
    assert found(heard, OTHER[school]) == []


async def _reaches_nothing_of(world: World, phone: Member, school: int) -> None:
    async with world.db.read() as tx:
        document = await tx.scalar(select(Certificate.id).where(Certificate.school_id == school))
        task = await tx.scalar(select(Task.id).join(Step).where(Step.school_id == school).order_by(Task.id.desc()).limit(1))
    assert document is not None
    assert task is not None
    presses = [f"cert.{what}:{document}" for what in ("line", "file", "revoke")]
    presses += [OneTask(task=task).pack(), TaskDone(task).pack(), TaskLater(task).pack(), f"task.words:{task}"]
    before = await _rows(world, school)
    await phone.send("/tasks")
    page = said(phone)
    for data in [*presses, f"task.reword:{task}:0"]:
        await phone.press(phone.messages[-1].id, data)
        assert said(phone) == page, data
    await phone.send("чужие слова")
    assert await _rows(world, school) == before


async def _changes_its_own(world: World, olga: Member, year: int) -> None:
    async with world.db.read() as tx:
        mine = (Step.school_id == SCHOOL, Step.year == year, Step.code == "roadmap-6", Task.done_at.is_(None))
        task = (await tx.scalars(select(Task.id).join(Step).where(*mine).order_by(Task.due_on.desc()))).first()
    assert task is not None
    await olga.send("/tasks")
    await olga.press(olga.messages[-1].id, OneTask(task=task).pack())
    for label in ("Изменить", "Задачу"):
        await olga.tap(label)
    await olga.send(f"Отчёт школы за {year}")
    assert f"Отчёт школы за {year}\n" in said(olga)


async def _rows(world: World, school: int) -> dict[str, list[Any]]:
    columns = Certificate.__table__.columns
    async with world.db.read() as tx:
        kept = [
            tuple(row)
            for row in await tx.execute(select(*columns).where(Certificate.school_id == school).order_by(Certificate.id))
        ]
    return {**await rows_of(world, school), "certificates": kept}
