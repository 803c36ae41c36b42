"""A reason in «Изменения» or in a journal that speaks of somebody's health is asked about before families read it."""

from __future__ import annotations

import pytest

from bot.reading.uploads import Cell
from bot.refusals import Faults
from storage.db import Database
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.network.test_network_lessons import CHANGES, CHESSES, HEADING, ROBOTS, applied, changes, letters, network, words
from tests.timetable_world import enroll, said
from tests.world import MISHA, ROBOTICS, World
from tests.years_world import Rows, book

__all__ = ["network"]

ILL = "педагог на больничном"
ASKED = (
    "⚠️ «Изменения», строка 2, столбец I «Причина»: похоже, речь о здоровье. Это особые персональные данные, а причину прочтут семьи "
    "всей группы: без письменного согласия их лучше не писать. Исправьте в книге («педагог в отъезде», «по семейным обстоятельствам») "
    "и пришлите её ещё раз или примените как есть."
)


def off(day: str, reason: str | None) -> list[Cell]:
    return ["Г-01", day, "15:00", "отмена", None, None, None, None, reason]


async def test_the_plan_asks_and_the_button_says_what_is_done(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    rows = {"Расписание": [HEADING, ROBOTS, CHESSES], "Изменения": [CHANGES, off("12.11", ILL)]}
    sheets: dict[str, Rows] = {name: [tuple(row) for row in some] for name, some in rows.items()}
    await world.olga.attach("сеть.xlsx", book(**sheets))
    assert ASKED in said(world.olga).splitlines()
    assert world.olga.buttons[0] == ["⚠️ Применить как есть"]
    await world.olga.tap("Применить как есть")
    assert said(world.olga).startswith("✅")
    await world.olga.attach("сеть.xlsx", book(**sheets))  # asked once: the same book again does nothing
    assert ASKED not in said(world.olga)


async def test_a_reason_that_names_no_illness_is_not_asked_about(network: Database) -> None:
    assert not any("здоровь" in line for line in await words(network, changes(off("12.11", "соревнования"), off("19.11", None))))


async def test_several_rows_are_one_question(network: Database) -> None:
    found = await words(network, changes(off("12.11", ILL), off("19.11", "соревнования"), off("26.11", "карантин по гриппу")))
    assert [line.partition(", столбец")[0] for line in found if "здоровье" in line] == ["⚠️ «Изменения», строки 2, 4"]


async def test_nobody_was_asked_on_the_command_line(network: Database) -> None:
    with pytest.raises(Faults) as refused:
        await applied(network, changes(off("12.11", ILL)))
    assert (refused.value.key, [one.key for one in refused.value.faults]) == ("network-doubtful", ["network-doubt-illness"])
    assert await letters(network) == []


async def test_a_comment_of_a_mark_is_told_with_the_plan(world: World) -> None:
    await opened(world)
    await world.pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;У-701;5;;;;не спешил после болезни;"))
    assert (
        "⚠️ Группа Г-01, 9 ноября: похоже, комментарий к отметке говорит о здоровье, а семье он придёт сообщением. "
        "Это особые персональные данные: лучше написать иначе и прислать файл ещё раз."
    ) in said(world.pavel).splitlines()
    assert world.pavel.buttons[0] == ["Применить"]
