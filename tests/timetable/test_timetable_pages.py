"""What a family and the staff see of the timetable."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, update

from storage.tables import Consent, Course, Guardianship, Lesson, Person
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll, entered, said, words
from tests.world import ANNA, CHESS, MISHA, NOW, OLGA, PAVEL, ROBOTICS, VERA, World


async def test_a_family_that_is_not_enrolled_is_shown_the_way(world: World) -> None:
    await world.ruslan.send("/timetable")
    assert said(world.ruslan) == (
        "📅 Сегодня, 9 ноября\n\nЗанятий пока нет. Начните с курсов: после зачисления здесь появится расписание."
    )
    assert world.ruslan.buttons == [["📚 Курсы"], ["🏠 Меню"]]


async def test_an_empty_day_says_when_the_next_lesson_is(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/timetable")
    assert said(world.misha) == (
        "📅 Сегодня, 9 ноября\n\nСегодня занятий нет.\nБлижайшее: «Робототехника» в четверг, 12 ноября, в 15:00."
    )
    assert world.misha.buttons == [["Завтра", "Неделя"], ["🗓 Дата", "🔔 Подписка"], ["✍️ Написать педагогу"], ["🏠 Меню"]]


async def test_a_week_shows_all_children_by_name(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await enroll(world.db, VERA, CHESS)
    await world.anna.send("/timetable")
    await world.anna.tap("Неделя")
    assert said(world.anna) == (
        "📅 Неделя: 9–15 ноября\n\n"
        "ср, 11 нояб.\n"
        "14:30–15:30 Шахматы — Миша, Вера\n"
        "ЦДО, зал · Зарема Аслановна\n\n"
        "чт, 12 нояб.\n"
        "15:00–16:30 Робототехника — Миша\n"
        "Центр развития IT-образования, каб. 2 · Павел Андреевич"
    )
    assert "<code>14:30–15:30</code> <b>Шахматы</b>" in world.anna.html
    await world.anna.tap("Неделя позже ›")
    assert "чт, 19 нояб." in said(world.anna)
    await world.anna.tap("‹ Неделя раньше")
    await world.anna.tap("Сегодня")
    await world.anna.tap("Завтра")
    assert said(world.anna).startswith("📅 Завтра, 10 ноября\n\nЗавтра занятий нет.")


async def test_changed_lessons_stay_visible_as_changed(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(cancelled_at=world.now))
        moved = {"starts_at": at(9, 17), "ends_at": at(9, 18, 30)}
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(moved))
    await world.misha.send("/timetable")
    assert said(world.misha) == (
        "📅 Сегодня, 9 ноября\n\n"
        "⏰ Ближайшее: «Робототехника» через 5 часов, ехать 10 минут.\n\n"
        "17:00–18:30 Робототехника\n"
        "Центр развития IT-образования, каб. 2 · Павел Андреевич\n"
        "↪️ перенесено с 12 ноября, 15:00"
    )
    await world.misha.tap("Неделя")
    assert "<s>14:30–15:30 Шахматы</s> — отменено" in world.misha.html
    assert "<s>15:00–16:30 Робототехника</s> — перенесено на пн, 9 нояб., 17:00" in world.misha.html


async def test_names_cannot_break_a_page(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(name="<b>Робо & ко" + "о" * 4000))
    await world.misha.send("/timetable")
    assert "«<b>Робо & ко" in said(world.misha)
    await world.misha.tap("Неделя")
    assert "<b>Робо & ко" in said(world.misha)
    await world.pavel.send("/timetable")
    assert world.pavel.buttons[0][0].startswith("чт, 15:00 · <b>Робо")
    for label in ("чт, 15:00", "Перенести", "пт, 13 нояб.", "Подтвердить"):
        await world.pavel.tap(label)
    await world.pass_time(hours=6)
    assert said(world.misha).startswith("📅 Твоё занятие «<b>Робо & ко")


async def test_who_is_both_a_parent_and_a_teacher_is_offered_both(world: World) -> None:
    await enroll(world.db, VERA, CHESS)
    async with world.db.write() as tx:
        await tx.execute(insert(Guardianship).values(person_id=PAVEL, pupil_id=VERA, since=NOW))
        for purpose in ("processing", "messages"):
            await tx.execute(
                insert(Consent).values(
                    person_id=PAVEL,
                    pupil_id=VERA,
                    purpose=purpose,
                    text_version="1",
                    basis="законный представитель",
                    given_at=NOW,
                )
            )
    await world.pavel.send("/timetable")
    assert "Ближайшее: «Шахматы»" in said(world.pavel)
    await world.pavel.tap("Занятия")
    assert said(world.pavel).startswith("🗓 Занятия: 9–15 ноября")
    await world.pavel.tap("Расписание детей")
    assert said(world.pavel).startswith("📅 Сегодня, 9 ноября")


async def test_a_week_without_lessons_leads_to_the_next_one(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(archived_at=world.now))
    await world.pavel.send("/timetable")
    assert said(world.pavel).endswith("На этой неделе занятий нет. Ближайшее — в четверг, 19 ноября, в 15:00.")
    await world.pavel.tap("К ближайшему занятию")
    assert world.pavel.buttons[0] == ["чт, 15:00 · Робототехника"]


async def test_many_lessons_turn_over(world: World) -> None:
    async with world.db.write() as tx:
        rows = [
            {
                "group_id": ROBOTICS, "week": at(9, 0).date(), "ordinal": number, "plan_starts_at": begin, "plan_ends_at": end,
                "starts_at": begin, "ends_at": end,
            }
            for number in range(2, 16)
            for begin, end in [(at(13, 9) + timedelta(minutes=30 * number), at(13, 9, 25) + timedelta(minutes=30 * number))]
        ]  # fmt: skip
        await tx.execute(insert(Lesson), rows)
    await world.pavel.send("/timetable")
    assert len([row for row in world.pavel.buttons if "Робототехника" in row[0]]) == 12
    assert ["‹", "1 из 2", "›"] in world.pavel.buttons
    await world.pavel.tap("›")
    assert len([row for row in world.pavel.buttons if "Робототехника" in row[0]]) == 3


async def test_a_coordinator_goes_by_partner_and_group_and_back(world: World) -> None:
    await world.olga.send("/timetable")
    assert said(world.olga) == "🗓 Занятия\nВыберите партнёра."
    assert world.olga.buttons == [
        ["ЦДО"], ["Центр развития IT-образования"], ["Сегодня", "Неделя"], ["По местам", "По педагогам"],
        ["🗓 День сети", "🏠 Класс не ходит"], ["🏠 Меню"]
    ]  # fmt: skip
    await world.olga.tap("ЦДО")
    await world.olga.tap("Шахматы · Г-02")
    assert said(world.olga).startswith("🗓 Шахматы, Г-02: 9–15 ноября")
    await world.olga.tap("ср, 14:30 · Шахматы")
    await world.olga.tap("‹ Назад")
    assert said(world.olga).startswith("🗓 Шахматы, Г-02")
    await world.olga.tap("‹ Назад")
    assert said(world.olga) == "🗓 Занятия\nВыберите партнёра."


async def test_the_list_to_call_leads_to_the_lesson_and_stays(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:  # a journal not kept would be the newest letter
        await entered(tx, MISHA, ROBOTICS, date(2026, 11, 5), "5", at=NOW)
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Перенести", "пт, 13 нояб.", "Подтвердить"):
        await world.pavel.tap(label)
    await world.pass_time(hours=6)
    await world.pass_time(days=3, hours=19, minutes=30)  # Friday, 13:30
    letter = next(each for each in reversed(world.olga.messages) if "ознакомилась" in words(each))
    assert words(letter).endswith("1 семья ещё не ознакомилась. Кому позвонить — на странице занятия.")
    await world.olga.tap("Открыть занятие")
    assert "• Петров Миша Алексеевич, 7А" in said(world.olga)
    assert said(world.olga).startswith("Робототехника, группа Г-01")
    assert world.olga.newest is not letter
    assert letter.text.startswith("📞")


async def test_pages_speak_english_too(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id.in_((ANNA, PAVEL, OLGA))).values(language="en"))
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Move", "Fri, Nov 13", "Confirm"):
        await world.pavel.tap(label)
    assert said(world.pavel) == "Done: 1 family has been told."
    await world.pass_time(hours=6)
    assert said(world.anna) == (
        "📅 Миша: the lesson “Робототехника” is moved.\n"
        "Was: on Thursday, November 12, at 15:00.\nNow: on Friday, November 13, at 15:00."
    )
    await world.anna.send("/timetable")
    await world.anna.tap("Week")
    assert "↪️ moved from November 12, 15:00" in said(world.anna)
