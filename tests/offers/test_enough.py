"""Who has as many courses as was asked for leaves the other lines, and hears of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.services.requests.requests import enroll_all, put_in_reserve
from storage.tables import Application, Choice
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import ANNA_HERSELF, IRINA_HERSELF, MOMENT, NURBIY_HIMSELF, TODAY, approved, choices, requested
from tests.timetable_world import said
from tests.world import CENTRE, CHESS, IT, MISHA, ROBOTICS, World


async def enrolled_and_in_line(world: World, wanted: int) -> int:
    """Misha learns robotics and waits in the line for chess."""
    application = await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Application).where(Application.id == application).values(wanted=wanted))
    robotics, _ = await requested(world.db, IT), await requested(world.db, CENTRE)
    chess = (await choices(world.db, application))[CHESS].id
    await put_in_reserve(world.db, chess, by=NURBIY_HIMSELF, now=MOMENT + timedelta(seconds=1), today=TODAY)
    await enroll_all(world.db, robotics, by=IRINA_HERSELF, now=MOMENT + timedelta(seconds=2), today=TODAY)
    await world.pass_time(seconds=60)
    await world.deliver()
    return chess


async def state(world: World, choice: int) -> str | None:
    async with world.db.read() as tx:
        return await tx.scalar(select(Choice.state).where(Choice.id == choice))


async def test_one_course_was_wanted_and_one_there_is(world: World) -> None:
    chess = await enrolled_and_in_line(world, wanted=1)
    assert await state(world, chess) == "declined"
    assert heard(world.anna, "столько вы и просили") == [
        (
            "Миша: место есть на 1 курсе — столько вы и просили. Поэтому заявление на курс «Шахматы» снято, ЦДО.\n"
            "Нужен и он? Напишите ответственному за сетевые курсы."
        )
    ]
    await world.anna.send("/applications")
    assert "2. Шахматы — больше не нужно: курсов столько, сколько просили" in said(world.anna).splitlines()
    await world.nurbiy.send("/start")
    await world.nurbiy.tap("Заявки")
    await world.nurbiy.tap("№ 2")
    assert (
        "• Петров Миша Алексеевич, 7А: Шахматы — больше не нужно: у ребёнка есть другие курсы" in said(world.nurbiy).splitlines()
    )
    assert heard(world.misha, "столько и просили")[0].startswith("У тебя есть место на 1 курсе")


async def test_who_wants_two_goes_on_waiting(world: World) -> None:
    chess = await enrolled_and_in_line(world, wanted=2)
    assert await state(world, chess) in ("reserve", "offered")
    assert heard(world.anna, "столько вы и просили") == []
