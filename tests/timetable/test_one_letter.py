"""What a family hears of many changes is one letter a child: a list under why, one «Ознакомлен(а)», everything on it true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.clock import Moment
from bot.post.bundle import ROOM
from bot.services.timetable.lessons import cancel_lesson, move_lesson
from storage.tables import Acknowledgement, Lesson, Letter
from tests.timetable.test_periods import changes
from tests.timetable.test_timetable_letters import STRANGE_TEACHER, TEACHER
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll, said, words
from tests.world import CHESS, DANA, MISHA, ROBOTICS, VERA, ZONE, World


@pytest.fixture
async def world(world: World) -> World:
    """Anna has Misha in robotics and chess, and Vera in chess; Ruslan has Dana in robotics."""
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    await enroll(world.db, DANA, ROBOTICS)
    return world


async def cancel_two_weeks(world: World) -> None:
    await world.olga.send("/timetable")
    await world.olga.tap("Сегодня")
    await world.olga.tap("Неделя")
    await world.olga.tap("🗓 Изменить за несколько дней")
    await world.olga.send("с 11 по 20 ноября")
    await world.olga.tap("Отменить все (4)")
    await world.olga.send("Карантин в школе")
    await world.olga.tap("Подтвердить")


async def test_a_family_of_two_children_hears_one_letter_a_child_in_the_evening(world: World) -> None:
    await cancel_two_weeks(world)
    assert said(world.olga) == "Готово: изменили 4 занятия.\nПредупредили 3 семьи, каждую одним сообщением."
    await world.deliver()
    assert changes(world.anna) == []
    await world.pass_time(hours=6)
    assert changes(world.anna) == [
        (
            "🗓 Миша, изменения в расписании:\n"
            "Причина: Карантин в школе\n"
            "• «Шахматы» — не будет ср, 11 нояб., 14:30.\n"
            "• «Робототехника» — не будет чт, 12 нояб., 15:00.\n"
            "• «Шахматы» — не будет ср, 18 нояб., 14:30.\n"
            "• «Робототехника» — не будет чт, 19 нояб., 15:00."
        ),
        (
            "🗓 Вера, изменения в расписании:\n"
            "Причина: Карантин в школе\n"
            "• «Шахматы» — не будет ср, 11 нояб., 14:30.\n"
            "• «Шахматы» — не будет ср, 18 нояб., 14:30."
        ),
    ]
    assert changes(world.misha)[0].startswith("🗓 Изменения в твоём расписании:\nПричина: Карантин в школе\n• «Шахматы»")
    assert world.anna.buttons == [["Ознакомлен(а)"]]


async def test_one_press_answers_for_every_change_of_the_letter(world: World) -> None:
    await cancel_two_weeks(world)
    await world.pass_time(hours=6)
    await world.ruslan.tap("Ознакомлен(а)")
    assert world.ruslan.toasts[-1] == "Спасибо!"
    async with world.db.read() as tx:
        told = list(await tx.scalars(select(Letter.change_id).where(Letter.pupil_id == DANA, Letter.change_id.is_not(None))))
    async with world.db.read() as tx:
        seen = list(await tx.scalars(select(Acknowledgement.change_id).where(Acknowledgement.pupil_id == DANA)))
    assert set(seen) == set(told)
    assert len(seen) == 2


async def test_what_is_near_takes_the_rest_of_the_childs_changes_with_it_at_once(world: World) -> None:
    """A lesson of tomorrow and one of Thursday, called off together: nobody gets one half now and the other in the evening."""
    async with world.db.write() as tx:
        hours = {"starts_at": at(10, 15), "ends_at": at(10, 16), "plan_starts_at": at(10, 15), "plan_ends_at": at(10, 16)}
        await tx.execute(insert(Lesson), [{"group_id": ROBOTICS, "week": at(9, 0).date(), "ordinal": 7} | hours])
    await world.pavel.send("/timetable")
    await world.pavel.tap("🗓 Изменить за несколько дней")
    await world.pavel.tap("До конца недели")
    await world.pavel.tap("Отменить все (2)")
    assert "Сразу напишем 2 семьям." in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    await world.deliver()
    assert changes(world.ruslan) == [
        (
            "🗓 Дана, изменения в расписании:\n"
            "• «Робототехника» — не будет вт, 10 нояб., 15:00.\n"
            "• «Робототехника» — не будет чт, 12 нояб., 15:00."
        )
    ]


async def test_a_move_into_another_year_says_so_in_the_letter(world: World) -> None:
    january = at(12, 15) + timedelta(days=60)
    await move_lesson(world.db, ROBOTICS_THURSDAY, january, by=TEACHER, at=Moment(world.now, ZONE))
    await world.pass_time(hours=6)
    assert changes(world.ruslan) == [
        (
            "📅 Дана: занятие «Робототехника» переносится.\n"
            "Было: в четверг, 12 ноября, в 15:00.\n"
            "Стало: в понедельник, 11 января 2027 года, в 15:00."
        )
    ]


async def test_forty_lessons_called_off_are_one_letter_that_telegram_takes(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(
            insert(Lesson),
            [
                {"group_id": ROBOTICS, "week": (at(16, 0) + timedelta(days=7 * n)).date(), "ordinal": 9, "place": "каб. 2"}
                | {name: at(16, 8) + timedelta(days=n) for name in ("starts_at", "plan_starts_at")}
                | {name: at(16, 9) + timedelta(days=n) for name in ("ends_at", "plan_ends_at")}
                for n in range(35)
            ],
        )
    await world.pavel.send("/timetable")
    await world.pavel.tap("🗓 Изменить за несколько дней")
    await world.pavel.send("с 12 ноября по 31 декабря")
    await world.pavel.tap("Отменить все (40)")
    await world.pavel.tap("Подтвердить")
    assert said(world.pavel) == "Готово: изменили 40 занятий.\nПредупредили 2 семьи, каждую одним сообщением."
    await world.pass_time(hours=6)
    letters = changes(world.ruslan)
    assert len(letters) == 1
    assert letters[0].count("не будет") == 40
    assert len(letters[0]) < ROOM


async def test_changes_made_one_by_one_are_one_message_at_one_moment_and_one_press_answers_for_all_of_them(world: World) -> None:
    """Robotics is moved and chess is called off, by two teachers: Anna has one message of Misha, and has seen all of it."""
    now = Moment(world.now, ZONE)
    await move_lesson(world.db, ROBOTICS_THURSDAY, at(13, 16), by=TEACHER, at=now)
    await cancel_lesson(world.db, CHESS_WEDNESDAY, by=STRANGE_TEACHER, at=now)
    await world.pass_time(hours=6)
    (message,) = [one for one in world.anna.messages if "Миша" in one.text and "Шахматы" in one.text]
    assert words(message) == (
        "🗓 Миша, изменения в расписании:\n"
        "• «Робототехника» — было чт, 12 нояб., 15:00 → стало пт, 13 нояб., 16:00.\n"
        "• «Шахматы» — не будет ср, 11 нояб., 14:30."
    )
    await world.anna.tap("Ознакомлен(а)", on=message)
    assert world.anna.toasts[-1] == "Спасибо!"
    async with world.db.read() as tx:
        told = set(await tx.scalars(select(Letter.change_id).where(Letter.pupil_id == MISHA, Letter.change_id.is_not(None))))
        seen = set(await tx.scalars(select(Acknowledgement.change_id).where(Acknowledgement.pupil_id == MISHA)))
    assert seen == told
    assert len(seen) == 2
