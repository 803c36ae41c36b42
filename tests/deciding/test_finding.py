"""The coordinator with many applications: one family, who has not applied, all at once, and everything through a sheet; in presses."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select, update

from bot.clock import Moment
from bot.reading.uploads import sheets_of
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.withdrawing import withdraw
from storage.tables import Application, Choice, ClassAbsence, Pupil
from tests.enrollment.test_enrollment import last_file
from tests.enrollment_world import ANNA_HERSELF, OLGA_HERSELF, RUSLAN_HIMSELF, classmates, handed_in, state_of
from tests.timetable_world import enroll, said
from tests.world import CHESS, DANA, MISHA, OLGA, ROBOTICS, SCHOOL, VERA, ZONE, World


class Counted:
    """Somebody's presses and typed words."""

    def __init__(self, world: World) -> None:
        self.who, self.done = world.olga, 0

    async def tap(self, label: str) -> None:
        self.done += 1
        await self.who.tap(label)

    async def send(self, text: str) -> None:
        self.done += 1
        await self.who.send(text)


async def many(world: World, count: int = 40) -> None:
    for pupil, person in (await classmates(world.db, count)).items():
        await handed_in(world.db, pupil, ROBOTICS, by=person)


async def test_one_family_is_found_by_its_surname_in_three(world: World) -> None:
    await many(world)
    await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await world.olga.send("/inbox")
    olga = Counted(world)
    await olga.tap("Найти семью")
    await olga.send("петров")
    assert said(olga.who) == "Подходят 2. Кто?"
    await olga.tap("Петров Миша")
    assert olga.done == 3
    assert said(olga.who).startswith("Петров Миша Алексеевич, 7А\n\nЗаявление № 41, 9 ноября\n1. Робототехника")
    await olga.tap("Открыть заявление № 41")
    assert said(olga.who).startswith("Петров Миша Алексеевич, 7А\nОт кого: Анна")


async def test_a_mother_telephones_and_the_childs_page_says_that_it_will_not_come(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.olga.send("/inbox")
    olga = Counted(world)
    await olga.tap("Найти семью")
    await olga.send("петров миша")
    await olga.tap("чт, 12 нояб., 15:00 · Робототехника")
    await olga.tap("Не придёт")
    await olga.tap("Петров Миша")
    await olga.tap("Весь день")
    assert olga.done == 6
    async with world.db.write() as tx:
        days = {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 20), "said_by": OLGA, "said_at": world.now}
        tx.add(ClassAbsence(school_id=SCHOOL, class_name="7А", year=2026, **days))
    await world.olga.send("/inbox")
    await world.olga.tap("Найти семью")
    await world.olga.send("петров миша")
    assert said(world.olga).splitlines()[-3:] == [
        "",
        "🙅 Не придёт: в четверг, 12 ноября, все занятия.",
        "🏠 Класс не ходит: 16–20 ноября.",
    ]


async def test_a_surname_typed_again_looks_again(world: World) -> None:
    await world.olga.send("/inbox")
    await world.olga.tap("Найти семью")
    await world.olga.send("Ёлкин")
    assert said(world.olga) == "«Ёлкин»: такого ученика в школе нет. Проверьте фамилию или напишите её начало."
    await world.olga.send("Шеуджен")
    assert said(world.olga).startswith("Шеуджен Дана Руслановна, 7А\n\nЗаявлений нет.")


async def test_who_has_not_applied_in_two(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(full_name="Шеуджен Дана"))
    await world.olga.send("/inbox")
    olga = Counted(world)
    await olga.tap("Кто не подал")
    assert said(olga.who).startswith("Не подали заявление: 2")
    assert olga.who.buttons[0] == ["4Б: 1 из 1", "7А: 1 из 2"]
    await olga.tap("7А: 1 из 2")
    assert said(olga.who) == "7А: не подали 1 из 2\n\n• Шеуджен Дана"
    assert olga.done == 2


async def test_all_are_decided_in_three(world: World) -> None:
    await many(world)
    await world.olga.send("/inbox")
    olga = Counted(world)
    for label in ("Заявления", "Все подходящие", "Одобрить: 40"):
        await olga.tap(label)
    assert olga.done == 3
    assert said(olga.who).startswith("✅ Одобрено: 40.")


# ── the sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────


Rows = list[list[Any]]


async def sheet(world: World) -> Rows:
    """What the file holds, its headings first; short rows are filled up."""
    await world.olga.send("/inbox")
    await world.olga.tap("Таблицей")
    file = last_file(world.olga).file
    assert file is not None
    (read,) = sheets_of(file.content, "Заявления.xlsx")
    return [[*row, *[None] * (10 - len(row))] for row in read.rows]


def of(book: Rows) -> dict[str, list[Any]]:
    """The rows by the child's surname."""
    return {str(row[1]).split()[0]: row for row in book[1:]}


async def sent(world: World, book: Rows) -> list[str]:
    made, kept = Workbook(), BytesIO()
    made.worksheets[0].title = "Заявления"
    for row in book:
        made.worksheets[0].append(row)
    made.save(kept)
    await world.olga.attach("Заявления.xlsx", kept.getvalue())
    return said(world.olga).splitlines()


async def test_decisions_come_back_in_the_same_sheet(world: World) -> None:
    misha = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    dana = await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    vera = await handed_in(world.db, VERA, CHESS, by=ANNA_HERSELF)
    book = await sheet(world)
    assert book[0] == [
        "Заявление", "Ребёнок", "Класс", "Курсы", "Замечания", "Подано", "Сейчас", "Решение", "Причина", "Метка",
    ]  # fmt: skip
    mishas, danas = of(book)["Петров"], of(book)["Шеуджен"]
    assert mishas[:7] == [
        misha, "Петров Миша Алексеевич", "7А", "1. Робототехника", None, "9 ноября", "ждёт решения",
    ]  # fmt: skip
    mishas[7] = "Одобрить"
    danas[7], danas[8] = "вернуть", "Уточните класс"
    assert await sent(world, book) == ["Решения из таблицы", "✅ Одобрить: 1", "↩️ Вернуть: 1"]
    assert await state_of(world.db, misha) == "submitted"  # a plan, so far
    await world.olga.tap("Применить")
    assert said(world.olga) == "✅ Решено заявлений: 2. Семьи узнают через две минуты."
    assert [await state_of(world.db, one) for one in (misha, dana, vera)] == ["approved", "returned", "submitted"]
    assert await sent(world, book) == ["Решения из таблицы", "Уже так: 2", "Применять нечего."]


async def test_faults_are_told_by_their_cells_and_nothing_is_applied(world: World) -> None:
    await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    book = await sheet(world)
    of(book)["Петров"][7] = "одобрить!"
    of(book)["Шеуджен"][7] = "отклонить"
    assert (await sent(world, book))[:3] == [
        "В таблице 2 ошибки. Ничего не применено: исправьте и пришлите её ещё раз.",
        "• «Заявления», строка 2, столбец H «Решение»: ожидается одно из: одобрить, вернуть, отклонить; здесь «одобрить!».",
        "• «Заявления», строка 3, столбец I «Причина»: напишите причину, её прочтёт семья.",
    ]


async def test_stale_and_forged_rows_are_refused_in_a_sentence(world: World) -> None:
    misha = await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    dana = await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    vera = await handed_in(world.db, VERA, CHESS, by=ANNA_HERSELF)
    book = await sheet(world)
    for row in of(book).values():
        row[7] = "одобрить"
    async with world.db.read() as tx:
        chess = await tx.scalar(select(Choice.id).where(Choice.application_id == misha, Choice.course_id == CHESS))
    await withdraw(world.db, misha, chess or 0, by=ANNA_HERSELF, at=Moment(world.now, ZONE))  # changed since
    await decide(world.db, dana, Verdict("decline", "Мест нет"), by=OLGA_HERSELF, at=Moment(world.now, ZONE))  # decided since
    of(book)["Петрова"][1] = "Петров Миша Алексеевич"  # the rows have shifted
    book.append([77, "Никто", None, None, None, None, None, "одобрить", None, "0"])
    assert await sent(world, book) == [
        "Решения из таблицы",
        "Применять нечего.",
        "⚠️ Не будет применено: 4",
        "Строка 2, Петров Миша Алексеевич: Заявление изменилось после того, как таблица была скачана: скачайте её ещё раз.",
        "Строка 3, Шеуджен Дана Руслановна: Это заявление уже решено: отклонено, Хачирова Ольга Муратовна, 9 ноября, 12:00.",
        f"Строка 4, Петров Миша Алексеевич: Заявление № {vera} другого ребёнка: строки таблицы сдвинулись.",
        "Строка 5, Никто: Заявления № 77 в вашей школе нет.",
    ]


async def test_a_plan_that_is_no_longer_true_is_shown_anew(world: World) -> None:
    misha = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    book = await sheet(world)
    of(book)["Петров"][7] = "одобрить"
    await sent(world, book)
    await withdraw(world.db, misha, 0, by=ANNA_HERSELF, at=Moment(world.now, ZONE))
    await world.olga.tap("Применить")
    assert "Это заявление уже решено: семья его отозвала." in said(world.olga)
    assert await state_of(world.db, misha) == "withdrawn"


async def test_another_schools_sheet_is_nobodys(world: World) -> None:
    """The number of an application of another school says nothing here."""
    misha = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    book = await sheet(world)
    of(book)["Петров"][7] = "одобрить"
    async with world.db.write() as tx:
        from storage.tables import Organization

        other = Organization(code="О-99", name="Другая школа", role="base")
        tx.add(other)
        await tx.flush()
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(school_id=other.id))
    assert f"Заявления № {misha} в вашей школе нет." in " ".join(await sent(world, book))
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Application.state))) == ["submitted"]
