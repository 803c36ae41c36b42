"""From 1 September until the school's book of September comes: everybody is a class higher than the last book said."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import update

from storage.deciding import deciding
from storage.people.classes import classes_in
from storage.tables import Pupil
from tests.network.test_two_years import loaded
from tests.timetable_world import enroll, said
from tests.world import MISHA, ROBOTICS, SCHOOL, VERA, World
from tests.years_world import Rows, book, of_year, year_sheet

MAY = datetime(2027, 5, 18, 9, tzinfo=UTC)
SEPTEMBER = datetime(2027, 9, 3, 9, tzinfo=UTC)
WIDE: Rows = [
    ("Код", "Название", "Организация", "Направленность", "Классы", "Выбор", "Окно с", "Окно по"),
    ("К-01", "Робототехника", "О-03", "техническая", "8-10", "заявки", date(2027, 5, 15), date(2027, 9, 15)),
    ("К-02", "Шахматы", "О-01", "спортивная", "1-11", "по порядку", date(2027, 5, 15), date(2027, 9, 15)),
]


async def came(world: World, day: datetime, **classes: str) -> None:
    """The moment has come; next year's courses are loaded; these pupils were in these classes in 2026/2027."""
    await loaded(world.db, of_year(2027, Курсы=WIDE))
    async with world.db.write() as tx:
        for pupil, name in ((MISHA, classes.get("misha")), (VERA, classes.get("vera"))):
            if name is not None:
                await tx.execute(update(Pupil).where(Pupil.id == pupil).values(class_name=name))
    await world.pass_time(seconds=(day - world.now).total_seconds())


async def test_a_family_reads_the_class_of_today_and_of_then(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await came(world, SEPTEMBER)
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).startswith("Курсы: Миша, 8А\n")
    await world.anna.send("/start")
    await world.anna.tap("Прошлые годы")
    await world.anna.tap("2026/2027")
    await world.anna.tap("Мои заявления")
    assert "Миша, 7А" in said(world.anna)


async def test_who_finished_school_fits_nothing_and_the_page_says_why(world: World) -> None:
    await came(world, SEPTEMBER, misha="11А")
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).splitlines()[0] == "Курсы: Миша, школа окончена"
    assert "подходят" not in said(world.anna)
    async with world.db.read() as tx:
        assert "11А" not in [one.name for one in await deciding.classes(tx, [SCHOOL], 2027)]
        assert [one.child for one in await deciding.classmates(tx, [SCHOOL], MISHA, 2026)] == ["Петров Миша Алексеевич"]


async def test_a_ninth_grader_is_in_the_tenth_only_once_the_family_says_so(world: World) -> None:
    await came(world, MAY, misha="9Б")
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).startswith("Курсы: Миша, 9Б, в сентябре 10Б, если остаётся в школе\n")
    await world.anna.tap("Робототехника")
    assert "✅ Миша, 9Б, в сентябре 10Б, если остаётся в школе: курс подходит." in said(world.anna)
    await world.anna.tap("Подать заявление")
    await world.anna.tap("Да, остаёмся в 10 классе")
    assert said(world.anna).startswith("Заявление: Миша, 9Б, в сентябре 10Б\n")
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).startswith("Курсы: Миша, 9Б, в сентябре 10Б\n")


async def test_and_is_asked_in_september_too_until_the_book_has_come(world: World) -> None:
    await came(world, SEPTEMBER, misha="9Б")
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).startswith("Курсы: Миша, 10Б, если остаётся в школе\n")
    await world.anna.tap("Робототехника")
    await world.anna.tap("Подать заявление")
    assert said(world.anna) == "Миша: 9Б позади. Остаётесь в 10 классе?"
    sheet: Rows = [("Код", "ФИО", "Класс"), ("У-701", "Петров Миша Алексеевич", "10Б")]
    await world.olga.attach("сеть.xlsx", book(Учебный_год=year_sheet(2027), Ученики=sheet))
    assert "~ Петров Миша Алексеевич, 10Б: Класс 9Б → 10Б" in said(world.olga)
    await world.olga.tap("Применить")
    async with world.db.read() as tx:
        assert (await tx.get_one(Pupil, MISHA)).class_year == 2027
        assert await classes_in(tx, [MISHA], 2026) == {MISHA: "9Б"}
    await world.anna.send("/courses")  # the book has no Вера: Миша is the only child
    assert said(world.anna).startswith("Курсы: Миша, 10Б\n")


async def test_the_book_of_september_changes_nothing_that_was_counted_right(world: World) -> None:
    await came(world, SEPTEMBER)
    sheet: Rows = [
        ("Код", "ФИО", "Класс"),
        ("У-701", "Петров Миша Алексеевич", "8А"),
        ("У-402", "Петрова Вера Алексеевна", "5Б"),
        ("У-702", "Шеуджен Дана Руслановна", "8А"),
    ]
    await world.olga.attach("сеть.xlsx", book(Ученики=sheet))
    assert "ничего не изменится" in said(world.olga).lower()


async def test_an_empty_list_of_applications_leads_to_past_years_and_an_empty_group_has_no_form(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await came(world, SEPTEMBER)
    await world.anna.send("/applications")
    assert world.anna.buttons == [["📚 Курсы"], ["🗂 Прошлые годы"], ["🏠 Меню"]]
    await world.anna.tap("Прошлые годы")
    assert "2026/2027" in str(world.anna.buttons)
    await world.pavel.send("/journal")
    await world.pavel.tap("Г-01")
    assert "В группе пока нет зачисленных учеников." in said(world.pavel)
    assert "Бланк" not in str(world.pavel.buttons)


async def test_a_window_that_is_shut_for_all_is_said_once(world: World) -> None:
    await loaded(world.db, of_year(2027))
    await world.pass_time(seconds=(SEPTEMBER - world.now).total_seconds())
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    assert said(world.anna).count("Приём заявлений закончился 15 августа.") == 1
    await world.anna.tap("Отбор")
    assert "Только для 8А" in str(world.anna.buttons)
