"""The partner answers everybody at once: into the reserve, or declined with one reason; never enrolled without a seat."""

from __future__ import annotations

from sqlalchemy import select, update

from storage.tables import Choice, Course, Group
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import ANNA_HERSELF, approved
from tests.requests.test_requests import two_children
from tests.timetable_world import said
from tests.world import MISHA, ROBOTICS, World


async def test_everybody_into_the_reserve_where_there_is_no_seat(world: World) -> None:
    await two_children(world.db)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=0))
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    assert irina.buttons[0] == ["⏳ Всех в резерв: 2", "✖️ Отклонить всех: 2"]  # no seat: nobody is offered to enrol
    await irina.tap("Всех в резерв: 2")
    assert said(irina).startswith("⏳ В резерве: 2. Семьи узнают.")
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Choice.state).where(Choice.course_id == ROBOTICS))) == ["reserve", "reserve"]


async def test_everybody_declined_with_one_reason(world: World) -> None:
    await two_children(world.db)
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    assert irina.buttons[:2] == [["✅ Зачислить всех: 2"], ["⏳ Всех в резерв: 2", "✖️ Отклонить всех: 2"]]
    await irina.tap("Отклонить всех: 2")
    await irina.send("Педагог заболел")
    assert said(irina) == (
        "Отказать всем, кто ждёт ответа: 2?\n\nСемья прочтёт: «Педагог заболел»\n\n"
        "⚠️ Похоже, речь о здоровье. Это особые персональные данные: без письменного согласия семьи их лучше не писать. "
        "Напишите иначе («по семейным обстоятельствам») или оставьте как есть."
    )
    await irina.send("Педагог уехал")
    await irina.tap("Подтвердить")
    assert said(irina).startswith("✖️ Отклонено: 2. Семьи прочтут причину.")
    await world.deliver()
    assert heard(world.ruslan, "не приняли") == [
        "Дана: на курс «Робототехника» не приняли, Центр развития IT-образования.\nПричина: Педагог уехал"
    ]


async def test_a_group_below_its_minimum_is_shown_before_its_request(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
        await tx.execute(update(Group).where(Group.id == 1).values(minimum=6))
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await world.olga.send("/inbox")
    await world.olga.tap("Сформировать заявку")
    await world.olga.tap("Центр развития IT-образования: 1")
    assert "⚠️ Мало детей\nРобототехника, Г-01: 1 ребёнок, нужно хотя бы 6" in said(world.olga)
