"""Materials of a course: only its families and its staff have them; what a course needs, and who is open to all; a colleague's card."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from bot.services.resources.needs import Missing, missing
from storage.db import Database
from storage.tables import Attachment, Booking, Choice, Course, PlannedTopic
from tests.enrollment.test_enrollment import last_file
from tests.network.test_network import applied, changed, planned
from tests.resources.cast import ROOM_2, furnish
from tests.resources.test_book import RESOURCES
from tests.timetable_world import at, enroll, said
from tests.world import MISHA, NOW, ROBOTICS, Member, World

PDF = b"%PDF-1.7 problems"


@pytest.mark.parametrize(
    ("needed", "have", "lacks"),
    [
        (None, [], []),
        ("проектор, 10 компьютеров", ["10 компьютеров, проектор"], []),
        ("10 компьютеров", ["8 компьютеров"], [Missing("10 компьютеров", 10, 8)]),
        ("10 компьютеров", ["компьютеры"], []),  # nobody wrote how many
        ("микроскопы; весы", ["6 Микроскопы", None], [Missing("весы", 1, 0)]),
        ("3D-принтер", ["2 3D-принтер"], []),
    ],
)
def test_what_is_missing(needed: str | None, have: list[str | None], lacks: list[Missing]) -> None:
    assert missing(needed, have) == lacks


async def test_the_plan_says_what_a_course_lacks_and_whose_bookings_end(empty_db: Database) -> None:
    rooms = [["Код", "Название", "Организация", "Мест", "Оснащение"], ["К2", "каб. 2", "IT", 12, "проектор, 8 компьютеров"]]
    courses = [
        ["Код", "Название", "Организация", "Направленность", "Классы", "Оборудование"],
        ["РОБ", "Робототехника", "IT", "техническая", "5-7", "проектор, 10 компьютеров, 3D-принтер, паяльники"],
    ]
    whole = changed(Помещения=rooms, Курсы=courses, Ресурсы=RESOURCES)
    assert (
        "⚠️ Курсу «Робототехника» не хватает: 10 компьютеров (8), паяльники. "
        "Ни в помещениях его групп, ни среди ресурсов организации этого нет."
    ) in await planned(empty_db, whole)
    await applied(empty_db, whole)
    assert not any("не хватает" in line for line in await planned(empty_db, whole))  # said when something changes
    async with empty_db.write() as tx:
        row = {"sets": 2, "starts_at": at(12, 10), "ends_at": at(12, 11), "staff_id": 2, "made_at": NOW}
        await tx.execute(insert(Booking), [row | {"resource_id": 1, "room_id": None}])
    one_set = [RESOURCES[0], [*RESOURCES[1][:5], 1, *RESOURCES[1][6:]], RESOURCES[2]]
    assert (
        "⚠️ «3D-принтер»: станет 1, а забронировано сразу 2 (Петров Павел Ильич), ближайшее — чт, 12 нояб., 10:00. "
        "Эти брони останутся: договоритесь с теми, кто бронировал, или снимите лишнее."
    ) in await planned(empty_db, changed(Помещения=rooms, Курсы=courses, Ресурсы=one_set))
    social = [RESOURCES[0], ["социальные", *RESOURCES[1][1:]], RESOURCES[2]]
    assert (
        "⚠️ «3D-принтер» больше нельзя будет бронировать, а впереди 1 бронь (Петров Павел Ильич), ближайшая чт, 12 нояб., 10:00. "
        "Их снимут, и кто бронировал узнает об этом."
    ) in await planned(empty_db, changed(Помещения=rooms, Курсы=courses, Ресурсы=social))
    without = changed(Помещения=rooms, Курсы=courses, Ресурсы=[RESOURCES[0], RESOURCES[2]])
    assert (
        "⚠️ «3D-принтер» пропадёт, а впереди 1 бронь (Петров Павел Ильич), ближайшая чт, 12 нояб., 10:00. "
        "Их снимут, и кто бронировал узнает об этом."
    ) in await planned(empty_db, without)
    await applied(empty_db, without)
    async with empty_db.read() as tx:
        assert await tx.scalar(select(Booking.cancelled_at)) == NOW


async def materials(who: Member) -> None:
    await who.send("/courses")
    if any("Миша" in label for row in who.buttons for label in row):
        await who.tap("Миша")
    await who.tap("Робототехника")


async def test_families_of_the_course_have_its_materials_and_a_family_that_left_has_them_no_more(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.pavel.send("/courses")
    await world.pavel.tap("Робототехника")
    await world.pavel.tap("Материалы: 0")
    await world.pavel.tap("Файл или ссылка")
    await world.pavel.attach("задачи.pdf", PDF, "Задачи на каникулы")
    assert said(world.pavel).endswith("📎 Материалы курса «Робототехника»\n\n1. 📄 Задачи на каникулы.pdf")

    await world.anna.send("/timetable")
    await world.anna.tap("Неделя")
    await world.anna.tap("📎 Робототехника")
    await world.anna.tap("Задачи на каникулы")
    assert await world.anna.file(last_file(world.anna)) == PDF
    assert not any("Файл или ссылка" in label for row in world.anna.buttons for label in row)
    await materials(world.anna)
    await world.anna.tap("Материалы: 1")
    files = world.anna.newest
    assert files is not None
    take = next(one.data or "" for one in files.buttons if "Задачи" in one.label)

    await world.ruslan.send("/courses")  # Dana does not learn here
    await world.ruslan.tap("Робототехника")
    assert not any("Материалы" in label for row in world.ruslan.buttons for label in row)
    for who in (world.ruslan, world.zarema, world.stranger()):
        await who.send("/courses")
        assert who.newest is not None
        before = len(who.messages)
        for forged in (f"files:0:{ROBOTICS}:0:", take, f"files.send:0:{ROBOTICS}:0"):
            await who.press(who.newest.id, forged)
        assert "Задачи" not in "".join(said(who))
        assert len(who.messages) == before

    async with world.db.write() as tx:
        await tx.execute(update(Choice).values(state="left"))
    await world.anna.press(files.id, take)
    await materials(world.anna)
    assert not any("Материалы" in label for row in world.anna.buttons for label in row)
    async with world.db.read() as tx:
        assert await tx.scalar(select(Attachment.taken)) == 1


async def test_courses_open_to_all_are_one_tap_away_and_staff_read_what_is_needed(world: World) -> None:
    await furnish(world.db)
    async with world.db.write() as tx:
        await tx.execute(
            update(Course).where(Course.id == ROBOTICS).values(accessible="yes", equipment="проектор, 3D-принтер, паяльники")
        )
        await tx.execute(insert(PlannedTopic).values(course_id=ROBOTICS, number=1, topic="Датчики"))
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Дети с ОВЗ")
    assert "🎛 Показаны: открытые детям с ОВЗ" in said(world.ruslan)
    assert not any("Шахматы" in label for row in world.ruslan.buttons for label in row)
    await world.ruslan.tap("Робототехника")
    assert "♿ Открыт детям с ограниченными возможностями здоровья" in said(world.ruslan)
    assert "Нужно для занятий" not in said(world.ruslan)

    await world.zarema.send("/menu")
    for label in ("Ресурсы", "Педагоги сети", "Ким Павел"):
        await world.zarema.tap(label)
    assert said(world.zarema) == (
        "Ким Павел Андреевич\nЦентр развития IT-образования\n\n📚 «Робототехника»: техническая, часов: 68, тем в программе: 1"
    )
    await world.zarema.tap("📚 Робототехника")
    assert said(world.zarema).endswith("🔧 Нужно для занятий: проектор, 3D-принтер, паяльники\n⚠️ Не хватает: паяльники")

    async with world.db.write() as tx:
        row = {"room_id": ROOM_2, "sets": 1, "starts_at": at(12, 10), "ends_at": at(12, 11), "staff_id": 21, "made_at": NOW}
        await tx.execute(insert(Booking), [row])
    await world.sergey.send("/papers")
    await world.sergey.tap("Критерии года")
    await world.sergey.tap("Эффективность")
    assert "ресурсов, которыми" not in said(world.sergey)  # nobody has looked at one
    assert "броней помещений и оборудования: 1, у организаций: 1" in said(world.sergey)
