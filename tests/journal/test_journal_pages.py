"""The journal as people read it: the child's page, its pages turned, the teacher's form."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook  # noqa: TID251 - a file of our own, read back

from tests.journal.test_journal import MONDAY, enrol, opened, sheet
from tests.world import CHESS, MISHA, World


@pytest.fixture
async def school(world: World) -> World:
    return await opened(world)


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_childs_page(school: World) -> None:
    await school.pavel.attach(
        "ж.csv",
        sheet(f"{MONDAY};Г-01;У-701;5;;Датчики;Собрать робота;Молодец!;контрольная", "06.11.2026;Г-01;У-701;;Н;;;;"),
    )
    await school.pavel.tap("Применить")
    await school.anna.send("/journal")
    assert school.anna.page == "📖 Журнал\nЧей журнал открыть?"
    assert school.anna.buttons == [["Миша"], ["Вера"], ["🏠 Меню"]]
    await school.anna.tap("Миша")
    assert school.anna.page == (
        "📖 Журнал — Миша\n\n"
        "Робототехника — средняя 4,5, пропусков 1, опозданий 0\n\n"
        "пн, 9 нояб. · Робототехника\n5 (контрольная)\nТема: Датчики\nДомашнее задание: Собрать робота\n💬 Молодец!\n\n"
        "пт, 6 нояб. · Робототехника\nотсутствие\n\n"
        "чт, 5 нояб. · Робототехника\n4"
    )
    assert school.anna.buttons == [
        ["Причина пропуска 6 ноября"],
        ["🗓 Итог недели"],
        ["✍️ Написать педагогу"],
        ["‹ Назад"],
        ["🏠 Меню"],
    ]
    await school.anna.tap("Назад")
    await school.anna.tap("Вера")
    assert "Записей пока нет." in school.anna.page
    await school.misha.send("/journal")
    assert school.misha.page.startswith("📖 Журнал — Миша\n\nРобототехника — средняя 4,5")
    assert school.misha.buttons == [["🗓 Итог недели"], ["✍️ Написать педагогу"], ["🏠 Меню"]]


async def test_a_long_journal_turns_its_pages(school: World) -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(20)]
    await school.pavel.attach("ж.csv", sheet(*(f"{day:%d.%m.%Y};Г-01;У-701;5;;;;;" for day in days)))
    await school.pavel.tap("Применить")
    await school.misha.send("/journal")
    assert school.misha.buttons[0] == ["‹", "1 из 4", "›"]
    await school.misha.tap("›")
    assert school.misha.buttons[0][1] == "2 из 4"


async def test_a_journal_is_narrowed_to_a_month_and_to_a_course(school: World) -> None:
    await enrol(school, MISHA, CHESS)
    await school.pavel.attach("ж.csv", sheet("28.10.2026;Г-01;У-701;5;;;;;", "30.10.2026;Г-01;У-702;4;;Датчики;Дочитать;;"))
    await school.pavel.tap("Применить")
    await school.zarema.attach("ш.csv", sheet("06.11.2026;Г-02;У-701;;Н;;;;"))
    await school.zarema.tap("Применить")
    await school.misha.send("/journal")
    assert school.misha.buttons == [["По курсу", "По месяцу"], ["🗓 Итог недели"], ["✍️ Написать педагогу"], ["🏠 Меню"]]
    await school.misha.tap("По месяцу")
    assert school.misha.page == "📖 Журнал — Миша\nКакой месяц показать?"
    assert school.misha.buttons == [["• Все месяцы"], ["ноябрь 2026", "октябрь 2026"], ["‹ Назад", "🏠 Меню"]]
    await school.misha.tap("октябрь 2026")
    assert school.misha.page == (
        "📖 Журнал — Миша\n\nПоказано: октябрь 2026\n\nРобототехника — средняя 5, пропусков 0, опозданий 0\n\n"
        "пт, 30 окт. · Робототехника\nТема: Датчики\nДомашнее задание: Дочитать\n\n"  # of him nothing was written that day
        "ср, 28 окт. · Робототехника\n5"
    )
    await school.misha.tap("По курсу")
    await school.misha.tap("Шахматы")
    assert school.misha.page == "📖 Журнал — Миша\n\nПоказано: Шахматы, октябрь 2026\n\nЗдесь записей нет."
    await school.misha.tap("По месяцу")
    await school.misha.tap("Все месяцы")
    assert school.misha.page.endswith(
        "Показано: Шахматы\n\nШахматы — пропусков 1, опозданий 0\n\nпт, 6 нояб. · Шахматы\nотсутствие"
    )


async def test_the_teacher_takes_a_form_fills_it_in_and_sends_it_back(school: World) -> None:
    await school.pavel.send("/journal")
    assert school.pavel.buttons == [["✏️ Отметить"], ["Робототехника, Г-01"], ["🏠 Меню"]]
    await school.pavel.tap("Робототехника")
    await school.pavel.tap("Бланк группы")
    sent = school.pavel.newest
    assert sent is not None
    book = load_workbook(io.BytesIO(await school.pavel.file(sent)))
    page = book.worksheets[0]
    assert [page.cell(row, 3).value for row in (2, 3)] == ["Петров Миша Алексеевич", "Шеуджен Дана Руслановна"]
    page["D2"] = "5"
    page["E3"] = "Н"
    filled = io.BytesIO()
    book.save(filled)
    await school.pavel.attach("Журнал.xlsx", filled.getvalue())
    assert "Новых отметок — 1, отсутствий — 1; узнают 2 семьи." in school.pavel.page
