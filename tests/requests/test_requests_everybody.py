"""The partner answers everybody at once: into the reserve, or declined with one reason; never enrolled without a seat."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from storage.tables import Application, Choice, Course, Group
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import ANNA_HERSELF, MOMENT, RUSLAN_HIMSELF, approved, choices, requested
from tests.requests.test_requests import two_children
from tests.timetable_world import said
from tests.world import DANA, IT, MISHA, ROBOTICS, World


async def test_everybody_into_the_reserve_where_there_is_no_seat(world: World) -> None:
    await two_children(world.db)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=0))
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    assert irina.buttons[:2] == [["⏳ Всех в резерв: 2"], ["✖️ Отклонить всех: 2"]]  # no seat: nobody is offered to enrol
    await irina.tap("Всех в резерв: 2")
    assert said(irina).startswith("⏳ В резерве: 2. Семьи узнают.")
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Choice.state).where(Choice.course_id == ROBOTICS))) == ["reserve", "reserve"]


async def test_who_is_put_into_the_reserve_while_there_are_seats_is_not_offered_one_a_minute_later(world: World) -> None:
    await two_children(world.db)
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("Всех в резерв: 2")
    await world.pass_time(minutes=1)
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Choice.state).where(Choice.course_id == ROBOTICS))) == ["reserve", "reserve"]


async def test_seats_that_are_not_enough_go_in_order_of_arrival_and_not_by_surname(world: World) -> None:
    """Dana Sheudzhen applied first; the request lists Petrov before her."""
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
    dana = await approved(world.db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    misha = await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        early = MOMENT - timedelta(minutes=5)
        await tx.execute(update(Application).where(Application.id == dana).values(submitted_at=early))
    await requested(world.db, IT)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=1))
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("Зачислить, на сколько есть мест: 1 из 2")
    states = [(await choices(world.db, one))[ROBOTICS].state for one in (dana, misha)]
    assert states == ["enrolled", "requested"]


async def test_everybody_declined_with_one_reason(world: World) -> None:
    await two_children(world.db)
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    assert irina.buttons[:3] == [["✅ Зачислить всех: 2"], ["⏳ Всех в резерв: 2"], ["✖️ Отклонить всех: 2"]]
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
