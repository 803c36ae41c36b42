"""«Помещения»: rooms are things of the workbook, and a place in words still works."""

from __future__ import annotations

from datetime import date
from typing import Any

from storage.db import Database
from storage.tables import Group, Room
from tests.network.test_network import Tables, applied, changed, lessons, planned, refused, rows_of

ROOMS: list[list[Any]] = [
    ["Код", "Название", "Организация", "Мест", "Оснащение"],
    ["К2", "каб. 2", "IT", 12, "проектор"],
    ["К5", "Мастерская", "IT", "10 мест", None],
]


def with_rooms(**sheets: Any) -> Tables:
    return changed(Помещения=ROOMS, **sheets)


async def test_rooms_come_and_go_with_the_book_and_the_same_book_changes_nothing(empty_db: Database) -> None:
    plan = await planned(empty_db, with_rooms())
    assert plan[plan.index("Помещения: новых — 2") :][:3] == ["Помещения: новых — 2", "+ каб. 2 (IT)", "+ Мастерская (IT)"]
    await applied(empty_db, with_rooms())
    assert await rows_of(empty_db, Room.code, Room.name, Room.seats, Room.equipment) == [
        ("К2", "каб. 2", 12, "проектор"),
        ("К5", "Мастерская", 10, None),
    ]
    assert not await applied(empty_db, with_rooms())

    fewer = [ROOMS[0], ["К2", "каб. 2", "IT", 15, "проектор"]]
    assert (await planned(empty_db, changed(Помещения=fewer)))[1:] == [
        "Помещения: изменится — 1, в архив — 1",
        "~ каб. 2 (IT): Мест 12 → 15",
        "− Мастерская (IT)",
    ]


async def test_a_place_may_be_a_rooms_code_and_families_read_its_name(empty_db: Database) -> None:
    groups = [["Код", "Курс", "Педагог", "Мест", "Минимум", "Место"], ["РОБ-1", "РОБ", "П1", 12, 6, "к5"]]
    tables = with_rooms(Группы=groups)
    tables["Календарь"] += [[f"{day:%d.%m}", "выходной", None] for day in (date(2026, 11, 10),)]
    plan = await planned(empty_db, tables)
    assert "⚠️ «Группы», строка 2, столбец F «Место»: в помещении «Мастерская» мест — 10, а в группе — 12." in plan
    await applied(empty_db, tables)
    assert await rows_of(empty_db, Group.place) == [("Мастерская",)]
    assert any(line.endswith("Мастерская") for line in await lessons(empty_db))
    assert any(line.endswith("зал") for line in await lessons(empty_db))  # words of no room
    assert not await applied(empty_db, tables)


async def test_two_rooms_called_alike_and_one_of_nobody_are_refused(empty_db: Database) -> None:
    twice = [*ROOMS, ["К6", "Каб. 2", "IT", None, None], ["к2", "каб. 7", "ДК", None, None]]
    assert await refused(empty_db, changed(Помещения=twice)) == [
        "«Помещения», строка 4, столбец B «Название»: «Каб. 2» уже есть в строке 2. Оставьте одну из двух.",
        "«Помещения», строка 5, столбец A «Код»: «к2» уже есть в строке 2. Оставьте одну из двух.",
        "«Помещения», строка 5, столбец C «Организация»: кода «ДК» нет на листе «Организации». Исправьте код или добавьте строку.",
    ]
