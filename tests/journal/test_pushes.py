"""What families are written of the journal: homework, what they have switched off, what they said themselves; one message a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from storage.tables import Absence
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.world import ANNA, MISHA, NOW, YEAR, World


@pytest.fixture
async def school(world: World) -> World:
    return await opened(world)


async def entered(school: World, *rows: str) -> None:
    await school.pavel.attach("ж.csv", sheet(*rows))
    await school.pavel.tap("Применить")
    await school.deliver()


async def test_homework_is_told_with_the_lesson_it_is_for_then_its_change_and_not_to_the_other_group(school: World) -> None:
    await entered(school, f"{MONDAY};Г-01;У-702;5;;;Собрать робота;;")
    assert school.ruslan.notices[-1] == (
        "📖 Дана, журнал:\n"
        "• пн, 9 нояб., «Робототехника» — 5\n"
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать робота"
    )
    assert school.anna.notices[-1] == "📝 Миша, «Робототехника»: задание к занятию в четверг, 12 ноября.\nСобрать робота"
    assert school.misha.notices[-1] == "📝 «Робототехника»: задание к занятию в четверг, 12 ноября.\nСобрать робота"
    await entered(school, f"{MONDAY};Г-01;У-702;5;;;Собрать двух;;")
    assert school.anna.notices[-1] == (
        "📝 Миша, «Робототехника»: задание к занятию в четверг, 12 ноября изменили. Теперь так:\nСобрать двух"
    )
    told = len(school.anna.notices)
    await entered(school, f"{MONDAY};Г-01;У-702;4;;;Собрать двух;;")
    assert len(school.anna.notices) == told  # nothing of it is about Misha


async def test_homework_to_a_guardian_of_few_words_says_that_there_is_something_to_open(school: World) -> None:
    await school.anna.send("/settings")
    await school.anna.tap("💬 Сообщения")
    await school.anna.tap("Кратко")
    await entered(school, f"{MONDAY};Г-01;У-701;5;;;Собрать робота;;")
    assert school.anna.notices[-1] == "📖 Новая запись в журнале — открыть."  # of the mark and the homework, once
    assert school.anna.newest is not None
    assert [[button.label for button in row] for row in school.anna.newest.rows] == [["📖 Открыть журнал"]]


async def test_each_kind_of_news_is_switched_by_itself(school: World) -> None:
    anna = school.anna
    await anna.send("/settings")
    assert "Из журнала: обо всём" in anna.page
    await anna.tap("О чём писать")
    assert anna.page.startswith("🔔 О чём писать из журнала?")
    assert anna.buttons == [
        ["✅ Новые отметки"],
        ["✅ Исправленные отметки"],
        ["✅ Снятые отметки"],
        ["✅ Пропуски и опоздания"],
        ["✅ Домашние задания"],
        ["✅ Итог недели в пятницу"],
        ["‹ Назад", "🏠 Меню"],
    ]
    await anna.tap("Новые отметки")
    await anna.tap("Домашние задания")
    assert anna.buttons[0] == ["⬜ Новые отметки"]
    await anna.tap("Назад")
    assert "Из журнала: обо всём, кроме новых отметок, домашних заданий" in anna.page
    told = len(anna.notices)
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;4;;;Собрать робота;;"))
    assert "узнают 2 семьи" in school.pavel.page  # Misha's still hears: he himself has switched nothing off
    await school.pavel.tap("Применить")
    await school.deliver()
    assert len(anna.notices) == told
    assert school.misha.notices[-1] == (
        "📖 Журнал:\n"
        "• пн, 9 нояб., «Робототехника» — 4\n"
        "• «Робототехника», задание к занятию в четверг, 12 ноября — Собрать робота"
    )
    await entered(school, f"{MONDAY};Г-01;У-701;5;;;Собрать робота;;")
    assert anna.notices[-1] == "📖 Миша, «Робототехника», в понедельник, 9 ноября — исправлено: 4 → 5."
    await anna.send("/settings")
    await anna.tap("О чём писать")
    await anna.tap("Исправленные отметки")
    told = len(anna.notices)
    await entered(school, f"{MONDAY};Г-01;У-701;3 2;;;Собрать робота;;")  # one corrected, one new: neither is wanted
    assert len(anna.notices) == told


async def test_an_absence_the_family_has_announced_is_not_pushed_back_as_a_surprise(school: World) -> None:
    async with school.db.write() as tx:
        day = NOW.date()
        await tx.execute(
            insert(Absence).values(year=YEAR, pupil_id=MISHA, first_day=day, last_day=day, said_by=ANNA, said_at=NOW)
        )
    told = len(school.anna.notices), len(school.misha.notices)
    await entered(school, f"{MONDAY};Г-01;У-701;;Н;;;;", f"{MONDAY};Г-01;У-702;;Н;;;;")
    assert (len(school.anna.notices), len(school.misha.notices)) == told
    assert school.ruslan.notices[-1] == "🔔 Дана: пропуск занятия «Робототехника» в понедельник, 9 ноября."
    await entered(school, f"{MONDAY};Г-01;У-701;5;;;;;", f"{MONDAY};Г-01;У-702;;Н;;;;")
    assert school.anna.notices[-1] == "📖 Миша: 5 по курсу «Робототехника», в понедельник, 9 ноября."


async def test_two_absences_in_one_message_have_a_button_each(school: World) -> None:
    await entered(school, f"{MONDAY};Г-01;У-702;;Н;;;;", "06.11.2026;Г-01;У-702;;Н;;;;")
    assert school.ruslan.notices[-1] == (
        "📖 Дана, журнал:\n• пт, 6 нояб., «Робототехника» — пропуск занятия\n• пн, 9 нояб., «Робототехника» — пропуск занятия"
    )
    assert school.ruslan.newest is not None
    assert [row[0].label for row in school.ruslan.newest.rows] == [
        "Указать причину: 6 ноября, Робототехн…",
        "Указать причину: 9 ноября, Робототехн…",
        "📖 Открыть журнал",
    ]
    letter = school.ruslan.newest
    await school.ruslan.tap("Указать причину: 9 ноября")
    assert school.ruslan.page.startswith("Дана: пропуск в понедельник, 9 ноября, «Робототехника». Почему?")
    assert letter in school.ruslan.messages  # what it tells besides stays to be read


async def test_homework_for_tomorrow_is_said_so_and_for_today_when_the_letter_waited_for_the_morning(school: World) -> None:
    """Robotics is on Thursday: told on Wednesday it is for tomorrow; told late on Wednesday, when families sleep, it is for today."""
    school.clock.move(timedelta(days=2))
    await entered(school, f"{MONDAY};Г-01;У-702;5;;;Собрать робота;;")
    assert school.anna.notices[-1] == "📝 Миша, «Робототехника»: задание на завтра.\nСобрать робота"
    assert school.ruslan.notices[-1] == (
        "📖 Дана, журнал:\n• пн, 9 нояб., «Робототехника» — 5\n• «Робототехника», задание на завтра — Собрать робота"
    )
    school.clock.move(timedelta(hours=11))  # eleven in the evening
    await entered(school, f"{MONDAY};Г-01;У-702;5;;;Собрать двух;;")
    assert school.anna.notices[-1].endswith("задание на завтра.\nСобрать робота")
    await school.pass_time(hours=10)
    assert school.anna.notices[-1].startswith(
        "📝 Миша, «Робототехника»: задание на сегодня изменили. Теперь так:\nСобрать двух\n"
    )
