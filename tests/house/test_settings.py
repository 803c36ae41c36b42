"""Settings: the language turns at once, messages say as much as was chosen, nights are quiet."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from storage.db import Database
from storage.tables import Person
from tests.world import ANNA, Member, World


async def kept(db: Database) -> Person:
    async with db.read() as tx:
        return (await tx.scalars(select(Person).where(Person.id == ANNA))).one()


async def at_settings(world: World) -> Member:
    anna = world.anna
    await anna.send("/settings")
    return anna


async def test_the_page_says_what_is_set(world: World) -> None:
    anna = await at_settings(world)
    assert anna.page == (
        "⚙️ Настройки\n\nЯзык: Русский\nСообщения: подробно, с отметкой\nТихие часы: 21:00–07:00, как в школе\nИз журнала: обо всём"
    )
    assert "📄 Согласия: Вера" in [label for row in anna.buttons for label in row]


async def test_page_and_commands_speak_the_new_language_at_once(world: World) -> None:
    anna = await at_settings(world)
    await anna.tap("Язык")
    await anna.tap("English")
    assert anna.page.startswith("⚙️ Settings\n\nLanguage: English")
    assert anna.commands[0] == {"command": "start", "description": "Menu"}
    await anna.send("/start")
    assert anna.page.startswith("👋 Hello, Анна!")
    await anna.send("/settings")
    await anna.tap("Language")
    await anna.tap("Русский")
    assert anna.page.startswith("⚙️ Настройки")


async def test_how_much_a_message_says_is_chosen_by_example(world: World) -> None:
    anna = await at_settings(world)
    await anna.tap("Сообщения")
    assert "Кратко: «Новая запись в журнале — открыть»." in anna.page
    assert anna.buttons[0] == ["● Подробно"]
    await anna.tap("Кратко")
    assert "Сообщения: кратко, без отметок" in anna.page
    assert (await kept(world.db)).detail == "discreet"


@pytest.mark.parametrize(
    ("label", "line", "hours"),
    [
        ("22:00–08:00", "22:00–08:00", (time(22), time(8))),
        ("20:00–07:00", "20:00–07:00", (time(20), time(7))),
        ("Без тихих часов", "нет", (time(0), time(0))),
        ("как в школе", "21:00–07:00, как в школе", (None, None)),
    ],
)
async def test_quiet_hours_by_a_button(world: World, label: str, line: str, hours: tuple[time | None, time | None]) -> None:
    anna = await at_settings(world)
    await anna.tap("Тихие часы")
    await anna.tap(label)
    assert f"\nТихие часы: {line}\n" in anna.page
    row = await kept(world.db)
    assert (row.quiet_from, row.quiet_to) == hours


async def test_quiet_hours_of_ones_own(world: World) -> None:
    anna = await at_settings(world)
    await anna.tap("Тихие часы")
    await anna.tap("Другие часы")
    await anna.send("как-нибудь ночью")
    assert anna.page == "Не разобрал часы. Напишите так: 21:30-6:45"
    await anna.send("25:00-07:00")
    assert anna.page == "Не разобрал часы. Напишите так: 21:30-6:45"
    await anna.send("21.30 – 6:45")
    assert "\nТихие часы: 21:30–06:45\n" in anna.page
    await anna.send("22:00-8:00")
    assert anna.page.startswith("Не понял вас.")


async def test_buttons_nobody_made_change_nothing(world: World) -> None:
    anna = await at_settings(world)
    assert anna.newest
    for data in ("settings.language:tlh", "settings.detail:everything", "settings.quiet:30:99"):
        await anna.press(anna.newest.id, data)
        assert anna.toasts[-1].startswith("Этого больше нет")
    row = await kept(world.db)
    assert (row.language, row.detail, row.quiet_from) == ("ru", "full", None)
