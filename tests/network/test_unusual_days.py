"""Pages on days and in networks nobody thought of first: what they say there is true, and what comes next is on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from bot.reading.workbook.rows import PupilRow, Workbook
from bot.services.network.classes import as_today
from storage.tables import Choice, Course, Group, Lesson, Organization, Slot
from tests.timetable_world import enroll, said
from tests.world import DANA, MISHA, ROBOTICS, ZONE, World
from tests.years_world import of_year


async def on(world: World, year: int, month: int, day: int) -> None:
    there = datetime(year, month, day, 12, tzinfo=ZONE)
    await world.pass_time(seconds=(there - world.now).total_seconds())


def pupil(code: str, class_name: str) -> PupilRow:
    return PupilRow(row=2, code=code, full_name="Петров Миша Алексеевич", class_name=class_name, birth_date=None, school=None)


def test_from_the_classes_of_september_nobody_goes_a_class_down() -> None:
    """The 11th-grader still listed, and who repeats the year, stand in the book as they do today."""
    rows = (pupil("У-1", "8А"), pupil("У-2", "11А"), pupil("У-3", "7А"), pupil("У-4", "1А"))
    book = Workbook(academic_year=2027, pupils=rows)
    today = {"У-1": "7А", "У-2": "11А", "У-3": "7А"}
    assert [row.class_name for row in as_today(book, today).pupils or ()] == ["7А", "11А", "7А", "0А"]


async def test_two_pupils_are_two_in_russian(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    await on(world, 2027, 5, 20)
    await world.pavel.send("/start")
    await world.pavel.tap("Конец года")
    assert "Скажите, как закончили год 2 ученика: пройден курс" in said(world.pavel)


async def test_in_may_the_catalogue_and_the_report_say_of_which_year_they_are(world: World) -> None:
    await on(world, 2027, 4, 16)
    await world.olga.attach("сеть.xlsx", of_year(2027))
    await world.olga.tap("Применить")
    await on(world, 2027, 5, 20)
    await world.olga.send("/courses")
    assert said(world.olga).startswith("Курсы сети, 2027/2028 учебный год\n2 курса.")
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Шахматы")
    await world.ruslan.tap("Подать заявление")
    await world.ruslan.tap("Подтвердить")
    await world.olga.send("/reports")
    assert said(world.olga).startswith(
        "Зачисление на 2027/2028 учебный год: от заявления до места\nДетей, подавших заявления: 1, из них с местом: 0"
    )
    await on(world, 2027, 9, 1)
    await world.olga.send("/courses")
    assert said(world.olga).startswith("Курсы сети\n2 курса.")
    await world.olga.send("/reports")
    assert said(world.olga).startswith("Зачисление: от заявления до места\nДетей, подавших заявления: 1, из них с местом: 0")


async def test_a_past_year_promises_no_marks_and_a_pupil_is_spoken_to_as_one(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/courses")
    assert "Подходят 2 из 2. Нажми на название, чтобы узнать больше." in said(world.misha)
    await world.misha.send("/journal")
    assert said(world.misha).endswith(
        "Записей пока нет. Когда педагог поставит отметку или отметит пропуск, ты увидишь это здесь, и я напишу."
    )
    await on(world, 2027, 9, 1)
    await world.misha.send("/start")
    for label in ("Прошлые годы", "2026/2027", "Журнал"):
        await world.misha.tap(label)
    assert said(world.misha) == "📖 Миша: журнал, 2026/2027 учебный год\n\nВ этом году записей в журнале не было."
    await world.olga.send("/start")
    for label in ("Прошлые годы", "2026/2027", "Без итога: 1", "Назад"):
        await world.olga.tap(label)
    assert said(world.olga).startswith("🗂 2026/2027 учебный год")


async def test_a_network_without_courses_says_who_brings_them(world: World) -> None:
    async with world.db.write() as tx:
        for table in (Lesson, Slot, Choice, Group, Course):
            await tx.execute(delete(table))
        await tx.execute(update(Organization).where(Organization.role == "partner").values(archived_at=world.now))
    await world.olga.send("/courses")
    assert "Курсов пока нет: они появятся, когда вы загрузите книгу сети." in said(world.olga)
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert "Курсов пока нет. Загляните через несколько дней." in said(world.anna)
    await world.olga.send("/timetable")
    assert said(world.olga) == "Групп пока нет: они появятся, когда вы загрузите книгу сети."
    assert world.olga.buttons == [["🌐 Сеть"], ["🏠 Меню"]]
    await world.sergey.send("/timetable")
    assert said(world.sergey) == "Групп пока нет: они появятся, когда ответственный за сетевые курсы загрузит книгу сети."
    assert world.sergey.buttons == [["🏠 Меню"]]
    await world.pavel.send("/journal")
    await world.pavel.tap("Отметить")
    assert said(world.pavel).endswith("и за последние 60 дней пустых занятий в журнале нет. Загляните сюда в день занятия.")
