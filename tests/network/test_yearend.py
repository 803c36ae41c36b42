"""A year ends: teacher and partner say how, nothing slides into the next, and what was stays readable."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from storage import doctor
from storage.allocation import allocation
from storage.db import Database
from storage.tables import Application, Choice, Course, Staff, Year
from tests.enrollment.test_enrollment import heard
from tests.timetable_world import enroll, entered, said
from tests.world import ANNA, DANA, IT, MISHA, ROBOTICS, ZONE, World

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these


async def on(world: World, year: int, month: int, day: int, hour: int = 12) -> None:
    """That day by the network's clock; the alarms ring."""
    there = datetime(year, month, day, hour, tzinfo=ZONE)
    await world.pass_time(seconds=(there - world.now).total_seconds())


async def results(db: Database) -> dict[int, tuple[str, str | None]]:
    """Pupil → how the choice stands, and what was answered."""
    async with db.read() as tx:
        rows = await tx.execute(
            select(Application.pupil_id, Choice.state, Choice.outcome).join(Choice, Choice.application_id == Application.id)
        )
        return {row.pupil_id or 0: (row.state, row.outcome) for row in rows}


async def test_nobody_is_asked_before_the_twentieth_of_may(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await on(world, 2027, 5, 19)
    await world.pavel.send("/start")
    assert "Конец года" not in str(world.pavel.buttons)
    await on(world, 2027, 5, 20)
    await world.pavel.send("/start")
    await world.pavel.tap("Конец года")
    assert said(world.pavel).startswith("🎓 Конец года 2026/2027\n\nСкажите, как закончил год 1 ученик")


async def test_one_tap_per_pupil_an_undo_and_the_rest_at_once(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    await on(world, 2027, 5, 20)
    assert heard(world.pavel, "Без ответа") == [
        "🎓 2026/2027: скажите, как закончили год ваши ученики. Без ответа 2 ученика в 1 группе; ответить можно до 31 августа."
    ]
    await world.pavel.tap("Ответить")
    await world.pavel.tap("Г-01, Робототехника: без ответа 2")
    assert "1. Петров Миша Алексеевич, 7А — ответа нет" in said(world.pavel)
    await world.pavel.tap("1 🔁")
    assert said(world.pavel).startswith("Петров Миша Алексеевич: 🔁 продолжает. Семья узнает через две минуты.")
    await world.pavel.tap("Отменить: 1")
    assert said(world.pavel).startswith("Петров Миша Алексеевич: ответ отменён.")
    await world.pass_time(minutes=3)
    assert heard(world.anna, "продолжит") == []  # taken back before anybody heard it
    await world.pavel.tap("1 🔁")
    await world.pavel.tap("2 ✖️")
    await world.pass_time(minutes=3)
    assert heard(world.anna, "продолжит") == [
        (
            "🔁 Миша продолжит курс «Робототехника», Центр развития IT-образования. Чтобы учиться в следующем году, подайте новое "
            "заявление: при распределении мест у тех, кто продолжает, преимущество."
        )
    ]
    assert await results(world.db) == {MISHA: ("enrolled", "continues"), DANA: ("enrolled", "failed")}
    for parent, words in ((world.anna, "продолжает в следующем году"), (world.ruslan, "курс не пройден")):
        await parent.send("/applications")
        assert f"1. Робототехника — {words}" in said(parent)  # not «зачислили» until the year is closed


async def test_all_have_completed_and_that_is_taken_back(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    await on(world, 2027, 5, 21)
    await world.irina.send("/start")
    await world.irina.tap("Конец года")
    await world.irina.tap("Г-01")
    await world.irina.tap("Всем остальным «пройден»: 2")
    assert said(world.irina).startswith("✅ Пройден — отмечено: 2.")
    assert await results(world.db) == {MISHA: ("enrolled", "completed"), DANA: ("enrolled", "completed")}
    await world.irina.tap("Отменить «всем пройден»")
    assert said(world.irina).startswith("Отменено ответов: 2.")
    assert await results(world.db) == {MISHA: ("enrolled", None), DANA: ("enrolled", None)}
    await world.pass_time(minutes=3)
    assert heard(world.anna, "пройден") == []


async def test_who_owes_answers_is_reminded_once_a_week_and_not_in_july(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    counts = []
    for month, day in ((5, 20), (5, 21), (5, 24), (6, 1), (7, 5), (8, 23)):
        await on(world, 2027, month, day)
        counts.append(len(heard(world.pavel, "Без ответа 1 ученик")))
    assert counts == [1, 1, 2, 3, 3, 4]
    await on(world, 2027, 8, 23, 13)
    await world.pavel.tap("Ответить")
    await world.pavel.tap("Г-01")
    await world.pavel.tap("1 ✅")
    await on(world, 2027, 8, 30)
    assert len(heard(world.pavel, "Без ответа 1 ученик")) == 4


async def test_where_neither_teacher_nor_partner_has_the_bot_the_coordinator_is_asked(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.organization_id == IT).values(person_id=None))
    await on(world, 2027, 5, 20)
    assert heard(world.olga, "Без ответа 1 ученик в 1 группе") != []
    await world.olga.tap("Ответить")
    await world.olga.tap("Г-01")
    await world.olga.tap("1 ✅")
    assert await results(world.db) == {MISHA: ("enrolled", "completed")}


async def test_after_august_the_year_is_closed_and_who_has_no_result_is_listed(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    await on(world, 2027, 8, 31)
    await world.irina.tap("Ответить")
    await world.irina.tap("Г-01")
    await world.irina.tap("1 ✅")
    await on(world, 2027, 9, 1)
    assert await results(world.db) == {MISHA: ("completed", "completed"), DANA: ("unfinished", None)}
    assert heard(world.olga, "закрыт") == ["🎓 Учебный год 2026/2027 закрыт. Без итога остался 1 ученик."]
    await world.olga.tap("Кто без итога")
    assert said(world.olga) == (
        "2026/2027: без итога\nВсего: 1. Никто не сказал, как они закончили год.\n\n"
        "• Шеуджен Дана Руслановна, 7А — «Робототехника», Центр развития IT-образования"
    )
    assert heard(world.ruslan, "без итога") == [
        "Дана: год на курсе «Робототехника» закончен без итога, Центр развития IT-образования. Если итог нужен, напишите в школу."
    ]
    await on(world, 2027, 9, 2)
    assert len(heard(world.olga, "закрыт")) == 1
    await world.irina.send("/start")
    assert "Конец года" not in str(world.irina.buttons)
    async with world.db.read() as tx:
        assert await doctor.violations(tx) == {}
        assert (await tx.get_one(Year, 2026)).closed_at is not None


async def test_what_still_waited_is_closed_with_the_year(world: World) -> None:
    since = datetime(2026, 11, 9, 9, tzinfo=UTC)
    async with world.db.write() as tx:
        for number, (pupil, state) in enumerate(((MISHA, "submitted"), (DANA, "approved"), (MISHA, "draft")), 1):
            paper = {"pupil_id": pupil, "person_id": ANNA, "state": state, "created_at": since, "submitted_at": since}
            made = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
            line = {"reserve_at": since, "group_id": 1} if state == "approved" else {}
            wish = {"application_id": made, "course_id": 1 + number % 2, "rank": 1, "state": state, "changed_at": since}
            await tx.execute(insert(Choice).values(**wish, **line))
    await on(world, 2027, 6, 2)
    assert heard(world.ruslan, "освободилось место") == []  # lessons are over: nobody is offered a seat in June
    await on(world, 2027, 9, 1)
    async with world.db.read() as tx:
        assert set(await tx.scalars(select(Choice.state))) == {"closed"}
        assert set(await tx.scalars(select(Application.state).where(Application.state != "approved"))) == {"closed"}
        assert await doctor.violations(tx) == {}
    assert heard(world.anna, "учебный год закончен") == [
        "Миша: учебный год закончен, и заявление на курс «Шахматы» закрыто, ЦДО. На новый год подайте новое."
    ]


async def test_a_bot_that_first_starts_in_november_closes_old_years_without_a_word(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    world.clock.move(timedelta(days=365))
    await world.pass_time(minutes=1)
    assert await results(world.db) == {MISHA: ("unfinished", None)}
    assert (heard(world.olga, "закрыт"), heard(world.anna, "без итога")) == ([], [])


async def test_going_on_gives_priority_and_no_answer_counts_as_going_on(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    async with db.write() as tx:
        tx.add(Year(year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31)))
        await tx.flush()
        old = await tx.get_one(Course, ROBOTICS)
        copied = {name: getattr(old, name) for name in ("code", "name", "organization_id", "direction", "classes", "selection")}
        new = (await tx.execute(insert(Course).values(**copied, year=2027).returning(Course.id))).scalar_one()
    found = {}
    for outcome in (None, "continues", "completed", "failed", "left"):
        async with db.write() as tx:
            await tx.execute(update(Choice).values(outcome=outcome))
            found[outcome] = await allocation.returning(tx, 2027) == {(MISHA, new)}
    assert found == {None: True, "continues": True, "completed": False, "failed": False, "left": False}


async def test_the_past_is_read_under_past_years(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await entered(tx, MISHA, ROBOTICS, date(2026, 11, 12), "5", at=world.now)
    await on(world, 2027, 8, 15)
    await world.anna.send("/journal")
    await world.anna.tap("Миша")
    assert "Робототехника" in said(world.anna)  # until the new year begins, the old one's journal is the journal
    await on(world, 2027, 9, 3)
    await world.anna.send("/journal")
    await world.anna.tap("Миша")
    assert "Записей пока нет" in said(world.anna)
    assert "Робототехника" not in said(world.anna)
    await world.anna.send("/start")
    await world.anna.tap("Прошлые годы")
    await world.anna.tap("2026/2027")
    await world.anna.tap("Журнал")
    await world.anna.tap("Миша")
    assert said(world.anna).startswith("📖 Миша: журнал, 2026/2027 учебный год")
    assert "5" in said(world.anna)
    await world.anna.tap("Назад")
    await world.anna.tap("Назад")
    await world.anna.tap("Мои заявления")
    assert said(world.anna).startswith("📝 Заявления, 2026/2027 учебный год: 1")
    await world.anna.tap("Назад")
    await world.anna.tap("Расписание")
    assert "Робототехника" in said(world.anna)


async def test_staff_read_the_past_too(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await on(world, 2027, 9, 3)
    for who, pages in (
        (world.olga, ("Журнал", "Занятия", "Заявления", "Заявки", "Документы")),
        (world.sergey, ("Документы",)),
        (world.irina, ("Журнал", "Занятия", "Заявки")),
        (world.pavel, ("Журнал", "Занятия")),
    ):
        await who.send("/start")
        await who.tap("Прошлые годы")
        await who.tap("2026/2027")
        for page in pages:
            await who.tap(page)
            await who.tap("Назад") if "Назад" in str(who.buttons) else await who.send("/start")
            if "Прошлые годы" in str(who.buttons):
                await who.tap("Прошлые годы")
            if "2026/2027" in str(who.buttons):
                await who.tap("2026/2027")
    await world.olga.send("/start")
    await world.olga.tap("Прошлые годы")
    await world.olga.tap("2026/2027")
    await world.olga.tap("Документы")
    await world.olga.tap("Приказ")
    await world.olga.tap("IT")
    assert world.olga.newest is not None
