"""A lesson is moved or cancelled; the family hears of it, says that it has, and staff see who has not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.sandbox.messages import Message
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, enroll, entered, said, words
from tests.world import CHESS, DANA, MISHA, NOW, ROBOTICS, VERA, Member, World

MOVED = """📅 Миша: занятие «Робототехника» переносится.
Было: в четверг, 12 ноября, в 15:00.
Стало: в пятницу, 13 ноября, в 15:00."""


@pytest.fixture
async def world(world: World) -> World:
    """The journal of the last lesson is kept: nobody is reminded of it between two pages."""
    async with world.db.write() as tx:
        await entered(tx, MISHA, ROBOTICS, date(2026, 11, 5), "5", at=NOW)
    return world


async def open_thursday(who: Member) -> None:
    await who.send("/timetable")
    await who.tap("Робототехника")


async def move_to(who: Member, day: str) -> None:
    """From the lesson's page to the change, by the buttons."""
    await who.tap("Перенести")
    await who.tap(day)
    await who.tap("Подтвердить")


async def to_the_evening(world: World) -> None:
    """18:00: the letters that are not urgent go out."""
    await world.pass_time(hours=6)


def letters(who: Member, about: str = "занятие «") -> list[Message]:
    return [message for message in who.messages if message.from_bot and about in message.text.splitlines()[0]]


async def test_a_teacher_moves_a_lesson_and_the_family_says_that_it_knows(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    assert said(world.pavel).splitlines() == [
        "Робототехника, группа Г-01",
        "🗓 в четверг, 12 ноября, 15:00–16:30",
        "📍 Центр развития IT-образования, каб. 2",
        "👤 Ким Павел Андреевич",
        "👥 1 ученик",
    ]
    await world.pavel.tap("Перенести")
    assert world.pavel.buttons[:3] == [
        ["вт, 10 нояб.", "ср, 11 нояб."],
        ["пт, 13 нояб.", "сб, 14 нояб."],
        ["пн, 16 нояб.", "вт, 17 нояб."],
    ]
    await world.pavel.tap("пт, 13 нояб.")
    assert "Было: в четверг, 12 ноября, в 15:00.\nСтало: в пятницу, 13 ноября, в 15:00." in said(world.pavel)
    assert "Напишем 1 семье в понедельник, 9 ноября, в 18:00." in said(world.pavel)
    await world.pass_time(hours=0)
    assert letters(world.anna) == []  # a preview changes nothing

    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: предупредили 1 семью."
    await world.deliver()
    assert letters(world.anna) == []
    await to_the_evening(world)
    assert said(world.anna) == MOVED
    assert said(world.misha) == MOVED.replace("Миша: занятие", "Твоё занятие")
    assert world.anna.buttons == [["Ознакомлен(а)"]]
    assert letters(world.ruslan) == []

    await world.anna.tap("Ознакомлен(а)")
    assert world.anna.toasts[-1] == "Спасибо!"
    assert said(world.anna) == MOVED
    assert world.anna.buttons == [["✅ Ознакомлен(а)"]]
    await world.anna.tap("✅ Ознакомлен(а)")
    assert world.anna.toasts[-1] == "Уже отмечено, спасибо!"

    await world.olga.send("/timetable")
    await world.olga.tap("Центр развития IT-образования")
    await world.olga.tap("Робототехника · Г-01")
    await world.olga.tap("↪️ пт, 15:00 · Робототехника")
    assert "↪️ По плану: в четверг, 12 ноября, 15:00" in said(world.olga)
    assert said(world.olga).endswith("✅ Ознакомились: 1 из 1")


async def test_confirming_twice_moves_once_and_says_the_same(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await world.pavel.tap("Перенести")
    await world.pavel.tap("пт, 13 нояб.")
    page = world.pavel.newest
    assert page is not None
    confirm = next(button for row in page.rows for button in row if button.label == "Подтвердить")
    for _ in range(2):
        await world.pavel.press(page.id, confirm.data or "")
        assert said(world.pavel) == "Готово: предупредили 1 семью."
    await to_the_evening(world)
    assert len(letters(world.anna)) == 1


async def test_a_time_may_be_typed(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await world.pavel.tap("Перенести")
    await world.pavel.send("как получится")
    assert said(world.pavel).startswith("Не понял, когда.")
    await world.pavel.send("сегодня 9:00")
    assert said(world.pavel) == "Это время уже прошло. Выберите другое."
    await world.pavel.send("четверг 15:00")
    assert said(world.pavel) == "Занятие и так стоит на это время: переносить нечего."
    await world.pavel.send("завтра в 16.30")
    assert "Стало: во вторник, 10 ноября, в 16:30." in said(world.pavel)
    assert "Сразу напишем 1 семье." in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    await world.deliver()
    assert said(world.anna).endswith("Стало: во вторник, 10 ноября, в 16:30.")


async def test_the_preview_says_in_words_what_stands_against_the_new_time(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, DANA, ROBOTICS)
    await open_thursday(world.pavel)
    await world.pavel.tap("Перенести")
    assert world.pavel.buttons[0] == ["вт, 10 нояб.", "ср, 11 нояб., 15:30"]  # the nearest hour at which everybody is free
    await world.pavel.send("среда 15:00")
    assert "⚠️ Что мешает:\n• Петров Миша Алексеевич — в это время «Шахматы», 14:30–15:30" in said(world.pavel)
    await world.pavel.send("вторник 13:00")
    assert "• Петров Миша Алексеевич, Шеуджен Дана Руслановна — в это время уроки, 08:30–13:30" in said(world.pavel)
    await world.pavel.send("вторник 13:35")
    assert "не хватит времени на дорогу: 10 мин" in said(world.pavel)
    await world.pavel.send("вторник 13:40")
    assert "Что мешает" not in said(world.pavel)
    await world.pavel.send("19.11 15:00")
    assert "• у педагога в это время «Робототехника», 15:00–16:30" in said(world.pavel)
    await world.pavel.send("воскресенье 15:00")
    assert "• это выходной" in said(world.pavel)


async def test_what_is_put_back_before_anybody_heard_is_not_told(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await move_to(world.pavel, "пт, 13 нояб.")
    await world.pavel.tap("Вернуть как было")
    assert said(world.pavel) == "Вернули как было. Писать об этом никому не пришлось."
    await to_the_evening(world)
    assert letters(world.anna) == []
    await world.pavel.tap("К занятию")
    assert "Ознакомились" not in said(world.pavel)
    assert "в четверг, 12 ноября" in said(world.pavel)


async def test_what_is_put_back_after_they_heard_is_told(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await move_to(world.pavel, "пт, 13 нояб.")
    await to_the_evening(world)
    await world.pavel.tap("Вернуть как было")
    assert said(world.pavel) == "Вернули как было: предупредили 1 семью."
    await world.deliver()
    assert said(world.anna).endswith("Было: в пятницу, 13 ноября, в 15:00.\nСтало: в четверг, 12 ноября, в 15:00.")


async def test_a_lesson_moved_again_needs_to_be_acknowledged_again(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await move_to(world.pavel, "пт, 13 нояб.")
    await to_the_evening(world)
    await world.anna.tap("Ознакомлен(а)")
    await world.pavel.tap("К занятию")
    assert "Ознакомились: 1 из 1" in said(world.pavel)
    await move_to(world.pavel, "сб, 14 нояб.")
    await world.deliver()

    first, second = letters(world.anna)
    assert words(second).endswith("Было: в пятницу, 13 ноября, в 15:00.\nСтало: в субботу, 14 ноября, в 15:00.")
    await world.pavel.tap("К занятию")
    assert said(world.pavel).endswith("✅ Ознакомились: 0 из 1\nЕщё не ознакомились:\n• Петров Миша Алексеевич, 7А")
    await world.anna.tap("✅ Ознакомлен(а)", on=first)
    assert world.anna.toasts[-1] == (
        "С тех пор занятие изменили ещё раз: смотрите более новое сообщение или расписание — /timetable"
    )
    await world.misha.tap("Ознакомлен(а)", on=letters(world.misha)[-1])
    assert world.misha.toasts[-1] == "Спасибо!"
    await open_thursday(world.pavel)
    assert "Ознакомились: 1 из 1" in said(world.pavel)


async def test_a_move_moved_by_somebody_else_meanwhile_is_not_overwritten(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await world.pavel.tap("Перенести")
    await world.pavel.tap("пт, 13 нояб.")
    await open_thursday(world.irina)
    await move_to(world.irina, "сб, 14 нояб.")
    await world.pavel.tap("Подтвердить")
    assert world.pavel.toasts[-1] == "Пока вы решали, занятие изменили. Откройте его ещё раз: /timetable"


async def test_a_cancelled_lesson_says_why_and_can_be_brought_back(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    await world.pavel.tap("Отменить занятие")
    await world.pavel.send("карантин в школе")
    assert "Причина: карантин в школе" in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: предупредили 1 семью."
    await to_the_evening(world)
    assert said(world.anna) == (
        "❌ Миша: занятие «Робототехника» отменяется.\nЕго не будет в четверг, 12 ноября, в 15:00.\nПричина: карантин в школе"
    )
    await world.anna.send("/timetable")
    await world.anna.tap("Неделя")
    assert "<s>15:00–16:30 Робототехника</s> — Миша: отменено" in world.anna.html

    await world.pavel.tap("Вернуть как было")
    assert said(world.pavel) == "Вернули как было: предупредили 1 семью."
    await world.deliver()
    assert words(letters(world.anna)[-1]) == (
        "📅 Миша: занятие «Робототехника» всё-таки состоится.\nЖдём в четверг, 12 ноября, в 15:00."
    )


async def test_another_place_is_told(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.irina)
    await world.irina.tap("Место")
    await world.irina.send("каб. 7")
    page = world.irina.newest
    assert page is not None
    confirm = page.buttons[0].data or ""
    for _ in range(2):
        await world.irina.press(page.id, confirm)
        assert said(world.irina) == "Готово: предупредили 1 семью."
    await to_the_evening(world)
    assert said(world.anna) == (
        "📍 Миша: занятие «Робототехника» пройдёт в другом месте.\n"
        "Было: каб. 2.\nСтало: каб. 7.\nВремя: в четверг, 12 ноября, в 15:00."
    )


async def test_nobody_touches_anothers_lesson(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await open_thursday(world.pavel)
    page = world.pavel.newest
    assert page is not None
    refused = "Это доступно не всем. Если вы думаете, что это ошибка, напишите ответственному за сетевые курсы."
    later = int(world.now.timestamp()) + 86400 * 5
    for who in (world.zarema, world.nurbiy, world.anna, world.sergey, world.stranger()):
        await who.send("/start")
        assert who.newest is not None
        for data in (
            f"lesson:{ROBOTICS_THURSDAY}",
            f"lesson.when:{ROBOTICS_THURSDAY}",
            f"lesson.to:{ROBOTICS_THURSDAY}:{later}",
            f"lesson.move:{ROBOTICS_THURSDAY}:{later}:0",
            f"lesson.cancel:{ROBOTICS_THURSDAY}",
            f"lesson.place:{ROBOTICS_THURSDAY}",
        ):
            await who.press(who.newest.id, data)
            assert "Робототехника" not in said(who)
            assert who.toasts[-1] == refused or who is world.stranger()
    await open_thursday(world.pavel)
    assert "в четверг, 12 ноября" in said(world.pavel)


async def test_only_the_family_it_was_written_to_can_acknowledge(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, CHESS)
    await open_thursday(world.pavel)
    await move_to(world.pavel, "пт, 13 нояб.")
    await to_the_evening(world)
    for who, pupil in ((world.ruslan, MISHA), (world.ruslan, DANA), (world.anna, VERA)):
        await who.send("/start")
        assert who.newest is not None
        await who.press(who.newest.id, f"lesson.seen:1:{pupil}")
        assert who.toasts[-1].startswith("Это доступно не всем.")


async def test_a_lesson_that_has_begun_cannot_be_changed(world: World) -> None:
    await open_thursday(world.pavel)
    await world.pavel.tap("Перенести")
    page = world.pavel.newest
    assert page is not None
    await world.pass_time(days=3, hours=4)
    await world.pavel.tap("сб, 14 нояб.", on=page)
    assert world.pavel.toasts[-1] == "Занятие «Робототехника» уже началось или прошло: изменить его нельзя."
    await world.pavel.tap("‹ Назад", on=page)
    assert said(world.pavel).endswith("Занятие уже прошло или идёт: изменить его нельзя.")
    assert world.pavel.buttons == [["✏️ Отметить"], ["📎 Материалы курса"], ["✍️ Написать"], ["‹ Назад", "🏠 Меню"]]


async def test_a_partner_sees_their_own_lessons_only(world: World) -> None:
    await world.nurbiy.send("/timetable")
    assert [row[0] for row in world.nurbiy.buttons][:1] == ["ср, 14:30 · Шахматы"]
    assert "Робототехника" not in str(world.nurbiy.buttons)
    await world.nurbiy.tap("Неделя позже ›")
    assert said(world.nurbiy).startswith("🗓 Занятия: 16–22 ноября")
    assert world.nurbiy.newest is not None
    await world.nurbiy.press(world.nurbiy.newest.id, f"lessons.week:0:{ROBOTICS}:0")
    assert "Робототехника" not in str(world.nurbiy.buttons)
    await world.nurbiy.press(world.nurbiy.newest.id, f"lesson:{CHESS_WEDNESDAY}")
    assert said(world.nurbiy).startswith("Шахматы, группа Г-02")
