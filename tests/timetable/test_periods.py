"""A teacher falls ill, somebody stands in, everything comes back: the lessons of several days changed together."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from storage.tables import Course, Group, Lesson, Room, Staff
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll, said, words
from tests.world import CHESS, DANA, IT, MISHA, ROBOTICS, VERA, Member, World

SAUSHKIN = 13  # another teacher of the same partner


@pytest.fixture
async def world(world: World) -> World:
    """Chess is Pavel's too, at the same partner, so that he has two groups; Anna has Misha in both and Vera in chess."""
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    await enroll(world.db, DANA, ROBOTICS)
    async with world.db.write() as tx:
        other = {"id": SAUSHKIN, "code": "С-13", "full_name": "Сушкин Олег Ильич", "organization_id": IT, "role": "teacher"}
        await tx.execute(insert(Staff), [other | {"person_id": None}])
        await tx.execute(update(Group).where(Group.id == CHESS).values(teacher_id=11))
        await tx.execute(update(Course).where(Course.id == CHESS).values(organization_id=IT))
    return world


def changes(who: Member) -> list[str]:
    """The letters of changes, as they are read."""
    return [words(each) for each in who.messages if each.from_bot and each.text[:1] in "❌📅📍👤🗓"]


async def ill_until_friday(who: Member) -> None:
    await who.send("/timetable")
    await who.tap("🗓 Изменить за несколько дней")
    await who.send("болею до пятницы")


async def test_ill_on_monday_everything_is_cancelled_with_one_letter_and_comes_back(world: World) -> None:
    await ill_until_friday(world.pavel)
    assert said(world.pavel) == (
        "2 занятия с 9 ноября по 13 ноября\n\n"
        "• ср, 11 нояб., 14:30 · Шахматы, Г-02\n"
        "• чт, 12 нояб., 15:00 · Робототехника, Г-01\n\n"
        "Что с ними сделать? Сначала покажем, кто об этом узнает и что мешает."
    )
    assert world.pavel.buttons == [["Отменить все (2)"], ["👤 Передать педагогу"], ["Перенести", "Место"], ["‹ Назад", "🏠 Меню"]]
    await world.pavel.tap("Отменить все (2)")
    assert said(world.pavel).startswith("Отменить 2 занятия с 9 ноября по 13 ноября?")
    assert "Напишем 3 семьям в понедельник, 9 ноября, в 18:00." in said(world.pavel)
    await world.pavel.send("Педагог в отъезде")
    assert "Причина: Педагог в отъезде" in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: изменили 2 занятия.\nПредупредили 3 семьи, каждую одним сообщением."

    await world.pavel.tap("↩️ Вернуть как было")
    assert said(world.pavel) == "Вернули как было: 2 занятия.\nПисать об этом никому не пришлось."
    await world.pass_time(hours=6)
    assert changes(world.anna) == []


async def test_confirming_twice_changes_once_and_says_the_same(world: World) -> None:
    await ill_until_friday(world.pavel)
    await world.pavel.tap("Отменить все (2)")
    page = world.pavel.newest
    assert page is not None
    confirm = next(button for row in page.rows for button in row if button.label == "Подтвердить")
    for _ in range(2):
        await world.pavel.press(page.id, confirm.data or "")
        assert said(world.pavel) == "Готово: изменили 2 занятия.\nПредупредили 3 семьи, каждую одним сообщением."


async def test_the_coordinator_gives_them_to_another_who_is_told(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == SAUSHKIN).values(person_id=5))  # Zarema's telephone
    await world.olga.send("/timetable")
    await world.olga.tap("По педагогам")
    await world.olga.tap("Ким Павел Андреевич")
    await world.olga.tap("🗓 Изменить за несколько дней")
    await world.olga.tap("До конца недели")
    await world.olga.tap("👤 Передать педагогу")
    assert world.olga.buttons == [["Сушкин Олег"], ["Тлехас Зарема · ЦДО"], ["‹ Назад", "🏠 Меню"]]
    await world.olga.tap("Сушкин Олег")
    assert said(world.olga).startswith("Передать 2 занятия с 9 ноября по 15 ноября?\nПроведёт: Сушкин Олег Ильич.")
    assert "Что мешает" not in said(world.olga)
    await world.olga.tap("Подтвердить")
    assert said(world.olga) == "Готово: изменили 2 занятия.\nПредупредили 3 семьи, каждую одним сообщением."
    await world.deliver()
    assert [text for text in changes(world.pavel) if "проведёте не вы" in text or "проведёт не вы" in text]


async def test_who_has_another_lesson_then_is_named_with_what_stands_against_it(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == CHESS).values(teacher_id=SAUSHKIN))
        await tx.execute(
            update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(starts_at=at(12, 15, 30), ends_at=at(12, 16, 30))
        )
    await ill_until_friday(world.pavel)
    await world.pavel.tap("👤 Передать педагогу")
    await world.pavel.tap("Сушкин Олег — занят(а): 1")
    assert "⚠️ Что мешает:\n• чт, 12 нояб., 15:00: у педагога в это время «Шахматы», 15:30–16:30" in said(world.pavel)


async def test_one_lesson_is_given_to_another_from_its_page(world: World) -> None:
    await world.pavel.send("/timetable")
    await world.pavel.tap("Робототехника")
    await world.pavel.tap("👤 Замена")
    await world.pavel.tap("Сушкин Олег")
    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: изменили 1 занятие.\nПредупредили 2 семьи, каждую одним сообщением."
    await world.pavel.tap("К занятию")
    assert "👤 Сушкин Олег Ильич" in said(world.pavel)
    await world.pass_time(hours=6)
    assert any("проведёт другой педагог.\nБыло: Павел Андреевич.\nСтало: Олег Ильич." in text for text in changes(world.ruslan))


async def test_all_lessons_of_a_week_go_to_a_free_room_or_to_another_hour(world: World) -> None:
    async with world.db.write() as tx:
        rooms = [("К5", "каб. 5", 12), ("К2", "каб. 2", 10), ("К9", "Малый зал", 1)]
        await tx.execute(
            insert(Room), [{"code": code, "name": name, "seats": seats, "organization_id": IT} for code, name, seats in rooms]
        )
    await ill_until_friday(world.pavel)
    await world.pavel.tap("Место")
    assert world.pavel.buttons == [["Малый зал · мест 1"], ["каб. 2 · мест 10"], ["каб. 5 · мест 12"], ["‹ Назад", "🏠 Меню"]]
    await world.pavel.tap("Малый зал · мест 1")
    assert "• ср, 11 нояб., 14:30: мест в помещении — 1, а учеников — 2" in said(world.pavel)
    await world.pavel.tap("Назад")
    await world.pavel.tap("Перенести")
    await world.pavel.send("13:00")
    assert "• Шахматы, Г-02: ср, 11 нояб., 14:30 → ср, 11 нояб., 13:00" in said(world.pavel)
    assert "в это время уроки, 08:30–13:30" in said(world.pavel)
    await world.pavel.tap("Назад")
    await world.pavel.tap("Перенести")
    await world.pavel.tap("На день позже")
    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: изменили 2 занятия.\nПредупредили 3 семьи, каждую одним сообщением."


async def test_lessons_changed_by_somebody_else_meanwhile_are_looked_at_again(world: World) -> None:
    await ill_until_friday(world.pavel)
    await world.pavel.tap("Отменить все (2)")
    async with world.db.write() as tx:
        await tx.execute(
            update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(starts_at=at(12, 16), ends_at=at(12, 17, 30))
        )
    await world.pavel.tap("Подтвердить")
    assert world.pavel.toasts[-1].startswith("Пока вы решали, эти занятия изменили.")


async def test_a_teacher_of_another_partner_cannot_reach_these_lessons(world: World) -> None:
    await ill_until_friday(world.pavel)
    await world.pavel.tap("Отменить все (2)")
    page = world.pavel.newest
    assert page is not None
    confirm = next(button for row in page.rows for button in row if button.label == "Подтвердить")
    await world.zarema.send("/timetable")
    stolen = world.zarema.newest
    assert stolen is not None
    await world.zarema.press(stolen.id, confirm.data or "")
    assert "Готово" not in said(world.zarema)
    for whose in ("t11", "g1", "p3", "l3", "a", "x00000000", "q"):
        data = f"period.days:{whose}:{739564}:7"
        await world.zarema.press(stolen.id, data)
        assert "Робототехника" not in said(world.zarema)
