"""A whole group goes to another of its course: looked at first, told two minutes later, taken back at no letter's cost."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select, update

from bot.services.requests.requests import enroll_all, put_in_reserve
from storage.db import Database
from storage.doctor import violations
from storage.tables import Audit, Choice, Course, Group, Slot
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    TODAY,
    approved,
    choices,
    classmates,
    requested,
)
from tests.timetable_world import said
from tests.world import DANA, IT, MISHA, ROBOTICS, World


async def two_learn_one_waits(db: Database, seats: int, weekday: int = 4, starts: time = time(15)) -> int:
    """Misha and Dana learn in Г-01, a classmate waits; Г-03 has so many seats. Returns the new group."""
    for pupil, by in ((MISHA, ANNA_HERSELF), (DANA, RUSLAN_HIMSELF)):
        await approved(db, pupil, ROBOTICS, by=by)
    await enroll_all(db, await requested(db, IT), by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    ((pupil, by),) = (await classmates(db, 1)).items()
    waits = await approved(db, pupil, ROBOTICS, by=by)
    await requested(db, IT)
    await put_in_reserve(db, (await choices(db, waits))[ROBOTICS].id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    async with db.write() as tx:
        year = await tx.scalar(select(Course.year).where(Course.id == ROBOTICS))
        group = Group(code="Г-03", year=year, course_id=ROBOTICS, teacher_id=11, seats=seats)
        tx.add(group)
        await tx.flush()
        tx.add(Slot(group_id=group.id, weekday=weekday, starts=starts, ends=time(starts.hour + 1)))
        return group.id


async def asked(world: World) -> None:
    await world.irina.send("/requests")
    for label in ("Группы", "Г-01", "Перевести всех", "Г-03"):
        await world.irina.tap(label)


async def where(db: Database) -> list[tuple[str, str]]:
    async with db.read() as tx:
        assert await violations(tx) == {}
        rows = await tx.execute(select(Choice.state, Group.code).join(Group, Group.id == Choice.group_id).order_by(Choice.id))
        return [(state, code) for state, code in rows]


async def test_everybody_goes_and_hears_two_minutes_later(world: World) -> None:
    await two_learn_one_waits(world.db, 5)
    await asked(world)
    assert said(world.irina) == (
        "Перейдут в группу Г-03: 3\nСвободных мест в ней: 5\n\n"
        "🎒 С местом (2): Петров Миша Алексеевич; Шеуджен Дана Руслановна\n\n"
        "⏳ Ждут, встанут в конец очереди (1): Фамилия100 Имя100"
    )
    await world.irina.tap("Перевести: 3")
    assert said(world.irina) == "🔁 Переведено в группу Г-03: 3. Семьи узнают через две минуты. Партнёр и педагоги узнают."
    assert await where(world.db) == [("enrolled", "Г-03"), ("enrolled", "Г-03"), ("reserve", "Г-03")]
    await world.deliver()
    assert "группа Г-03" not in " ".join(world.anna.notices)
    await world.pass_time(minutes=2)
    assert world.anna.page.startswith("🔁 Миша: на курсе «Робототехника» теперь группа Г-03.")
    assert "Сменили группу или очередь: 3." in world.pavel.page


async def test_taken_back_it_costs_nobody_a_letter(world: World) -> None:
    await two_learn_one_waits(world.db, 5)
    await world.deliver()
    await asked(world)
    async with world.db.read() as tx:
        line = await tx.scalar(select(Choice.reserve_at).where(Choice.state == "reserve"))
    heard = len(world.anna.notices), len(world.pavel.notices)
    await world.irina.tap("Перевести: 3")
    world.clock.move(timedelta(minutes=1))
    await world.irina.tap("Вернуть всех обратно")
    assert said(world.irina).startswith("↩️ Вернулись: 3.")
    assert await where(world.db) == [("enrolled", "Г-01"), ("enrolled", "Г-01"), ("reserve", "Г-01")]
    async with world.db.read() as tx:
        assert await tx.scalar(select(Choice.reserve_at).where(Choice.state == "reserve")) == line  # its place in the line
    await world.pass_time(minutes=3)
    assert (len(world.anna.notices), len(world.pavel.notices)) == heard
    async with world.db.read() as tx:
        move = await tx.scalar(select(Audit.id).where(Audit.action == "enrollment.regroup"))
    assert world.irina.newest is not None
    await world.irina.press(world.irina.newest.id, f"group.all.back:{move}:1")  # pressed again: nobody to bring back
    assert "все уже не там" in str(world.irina.toasts[-1])


async def test_whom_there_is_no_seat_for_and_whose_hours_clash_stays_and_is_named(world: World) -> None:
    await two_learn_one_waits(world.db, 1, weekday=4, starts=time(12))
    await asked(world)
    assert said(world.irina).splitlines()[:5] == [
        "Перейдут в группу Г-03: 0",
        "Свободных мест в ней: 1",
        "",
        "⚠️ Останутся: мешает другое занятие, уроки или дорога (3):",
        "• Петров Миша Алексеевич: В пятницу в это время у 7А уроки: 08:30–13:30.",
    ]
    assert not [label for row in world.irina.buttons for label in row if "Перевести" in label]
    await world.irina.tap("И тех, кому мешает: 3")
    assert "🪑 Останутся: мест не хватит (1): Шеуджен Дана Руслановна" in said(world.irina)
    await world.irina.tap("Перевести: 2")
    assert await where(world.db) == [("enrolled", "Г-03"), ("enrolled", "Г-01"), ("reserve", "Г-03")]


async def test_what_changed_since_the_page_is_looked_at_again(world: World) -> None:
    group = await two_learn_one_waits(world.db, 5)
    await asked(world)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == group).values(seats=1))
    await world.irina.tap("Перевести: 3")
    assert "🪑 Останутся: мест не хватит (1): Шеуджен Дана Руслановна" in said(world.irina)
    assert await where(world.db) == [("enrolled", "Г-01"), ("enrolled", "Г-01"), ("reserve", "Г-01")]


async def test_one_who_waits_is_moved_too(world: World) -> None:
    await two_learn_one_waits(world.db, 5, starts=time(12))
    await world.irina.send("/requests")
    for label in ("Группы", "Г-01", "Фамилия100", "В другую группу"):
        await world.irina.tap(label)
    assert said(world.irina).endswith("⚠️ Г-03: В пятницу в это время у 7А уроки: 08:30–13:30.")
    await world.irina.tap("Г-03")
    assert await where(world.db) == [("enrolled", "Г-01"), ("enrolled", "Г-01"), ("reserve", "Г-03")]


async def test_whom_the_partner_has_not_answered_moves_too_and_one_is_taken_back(world: World) -> None:
    """Misha is asked for, Dana only approved: both hold seats of a group that goes. The partner knows of Misha only."""
    db = world.db
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await requested(db, IT)
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    async with db.write() as tx:
        year = await tx.scalar(select(Course.year).where(Course.id == ROBOTICS))
        tx.add(Group(code="Г-03", year=year, course_id=ROBOTICS, teacher_id=11, seats=5))
        await tx.execute(update(Choice).where(Choice.course_id == ROBOTICS).values(group_id=1, reserve_at=None))
    assert await where(db) == [("requested", "Г-01"), ("approved", "Г-01")]
    await world.irina.send("/requests")
    for label in ("Группы", "Г-01"):
        await world.irina.tap(label)
    assert "🕓 Петров Миша Алексеевич, 7А: школа запросила место у партнёра" in said(world.irina)
    assert "Шеуджен" not in said(world.irina)
    await world.irina.tap("Петров Миша")
    await world.irina.tap("В другую группу")
    await world.irina.tap("Г-03")
    assert await where(db) == [("requested", "Г-03"), ("approved", "Г-01")]
    await world.irina.tap("Вернуть обратно")
    assert said(world.irina).startswith("↩️ Вернулись: 1.")
    assert await where(db) == [("requested", "Г-01"), ("approved", "Г-01")]
    await world.olga.send("/requests")
    for label in ("Группы", "Г-01", "Перевести всех", "Г-03", "Перевести: 2"):
        await world.olga.tap(label)
    assert await where(db) == [("requested", "Г-03"), ("approved", "Г-03")]
