"""Reminders: on which days, to whom, once each; what the director hears."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bot.notices import notice_of
from bot.services.morning import tell_the_morning
from bot.services.roadmap.deadlines import planned
from bot.services.roadmap.programme import seed_programme
from bot.targets import TaskDone, TaskHand, TaskLater
from bot.voice import voice
from storage.db import Database
from storage.tables import Application, CalendarDay, Letter, Person, Staff, Step, Task, TaskReminder, Topic
from tests.timetable_world import enroll
from tests.world import ANNA, CHESS, IRINA, MISHA, NURBIY, OLGA, ROBOTICS, SERGEY, ZONE

DUE = date(2026, 12, 31)  # a Thursday
REPORT = "Отчёт за полугодие: посещаемость, состав групп, успеваемость"


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


async def only(db: Database, code: str) -> int:
    """Leave one step of the programme on the board, so that a test speaks of it alone. Returns its first open task."""
    await seed_programme(db, year=2026, now=at(date(2026, 11, 9)), zone=ZONE)
    async with db.write() as tx:
        step = (await tx.scalars(select(Step).where(Step.code == code))).one()
        await tx.execute(update(Step).where(Step.id != step.id).values(archived_at=at(date(2026, 11, 9))))
        task = (await tx.scalars(select(Task).where(Task.step_id == step.id).order_by(Task.due_on))).first()
        assert task is not None
        return task.id


async def letters(db: Database, person: int) -> list[str]:
    """Everything written to somebody, as they read it."""
    say = voice("ru", ZONE)
    async with db.read() as tx:
        rows = (await tx.scalars(select(Letter).where(Letter.person_id == person).order_by(Letter.id))).all()
    told = [row for row in rows if row.kind != "tasks-passed"]
    return [notice_of(row.kind, row.facts).text(say, "full") if row.facts else "" for row in told]  # "": replaced, unsent


def deadline(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("Срок"))


async def walk(db: Database, since: date, until: date, *persons: int) -> dict[int, list[tuple[str, str]]]:
    """By person (day, letter) while the job runs several times a day."""
    told: dict[int, list[tuple[str, str]]] = {person: [] for person in persons}
    day = since
    while day <= until:
        before = {person: len(await letters(db, person)) for person in persons}
        for hour in (8, 9, 12, 19, 23):
            await tell_the_morning(db, now=at(day, hour), zone=ZONE)
        for person in persons:
            told[person] += [(f"{day:%a %d.%m}", text) for text in (await letters(db, person))[before[person] :]]
        day += timedelta(days=1)
    return told


async def days_of(db: Database, person: int, since: date, until: date) -> list[tuple[str, str]]:
    """(day, what is said of the deadline) of every letter somebody gets."""
    return [(day, deadline(text)) for day, text in (await walk(db, since, until, person))[person]]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-12-16", None),
        ("2026-12-17", "2026-12-17"),  # 14 days ahead
        ("2026-12-23", "2026-12-17"),
        ("2026-12-24", "2026-12-24"),  # 7
        ("2026-12-28", "2026-12-28"),  # 3
        ("2026-12-29", "2026-12-28"),
        ("2026-12-30", "2026-12-30"),  # 1
        ("2026-12-31", "2026-12-31"),  # the day
        ("2027-01-01", "2026-12-31"),
        ("2027-01-02", "2027-01-02"),  # then every second day
        ("2027-01-03", "2027-01-02"),
        ("2027-01-04", "2027-01-04"),
    ],
)
def test_the_plan_of_reminders(today: str, expected: str | None) -> None:
    day = planned(DUE, date.fromisoformat(today))
    assert (str(day) if day else None) == expected


async def test_the_report_is_reminded_of_on_its_days_then_every_second_day(db: Database) -> None:
    await only(db, "roadmap-6")
    assert await days_of(db, OLGA, date(2026, 12, 10), date(2027, 1, 13)) == [
        ("Wed 16.12", "Срок до 30 декабря, осталось 14 дней."),
        ("Wed 23.12", "Срок до 30 декабря, осталось 7 дней."),
        ("Mon 28.12", "Срок до 30 декабря, осталось 2 дня."),  # Sunday's, on Monday
        ("Tue 29.12", "Срок до 30 декабря, остался 1 день."),
        ("Wed 30.12", "Срок сегодня, 30 декабря."),  # 31 December is a day off, moved from 4 January
        ("Mon 11.01", "Срок был 30 декабря, просрочено на 12 дней."),  # nothing rings from 31 December to 10 January
        ("Wed 13.01", "Срок был 30 декабря, просрочено на 14 дней."),
    ]


async def test_nobody_is_reminded_on_days_off_and_the_director_hears_from_the_third_day_on(db: Database) -> None:
    await only(db, "roadmap-6")
    assert await days_of(db, OLGA, date(2026, 12, 30), date(2027, 1, 11)) == [
        ("Wed 30.12", "Срок сегодня, 30 декабря."),
        ("Mon 11.01", "Срок был 30 декабря, просрочено на 12 дней."),
    ]
    assert [deadline(text) for text in await letters(db, SERGEY)] == ["Срок был 30 декабря, просрочено на 12 дней."]


async def test_in_the_schools_holidays_only_a_step_that_says_so_rings(db: Database) -> None:
    await only(db, "roadmap-6")
    async with db.write() as tx:
        days = [{"day": date(2026, 12, n), "kind": "holidays", "name": "Каникулы"} for n in range(21, 31)]
        await tx.execute(insert(CalendarDay), days)
    await seed_programme(db, year=2026, now=at(date(2026, 12, 1)), zone=ZONE)
    assert await days_of(db, OLGA, date(2026, 12, 18), date(2026, 12, 25)) == [("Fri 18.12", "Срок сегодня, 18 декабря.")]
    async with db.write() as tx:
        await tx.execute(update(Step).where(Step.code == "roadmap-6").values(task="Поход на каникулах"))
    await seed_programme(db, year=2026, now=at(date(2026, 12, 18)), zone=ZONE)
    assert await days_of(db, OLGA, date(2026, 12, 28), date(2026, 12, 30)) == [
        ("Mon 28.12", "Срок до 30 декабря, осталось 2 дня."),
        ("Tue 29.12", "Срок до 30 декабря, остался 1 день."),
        ("Wed 30.12", "Срок сегодня, 30 декабря."),
    ]


async def test_a_reminder_missed_while_the_bot_was_off_comes_when_it_is_back(db: Database) -> None:
    await only(db, "roadmap-6")
    assert await days_of(db, OLGA, date(2026, 12, 25), date(2026, 12, 25)) == [
        ("Fri 25.12", "Срок до 30 декабря, осталось 5 дней.")
    ]


async def test_each_letter_says_what_is_expected_and_carries_its_buttons(db: Database) -> None:
    task = await only(db, "roadmap-6")
    await tell_the_morning(db, now=at(date(2026, 12, 28), 9), zone=ZONE)
    async with db.read() as tx:
        letter = (await tx.scalars(select(Letter).where(Letter.kind == "morning"))).one()
    notice = notice_of(letter.kind, letter.facts or {})
    assert notice.text(voice("ru", ZONE), "discreet") == (
        "☀️ <b>План недели: 28 декабря 2026, понедельник</b>\n\n"
        f"⏰ <b>{REPORT}</b>\n"
        "Срок до 30 декабря, осталось 2 дня.\n"
        "Что должно получиться: отчёт о посещаемости, изменениях в составе групп и успеваемости\n"
        "Дорожная карта, 6"
    )
    assert notice.buttons() == [
        ("button-task-done", TaskDone(task, anew=True)),
        ("button-task-put-off", TaskLater(task, anew=True)),
        ("button-task-hand", TaskHand(task, 0, anew=True)),
    ]
    assert (letter.person_id, letter.role, letter.topic) == (OLGA, "coordinator", "morning")


async def test_three_reminders_without_an_answer_go_up_one_person_and_ring_on_mondays(db: Database) -> None:
    await only(db, "regulation-8-partner-3")  # the IT centre's, due on Monday, 31 May
    told = await walk(db, date(2027, 5, 17), date(2027, 6, 29), IRINA, OLGA, SERGEY, NURBIY)
    assert [day for day, _ in told[IRINA]] == [
        "Mon 17.05", "Mon 24.05", "Fri 28.05", "Mon 31.05",
        "Wed 02.06", "Fri 04.06", "Mon 07.06",  # three past the deadline, Sunday's on Monday
        "Tue 15.06", "Mon 21.06", "Mon 28.06",  # 14 June is a day off: the week begins on Tuesday
    ]  # fmt: skip
    assert [(day, deadline(text)) for day, text in told[OLGA]] == [
        ("Tue 15.06", "Срок был 31 мая, просрочено на 15 дней."),
        ("Mon 21.06", "Срок был 31 мая, просрочено на 21 день."),
        ("Mon 28.06", "Срок был 31 мая, просрочено на 28 дней."),
    ]
    assert all("❗️ Три напоминания без ответа: Ирина Олеговна" in text.splitlines() for _, text in told[OLGA])
    assert [day for day, _ in told[SERGEY]] == ["Mon 07.06", "Tue 15.06", "Mon 21.06", "Mon 28.06"], "from the third day"
    assert told[NURBIY] == []


async def test_an_answer_begins_the_count_anew(db: Database) -> None:
    task = await only(db, "regulation-8-partner-3")
    await days_of(db, IRINA, date(2027, 6, 1), date(2027, 6, 7))
    async with db.write() as tx:
        await tx.execute(update(Task).where(Task.id == task).values(put_off_to=date(2027, 6, 16)))
    assert [day for day, _ in await days_of(db, IRINA, date(2027, 6, 8), date(2027, 6, 22))] == [
        "Tue 15.06", "Wed 16.06", "Fri 18.06", "Mon 21.06", "Tue 22.06",
    ]  # fmt: skip
    assert await letters(db, OLGA) == []


async def test_without_an_administrator_in_the_bot_the_coordinators_hear(db: Database) -> None:
    await only(db, "regulation-8-partner-3")
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.person_id == IRINA).values(person_id=None))
    assert len(await days_of(db, OLGA, date(2027, 5, 17), date(2027, 5, 17))) == 1


async def test_the_weeks_journal_is_said_once_when_it_is_missing_and_never_to_the_director(db: Database) -> None:
    await only(db, "roadmap-7")  # due Friday, 13 November
    assert await days_of(db, OLGA, date(2026, 11, 9), date(2026, 11, 20)) == [
        ("Mon 16.11", "Срок был 13 ноября, просрочено на 3 дня."),
    ]
    assert await letters(db, SERGEY) == []
    async with db.write() as tx:  # the next week is due: the one before stays on the board and is not said again
        step = await tx.scalar(select(Step.id).where(Step.code == "roadmap-7"))
        await tx.execute(insert(Task).values(step_id=step, due_on=date(2026, 11, 20), silent=False))
    assert await days_of(db, OLGA, date(2026, 11, 23), date(2026, 11, 27)) == [
        ("Mon 23.11", "Срок был 20 ноября, просрочено на 3 дня.")
    ]


async def test_a_journal_not_kept_says_whose(db: Database) -> None:
    await only(db, "roadmap-7")
    await enroll(db, MISHA, ROBOTICS, CHESS)
    async with db.write() as tx:
        await tx.execute(insert(Topic).values(group_id=ROBOTICS, day=date(2026, 11, 12), lesson=1, topic="Датчики"))
    await tell_the_morning(db, now=at(date(2026, 11, 16), 9), zone=ZONE)
    (text,) = await letters(db, OLGA)
    assert "📖 Не заполнено: Шахматы, Г-02 — Зарема Аслановна" in text.splitlines()


async def test_all_of_one_day_is_one_letter_and_a_weeks_first_is_its_plan(db: Database) -> None:
    await seed_programme(db, year=2026, now=at(date(2026, 8, 1)), zone=ZONE)
    for hour in (9, 10, 19):
        await tell_the_morning(db, now=at(date(2026, 8, 31), hour), zone=ZONE)
    (text,) = await letters(db, OLGA)
    assert text.splitlines()[:3] == [
        "☀️ <b>План недели: 31 августа 2026, понедельник</b>", "", "🟡 <b>На этой неделе: 6</b>",
    ]  # fmt: skip
    assert "• Собрать заявления родителей на обучение в сетевой форме — до 31 августа" in text.splitlines()
    for hour in (9, 12):
        await tell_the_morning(db, now=at(date(2026, 9, 1), hour), zone=ZONE)
    assert len(await letters(db, OLGA)) == 1
    await tell_the_morning(db, now=at(date(2026, 9, 2)), zone=ZONE)
    said = (await letters(db, OLGA))[1].splitlines()
    assert said[:3] == ["☀️ <b>2 сентября 2026, среда</b>", "", "⏰ <b>Сроки задач: 6</b>, просрочено 6"]
    assert "• Собрать заявления родителей на обучение в сетевой форме — срок был 31 августа" in said
    assert await letters(db, SERGEY) == [], "the director hears on Mondays"
    await tell_the_morning(db, now=at(date(2026, 9, 7)), zone=ZONE)
    (digest,) = await letters(db, SERGEY)
    assert digest.splitlines()[:3] == [
        "☀️ <b>Просрочено на 7 сентября 2026</b>",
        "",
        "🔴 <b>Просрочено: 12</b>",
    ]  # six of the school, three of each partner


async def test_a_plan_nobody_got_on_monday_comes_with_the_weeks_next_letter(db: Database) -> None:
    await only(db, "roadmap-6")
    assert await days_of(db, SERGEY, date(2027, 1, 12), date(2027, 1, 22)) == [
        ("Tue 12.01", "Срок был 30 декабря, просрочено на 13 дней."),
        ("Mon 18.01", "Срок был 30 декабря, просрочено на 19 дней."),
    ]


async def test_a_clock_that_jumps_repeats_nothing(db: Database) -> None:
    await only(db, "roadmap-6")
    first = await days_of(db, OLGA, date(2026, 12, 16), date(2026, 12, 24))
    assert [day for day, _ in first] == ["Wed 16.12", "Wed 23.12"]
    assert [day for day, _ in await days_of(db, OLGA, date(2026, 12, 29), date(2026, 12, 29))] == ["Tue 29.12"]
    assert await days_of(db, OLGA, date(2026, 12, 16), date(2026, 12, 29)) == []


async def test_the_minutes_after_the_letter_ask_for_one_note(db: Database) -> None:
    await only(db, "roadmap-6")
    await tell_the_morning(db, now=at(date(2026, 12, 16), 9), zone=ZONE)
    async with db.write() as tx:
        await tx.execute(delete(TaskReminder))
        await tx.execute(delete(Letter))
    await tell_the_morning(db, now=at(date(2026, 12, 16), 9, 1), zone=ZONE)
    assert await letters(db, OLGA) == []


async def test_the_plan_counts_what_waits_in_the_inbox(db: Database) -> None:
    async with db.write() as tx:
        application = Application(pupil_id=MISHA, person_id=ANNA, state="submitted", created_at=at(DUE), submitted_at=at(DUE))
        tx.add(application)
    await tell_the_morning(db, now=at(date(2026, 11, 16), 9), zone=ZONE)
    assert await letters(db, OLGA) == [
        "☀️ <b>План недели: 16 ноября 2026, понедельник</b>\n\n📥 <b>Ждёт вашего решения</b>\n• 1 заявление от родителей"
    ]
    assert await letters(db, SERGEY) == await letters(db, IRINA) == []


async def test_what_is_put_off_archived_or_done_is_not_rung(db: Database) -> None:
    task = await only(db, "roadmap-6")
    async with db.write() as tx:
        await tx.execute(update(Task).where(Task.id == task).values(put_off_to=date(2027, 1, 20)))
    assert await days_of(db, OLGA, date(2026, 12, 15), date(2027, 1, 20)) == [
        ("Mon 18.01", "Срок до 20 января, осталось 2 дня."),  # the plan of its week
        ("Wed 20.01", "Срок сегодня, 20 января."),
    ]


async def test_nobody_to_tell_is_no_failure(empty_db: Database) -> None:
    await seed_programme(empty_db, year=2026, now=at(date(2026, 8, 1)), zone=ZONE)
    await tell_the_morning(empty_db, now=at(date(2026, 8, 31)), zone=ZONE)
    async with empty_db.write() as tx:
        await tx.execute(delete(Person))
        assert (await tx.scalars(select(Letter))).all() == []
