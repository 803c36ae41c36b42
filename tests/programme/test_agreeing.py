"""Agreeing: a course's programme, plan and timetable go to the partner, who agrees or remarks; a new version wants a new answer."""

from __future__ import annotations

from datetime import time

from sqlalchemy import insert, select, update

from storage.tables import Agreeing, Course, PlannedTopic, Slot, Step, Task
from tests.asked import statements
from tests.enrollment.test_enrollment import heard
from tests.roadmap.test_roadmap import ring
from tests.timetable_world import said
from tests.world import CENTRE, NOW, ROBOTICS, SCHOOL, Member, World


async def sends(world: World, label: str = "Отправить: Робототехника") -> None:
    await world.olga.send("/papers")
    await world.olga.tap("Согласование программ")
    await world.olga.tap(label)
    await world.deliver()


async def planned(world: World) -> None:
    async with world.db.write() as tx:
        for number, topic in enumerate(("Датчики", "Моторы <b>&"), 1):
            await tx.execute(insert(PlannedTopic).values(course_id=ROBOTICS, number=number, topic=topic, hours=2))


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def test_a_partner_agrees_and_the_school_reads_who_and_when(world: World) -> None:
    await planned(world)
    await sends(world)
    assert said(world.olga).startswith("📤 Отправлено: Центр развития IT-образования.")
    assert heard(world.irina, "согласовать") == [
        "🤝 СОШ №8 просит согласовать программу, учебный план и расписание курса «Робототехника»."
    ]
    await world.irina.tap("Посмотреть")
    assert said(world.irina) == (
        "🤝 «Робототехника», 2026/2027\nМБОУ СОШ №8 → Центр развития IT-образования\nВерсия 1 от 9 ноября 2026\n\n"
        "Часов по плану: 68. Тем в программе: 2, часов в ней: 4\n\n1. Датчики (2 ч)\n2. Моторы <b>& (2 ч)\n\n"
        "• Г-01: чт 15:00–16:30; педагог Ким Павел Андреевич\n\n⏳ Ждёт ответа партнёра."
    )
    await world.irina.tap("Согласовано")
    assert said(world.irina).startswith("✅ Согласовано. Ответственный школы узнает.")
    await world.deliver()
    assert heard(world.olga, "согласовал") == [
        "✅ «Робототехника»: Центр развития IT-образования согласовал программу, план и расписание."
    ]
    await world.olga.tap("Посмотреть")
    assert said(world.olga).endswith("✅ Согласовано: Белова Ирина Олеговна, 9 ноября 2026")
    await world.olga.send("/papers")
    await world.olga.tap("Согласование программ")
    assert "✅ Робототехника" in labels(world.olga)


async def test_a_course_that_is_sent_is_asked_for_by_itself(world: World) -> None:
    """Not looked up among all courses of the network."""
    await planned(world)
    await world.olga.send("/papers")
    await world.olga.tap("Согласование программ")
    with statements(world.db) as asked:
        await world.olga.tap("Отправить: Робототехника")
    looked = [one for one in asked if "ORDER BY courses.year DESC" in one]
    assert len(looked) == 1
    assert "courses.id = " in looked[0].partition(" WHERE ")[2]


async def test_remarks_come_to_the_coordinator_and_a_new_version_wants_a_new_answer(world: World) -> None:
    await sends(world)
    await world.irina.tap("Посмотреть")
    await world.irina.tap("Есть замечания")
    await world.irina.send("Четверг занят, лучше пятница")
    await world.irina.tap("Подтвердить")
    await world.deliver()
    assert heard(world.olga, "замечания") == [
        "✍️ «Робототехника»: у Центр развития IT-образования замечания. Четверг занят, лучше пятница"
    ]
    async with world.db.write() as tx:
        await tx.execute(update(Slot).where(Slot.group_id == 1).values(weekday=4, starts=time(15)))
    await world.irina.send("/start")
    await world.irina.tap("Согласование программ")
    await world.irina.tap("Робототехника")
    assert "нужен ответ на новую версию" in said(world.irina)
    assert "✅ Согласовано" not in labels(world.irina)
    await sends(world, "Отправить новое: Робототехника")
    await world.irina.tap("Посмотреть")
    assert "Версия 2 от 9 ноября 2026" in said(world.irina)
    assert "пт 15:00–16:30" in said(world.irina)


async def test_all_courses_agreed_close_the_partners_step_and_the_roadmaps(world: World) -> None:
    await ring(world)
    await sends(world)
    await world.irina.tap("Посмотреть")
    await world.irina.tap("Согласовано")
    assert await done(world, "regulation-5-partner-3") == [True]
    assert await done(world, "regulation-5-partner-2") == [False]
    await sends(world, "Отправить: Шахматы")
    await world.nurbiy.tap("Посмотреть")
    await world.nurbiy.tap("Согласовано")
    assert await done(world, "regulation-5-partner-2") == [True]


async def done(world: World, code: str) -> list[bool]:
    async with world.db.read() as tx:
        rows = await tx.scalars(
            select(Task.done_at).join(Step, Step.id == Task.step_id).where(Step.code == code, Step.year == 2026)
        )
        return [at is not None for at in rows]


async def test_a_course_of_nobody_elses_is_not_seen(world: World) -> None:
    await sends(world)
    for phone in (world.nurbiy, world.pavel, world.anna, world.stranger()):
        await phone.send("/start")
        page = phone.messages[-1].id
        for data in ("agree.one:1", "agree.yes:1", "agree.ask:1", "agree.send:1:1"):
            await phone.press(page, data)
        assert "Робототехника" not in said(phone)
    assert heard(world.olga, "согласовал") == []


async def test_of_many_courses_a_page_compares_those_it_shows(world: World) -> None:
    """Of what was sent of the others nothing is asked: a region has thousands."""
    async with world.db.write() as tx:
        for n in range(30, 48):
            given = {"direction": "художественная", "classes": [], "hours": 34, "selection": "queue"}
            await tx.execute(insert(Course).values(id=n, code=f"К-{n}", name=f"Вокал {n}", organization_id=CENTRE, **given))
            says = {"id": n, "course_id": n, "school_id": SCHOOL, "version": 1, "says": {}, "sent_at": NOW}
            await tx.execute(insert(Agreeing).values(**says))
    await world.olga.send("/papers")
    with statements(world.db) as asked:
        await world.olga.tap("Согласование программ")
    assert labels(world.olga)[:2] == ["🔄 Отправить новое: Вокал 30", "🔄 Отправить новое: Вокал 31"]
    assert labels(world.olga)[8:11] == ["‹", "1 из 3", "›"]
    assert len([one for one in asked if "FROM planned_topics" in one]) == 8
    await world.olga.tap("‹")
    assert labels(world.olga)[-6:-2] == ["📤 Отправить: Робототехника", "‹", "3 из 3", "›"]
