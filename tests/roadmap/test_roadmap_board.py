"""Stories of the board: duties without an end, weeks in one line, tasks of one's own, what is taken back, the partners' halves."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, select, update

from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.services.network.network import carry_out, known
from bot.services.roadmap.programme import seed_programme
from bot.targets import TaskNew, TaskRepeat
from handlers.roadmap.page import LaterWhy, Undo
from storage.roadmap import roadmap
from storage.roadmap.roadmap import every_task
from storage.tables import Audit, Step, Task
from tests.roadmap.test_roadmap import opens, ring, task_of
from tests.world import ZONE, World


async def test_duties_without_an_end_have_no_deadline_and_close_with_the_year(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    await world.olga.tap("Постоянно")
    assert world.olga.page.splitlines()[0] == "Постоянные обязанности"
    assert "2. Решать рабочие вопросы с сетевым педагогом и ответственным" in world.olga.page
    await world.olga.tap("♾ 2")
    assert "♾ Весь учебный год, до 31 мая: срока нет, закроется вместе с годом" in world.olga.page
    assert world.olga.buttons == [["✅ Выполнено"], ["👤 Кому"], ["✏️ Изменить"], ["‹ Назад", "🏠 Меню"]]
    world.clock.move(timedelta(days=(date(2027, 6, 1) - date(2026, 11, 9)).days))
    await ring(world)
    task = await task_of(world, "regulation-8")
    assert (task.done_by, task.evidence) == (None, '{"seen": "year-over"}')
    await opens(world.olga, task)
    assert "Закрыто само: учебный год закончился" in world.olga.page


async def test_a_weekly_step_is_one_line_whatever_its_weeks(world: World) -> None:
    await ring(world)
    async with world.db.write() as tx:
        step = await tx.scalar(select(Step.id).where(Step.code == "roadmap-7"))
        days = [date(2026, 9, 4) + timedelta(weeks=n) for n in range(9)]
        await tx.execute(insert(Task), [{"step_id": step, "due_on": day, "silent": True} for day in days])
    await world.olga.send("/tasks")
    await world.olga.tap("Прошло · 17")
    assert "1. Вести журнал: пройденное, посещаемость и успеваемость — 9 недель, последняя до 30 октября" in world.olga.page
    await world.olga.tap("▫️ 1")
    assert "7. Вести журнал: пройденное, посещаемость и успеваемость — срок был 18 сентября" in world.olga.page
    await world.olga.tap("▫️ 7")
    assert "▫️ Срок был 18 сентября" in world.olga.page


async def test_olga_makes_a_task_of_her_own_and_gives_it_a_turn(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    await world.olga.tap("Своя задача")
    await world.olga.send("Собрание с педагогами  <партнёров>")
    assert world.olga.page.startswith("Задача создана, срок через неделю, отвечаете вы.")
    assert "Своя задача, 1\nСобрание с педагогами <партнёров>\n🟡 До 16 ноября, осталось 7 дней" in world.olga.page
    assert world.olga.buttons[3] == ["↩️ Отменить"]
    await world.olga.tap("Повтор")
    await world.olga.tap("Каждый месяц")
    assert "До 30 ноября, остался 21 день" in world.olga.page
    await ring(world)
    async with world.db.read() as tx:
        due = await tx.scalars(select(Task.due_on).join(Step).where(Step.code == "own-1").order_by(Task.due_on))
        assert [str(day) for day in due] == [
            "2026-11-30", "2026-12-30", "2027-01-29", "2027-02-26", "2027-03-31", "2027-04-30", "2027-05-31",
        ]  # fmt: skip
    await world.irina.send("/tasks")
    assert "Собрание" not in world.irina.page
    await world.sergey.send("/tasks")
    assert "Собрание с педагогами <партнёров> — до 30 ноября" in world.sergey.page


async def test_the_last_step_is_taken_back_and_only_by_who_took_it(world: World) -> None:
    await ring(world)
    await world.olga.send("/tasks")
    await world.olga.tap("Своя задача")
    await world.olga.send("Лишняя")
    await world.olga.tap("Отменить")
    assert world.olga.page == "Отменено: этой задачи больше нет."
    task = await task_of(world, "roadmap-6", date(2026, 12, 30))
    await opens(world.olga, task)
    await world.olga.tap("Отложить")
    await world.olga.tap("На 3 дня")
    await world.olga.tap("Не успеваем")
    assert "До 11 января" in world.olga.page
    async with world.db.read() as tx:
        event = await tx.scalar(select(Audit.id).where(Audit.action == "roadmap.put-off"))
    assert event is not None
    for other in (world.sergey, world.irina, world.pavel):
        await other.send("/tasks")
        await other.press(other.messages[-1].id, Undo(task=task.id, event=event).pack())
    assert (await task_of(world, "roadmap-6", date(2026, 12, 30))).put_off_to == date(2027, 1, 11)
    await world.olga.tap("Отменить")
    assert world.olga.page.startswith("Отменено.")
    assert "До 30 декабря" in world.olga.page
    await world.olga.press(world.olga.messages[-1].id, Undo(task=task.id, event=event).pack())
    assert world.olga.toasts[-1] == "Уже не отменить: с задачей сделали что-то ещё."


async def test_a_partners_answer_and_what_shows_it_come_to_the_coordinator(world: World) -> None:
    await ring(world)
    await opens(world.irina, await task_of(world, "regulation-8-partner-3"))
    await world.irina.tap("Выполнено")
    await world.irina.send("акт № 7")
    await world.deliver()
    assert world.olga.page == (
        "✅ Центр развития IT-образования: Выдать ученикам документы об обучении в конце курса — сделано, Ирина.\n"
        "Подтверждение: акт № 7"
    )
    await world.olga.tap("Открыть задачу")
    assert "Подтверждение: акт № 7" in world.olga.page
    await opens(world.olga, await task_of(world, "regulation-8"))
    assert "У партнёров: Выдать ученикам документы об обучении в конце курса" in world.olga.page
    assert "✅ Центр развития IT-образования — 9 ноября" in world.olga.page


async def test_forged_turns_reasons_and_own_tasks_change_nothing(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-6", date(2026, 12, 30))
    for phone in (world.pavel, world.irina, world.anna):
        await phone.send("/tasks")
        page = phone.messages[-1].id
        for data in (TaskNew().pack(), TaskRepeat(task.id).pack(), f"task.turn:{task.id}:1",
                     f"task.words:{task.id}", f"task.reword:{task.id}:0",
                     LaterWhy(task=task.id, day=date(2027, 1, 5).toordinal(), why=0).pack()):  # fmt: skip
            await phone.press(page, data)
        await phone.send("Своя задача")
    await world.olga.send("/tasks")
    for data in (f"task.turn:{task.id}:1", f"task.turn:{task.id}:77", f"task.why:{task.id}:739000:9", "task.weeks:999:now:0"):
        await world.olga.press(world.olga.messages[-1].id, data)
    async with world.db.read() as tx:
        assert (await tx.scalars(select(Audit))).all() == []


async def test_what_the_chat_decided_stays_until_the_book_speaks_of_it(world: World) -> None:
    await ring(world)
    task = await task_of(world, "roadmap-6", date(2026, 12, 30))
    async with world.db.write() as tx:
        await tx.execute(update(Task).where(Task.id == task.id).values(responsible_id=21, put_off_to=date(2027, 1, 20)))
    await seed_programme(world.db, year=2026, now=world.now, zone=ZONE)
    kept = await task_of(world, "roadmap-6", date(2026, 12, 30))
    assert (kept.responsible_id, kept.put_off_to) == (21, date(2027, 1, 20))
    async with world.db.write() as tx:
        await roadmap.give_back(tx, [kept.step_id])
    assert (await task_of(world, "roadmap-6", date(2026, 12, 30))).responsible_id is None


async def test_the_words_of_a_task_change_in_the_chat_and_only_a_book_that_changed_them_brings_its_own(world: World) -> None:
    await ring(world)
    await opens(world.olga, await task_of(world, "roadmap-6", date(2026, 12, 30)))
    await world.olga.tap("Изменить")
    assert world.olga.page.endswith("успеваемости\n\nЧто написать иначе?")
    await world.olga.tap("Что должно получиться")
    assert world.olga.page == (
        "Напишите, что должно получиться. Сейчас: «отчёт о посещаемости, изменениях в составе групп и успеваемости»."
    )
    await world.olga.send("сводка <по всем>  группам")
    assert world.olga.page.startswith("Готово, слова изменены. Книга вернёт свои, только если их поменяют в ней.\n\n")
    assert "Что должно получиться: сводка <по всем> группам\n" in world.olga.page
    assert world.olga.page.endswith(
        "История\n9 ноября: изменено, что должно получиться — Ольга Муратовна. "
        "Было: «отчёт о посещаемости, изменениях в составе групп и успеваемости»"
    )
    assert ["↩️ Отменить"] in world.olga.buttons
    await world.olga.tap("Изменить")
    await world.olga.tap("Что должно получиться")
    await world.olga.tap("Убрать")
    assert "Что должно получиться" not in world.olga.page
    assert "убрано, что должно получиться — Ольга Муратовна. Было: «сводка <по всем> группам»" in world.olga.page
    await world.olga.tap("Отменить")
    assert "Что должно получиться: сводка <по всем> группам\n" in world.olga.page
    await world.olga.tap("Изменить")
    await world.olga.tap("Что должно получиться")
    await world.olga.send("-")
    assert "Что должно получиться" not in world.olga.page
    await opens(world.sergey, await task_of(world, "roadmap-6", date(2026, 12, 30)))
    await world.sergey.tap("Изменить")
    await world.sergey.tap("Задачу")
    await world.sergey.send("Отчитаться за полугодие")
    await world.sergey.send("/tasks")
    await world.sergey.tap("Позже")
    assert "Отчитаться за полугодие — до 30 декабря" in world.sergey.page

    book: list[list[Cell]] = [["№", "Задача", "С", "По", "Результат"], [6, "Отчёт", "сентябрь", "май", "таблица"]]
    await load(world, book)  # its words are other than the passport's: it speaks of them
    assert await words(world) == ("Отчёт", "таблица")
    task = await task_of(world, "roadmap-6")
    await opens(world.olga, task)
    await world.olga.tap("Изменить")
    await world.olga.tap("Задачу")
    await world.olga.send("Отчёт директору")
    await load(world, [*book[:1], [6, "Отчёт", "сентябрь", "май", "график"]])  # the result is new, the task is as it was
    assert await words(world) == ("Отчёт директору", "график")


async def words(world: World) -> tuple[str, str | None]:
    async with world.db.read() as tx:
        task = (await tx.execute(every_task().where(Step.code == "roadmap-6"))).first()
    assert task is not None
    return task.task, task.result


async def load(world: World, rows: list[list[Cell]]) -> None:
    sheets = [Sheet("Дорожная карта", rows)]
    book = parse_workbook(sheets, academic_year=2026, known=await known(world.db, 2026, None))
    await carry_out(world.db, book, by=None, now=world.now, zone=ZONE)
