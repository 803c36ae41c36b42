"""«Не придёт», written down by whoever took the call: for the lesson, for some days, taken back; the family reads it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.tables import Person
from tests.timetable_world import enroll, said
from tests.world import CHESS, DANA, MISHA, ROBOTICS, RUSLAN, Member, World


@pytest.fixture
async def world(world: World) -> World:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, DANA, ROBOTICS)
    return world


async def the_roll(who: Member) -> None:
    await who.send("/timetable")
    await who.tap("Робототехника")
    await who.tap("🙅 Не придёт")


def heard(who: Member) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in who.notices if text[:1] in "🙅✅"]


async def test_a_family_without_telegram_calls_the_teacher(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == RUSLAN).values(telegram_id=None))
    await the_roll(world.pavel)
    assert said(world.pavel) == (
        "🙅 Кто не придёт?\nРобототехника, Г-01 · в четверг, 12 ноября, в 15:00\n\n"
        "Семья позвонила — нажмите на имя. Причину записывать не нужно."
    )
    await world.pavel.tap("Шеуджен Дана Руслановна")
    assert said(world.pavel).splitlines()[0] == "✅ Записано: Дана. Педагог увидит это у занятия."
    assert ["↩️ Придёт: Шеуджен Дана Руслановна"] in world.pavel.buttons
    await world.pavel.tap("Назад")
    assert "🙅 Предупредили, что не придут:\n• Шеуджен Дана Руслановна, 7А" in said(world.pavel)
    await world.pass_time(minutes=3)
    assert not any(text.startswith("🙅 Занятия") for text in heard(world.pavel)), "they know it themselves"


async def test_a_family_with_the_bot_reads_it_and_takes_it_back(world: World) -> None:
    await the_roll(world.pavel)
    await world.pavel.tap("Петров Миша Алексеевич")
    assert "Семье напишем через две минуты" in said(world.pavel)
    await world.pavel.tap("↩️ Придёт: Петров Миша Алексеевич")
    assert said(world.pavel).startswith("✅ Миша придёт — записано.")
    await world.pass_time(minutes=3)
    assert heard(world.anna) == [], "second thoughts cost nobody a letter"
    await world.pavel.tap("Петров Миша Алексеевич")
    await world.pass_time(minutes=3)
    assert heard(world.anna) == [
        "🙅 Миша не придёт: в четверг, 12 ноября, в 15:00, «Робототехника». Так записали с ваших слов. Если это ошибка, отмените."
    ]
    assert heard(world.misha)[0].startswith("🙅 Записали, что ты не придёшь: в четверг, 12 ноября, в 15:00")
    await world.anna.tap("Открыть")
    await world.anna.tap("↩️ Миша придёт")
    assert said(world.anna).startswith("✅ Миша придёт — записано.")
    await the_roll(world.pavel)
    assert ["Петров Миша Алексеевич"] in world.pavel.buttons


async def test_what_a_family_has_said_itself_is_shown_and_not_undone_by_others(world: World) -> None:
    await world.anna.send("Миша не придёт в четверг")
    await world.anna.tap("Подтвердить")
    await the_roll(world.pavel)
    assert "• Петров Миша Алексеевич — семья предупредила" in said(world.pavel)
    assert ["↩️ Придёт: Петров Миша Алексеевич"] not in world.pavel.buttons
    page = world.pavel.newest
    assert page is not None
    await world.pavel.press(page.id, "roll.back:1:3")
    assert "Записано" not in said(world.pavel)
    await world.pavel.press(page.id, f"roll.away:3:{MISHA}:740000:740003")
    await world.pavel.press(page.id, "roll.away:3:2:0:0")  # Vera learns chess alone
    assert "Записано" not in said(world.pavel)


async def test_the_coordinator_says_it_of_days_and_every_teacher_sees_it(world: World) -> None:
    await world.olga.send("/timetable")
    await world.olga.tap("Центр развития IT-образования")
    await world.olga.tap("Робототехника")
    await world.olga.tap("чт")
    await world.olga.tap("🙅 Не придёт")
    await world.olga.tap("Петров Миша Алексеевич")
    assert said(world.olga) == "🙅 Петров Миша Алексеевич не придёт\nНа что?"
    await world.olga.tap("По вс, 22 нояб.")
    assert said(world.olga).startswith("✅ Записано: Миша.")
    await world.pass_time(minutes=3)
    assert heard(world.anna) == [
        "🙅 Миша не придёт: 12–22 ноября, все занятия. Так записали с ваших слов. Если это ошибка, отмените."
    ]
    await world.olga.tap("↩️ Придёт: Петров Миша Алексеевич")
    await world.pass_time(minutes=3)
    assert heard(world.anna)[1:] == ["✅ Миша придёт: 12–22 ноября, все занятия. Запись о пропуске сняли."]
