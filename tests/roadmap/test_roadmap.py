"""Stories of the roadmap: a first start in November, the board, done with a document, put off, handed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.services.morning import tell_the_morning
from bot.services.roadmap.deadlines import list_passed
from bot.services.roadmap.programme import seed_programme
from bot.targets import Board, OneTask, TaskDone, TaskHand, TaskLater
from bot.visit import Packs
from handlers.roadmap.page import HandTo, LaterTo, Paper
from storage.tables import Audit, Document, Staff, Step, Task
from tests.world import OLGA, ZONE, Member, World

REPORT = "Отчёт за полугодие: посещаемость, состав групп, успеваемость"


async def ring(world: World) -> None:
    """What the alarms do with the roadmap."""
    year = 2026 if world.now.astimezone(ZONE).date() < date(2027, 7, 1) else 2027
    await seed_programme(world.db, year=year, now=world.now, zone=ZONE)
    await list_passed(world.db, now=world.now)
    await tell_the_morning(world.db, now=world.now, zone=ZONE)
    await world.deliver()


async def task_of(world: World, code: str, due: date | None = None) -> Task:
    async with world.db.read() as tx:
        question = select(Task).join(Step, Step.id == Task.step_id).where(Step.code == code).order_by(Task.due_on)
        found = (await tx.scalars(question if due is None else question.where(Task.due_on == due))).first()
    assert found is not None
    return found


async def opens(phone: Member, task: Task) -> None:
    """Somebody opens a task's page, wherever its button once stood."""
    await phone.send("/tasks")
    assert phone.newest is not None
    await phone.press(phone.newest.id, OneTask(task=task.id).pack())


async def test_a_first_start_in_november_lists_what_is_over_once_and_rings_for_none_of_it(world: World) -> None:
    for _ in range(3):  # every minute, and after a restart
        await ring(world)
    assert [text.splitlines()[0] for text in world.olga.notices] == ["🗂 Эти сроки прошли до того, как я начал работать"]
    listed = world.olga.page.splitlines()
    assert "• Собрать заявления родителей на обучение в сетевой форме — срок был 31 августа" in listed
    assert listed[-1] == "… и ещё 8"
    assert len(listed) < 10  # read at a glance
    assert not any(REPORT in line for line in listed)
    await world.olga.tap("Открыть задачи")
    assert world.olga.page.startswith("Прошло до начала работы бота")
    for _ in range(14):
        world.clock.move(timedelta(days=1))
        await ring(world)
    assert [text for text in world.olga.notices if "прошли до того" in text] == [world.olga.notices[0]]
    assert world.sergey.notices == []


async def test_the_list_waits_for_the_first_coordinator(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.code == "С-01").values(person_id=None))
    await ring(world)
    assert world.olga.notices == []
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.code == "С-01").values(person_id=OLGA))
    await ring(world)
    assert world.olga.page.startswith("🗂 Эти сроки прошли до того, как я начал работать")


async def test_the_coordinator_looks_at_the_board(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    assert world.olga.page == (
        "Задачи дорожной карты и регламента\n\n"
        "🟡 В ближайший месяц\n"
        "1. Вести журнал: пройденное, посещаемость и успеваемость — до 13 ноября, осталось 4 дня\n\n"
        "Нажмите номер, чтобы открыть задачу."
    )
    assert world.olga.buttons == [
        ["🟡 1"],
        ["Позже · 4", "Постоянно · 5"],
        ["Прошло · 16"],
        ["➕ Своя задача", "📊 Год"],
        ["🏠 Меню"],
    ]
    await world.olga.tap("Позже")
    assert f"1. {REPORT} — до 30 декабря, остался 51 день" in world.olga.page
    assert world.olga.buttons[0] == ["⚪️ 1", "⚪️ 2", "⚪️ 3", "⚪️ 4"]
    await world.olga.tap("⚪️ 1")
    assert world.olga.page == (
        f"Дорожная карта, 6\n{REPORT}\n"
        "⚪️ До 30 декабря, остался 51 день\n\n"
        "Время: с 1 сентября по 31 мая, в конце каждого полугодия\n"
        "Мероприятие: Информирование школы об успеваемости и посещаемости обучающихся\n"
        "Что должно получиться: отчёт о посещаемости, изменениях в составе групп и успеваемости\n"
        "Отвечает: ответственный за сетевое взаимодействие"
    )
    assert world.olga.buttons == [["✅ Выполнено"], ["⏳ Отложить", "👤 Кому"], ["✏️ Изменить"], ["‹ Назад", "🏠 Меню"]]


async def test_the_passports_errors_are_shown_as_corrected(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-5"))
    assert world.olga.page.endswith(
        "ℹ️ Исправлено: в паспорте программы напечатано «Сентябрь 2022» — это вне срока программы. "
        "Читаем как сентябрь учебного года."
    )
    assert "Время: с 1 сентября по 30 сентября" in world.olga.page
    await opens(world.olga, await task_of(world, "regulation-6"))
    assert world.olga.page.startswith("Регламент, 6\nЗаключить договор о сотрудничестве")
    assert world.olga.page.endswith(
        "ℹ️ Исправлено: в паспорте программы этот шаг напечатан под номером 5, потому что там два пятых шага и нет седьмого. "
        "По порядку он 6-й."
    )


async def test_olga_is_reminded_of_the_half_year_report_two_days_ahead_and_closes_it_with_a_document(world: World) -> None:
    await ring(world)
    world.clock.move(timedelta(days=(date(2026, 12, 28) - date(2026, 11, 9)).days))
    await ring(world)
    assert world.olga.page == (
        "☀️ План недели: 28 декабря 2026, понедельник\n\n"
        f"⏰ {REPORT}\n"
        "Срок до 30 декабря, осталось 2 дня.\n"
        "Что должно получиться: отчёт о посещаемости, изменениях в составе групп и успеваемости\n"
        "Дорожная карта, 6"
    )
    assert world.olga.buttons == [["✅ Выполнено"], ["⏳ Отложить"], ["👤 Кому"]]
    letter = world.olga.newest
    await world.olga.tap("Выполнено")
    assert letter in world.olga.messages  # the letter stays to be read
    assert world.olga.page.endswith(
        "Чем подтвердить? Пришлите файл или фото документа, ссылку, номер — или напишите словами.\n"
        "Ожидается: отчёт о посещаемости, изменениях в составе групп и успеваемости"
    )
    await world.olga.attach("отчёт.pdf", b"%PDF-1.7 report")
    assert world.olga.page.startswith(f"Готово: задача выполнена.\n\nДорожная карта, 6\n{REPORT}\n✅ Сделано 28 декабря 2026\n")
    assert "Подтверждение: документ «отчёт.pdf»" in world.olga.page
    assert world.olga.page.endswith("История\n28 декабря: выполнено — Ольга Муратовна")
    for _ in range(10):  # nothing rings any more
        world.clock.move(timedelta(days=1))
        await ring(world)
    assert sum(REPORT in text and text.startswith("☀️") for text in world.olga.notices) == 1

    await opens(world.sergey, await task_of(world, "roadmap-6", date(2026, 12, 30)))
    await world.sergey.tap("Открыть документ")
    assert world.sergey.newest is not None
    assert await world.sergey.file(world.sergey.newest) == b"%PDF-1.7 report"


async def test_a_reminder_not_yet_sent_is_not_sent_once_the_task_is_done(world: World) -> None:
    await ring(world)
    world.clock.move(timedelta(days=38))
    await tell_the_morning(world.db, now=world.now, zone=ZONE)
    await opens(world.olga, await task_of(world, "roadmap-6", date(2026, 12, 30)))
    await world.olga.tap("Выполнено")
    await world.olga.send("отчёт № 4")
    await world.deliver()
    assert not any(f"⏰ {REPORT}" in text for text in world.olga.notices)


async def test_done_with_words_and_back_to_work(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-1")
    await opens(world.olga, task)
    assert "▫️ Срок был 30 октября, до начала работы бота. Не напоминаю." in world.olga.page
    await world.olga.tap("Выполнено")
    await world.olga.send("https://школа8.рф/документы <приказ № 15>")
    assert "Подтверждение: https://школа8.рф/документы <приказ № 15>" in world.olga.page
    await world.olga.tap("Вернуть в работу")
    assert world.olga.page.startswith("Задача снова в работе.")
    assert "История\n9 ноября: возвращено в работу — Ольга Муратовна\n9 ноября: выполнено — Ольга Муратовна" in world.olga.page
    assert "✅ Выполнено" in world.olga.buttons[0]


async def test_where_no_result_is_named_no_document_is_needed(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "regulation-2"))
    await world.olga.tap("Выполнено")
    assert world.olga.page.endswith("Если есть документ, пришлите его файлом, фото, ссылкой или словами. Можно и без него.")
    assert world.olga.buttons == [["Без документа"], ["Отмена"]]
    await world.olga.tap("Без документа")
    assert world.olga.page.startswith("Готово: задача выполнена.")


async def test_who_changes_their_mind_types_no_proof(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-1")
    await opens(world.olga, task)
    await world.olga.tap("Выполнено")
    await world.olga.tap("Отмена")
    await world.olga.send("просто слова")
    assert (await task_of(world, "roadmap-1")).done_at is None


async def test_too_large_a_file_is_refused_and_the_talk_goes_on(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-1"))
    await world.olga.tap("Выполнено")
    await world.olga.attach("огромный.pdf", bytes(10 * 1024 * 1024 + 1))
    assert world.olga.page == "Файл больше 10 МБ. Пришлите файл поменьше или ссылку на него."
    await world.olga.send("приказ № 15")
    assert world.olga.page.startswith("Готово: задача выполнена.")
    async with world.db.read() as tx:
        assert (await tx.scalars(select(Document))).all() == []


async def test_a_photo_of_the_paper_is_a_proof(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-1"))
    await world.olga.tap("Выполнено")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    await world.olga.attach("photo.png", picture, kind="photo")
    assert "Подтверждение: документ «Фото 9 ноября 2026.jpg»" in world.olga.page


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("15.12", "Отложено до 15 декабря. Напомню в этот день."),
        ("15.01.2027", "Отложено до 15 января 2027. Напомню в этот день."),
        ("15 января", "15 января 2026 уже прошло. Если нужен следующий год, напишите с годом: 15.01.2027."),
        ("31 ноября", "Дня «31 ноября» нет в календаре. Проверьте число и напишите ещё раз."),
        ("завтра", "Отложено до 10 ноября. Напомню в этот день."),
        ("15", "Не понял день. Напишите так: 15.12 или 15 декабря."),
        ("когда-нибудь", "Не понял день. Напишите так: 15.12 или 15 декабря."),
        ("01.11.2026", "Этот день уже прошёл или идёт. Выберите день позже."),
        ("01.01.2031", "Отложить можно не больше чем на год."),
    ],
)
async def test_a_task_is_put_off_to_a_typed_day(world: World, typed: str, answer: str) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-3"))
    await world.olga.tap("Отложить")
    await world.olga.tap("Другая дата")
    assert world.olga.page == "Напишите день: например, 15.12 или 15 декабря."
    await world.olga.send(typed)
    if "Почему переносите?" in world.olga.page:
        await world.olga.send("ждём поставщика")
        assert "Почему: ждём поставщика" in world.olga.page
    assert world.olga.page.splitlines()[0] == answer


async def test_a_task_put_off_rings_on_its_new_day(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-3"))
    await world.olga.tap("Отложить")
    assert [row[0] for row in world.olga.buttons] == [
        "На 3 дня: до 12 ноября",
        "На неделю: до 16 ноября",
        "📅 Другая дата",
        "‹ Назад",
    ]
    await world.olga.tap("На 3 дня")
    assert world.olga.page.endswith("Новый срок: 12 ноября\n\nПочему переносите? Нажмите или напишите своими словами.")
    await world.olga.tap("Ждём документы")
    assert "9 ноября: отложено до 12 ноября — Ольга Муратовна: Ждём документы" in world.olga.page
    assert world.olga.page.startswith("Отложено до 12 ноября. Напомню в этот день.")
    assert "Отложено: по плану срок 30 сентября." in world.olga.page
    told = len(world.olga.notices)
    for _ in range(2):
        world.clock.move(timedelta(days=1))
        await ring(world)
    assert len(world.olga.notices) == told
    world.clock.move(timedelta(days=1))
    await ring(world)
    assert world.olga.page.splitlines()[:4] == [
        "☀️ 12 ноября 2026, четверг",
        "",
        "⏰ Подготовить кабинеты и оборудование по санитарным нормам",
        "Срок сегодня, 12 ноября.",
    ]


async def test_a_task_is_given_to_a_teacher_who_hears_of_it(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-6", date(2026, 12, 30))
    await opens(world.zarema, task)
    assert world.zarema.toasts[-1] == "Этого больше нет: страница устарела. Откройте меню: /start"
    await opens(world.olga, task)
    await world.olga.tap("Кому")
    assert world.olga.page == f"{REPORT}\n\nКому поручить? Я напишу этому человеку."
    await world.olga.tap("Тлехас Зарема Аслановна · педагог")
    assert world.olga.page.startswith("Передано. Я напишу, кому поручили.")
    assert "Отвечает: Тлехас Зарема Аслановна" in world.olga.page
    assert "9 ноября: передано, отвечает Тлехас Зарема Аслановна — Ольга Муратовна" in world.olga.page
    await world.deliver()
    assert world.zarema.page == (
        "👤 Ольга поручает вам задачу.\n"
        f"{REPORT}\n"
        "Срок до 30 декабря.\n"
        "Что должно получиться: отчёт о посещаемости, изменениях в составе групп и успеваемости\n"
        "Дорожная карта, 6"
    )
    assert world.zarema.buttons == [["✅ Выполнено"], ["⏳ Отложить"]]  # whom else to ask is not a teacher's to say
    world.clock.move(timedelta(days=38))
    told = len(world.olga.notices)
    await ring(world)
    assert "Срок до 30 декабря, осталось 13 дней." in world.zarema.page
    assert len(world.olga.notices) == told  # hers no more
    await world.zarema.send("/tasks")
    assert f"1. {REPORT} — до 30 декабря, осталось 13 дней" in world.zarema.page


async def test_a_partner_sees_and_closes_their_own_steps_only(world: World) -> None:
    await ring(world)
    await world.irina.send("/tasks")
    assert world.irina.page == (
        "Задачи дорожной карты и регламента\n\n"
        "Просроченных задач нет, в ближайший месяц сроков нет.\n\n"
        "Ближайшая: Выдать ученикам документы об обучении в конце курса (Центр развития IT-образования) — "
        "до 31 мая, осталось 203 дня."
    )
    await world.irina.tap("Позже")
    await world.irina.tap("⚪️ 1")
    assert world.irina.page.startswith(
        "Регламент, 8 · Центр развития IT-образования\nВыдать ученикам документы об обучении в конце курса"
    )
    await world.irina.tap("Кому")
    assert [row[0] for row in world.irina.buttons] == [
        "Белова Ирина Олеговна · администратор",
        "Ким Павел Андреевич · педагог",
        "‹ Назад",
    ]


async def test_strangers_and_families_have_no_tasks(world: World) -> None:
    await world.anna.send("/tasks")
    assert world.anna.page.startswith("Это доступно не всем.")
    stranger = world.stranger()
    await stranger.send("/tasks")
    assert stranger.page.startswith("Чтобы войти, нужно приглашение школы.")


async def test_forged_buttons_open_nothing(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-6", date(2026, 12, 30))
    forged: list[Packs] = [
        TaskDone(task=task.id), TaskLater(task=task.id), LaterTo(task=task.id, day=date(2027, 1, 5).toordinal()),
        TaskHand(task=task.id, page=0), HandTo(task=task.id, staff=11), Paper(task=task.id), OneTask(task=task.id),
    ]  # fmt: skip
    for phone in (world.pavel, world.nurbiy, world.anna, world.misha):
        await phone.send("/tasks")
        assert phone.newest is not None
        for data in forged:
            await phone.press(phone.newest.id, data.pack())
            assert REPORT not in phone.page
    async with world.db.read() as tx:
        assert (await tx.scalars(select(Audit))).all() == []


async def test_a_day_that_no_rule_can_reckon_from_is_gone(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    for day in (0, date.max.toordinal(), 2**31 - 1):
        query = await world.olga.press(world.olga.newest.id, f"task.to:3:{day}")  # type: ignore[union-attr]
        assert query.answer is not None
        assert query.answer["text"] == "Этого больше нет: страница устарела. Откройте меню: /start"


async def test_a_page_of_the_board_that_is_not_there_shows_one_that_is(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    assert world.olga.newest is not None
    await world.olga.press(world.olga.newest.id, Board(view="passed", page=99).pack())
    assert "Прошло до начала работы бота" in world.olga.page
    await world.olga.press(world.olga.newest.id, Board(view="выдумка", page=0).pack())
    assert "Задачи дорожной карты и регламента" in world.olga.page
