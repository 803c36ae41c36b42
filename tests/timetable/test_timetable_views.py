"""Who looks at the timetable from which side: what comes next, a day picked from a month, one child's, a partner's, a teacher's, a place's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, update

from storage.tables import Lesson, Organization, Road
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, enroll, said
from tests.world import CHESS, IT, MISHA, ROBOTICS, SCHOOL, VERA, World


async def test_the_next_lesson_stands_at_the_top_with_the_road_to_it(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(update(Road).where(Road.from_id == SCHOOL, Road.to_id == IT).values(minutes=75))
    await world.pass_time(days=3, hours=1)  # Thursday, 13:00
    await world.misha.send("/timetable")
    assert said(world.misha).splitlines()[:3] == [
        "📅 Сегодня, 12 ноября", "", "⏰ Ближайшее: «Робототехника» через 2 часа, ехать 1 час 15 минут."
    ]  # fmt: skip
    await world.pass_time(hours=1, minutes=39)
    await world.misha.tap("Завтра")
    await world.misha.tap("Сегодня")
    assert "через 21 минуту, ехать" in said(world.misha)
    await world.pass_time(hours=1)
    await world.misha.send("/timetable")
    assert "⏰ Сейчас идёт «Робототехника», до 16:30." in said(world.misha)
    await world.pass_time(hours=2)
    await world.misha.send("/timetable")
    assert "⏰ Ближайшее: «Робототехника» в четверг, 19 ноября, в 15:00." in said(world.misha)


async def test_each_child_has_its_own_timetable(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, VERA, CHESS)
    await world.anna.send("/timetable")
    assert world.anna.buttons == [
        ["Завтра", "Неделя"], ["🗓 Дата", "🔔 Подписка"], ["🙅 Не придём"], ["✍️ Написать педагогу"],
        ["👤 Миша", "👤 Вера"], ["🏠 Меню"],
    ]  # fmt: skip
    await world.anna.tap("Вера")
    assert said(world.anna) == (
        "📅 Сегодня, 9 ноября\n👤 Вера\n\nСегодня занятий нет.\nБлижайшее: «Шахматы» в среду, 11 ноября, в 14:30."
    )
    await world.anna.tap("Неделя")
    assert "Шахматы" in said(world.anna)
    assert "Робототехника" not in said(world.anna)
    await world.anna.tap("Неделя позже ›")
    assert said(world.anna).startswith("📅 Неделя: 16–22 ноября\n👤 Вера\n\nср, 18 нояб.")
    await world.anna.tap("Все дети")
    assert "Робототехника — Миша" in said(world.anna)


async def test_a_day_is_picked_from_a_month_of_the_academic_year(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/timetable")
    await world.misha.tap("Дата")
    assert said(world.misha) == "🗓 ноябрь 2026\nВыбери день. Точкой отмечены дни с занятиями."
    assert world.misha.buttons[0] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
    assert world.misha.buttons[1] == ["·", "·", "·", "·", "·", "·", "1"]
    assert world.misha.buttons[3] == ["9", "10", "11", "12•", "13", "14", "15"]
    await world.misha.tap("19•")
    assert said(world.misha).startswith("📅 19 ноября 2026, четверг\n\n15:00–16:30 Робототехника")
    await world.misha.tap("Дата")
    await world.misha.tap("18")
    assert said(world.misha) == (
        "📅 18 ноября 2026, среда\n\nВ этот день занятий нет.\nБлижайшее: «Робототехника» в четверг, 12 ноября, в 15:00."
    )
    await world.misha.tap("Дата")
    for month in ("октябрь 2026", "сентябрь 2026"):
        await world.misha.tap(f"‹ {month}")
        assert said(world.misha).startswith(f"🗓 {month}")
    assert world.misha.buttons[-2] == ["октябрь 2026 ›"], "the year begins in September"
    for month in ("октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май"):
        await world.misha.tap(f"{month} 202")
    assert world.misha.buttons[-2] == ["‹ апрель 2027"], "and ends in May"


async def test_a_lesson_moved_to_another_week_is_seen_in_both(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Перенести"):
        await world.pavel.tap(label)
    await world.pavel.send("20.11 16:00")
    await world.pavel.tap("Подтвердить")
    await world.misha.send("/timetable")
    await world.misha.tap("Неделя")
    assert said(world.misha) == (
        "📅 Неделя: 9–15 ноября\n\nчт, 12 нояб.\n15:00–16:30 Робототехника — перенесено на пт, 20 нояб., 16:00"
    )
    await world.misha.tap("Неделя позже ›")
    assert "пт, 20 нояб.\n16:00–17:30 Робототехника" in said(world.misha)
    assert "↪️ перенесено с 12 ноября, 15:00" in said(world.misha)
    await world.pavel.send("/timetable")
    assert world.pavel.buttons[0] == ["➡️ чт, 15:00 · Робототехника"]
    await world.pavel.tap("Робототехника")
    await world.pavel.tap("Отменить занятие")
    await world.pavel.tap("Подтвердить")
    await world.misha.tap("‹ Неделя раньше")
    assert said(world.misha).endswith("15:00–16:30 Робототехника — отменено")


async def test_a_teacher_looks_by_day_and_by_group(world: World) -> None:
    await world.pavel.send("/timetable")
    assert world.pavel.buttons[-5:] == [
        ["🖼 Картинкой"],
        ["🗓 Изменить за несколько дней"],
        ["Сегодня", "По группам"],
        ["🔔 Подписка"],
        ["🏠 Меню"],
    ]
    await world.pavel.tap("Сегодня")
    assert said(world.pavel) == "🗓 Занятия: 9 ноября 2026, понедельник\n\nВ этот день занятий нет."
    for _ in range(3):
        await world.pavel.tap("День позже ›")
    assert said(world.pavel) == (
        "🗓 Занятия: 12 ноября 2026, четверг\n\n"
        "15:00 Робототехника, Г-01 · Центр развития IT-образования, каб. 2 · Ким Павел\n\n"
        "Нажмите на занятие, чтобы перенести его, отменить или посмотреть, кто ознакомился с изменением."
    )
    await world.pavel.tap("По группам")
    assert said(world.pavel) == "🗓 Ваши группы"
    assert world.pavel.buttons == [["Робототехника · Г-01"], ["‹ Назад", "🏠 Меню"]]
    await world.pavel.tap("Робототехника")
    assert said(world.pavel).startswith("🗓 Робототехника, Г-01: 9–15 ноября")


async def test_a_coordinator_looks_by_partner_place_teacher_and_day(world: World) -> None:
    await looked_at_from_every_side(world)


async def test_the_same_on_postgresql(world_on_postgres: World) -> None:
    await looked_at_from_every_side(world_on_postgres)


async def looked_at_from_every_side(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(cancelled_at=world.now))
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(teacher_id=21, place="зал"))
    await world.olga.send("/timetable")
    await world.olga.tap("По педагогам")
    assert world.olga.buttons[:2] == [["Ким Павел Андреевич"], ["Тлехас Зарема Аслановна"]]
    await world.olga.tap("Тлехас")
    assert said(world.olga).startswith("🗓 Занятия: 9–15 ноября\n👤 Тлехас Зарема Аслановна")
    assert world.olga.buttons[:2] == [["❌ ср, 14:30 · Шахматы"], ["чт, 15:00 · Робототехника"]]  # she stands in
    await world.olga.tap("‹ Назад")
    await world.olga.tap("‹ Назад")
    await world.olga.tap("По местам")
    assert world.olga.buttons[:3] == [
        ["ЦДО, зал"], ["Центр развития IT-образования, зал"], ["Центр развития IT-образования, каб. 2"]
    ]  # fmt: skip
    await world.olga.tap("IT-образования, зал")
    assert said(world.olga).startswith("🗓 Занятия: 9–15 ноября\n📍 Центр развития IT-образования, зал")
    assert world.olga.buttons[0] == ["чт, 15:00 · Робототехника"]
    await world.olga.send("/timetable")
    await world.olga.tap("Сегодня")
    for _ in range(2):
        await world.olga.tap("День позже ›")
    assert "❌ 14:30 Шахматы, Г-02 — отменено" in said(world.olga)
    await world.olga.send("/timetable")
    await world.olga.tap("IT")
    await world.olga.tap("Неделя")
    assert said(world.olga).startswith("🗓 Занятия: 9–15 ноября\n🏫 Центр развития IT-образования")


async def test_a_director_looks_and_changes_nothing(world: World) -> None:
    await world.sergey.send("/timetable")
    assert said(world.sergey) == "🗓 Занятия\nВыберите партнёра."
    await world.sergey.tap("ЦДО")
    await world.sergey.tap("Шахматы · Г-02")
    assert said(world.sergey) == ("🗓 Шахматы, Г-02: 9–15 ноября\n\nср, 11 нояб.\n14:30 Шахматы, Г-02 · ЦДО, зал · Тлехас Зарема")
    assert world.sergey.buttons[-1] == ["‹ Назад", "🏠 Меню"]
    assert "Шахматы" not in str(world.sergey.buttons)
    await world.sergey.tap("Картинкой")
    await world.sergey.tap("‹ Назад")
    await world.sergey.tap("По местам")
    await world.sergey.tap("ЦДО, зал")
    await world.sergey.tap("Неделя позже ›")
    assert said(world.sergey).startswith("🗓 Занятия: 16–22 ноября\n📍 ЦДО, зал\n\nср, 18 нояб.")


async def test_forty_lessons_fit_a_page_and_names_are_short(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(name="МБОУ ДО «Центр детского творчества»"))
        begins = datetime(2026, 11, 14, 5, tzinfo=UTC)
        rows = [
            {
                "group_id": ROBOTICS, "week": date(2026, 11, 9), "ordinal": number, "plan_starts_at": start, "plan_ends_at": start,
                "starts_at": start, "ends_at": start + timedelta(minutes=10),
            }
            for number in range(2, 42)
            for start in [begins + timedelta(minutes=10 * number)]
        ]  # fmt: skip
        await tx.execute(insert(Lesson), rows)
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/timetable")
    await world.misha.tap("Неделя")
    assert said(world.misha).count("\nЦДТ, каб. 2 · Павел Андреевич") == 41
