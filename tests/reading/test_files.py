"""Files sent in the chat that are no journals: the network's workbook, and what a stranger may try."""

from __future__ import annotations

import io

from openpyxl import Workbook
from sqlalchemy import select

from bot.reading.uploads import LIMITS
from bot.sandbox.files import Upload
from storage.tables import Document, Organization
from tests.world import World


def book(**sheets: list[list[str]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


ORGANIZATIONS = [
    ["Код", "Название", "Роль", "Вид", "Лицензия", "Адрес"],
    ["О-00", "МБОУ СОШ №8", "базовая", "образовательная", "Л035-01", "ул. Школьная, 1"],
    ["О-01", "МБОУ ДО ЦДО МО «Кошехабльский район»", "партнёр", "образовательная", "Л035-01", "ул. Джаримова, 5"],
    ["О-03", "Центр развития IT", "партнёр", "образовательная", "Л035-01", "ул. Гагарина, 12"],
]


async def name_of_the_centre(world: World) -> str:
    async with world.db.read() as tx:
        return (await tx.scalars(select(Organization.name).where(Organization.code == "О-03"))).one()


async def test_the_coordinator_sends_the_workbook_and_applies_it(world: World) -> None:
    await world.olga.attach("Сеть.xlsx", book(Организации=ORGANIZATIONS))
    assert "Организации" in world.olga.page
    assert world.olga.buttons == [["Применить"], ["Отмена"], ["🏠 Меню"]]
    assert await name_of_the_centre(world) == "Центр развития IT-образования"
    page = world.olga.newest
    assert page is not None
    data = page.rows[0][0].data
    assert data is not None
    await world.olga.tap("Применить")
    assert world.olga.page == "✅ Готово: сеть обновлена, кому нужно — напишем."
    assert await name_of_the_centre(world) == "Центр развития IT"
    await world.olga.press(page.id, data)  # handled twice: shows that there is nothing left to do
    assert "Применить" not in str(world.olga.buttons)


async def test_the_network_button_says_how_and_gives_an_empty_workbook(world: World) -> None:
    await world.olga.send("/start")
    await world.olga.tap("Сеть")
    assert world.olga.page.startswith("🌐 Книга сети\n\nОрганизации, сотрудники, ученики, курсы и расписание меняются")
    await world.olga.tap("Пустая книга")
    form = world.olga.newest
    assert form is not None
    assert form.document is not None
    assert form.document.name == "Сеть.xlsx"
    await world.olga.attach("Сеть.xlsx", await world.olga.file(form))  # sent back as it is: nothing but examples
    assert "Кроме примера ничего нет, поэтому ничего не меняется" in world.olga.page


async def test_a_faulty_workbook_is_shown_with_every_fault(world: World) -> None:
    await world.olga.attach("Сеть.xlsx", book(Организации=[["Код", "Название", "Роль"], ["О-00", "", "школа"]]))
    assert world.olga.page.splitlines()[0].startswith("В книге 2 ошибки.")
    assert "«Организации», строка 2, столбец B «Название»: нужно заполнить." in world.olga.page


async def test_nobody_but_a_coordinator_loads_a_workbook(world: World) -> None:
    for phone in (world.pavel, world.irina, world.sergey):
        await phone.attach("Сеть.xlsx", book(Организации=ORGANIZATIONS))
        assert phone.page.startswith("Не понял, что за таблица «Сеть.xlsx».")
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Document.id))) == []


async def test_a_workbook_left_alone_changes_nothing_and_another_cannot_press_for_its_sender(world: World) -> None:
    await world.olga.attach("Сеть.xlsx", book(Организации=ORGANIZATIONS))
    page = world.olga.newest
    assert page is not None
    apply = page.rows[0][0].data
    assert apply is not None
    for phone in (world.pavel, world.sergey, world.anna):
        await phone.send("/start")
        assert phone.newest is not None
        await phone.press(phone.newest.id, apply)
    await world.olga.tap("Отмена")
    assert world.olga.page == "Отменено: сеть осталась как была."
    assert await name_of_the_centre(world) == "Центр развития IT-образования"


async def test_a_file_too_big_is_refused_before_it_is_fetched(world: World) -> None:
    big = Upload("огромный.xlsx", b"PK\x03\x04" + bytes(LIMITS.upload))
    await world.pavel.attach(big.name, big.content)
    assert world.pavel.page.startswith("Файл «огромный.xlsx» больше 10 МБ.")


async def test_what_is_no_table_is_answered_in_plain_words(world: World) -> None:
    await world.pavel.attach("заметки.docx", b"\x00\x01\x02\x03" * 100)
    assert "не таблица" in world.pavel.page
    await world.pavel.attach("пусто.csv", b"\n")
    assert world.pavel.page.startswith("Не понял, что за таблица «пусто.csv».")


async def test_a_name_cannot_break_a_page(world: World) -> None:
    await world.pavel.attach("<b>&\u202e" + "я" * 200 + ".csv", b"a;b\n1;2\n")
    assert world.pavel.page.startswith("Не понял, что за таблица «<b>&")
