"""Story: whoever keeps a journal sees in one press who set a mark, when, from which file, and what stood there before."""

from __future__ import annotations

from tests.journal.test_journal import MONDAY, opened, sheet
from tests.world import World


async def test_staff_see_who_set_a_mark_when_from_which_cell_and_what_was_before(world: World) -> None:
    school = await opened(world)
    for name, mark in (("Утро.csv", "4"), ("Вечер.csv", "5")):
        await school.pavel.attach(name, sheet(f"{MONDAY};Г-01;Петров Миша;{mark};;;;;"))
        await school.pavel.tap("Применить")
        await school.pass_time(hours=1)
    await school.pavel.send("/journal")
    await school.pavel.tap("Робототехника, Г-01")
    await school.pavel.tap("🕘 Кто и когда записал")
    assert school.pavel.page.splitlines() == [
        "Робототехника, группа Г-01: кто и когда записал в понедельник, 9 ноября",
        "",
        "Петров Миша Алексеевич: 5",
        "· 5 — Павел, в понедельник, 9 ноября, в 13:00: файл «Вечер.csv», лист «Вечер», ячейка D2",
        "· 4 — Павел, в понедельник, 9 ноября, в 12:00: файл «Утро.csv», лист «Утро», ячейка D2",
    ]


async def test_what_the_folder_brought_and_what_a_family_said_is_told_as_such(world: World) -> None:
    school = await opened(world)
    await school.pavel.send("/journal")
    await school.pavel.tap("Робототехника, Г-01")
    await school.pavel.tap("🕘 Кто и когда записал")
    assert school.pavel.page.splitlines()[2:] == [
        "Петров Миша Алексеевич: 4",
        "· 4 — без сотрудника (папка журналов или команда), в понедельник, 9 ноября, в 12:00: файл «раньше.csv», лист «раньше», ячейка D2",
    ]
