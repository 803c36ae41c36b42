"""«Ресурсы» of the workbook: faults by cell, the plan, what comes and goes; a file sent in chat stays whatever the book says."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from storage.db import Database
from storage.tables import Attachment, Course, Resource
from tests.network.test_network import Tables, applied, changed, planned, refused, rows_of
from tests.world import NOW

HEAD: list[Any] = ["Вид", "Название", "Организация", "Описание", "Где", "Мест", "Кому", "Ссылка"]
RESOURCES: list[list[Any]] = [
    HEAD,
    ["материально-технические", "3D-принтер", "IT", "Печатает детали", "каб. 2", "2 комплекта", "педагогам", None],
    ["информационные", "Электронная библиотека", "IT", None, None, None, None, "lib.example.org/книги"],
]


def with_resources(rows: list[list[Any]] = RESOURCES, **sheets: Any) -> Tables:
    return changed(Ресурсы=rows, **sheets)


async def test_resources_come_change_and_go_with_the_book_and_files_sent_to_them_stay(empty_db: Database) -> None:
    plan = await planned(empty_db, with_resources())
    assert plan[plan.index("Ресурсы: новых — 2") :][:3] == [
        "Ресурсы: новых — 2",
        "+ 3D-принтер (IT)",
        "+ Электронная библиотека (IT)",
    ]
    await applied(empty_db, with_resources())
    assert await rows_of(empty_db, Resource.kind, Resource.name, Resource.place, Resource.seats, Resource.link) == [
        ("information", "Электронная библиотека", None, None, "https://lib.example.org/книги"),
        ("material", "3D-принтер", "каб. 2", 2, None),
    ]
    assert not await applied(empty_db, with_resources())
    async with empty_db.write() as tx:
        await tx.execute(insert(Attachment).values(resource_id=1, name="Паспорт", link="https://example.org", made_at=NOW))

    fewer = [HEAD, ["материально-технические", "3d-Принтер", "IT", "Печатает детали", "каб. 3", 2, "педагогам", None]]
    assert (await planned(empty_db, with_resources(fewer)))[1:] == [
        "Ресурсы: изменится — 1, в архив — 1",
        "~ 3d-Принтер (IT): Название 3D-принтер → 3d-Принтер, Где каб. 2 → каб. 3",
        "− Электронная библиотека (IT)",
    ]
    await applied(empty_db, with_resources(fewer))
    await applied(empty_db, with_resources(fewer[:1] + RESOURCES[2:]))
    await applied(empty_db, with_resources())  # it is back, with what was sent to it
    assert await rows_of(empty_db, Resource.id, Resource.name, Resource.archived_at) == [
        (1, "3D-принтер", None),
        (2, "Электронная библиотека", None),
    ]
    assert await rows_of(empty_db, Attachment.resource_id, Attachment.removed_at) == [(1, None)]
    assert not await applied(empty_db, changed())  # a book that does not speak of resources changes none


async def test_every_fault_of_the_sheet_is_told_by_its_cell(empty_db: Database) -> None:
    rows = [
        HEAD,
        ["станки", "Станок", "IT", None, None, None, None, None],
        ["кадровые", "Тьютор", "ДК", None, None, "много", None, None],
        ["социальные", "Завод", "IT", None, None, None, None, "спросите у директора"],
        ["социальные", "Ферма", "IT", None, None, None, None, None],
        ["кадровые", "ферма", "it", None, None, None, None, None],
    ]
    at, kinds = "«Ресурсы», строка", "кадровые, информационные, материально-технические, учебно-методические, социальные"
    assert await refused(empty_db, with_resources(rows)) == [
        f"{at} 2, столбец A «Вид»: ожидается одно из: {kinds}; здесь «станки».",
        f"{at} 3, столбец F «Мест»: ожидается целое число, например 12; здесь «много».",
        f"{at} 3, столбец C «Организация»: кода «ДК» нет на листе «Организации». Исправьте код или добавьте строку.",
        f"{at} 4, столбец H «Ссылка»: ожидается адрес в интернете, например https://example.org; здесь «спросите у директора».",
        f"{at} 6, столбец B «Название»: «ферма» уже есть в строке 5. Оставьте одну из двух.",
    ]


async def test_a_course_says_what_it_needs_and_whether_it_is_open_to_all(empty_db: Database) -> None:
    courses = [
        ["Код", "Название", "Организация", "Направленность", "Классы", "Оборудование", "ОВЗ"],
        ["РОБ", "Робототехника", "IT", "техническая", "5-7", "10 компьютеров, проектор", "да"],
    ]
    await applied(empty_db, changed(Курсы=courses))
    assert await rows_of(empty_db, Course.equipment, Course.accessible) == [("10 компьютеров, проектор", "yes")]
    await applied(empty_db, changed())  # a book without the columns says nothing of it
    assert await rows_of(empty_db, Course.equipment, Course.accessible) == [("10 компьютеров, проектор", "yes")]
