"""What is typed without being asked for is understood where it can be, and never answered with «Не понял вас» alone."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.tables import Organization
from tests.timetable_world import enroll, said
from tests.world import CENTRE, CHESS, MISHA, SCHOOL, World


@pytest.mark.parametrize("typed", ["хочу на шахматы", "Шахматы", "Запишите Мишу на шахматы", "ищем кружок шахмат для сына"])
async def test_a_wish_for_a_course_is_looked_for(world: World, typed: str) -> None:
    await world.anna.send(typed)
    assert "шахмат" in said(world.anna).lower()
    assert any("Шахматы" in label for row in world.anna.buttons for label in row)
    assert not any("Робототехника" in label for row in world.anna.buttons for label in row)


async def test_an_absence_stays_an_absence(world: World) -> None:
    await enroll(world.db, MISHA, CHESS)
    await world.anna.send("Миша не придёт на шахматы в среду")
    assert said(world.anna).startswith("🙅 Верно?")


async def test_a_question_is_answered_with_who_can_answer_it(world: World) -> None:
    await enroll(world.db, MISHA, CHESS)
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == SCHOOL).values(phone="8 (87770) 1-23-45"))
        await tx.execute(update(Organization).where(Organization.id == CENTRE).values(site="https://example.org"))
    await world.anna.send("Когда будет собрание?")
    assert said(world.anna) == (
        "💬 Кому передать?\nПохоже, это вопрос. Сам я на него не отвечу. "
        "Нажмите, кому передать ваши слова, — или спросите здесь:\n\n"
        "• Школа: МБОУ СОШ №8, тел. 8 (87770) 1-23-45\n"
        "• Партнёр: МБОУ ДО ЦДО МО «Кошехабльский район», https://example.org"
    )
    assert "Миша: " in str(world.anna.buttons)  # whoever teaches him, and the school


async def test_what_nobody_can_make_out_leads_to_the_menu(world: World) -> None:
    await world.anna.send("абракадабра")
    assert said(world.anna).startswith("Не понял вас. Выберите, что показать")
    assert "Курсы" in str(world.anna.buttons)
