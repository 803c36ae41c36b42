"""The network's day: one letter in the morning to the coordinator, one in the evening before to who gives the lessons."""

from __future__ import annotations

from tests.timetable_world import at, enroll, said
from tests.world import CHESS, DANA, MISHA, NOW, ROBOTICS, VERA, Member, World


async def learning(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    await enroll(world.db, DANA, ROBOTICS)


def letters(who: Member, sign: str) -> list[str]:
    said_ = [text.replace("\N{NO-BREAK SPACE}", " ") for text in who.notices]
    return [text for text in said_ if text.startswith(sign)]


async def test_the_coordinator_reads_one_letter_in_the_morning_and_the_names_on_the_page(world: World) -> None:
    await learning(world)
    await world.anna.send("Миша не придёт в четверг")
    await world.anna.tap("Подтвердить")
    world.clock.move(at(12, 8) - NOW)
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Перенести"):
        await world.pavel.tap(label)
    await world.pavel.send("12.11 17:00")
    await world.pavel.tap("Подтвердить")
    await world.pass_time(minutes=30)
    assert letters(world.olga, "☀️") == [], "not before nine"
    await world.pass_time(minutes=31)
    await world.pass_time(minutes=31)
    (letter,) = letters(world.olga, "☀️")
    assert letter.splitlines() == [
        "☀️ 12 ноября 2026, четверг",
        "",
        "🗓 Сегодня 1 занятие:",
        "• Центр развития IT-образования — 1",
        "↪️ Изменено 1 занятие, не прочитали 2 семьи.",
        "🙅 Не придёт 1 ученик.",
        "",
        "📖 В журнале больше недели нет 1 занятия:",
        "• Шахматы, Г-02 — Зарема Аслановна",
    ]
    await world.olga.tap("🗓 День сети")
    assert said(world.olga) == (
        "🗓 День сети: 12 ноября 2026, четверг\n1 занятие\n\n"
        "🏫 Центр развития IT-образования\n↪️ 17:00 Робототехника, Г-01 · каб. 2 · Ким Павел\n"
        "   🙅 не придут: Петров Миша, 7А\n   📞 не прочитали: Петров Миша, 7А; Шеуджен Дана, 7А"
    )
    await world.olga.tap("День позже ›")
    assert said(world.olga) == "🗓 День сети: 13 ноября 2026, пятница\nЗанятий нет."


async def test_with_nothing_to_say_there_is_no_letter(world: World) -> None:
    await learning(world)
    world.clock.move(at(10, 9, 30) - NOW)
    await world.pass_time()
    assert letters(world.olga, "☀️") == []


async def test_the_teacher_reads_the_evening_before_what_to_give_and_how_many_will_be_missing(world: World) -> None:
    await learning(world)
    await world.anna.send("Миша не придёт в четверг")
    await world.anna.tap("Подтвердить")
    await world.pass_time(minutes=5)
    assert letters(world.pavel, "🙅") == [], "it is in the letter of the evening before"
    world.clock.move(at(11, 18, 1) - world.now)
    await world.pass_time()
    await world.pass_time(minutes=5)
    (letter,) = letters(world.pavel, "🗓")
    assert letter.splitlines() == [
        "🗓 Ваши занятия в четверг, 12 ноября",
        "• 15:00 «Робототехника», Г-01 — Центр развития IT-образования, каб. 2. Не придёт 1 ученик",
    ]
