"""A journal nobody keeps: the teacher hears of it after three days, the coordinator after seven, each which lessons."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.services.morning import TOLD, tell_the_morning
from storage import notes
from storage.db import Database
from storage.tables import Entry, Lesson, Letter, Staff
from tests.timetable_world import enroll, said
from tests.world import CHESS, MISHA, NOW, PAVEL, ROBOTICS, VERA, ZONE, World


@pytest.fixture
async def school(world: World) -> World:
    """Misha learns robotics, Vera chess; of last week's two lessons (4 and 5 November) the journal says nothing."""
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, VERA, CHESS)
    return world


def news(phone: object) -> list[str]:
    return [text for text in phone.notices if "не заполнен" in text]  # type: ignore[attr-defined]


def mornings(phone: object) -> list[str]:
    said_ = [text.replace("\N{NO-BREAK SPACE}", " ") for text in phone.notices]  # type: ignore[attr-defined]
    return [text for text in said_ if text.startswith("☀️")]


async def test_the_teacher_after_three_days_the_coordinator_after_seven(school: World) -> None:
    await school.pass_time(minutes=1)  # Monday, 9 November: the lessons of Wednesday and Thursday
    assert said(school.pavel) == (
        "☀️ 9 ноября 2026, понедельник\n\n📖 Журнал не заполнен: 1 занятие.\n«Робототехника», Г-01: 5 ноября\nОтметьте прямо в боте или пришлите файл."
    )
    assert said(school.zarema).splitlines()[3] == "«Шахматы», Г-02: 4 ноября"
    assert mornings(school.olga) == [], "on Monday there is no lesson and nothing to say"
    await school.pass_time(days=1)
    await school.pass_time(days=1)  # Wednesday noon: the lesson of last Wednesday 14:30 is not a week old yet
    assert "📖" not in mornings(school.olga)[-1]
    await school.pass_time(days=1)
    assert mornings(school.olga)[-1].splitlines() == [
        "☀️ 12 ноября 2026, четверг",
        "",
        "🗓 Сегодня 1 занятие:",
        "• Центр развития IT-образования — 1",
        "",
        "📖 В журнале больше недели нет 1 занятия:",
        "• Шахматы, Г-02 — Зарема Аслановна",
    ]
    assert len(news(school.pavel)) == 1  # once, not daily
    assert news(school.sergey) == []
    await school.olga.tap("Что не заполнено")
    assert "• чт, 5 нояб., 15:00" in said(school.olga)


async def test_what_is_entered_is_not_asked_for(school: World) -> None:
    async with school.db.write() as tx:
        entry = {"pupil_id": MISHA, "group_id": ROBOTICS, "lesson": 1, "kind": "mark", "ordinal": 1, "value": "5"}
        await tx.execute(insert(Entry).values(**entry, day=(NOW - timedelta(days=4)).date(), entered_at=NOW))
    await school.pass_time(minutes=1)
    assert news(school.pavel) == []
    assert len(news(school.zarema)) == 1


async def mornings_of(db: Database, now: datetime) -> list[int]:
    """Who gets a letter of that morning's, the first time it is written that day."""
    async with db.write() as tx:
        await notes.keep(tx, TOLD, "")
    await tell_the_morning(db, now=now, zone=ZONE)
    await tell_the_morning(db, now=now + timedelta(hours=1), zone=ZONE)
    async with db.read() as tx:
        return list(await tx.scalars(select(Letter.person_id).where(Letter.kind == "morning").order_by(Letter.id)))


async def test_neither_cancelled_lessons_nor_those_before_the_first_pupil_nor_at_night(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    assert await mornings_of(db, NOW.replace(hour=22)) == []
    async with db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.group_id == ROBOTICS).values(cancelled_at=NOW))
    assert await mornings_of(db, NOW) == []  # and nobody learns chess yet
    async with db.write() as tx:
        await tx.execute(update(Lesson).values(cancelled_at=None))
    assert await mornings_of(db, NOW) == [PAVEL]


async def test_a_teacher_without_the_bot_is_reached_through_the_partner(school: World) -> None:
    async with school.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == 11).values(person_id=None))
    await school.pass_time(minutes=1)
    assert news(school.pavel) == []
    assert "«Робототехника», Г-01: 5 ноября" in said(school.irina)
