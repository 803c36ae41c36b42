"""What is typed without being asked for is understood where it can be, and never answered with «Не понял вас» alone."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.tables import Organization
from tests.telegram.talks import tapped
from tests.telegram.test_handled_again import killed_after
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
        "Нажмите, кому передать ваши слова, — или спросите здесь:\n\n«Когда будет собрание?»\n\n"
        "• Школа: МБОУ СОШ №8, тел. 8 (87770) 1-23-45\n"
        "• Партнёр: МБОУ ДО ЦДО МО «Кошехабльский район», https://example.org"
    )
    assert "Миша: " in str(world.anna.buttons)  # whoever teaches him, and the school


async def test_what_nobody_can_make_out_is_passed_on_or_leads_to_the_menu(world: World) -> None:
    await enroll(world.db, MISHA, CHESS)
    await world.anna.send("Форму мы постирали")
    assert said(world.anna).startswith("Не понял вас. Выберите, что показать")
    assert "Курсы" in str(world.anna.buttons)
    await tapped(world.anna, "", "Передать педагогу или в школу")
    assert said(world.anna).startswith(
        "💬 Кому передать?\nНажмите, кому передать ваши слова, — или спросите здесь:\n\n«Форму мы постирали»"
    )
    async with killed_after(world):  # handled again after a death, it is one letter, and its page
        await world.anna.tap("Тлехас")
        assert said(world.anna).startswith("✅ Отправлено")
    assert said(world.anna).endswith("Форму мы постирали")
    await world.zarema.send("Когда совещание?")  # and of the staff to those they work with
    await tapped(world.zarema, "", "Передать эти слова", "ЦДО")
    assert said(world.zarema).endswith("Когда совещание?")
    await world.sergey.send("абракадабра")  # a director reads, and writes to nobody
    assert "Передать" not in str(world.sergey.buttons)


async def test_while_a_question_waits_what_is_typed_is_a_new_sentence(world: World) -> None:
    """A question is left standing; what comes next is thanks, an absence or a course, and not a question put otherwise."""
    await enroll(world.db, MISHA, CHESS)
    anna = world.anna
    for typed, begins in (
        ("Когда будет собрание?", "💬 Кому передать?"),
        ("спасибо", "🙂 Пожалуйста!"),
        ("Миша не придёт на шахматы в среду", "🙅 Верно?"),
        ("Когда будет собрание?", "💬 Кому передать?"),
        ("хочу на шахматы", "Курсы сети"),
    ):
        await anna.send(typed)
        assert said(anna).startswith(begins), typed
