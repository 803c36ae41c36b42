"""What the school's heads learn of the journal: by period, course, group and pupil; on the page, as picture, XLSX and PDF."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID251 - the tests read what the bot wrote
from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.policy import Person, Post
from bot.services.journal.report import Asked, Period, Report, journal_report
from bot.services.roadmap.programme import seed_programme
from storage.db import Database, Tx
from storage.tables import Application, Choice, ChoiceChange, Entry, Lesson, Task, Topic
from tests.enrollment.test_enrollment import file_names, last_file
from tests.papers.papers_world import text_of
from tests.schools_world import GYMNASIUM, TAMARA, settle_the_gymnasium
from tests.timetable_world import enrolled, said
from tests.world import CHESS, DANA, MISHA, NOW, OLGA, ROBOTICS, SCHOOL, VERA, ZONE, World

OLGA_HERSELF = Person(OLGA, 1, posts=frozenset({Post("coordinator", 1, SCHOOL)}))
TAMARA_HERSELF = Person(TAMARA, 61, posts=frozenset({Post("coordinator", 51, GYMNASIUM)}))
AT = Moment(NOW, ZONE)
THURSDAYS = (date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 22))


async def october(tx: Tx) -> None:
    """Three lessons of robotics in October: Misha gets a 5 and a 4 and is ill once; Dana comes late, then leaves the group.

    Of the third lesson, as of last week's, the journal says nothing.
    """
    await enrolled(tx, MISHA, ROBOTICS)
    await enrolled(tx, DANA, ROBOTICS)
    await enrolled(tx, VERA, CHESS)
    for day in THURSDAYS:
        begins = datetime.combine(day, time(15), ZONE)
        hours = {"starts_at": begins, "ends_at": begins + timedelta(minutes=90)}
        plan = {"plan_starts_at": begins, "plan_ends_at": begins + timedelta(minutes=90)}
        monday = day - timedelta(days=day.weekday())
        await tx.execute(insert(Lesson).values(group_id=ROBOTICS, week=monday, ordinal=1, **hours, **plan))
    first, second, _ = THURSDAYS
    await tx.execute(insert(Topic).values(group_id=ROBOTICS, day=first, lesson=1, topic="Датчики", homework="Собрать робота"))
    for pupil, day, kind, value in (
        (MISHA, first, "mark", "5"),
        (DANA, first, "attendance", "late"),
        (MISHA, second, "attendance", "sick"),
        (DANA, second, "mark", "4"),
        (MISHA, second, "mark", "4"),
    ):
        entry = {"pupil_id": pupil, "group_id": ROBOTICS, "day": day, "lesson": 1, "kind": kind, "ordinal": 1, "value": value}
        await tx.execute(insert(Entry).values(**entry, entered_at=NOW))


async def dana_left(tx: Tx, at: datetime) -> None:
    choice = await tx.scalar(select(Choice).join(Application).where(Application.pupil_id == DANA, Choice.group_id == ROBOTICS))
    assert choice is not None
    choice.state = "left"
    tx.add(ChoiceChange(choice_id=choice.id, was="enrolled", now="left", at=at, reason="Переехала"))


@pytest.fixture
async def kept(db: Database) -> Database:
    async with db.write() as tx:
        await october(tx)
        await dana_left(tx, datetime(2026, 10, 20, 10, tzinfo=ZONE))
    return db


async def report(db: Database, period: int = 110, by: Person = OLGA_HERSELF, year: int = 0) -> Report:
    return await journal_report(db, Asked(year, period), by=by, at=AT)


# ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_month_by_pupil_group_and_all(kept: Database) -> None:
    robotics = next(one for one in (await report(kept)).groups if one.group.id == ROBOTICS)
    misha, dana = robotics.pupils
    assert (misha.child, misha.tally.lessons, misha.tally.sick, misha.tally.average) == ("Петров Миша Алексеевич", 2, 1, 4.5)
    assert (dana.tally.lessons, dana.tally.late, dana.tally.attendance, dana.tally.average) == (2, 1, 1.0, 4.0)
    assert (robotics.held, robotics.hours, robotics.hours_since_start) == (3, 6, 6)
    assert robotics.topics == {"Датчики"}
    assert [lesson.starts_at.astimezone(ZONE).date() for lesson in robotics.missing] == [THURSDAYS[2]]
    assert (robotics.composition.start, robotics.composition.left, robotics.composition.end) == (2, 1, 1)
    assert [(change.child, change.why) for change in robotics.composition.changes] == [("Шеуджен Дана Руслановна", "Переехала")]


async def test_who_left_counts_until_that_day_and_who_came_from_it(db: Database) -> None:
    async with db.write() as tx:
        await october(tx)
        choice = await tx.scalar(select(Choice).join(Application).where(Application.pupil_id == VERA))
        assert choice is not None
        choice.group_id, choice.course_id = ROBOTICS, ROBOTICS
        came = datetime(2026, 10, 12, 10, tzinfo=ZONE)
        tx.add(ChoiceChange(choice_id=choice.id, was="requested", now="enrolled", at=came, reason=None))
    robotics = (await report(db)).groups[0]
    assert {row.child.split()[1]: row.tally.lessons for row in robotics.pupils} == {"Миша": 2, "Вера": 1, "Дана": 2}
    assert (robotics.composition.start, robotics.composition.came, robotics.composition.end) == (2, 1, 3)


async def test_halves_months_and_the_year_have_their_days(kept: Database) -> None:
    found = [await report(kept, period) for period in (0, 1, 2, 102)]
    spans = {one.period.code: (one.first, one.last) for one in found}
    assert spans == {
        0: (date(2026, 9, 1), date(2027, 5, 31)),
        1: (date(2026, 9, 1), date(2026, 12, 31)),
        2: (date(2027, 1, 1), date(2027, 5, 31)),
        102: (date(2027, 2, 1), date(2027, 2, 28)),
    }
    assert (await report(kept, 2)).empty
    assert (await report(kept, 0, year=2025)).empty
    assert [month for month, _ in (await report(kept, 1)).months] == [10]


async def test_each_school_reads_of_its_own_pupils_and_counts_the_others(db: Database) -> None:
    await settle_the_gymnasium(db)
    mine = next(one for one in (await report(db, 111)).groups if one.group.id == ROBOTICS)
    theirs = next(one for one in (await report(db, 111, TAMARA_HERSELF)).groups if one.group.id == ROBOTICS)
    assert [row.child for row in mine.pupils] == ["Петров Миша Алексеевич"]
    assert [row.child for row in theirs.pupils] == ["Гучетль Аслан"]
    assert (mine.foreign, theirs.foreign) == (1, 1)
    assert (mine.tally.marks, theirs.tally.marks) == (1, 1)


# ── the pages ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def school(world: World) -> World:
    async with world.db.write() as tx:
        await october(tx)
        await dana_left(tx, datetime(2026, 10, 20, 10, tzinfo=ZONE))
    return world


async def test_the_coordinator_reads_from_the_whole_down_to_the_pupil(school: World) -> None:
    olga = school.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    assert said(olga).splitlines()[0] == "📖 Журнал: 1-е полугодие 2026/2027 учебного года"
    await olga.tap("Ноябрь")
    await olga.tap("Октябрь")
    assert said(olga).splitlines() == [
        "📖 Журнал: октябрь, 2026/2027 учебный год",
        "",
        "1–31 октября",
        "Посещаемость 75 %: пропусков 1 (без причины 0, болезнь 1, по уважительной 0), опозданий 1",
        "Отметок 3, средняя 4,33",
        "Проведено 3 занятия, 6 ч",
        "Состав: было 3, стало 2 (пришло 0, выбыло 1)",
        "⚠️ Не заполнено 1 занятие",
        "",
        "ЦДО",
        "• Шахматы: записей нет, 0 из 68 ч",
        "",
        "Центр развития IT-образования",
        "• Робототехника: посещаемость 75 %, средняя 4,33, 6 из 68 ч, не заполнено 1",
    ]
    await olga.tap("По группам")
    await olga.tap("Г-01")
    assert said(olga).splitlines()[:11] == [
        "Робототехника, группа Г-01",
        "октябрь, 2026/2027 учебный год",
        "Педагог: Ким Павел Андреевич",
        "",
        "Посещаемость 75 %: пропусков 1 (без причины 0, болезнь 1, по уважительной 0), опозданий 1",
        "Отметок 3, средняя 4,33",
        "Проведено 3 занятия, 6 ч",
        "С начала года проведено 6 из 68 ч по программе",
        "Записана 1 тема",
        "⚠️ Не заполнено 1 занятие",
        "Состав: было 2, стало 1 (пришло 0, выбыло 1)",
    ]
    assert "1. Петров Миша Алексеевич, 7А — посещаемость 50 %, пропусков 1, средняя 4,5" in said(olga)
    assert said(olga).splitlines()[-1] == "− 20 октября: Шеуджен Дана Руслановна, 7А"
    await olga.tap("1")
    assert said(olga).splitlines()[:4] == [
        "Петров Миша Алексеевич, 7А",
        "октябрь, 2026/2027 учебный год",
        "",
        "Робототехника, Центр развития IT-образования",
    ]


async def test_what_is_not_kept_is_named_by_group_and_lesson(school: World) -> None:
    olga = school.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    await olga.tap("Не заполнено")
    assert said(olga).splitlines() == [
        "⚠️ Журнал не заполнен",
        "1-е полугодие 2026/2027 учебного года",
        "",
        "Робототехника, Г-01 — Ким Павел Андреевич",
        "• чт, 22 окт., 15:00",
        "• чт, 5 нояб., 15:00",
        "",
        "Шахматы, Г-02 — Тлехас Зарема Аслановна",
        "• ср, 4 нояб., 14:30",
        "",
        "Педагогу бот напоминает через 3 дня после занятия, ответственному — через 7.",
    ]


async def test_a_period_without_lessons_says_what_comes_next(world: World) -> None:
    await world.sergey.send("/reports")
    await world.sergey.tap("Журнал: посещаемость")
    assert "Отчитываться пока не о чём" in said(world.sergey)
    assert [label for row in world.sergey.buttons for label in row] == [
        "Ноябрь",
        "• 1-е полугодие",
        "2-е полугодие",
        "Год",
        "‹ Назад",
        "🏠 Меню",
    ]


async def test_the_files_hold_real_dates_percentages_filters_and_headings_that_stay(school: World) -> None:
    olga = school.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    page = olga.messages[-1].id
    for kind in ("png", "xlsx", "pdf", "docx"):
        await olga.press(page, f"report.file:0:1:{kind}")
    assert file_names(olga) == [f"Журнал-2026-1.{kind}" for kind in ("png", "xlsx", "pdf", "docx")]
    files = [message for message in olga.messages if message.file is not None]
    png, xlsx, pdf, docx = [await olga.file(message) for message in files]
    assert (png[:4], pdf[:5]) == (b"\x89PNG", b"%PDF-")
    signed = text_of(docx)
    assert "1-е полугодие 2026/2027 учебного года: с 1 сентября 2026 г. по 9 ноября 2026 г." in signed
    assert [
        words in signed for words in ("Робототехника, группа Г-01", "Петров Миша Алексеевич", "/ Хачирова Ольга Муратовна /")
    ] == [
        True,
        True,
        True,
    ]
    book = load_workbook(BytesIO(xlsx))
    assert book.sheetnames == ["Отчёт", "Партнёры", "Курсы", "Группы", "Ученики", "Состав", "Не заполнено"]
    pupils = book["Ученики"]
    assert (pupils.freeze_panes, pupils.auto_filter.ref) == ("B2", "A1:Q4")
    row = {pupils.cell(1, column).value: pupils.cell(2, column) for column in range(1, 18)}
    assert (row["Ученик"].value, row["Посещаемость"].value, row["Посещаемость"].number_format) == (
        "Петров Миша Алексеевич",
        0.5,
        "0%",
    )
    missing = book["Не заполнено"]
    assert (day_of(missing.cell(2, 1)), missing.cell(2, 1).number_format) == (date(2026, 10, 22), "dd.mm.yyyy")
    assert missing.cell(2, 2).value == time(15)
    changes = [(day_of(row[0]), row[1].value, row[2].value) for row in book["Состав"].iter_rows(min_row=2)]
    assert changes == [(date(2026, 10, 20), "выбыл(а)", "Шеуджен Дана Руслановна")]


def day_of(cell: Any) -> date:
    """A real date, not a text that looks like one."""
    found: date = cell.value.date()
    return found


async def test_the_half_years_report_closes_its_task_with_the_pdf_as_proof(school: World) -> None:
    await seed_programme(school.db, year=2026, now=school.now, zone=ZONE)
    olga = school.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    await olga.tap("PDF")
    assert said(olga).startswith("Этим отчётом можно закрыть задачу дорожной карты «Отчёт за полугодие")
    await olga.tap("Выполнено: приложить отчёт")
    assert said(olga) == "✅ Задача «Отчёт за полугодие: посещаемость, состав групп, успеваемость» закрыта, отчёт приложен."
    async with school.db.read() as tx:
        done = list(await tx.scalars(select(Task).where(Task.done_at.is_not(None))))
    assert [(task.due_on, task.done_by, task.document_id is not None) for task in done] == [(date(2026, 12, 30), OLGA, True)]
    await olga.press(last_file(olga).id, "report.close:0:1:" + str(done[0].id))  # a press handled twice
    assert "Открытой задачи об отчёте за это полугодие нет" in str(olga.toasts[-1])
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    await olga.tap("Октябрь" if "Октябрь" in str(olga.buttons) else "Ноябрь")
    await olga.tap("PDF")
    assert "закрыть задачу" not in said(olga)


async def test_a_report_handed_in_has_a_number_and_is_kept_as_it_went(school: World) -> None:
    olga = school.olga
    await olga.send("/reports")
    await olga.tap("Журнал: посещаемость")
    await olga.press(olga.messages[-1].id, "report.file:0:1:docx")
    assert said(olga).startswith("Это черновик без номера.")
    assert "ОТЧЁТ\n" in text_of(await olga.file(last_file(olga)))
    await olga.tap("Присвоить номер и сохранить")
    assert said(olga).startswith("✅ Отчёт № 1 от 9 ноября 2026: распечатайте и подпишите.")
    went = await olga.file(last_file(olga))
    assert "ОТЧЁТ № 1 от 9 ноября 2026 г." in text_of(went)
    await olga.press(olga.messages[-2].id, "report.keep:0:1")  # the same report once more: it has its number
    assert said(olga).startswith("✅ Отчёт № 1 от")
    await olga.send("/papers")
    await olga.tap("Отправленное")
    await olga.tap("Отчёт № 1")
    assert said(olga).startswith("📄 Отчёт по сетевому журналу № 1 от 9 ноября 2026")
    await olga.tap("Скачать")
    assert await olga.file(last_file(olga)) == went


async def test_nobody_else_reads_reports_and_old_presses_harm_nobody(school: World) -> None:
    for phone in (school.anna, school.pavel, school.irina, school.misha, school.stranger()):
        await phone.send("/start")
        page = phone.messages[-1].id
        for data in (
            "report.journal:0:1:0",
            "report.groups:0:1:0",
            "report.group:1:0:1:0",
            "report.pupil:1:0:1:1",
            "report.file:0:1:pdf",
        ):
            await phone.press(page, data)
        assert file_names(phone) == []
        assert "Шеуджен" not in said(phone)
    olga = school.olga
    await olga.send("/reports")
    for data in (
        "report.journal:0:77:0",
        "report.journal:5000:1:0",
        "report.group:999:0:1:0",
        "report.pupil:999:0:1:1",
        "report.file:0:1:zip",
    ):
        await olga.press(olga.messages[-1].id, data)
        assert "Этого больше нет" in str(olga.toasts[-1])


async def test_a_year_that_is_over_is_reported_from_past_years(school: World) -> None:
    async with school.db.write() as tx:
        await tx.execute(update(Choice).values(state="completed", outcome="completed"))
    school.clock.move(timedelta(days=330))  # 5 October of the next year
    await school.olga.send("/start")
    await school.olga.tap("Прошлые годы")
    await school.olga.tap("2026/2027")
    await school.olga.tap("Отчёты")
    assert said(school.olga).splitlines()[0] == "📖 Журнал: 2026/2027 учебный год"
    assert "• Робототехника: посещаемость 75 %" in said(school.olga)


def test_a_period_is_named_by_a_small_number() -> None:
    assert (Period(1).half, Period(2).half, Period(0).half, Period(111).month, Period(113).month) == (1, 2, None, 11, None)


# ── the director and the journal ────────────────────────────────────────────────────────────────────────────────────


async def test_the_director_reads_the_journal_and_changes_nothing_in_it(school: World) -> None:
    sergey = school.sergey
    await sergey.send("/start")
    await sergey.tap("Журнал")
    assert said(sergey).startswith("📖 Журнал\nОтметки и посещаемость учеников школы, по группам и дням.")
    await sergey.tap("Робототехника")
    assert "Петров Миша Алексеевич — 4, болезнь" in said(sergey)
    assert [label for row in sergey.buttons for label in row] == [
        "🕘 Кто и когда записал",
        "‹",
        "1 из 2",
        "›",
        "‹ Назад",
        "🏠 Меню",
    ]
    await sergey.press(sergey.messages[-1].id, "journal.form:1")
    assert file_names(sergey) == []
