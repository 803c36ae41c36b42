"""A sheet of decisions that comes back spoilt: each fault in a sentence by its cell, nothing of it lost, nothing applied unseen."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from sqlalchemy import update

from bot.clock import Moment
from bot.services.deciding.deciding import Verdict, decide
from storage.tables import Application, Year
from tests.deciding.test_finding import Rows, of, sent, sheet
from tests.enrollment_world import ANNA_HERSELF, OLGA_HERSELF, RUSLAN_HIMSELF, handed_in, state_of
from tests.timetable_world import said
from tests.world import CHESS, DANA, MISHA, ROBOTICS, ZONE, World

ONE = "В таблице 1 ошибка. Ничего не применено: исправьте и пришлите её ещё раз."


async def two(world: World) -> tuple[int, int, Rows]:
    misha = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    dana = await handed_in(world.db, DANA, CHESS, by=RUSLAN_HIMSELF)
    return misha, dana, await sheet(world)


async def test_two_columns_of_decisions_and_a_lost_one(world: World) -> None:
    misha, _, book = await two(world)
    of(book)["Петров"][7] = "одобрить"
    doubled = [[*row[:8], row[7] if at == 0 else "отклонить", *row[8:]] for at, row in enumerate(book)]
    assert await sent(world, doubled) == [
        ONE,
        "• «Заявления», строка 1, столбец I «Решение»: такой столбец уже есть, H. Оставьте один.",
    ]
    markless = [row[:9] for row in book]
    assert await sent(world, markless) == [
        ONE,
        (
            "• «Заявления», строка 1: нет столбца «Метка» (он скрыт; без него не видно, что изменилось). "
            "Скачайте таблицу ещё раз и перенесите решения."
        ),
    ]
    of(book)["Петров"][9] = None
    assert (await sent(world, book))[-1] == (
        "Строка 2, Петров Миша Алексеевич: В строке нет метки (скрытый столбец «Метка»): "
        "скачайте таблицу ещё раз и перенесите решение."
    )
    assert await state_of(world.db, misha) == "submitted"


async def test_merged_cells_and_a_reason_without_a_decision(world: World) -> None:
    _, _, book = await two(world)
    of(book)["Петров"][7] = "одобрить"
    kept, made = BytesIO(), Workbook()
    page = made.worksheets[0]
    page.title = "Заявления"
    for row in book:
        page.append(row)
    page.merge_cells("H2:H3")
    made.save(kept)
    await world.olga.attach("Заявления.xlsx", kept.getvalue())
    assert said(world.olga).splitlines() == [
        ONE,
        "• «Заявления», строка 2, столбец H «Решение»: ячейки объединены до строки 3. Разъедините их и заполните каждую строку.",
    ]
    of(book)["Шеуджен"][8] = "Уточните класс"
    assert await sent(world, book) == [
        ONE,
        "• «Заявления», строка 3, столбец H «Решение»: причина есть, а решения нет. Выберите решение или сотрите причину.",
    ]


async def test_a_second_sheet_of_decisions_is_not_passed_over(world: World) -> None:
    _, _, book = await two(world)
    kept, made = BytesIO(), Workbook()
    for page in (made.worksheets[0], made.create_sheet()):
        for row in book:
            page.append(row)
    made.worksheets[0].title, made.worksheets[1].title = "Заявления", "Заявления (2)"
    made.save(kept)
    await world.olga.attach("Заявления.xlsx", kept.getvalue())
    assert said(world.olga).splitlines() == [
        ONE,
        "• В файле два листа с решениями: «Заявления» и «Заявления (2)». Оставьте один.",
    ]


async def test_sorted_rows_left_out_rows_and_other_forms_of_the_words(world: World) -> None:
    misha, dana, book = await two(world)
    of(book)["Петров"][7] = "Одобрено "
    of(book)["Шеуджен"][7:9] = ["ОТКАЗ", "Мест нет"]
    assert await sent(world, [book[0], book[2], book[1]]) == ["Решения из таблицы", "✅ Одобрить: 1", "✖️ Отклонить: 1"]
    assert await sent(world, [book[0], book[1]]) == ["Решения из таблицы", "✅ Одобрить: 1"]  # who is left out waits on
    await world.olga.tap("Применить")
    assert (await state_of(world.db, misha), await state_of(world.db, dana)) == ("approved", "submitted")
    assert await sent(world, book) == ["Решения из таблицы", "✖️ Отклонить: 1", "Уже так: 1"]  # the same sheet again


async def test_what_was_decided_in_the_chat_meanwhile_stands(world: World) -> None:
    _, dana, book = await two(world)
    of(book)["Шеуджен"][7:9] = ["вернуть", "Уточните класс"]
    await decide(world.db, dana, Verdict("approve"), by=OLGA_HERSELF, at=Moment(world.now, ZONE))
    assert (await sent(world, book))[2:] == [
        "⚠️ Не будет применено: 1",
        "Строка 3, Шеуджен Дана Руслановна: Это заявление уже решено: одобрено, Хачирова Ольга Муратовна, 9 ноября, 12:00.",
    ]
    assert await state_of(world.db, dana) == "approved"


async def test_a_sheet_of_a_year_that_is_over(world: World) -> None:
    misha, _, book = await two(world)
    of(book)["Петров"][7] = "одобрить"
    async with world.db.write() as tx:
        tx.add(Year(year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31)))
        await tx.flush()
        await tx.execute(update(Application).where(Application.id == misha).values(year=2025))
    assert (await sent(world, book))[-1] == (
        "Строка 2, Петров Миша Алексеевич: Это заявление 2025/2026 учебного года: он закончен."
    )


async def test_a_reason_that_speaks_of_illness_is_asked_about_in_the_plan(world: World) -> None:
    _, dana, book = await two(world)
    of(book)["Шеуджен"][7:9] = ["отклонить", "По состоянию здоровья ребёнка"]
    assert await sent(world, book) == [
        "Решения из таблицы",
        "✖️ Отклонить: 1",
        (
            "⚠️ Строка 3, столбец I «Причина»: похоже, речь о здоровье. Это особые персональные данные: без письменного согласия "
            "семьи их лучше не писать. Исправьте в таблице («по семейным обстоятельствам») и пришлите её ещё раз или примените как есть."
        ),
    ]
    assert world.olga.buttons[0] == ["⚠️ Применить как есть"]
    await world.olga.tap("Применить как есть")
    assert await state_of(world.db, dana) == "declined"
