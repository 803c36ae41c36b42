"""«Отметить»: a teacher marks a lesson in the chat; what is pressed stands at once, and the family hears two minutes later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.services.journal.chasing import offer_marking
from storage.tables import Course, Entry, Group, Lesson, Pupil, Topic, Writing
from tests.enrollment.test_enrollment import file_names
from tests.sandbox_bot import PNG
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll, said
from tests.world import DANA, MISHA, NOW, ROBOTICS, SCHOOL, VERA, ZONE, Member, World

HINT = (
    "Отмечаем: ❌ не был(а). Нажимайте имена — каждое нажатие сразу записывается. "
    "Семьям напишем через две минуты, до этого можно отменить."
)
THURSDAY = at(12, 16, 20)  # ten minutes before robotics ends


@pytest.fixture
async def lesson(world: World) -> World:
    """Thursday, robotics is about to end: Misha and Dana were to be there."""
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    world.clock.move(THURSDAY - NOW)
    return world


async def marking(world: World, who: Member | None = None) -> Member:
    who = who or world.pavel
    await who.send("/journal")
    await who.tap("Отметить")
    await who.tap("15:00 Робототехника")
    return who


async def entries(world: World) -> list[tuple[int | None, str, str]]:
    async with world.db.read() as tx:
        rows = await tx.scalars(select(Entry).where(Entry.removed_at.is_(None)).order_by(Entry.pupil_id, Entry.kind))
        return [(row.pupil_id, row.kind, row.value) for row in rows]


def data_of(who: Member, label: str) -> str:
    page = who.newest
    assert page is not None
    found = next(button.data for row in page.rows for button in row if label in button.label)
    assert found is not None
    return found


async def test_who_was_not_there_a_mark_the_topic_and_the_family_hears_after_two_minutes(lesson: World) -> None:
    pavel = await marking(lesson)
    assert said(pavel).splitlines() == [
        "✏️ Робототехника, Г-01",
        "в четверг, 12 ноября, в 15:00",
        "Тема не записана",
        "",
        "1. Петров Миша Алексеевич — не отмечено",
        "2. Шеуджен Дана Руслановна — не отмечено",
        "",
        HINT,
    ]
    await pavel.tap("Шеуджен Дана")
    assert "2. Шеуджен Дана Руслановна — ❌ не был(а)" in said(pavel)
    await pavel.tap("5")
    await pavel.tap("Петров Миша")
    await pavel.tap("Остальные были")
    await pavel.tap("Тема и задание")
    await pavel.send("Датчики\nСобрать робота")
    assert said(pavel).splitlines()[2:7] == [
        "Тема: Датчики",
        "Домашнее задание: Собрать робота",
        "",
        "1. Петров Миша Алексеевич — ✅ был(а), 5",
        "2. Шеуджен Дана Руслановна — ❌ не был(а)",
    ]
    await lesson.deliver()
    assert not [text for text in lesson.anna.notices if "5 по курсу" in text]
    await lesson.pass_time(minutes=3)
    assert lesson.anna.notices[-1].replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "📖 Миша, журнал:",
        "• чт, 12 нояб., «Робототехника» — 5",
        "• «Робототехника», задание к занятию в четверг, 19 ноября — Собрать робота",
    ]
    assert "Дана" in lesson.ruslan.notices[-1]
    assert "ропуск" in lesson.ruslan.notices[-1]


async def test_an_undo_within_two_minutes_costs_nobody_a_letter(lesson: World) -> None:
    heard = len(lesson.ruslan.notices)
    pavel = await marking(lesson)
    await pavel.tap("Шеуджен Дана")
    await pavel.tap("↩️ Отменить")
    assert await entries(lesson) == []
    assert "не отмечено" in said(pavel)
    assert "Отменить" not in str(pavel.buttons)
    await lesson.pass_time(minutes=3)
    assert len(lesson.ruslan.notices) == heard


async def test_a_slip_put_right_at_once_is_told_as_it_stands(lesson: World) -> None:
    pavel = await marking(lesson)
    await pavel.tap("Шеуджен Дана")
    await pavel.tap("🕐 опоздал")
    await pavel.tap("Шеуджен Дана")
    await lesson.pass_time(minutes=3)
    assert lesson.ruslan.notices[-1] == "⏰ Дана: опоздание на занятие «Робототехника» в четверг, 12 ноября."
    assert not [text for text in lesson.ruslan.notices if "пропуск" in text]


async def test_a_press_repeated_or_handled_twice_changes_nothing_more(lesson: World) -> None:
    pavel = await marking(lesson)
    press, page = data_of(pavel, "Шеуджен Дана"), pavel.newest
    assert page is not None
    for _ in range(3):
        await pavel.press(page.id, press)
    assert await entries(lesson) == [(DANA, "attendance", "absent")]
    undo = data_of(pavel, "Отменить")
    for _ in range(2):
        await pavel.press(page.id, undo)
    assert await entries(lesson) == []
    async with lesson.db.read() as tx:
        assert [one.source for one in await tx.scalars(select(Writing).order_by(Writing.id))] == ["chat", "undo"]


async def test_thirty_pupils_stand_on_one_page_and_no_name_is_cut(lesson: World) -> None:
    async with lesson.db.write() as tx:
        for number in range(100, 140):
            name = f"Константинопольский-Оглы Александр {number}" if number % 2 else f"Абрегов Тимур {number}"
            tx.add(Pupil(id=number, code=f"У-{number}", full_name=name, class_name="7А", class_year=2026, school_id=SCHOOL))
    for number in range(100, 140):
        await enroll(lesson.db, number, ROBOTICS)
    pavel = await marking(lesson)
    names = [label for row in pavel.buttons for label in row if label.startswith("▫️")]
    assert len(names) == 30
    assert max(map(len, names)) <= 19
    assert sum(len(row) for row in pavel.buttons) <= 100
    await pavel.tap("›")
    assert len([label for row in pavel.buttons for label in row if label.startswith("▫️")]) == 12
    await pavel.tap("Петров Миша")
    assert "Петров Миша Алексеевич — ❌ не был(а)" in said(pavel)  # the page stays the same one


async def test_the_bot_offers_it_before_the_lesson_ends_once_and_not_when_it_is_kept(lesson: World) -> None:
    offer = "✏️ «Робототехника», Г-01: занятие заканчивается в 16:30. Отметьте, кто был, — это пара нажатий."
    await offer_marking(lesson.db, now=lesson.now, zone=ZONE)
    await lesson.deliver()
    assert lesson.pavel.page == offer
    await lesson.pavel.tap("Отметить")
    assert said(lesson.pavel).startswith("✏️ Робототехника, Г-01")
    await lesson.pass_time(minutes=1)
    assert lesson.pavel.notices.count(offer) == 1


async def test_it_is_not_offered_where_the_journal_knows_the_lesson_already(lesson: World) -> None:
    await (await marking(lesson)).tap("Остальные были")
    await lesson.pass_time(minutes=1)
    assert not [text for text in lesson.pavel.notices if "занятие заканчивается" in text]


async def test_without_a_lesson_today_the_last_ones_not_kept_are_offered(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.pavel.send("/journal")
    await world.pavel.tap("Отметить")
    assert said(world.pavel) == "✏️ Отметить\nСегодня занятий нет. Эти прошли, а в журнале о них ничего:"
    await world.pavel.tap("5 ноября Робототехника")
    await world.pavel.tap("Остальные были")
    await world.pavel.tap("Назад")
    assert said(world.pavel).endswith(
        "Сегодня занятий нет, и за последние 60 дней пустых занятий в журнале нет. Загляните сюда в день занятия."
    )


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


async def refused(who: Member, data: str) -> str:
    await who.press(who.messages[-1].id, data)
    return str(who.toasts[-1]) if who.toasts else said(who)


async def test_nobody_marks_what_is_not_theirs_and_forged_presses_change_nothing(lesson: World) -> None:
    await enroll(lesson.db, VERA, ROBOTICS + 1)
    tap, note = f"mark.tap:{ROBOTICS_THURSDAY}:{MISHA}:0:absent", f"mark.note:{ROBOTICS_THURSDAY}"
    for phone in (lesson.zarema, lesson.nurbiy, lesson.anna, lesson.misha, lesson.sergey, lesson.stranger()):
        await phone.send("/start")
        for data in (tap, note, f"mark.lesson:{ROBOTICS_THURSDAY}:0:absent", f"mark.others:{ROBOTICS_THURSDAY}:0:absent"):
            await phone.press(phone.messages[-1].id, data)
        assert "Дана" not in said(phone)
    pavel = await marking(lesson)
    for data, why in (
        (f"mark.tap:{ROBOTICS_THURSDAY}:{VERA}:0:absent", "Этого ученика в группе уже нет"),
        (f"mark.tap:{ROBOTICS_THURSDAY}:{MISHA}:0:m55", "Такой отметки у этого курса нет"),
        (f"mark.tap:{ROBOTICS_THURSDAY}:{MISHA}:0:выгнан", "Этого больше нет"),
        (f"mark.tap:{CHESS_WEDNESDAY}:{VERA}:0:absent", "Это доступно не всем"),
        (f"mark.tap:{ROBOTICS_THURSDAY + 2}:{MISHA}:0:absent", "отметить его можно будет в тот же день"),
        ("mark.undo:999:3:0:absent", "Этого больше нет"),
    ):
        assert why in await refused(pavel, data)
    assert await entries(lesson) == []


@pytest.mark.parametrize(
    ("table", "values", "why"),
    [
        (Lesson, {"cancelled_at": NOW}, "Это занятие отменено"),
        (Lesson, {"archived_at": NOW}, "занятия больше нет"),
        (Group, {"archived_at": NOW}, "занятия больше нет"),
        (Pupil, {"archived_at": NOW}, "В группе пока нет зачисленных учеников"),
    ],
)
async def test_days_off_and_ended_groups_are_not_marked(lesson: World, table: Any, values: dict[str, Any], why: str) -> None:
    pavel = await marking(lesson)
    press = data_of(pavel, "Шеуджен Дана")
    async with lesson.db.write() as tx:
        await tx.execute(update(table).values(**values))
    assert why.lower() in (await refused(pavel, press)).lower()
    assert await entries(lesson) == []


async def test_a_year_that_is_over_is_only_read(lesson: World) -> None:
    pavel = await marking(lesson)
    press = data_of(pavel, "Шеуджен Дана")
    lesson.clock.move(timedelta(days=330))
    assert "Этот учебный год закончен" in await refused(pavel, press)


async def test_marks_of_another_scale_are_offered_where_the_journal_has_them(lesson: World) -> None:
    async with lesson.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(hours=10))
        row = {"pupil_id": MISHA, "group_id": ROBOTICS, "day": at(5, 15).date(), "lesson": 1, "kind": "mark", "ordinal": 1}
        tx.add(Entry(**row, value="базовый", entered_at=NOW))
    pavel = await marking(lesson)
    await pavel.tap("базовый")
    await pavel.tap("Шеуджен Дана")
    assert (DANA, "mark", "базовый") in await entries(lesson)


async def test_a_topic_again_changes_nothing_and_one_without_homework_keeps_it(lesson: World) -> None:
    pavel = await marking(lesson)
    for text in ("Датчики\nСобрать робота", "Датчики\nСобрать робота", "Моторы"):
        await pavel.tap("Тема и задание")
        await pavel.send(text)
    async with lesson.db.read() as tx:
        assert [(one.topic, one.homework) for one in await tx.scalars(select(Topic))] == [("Моторы", "Собрать робота")]
        assert len(list(await tx.scalars(select(Writing)))) == 2


# ── a photo, a wrong file ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_photo_gets_a_sentence_that_helps_and_the_blank_form(lesson: World) -> None:
    await lesson.pavel.attach("журнал.png", PNG, kind="photo")
    assert said(lesson.pavel).startswith("Фото прочитать не могу: пришлите Excel или CSV.")
    await lesson.pavel.tap("Бланк: Г-01")
    assert file_names(lesson.pavel)[-1] == "Журнал Г-01 2026-11-12.xlsx"
    for name, content in (("журнал.png", PNG), ("заметки.txt", "просто слова".encode())):
        await lesson.pavel.attach(name, content)
        assert "Бланк: Г-01" in str(lesson.pavel.buttons), name
    await lesson.anna.attach("котик.png", PNG, kind="photo")
    assert "Фото прочитать не могу" not in said(lesson.anna)
