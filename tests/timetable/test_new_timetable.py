"""A new weekly timetable: one letter a child, with the week as a picture above it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from bot.documents.week import DrawnWeek, week_png
from bot.notices.network import TimetableChanged
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.sandbox.messages import Message
from bot.services.network.network import carry_out, known
from bot.voice import voice
from storage.tables import Lesson
from tests.timetable.reconciled_world import plain
from tests.timetable_world import ROBOTICS_THURSDAY, enroll, said, words
from tests.world import CHESS, MISHA, ROBOTICS, VERA, ZONE, Member, World

HEADING: list[Cell] = ["Группа", "День", "Начало", "Конец", "Место", "С", "По"]
PNG = b"\x89PNG"


async def load(world: World, *rows: list[Cell]) -> None:
    """A timetable for good, loaded; what is due goes out in the evening."""
    book = parse_workbook([Sheet("Расписание", [HEADING, *rows])], academic_year=2026, known=await known(world.db, 2026))
    await carry_out(world.db, book, by=None, now=world.now, zone=ZONE)
    await world.pass_time(hours=7)


def told(who: Member) -> list[Message]:
    return [each for each in who.messages if each.from_bot and "новое расписание" in each.text]


@pytest.fixture
async def world(world: World) -> World:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    return world


async def test_both_courses_are_told_in_one_message_below_the_week_as_a_picture(world: World) -> None:
    await load(world, ["Г-01", "пт", "15:00", "16:30", "каб. 2"], ["Г-02", "вт", "14:30", "15:30", "зал"])
    [letter] = told(world.anna)
    assert letter.file is not None
    assert letter.file.kind == "photo"
    assert (await world.anna.file(letter)).startswith(PNG)
    assert words(letter).split("\n\n")[1:] == [
        "📅 Миша: у курса «Шахматы» новое расписание.\nС 9 ноября: вт 14:30-15:30 (зал).",
        "📅 Миша: у курса «Робототехника» новое расписание.\nС 9 ноября: пт 15:00-16:30 (каб. 2).",
        "🔔 Миша: занятия во вторник, 10 ноября.\n14:30 «Шахматы» — ЦДО, зал",
    ]
    below = [button.label for row in letter.rows for button in row]
    assert below == ["Ознакомлен(а)", "🌙 Тёмной картинкой", "🙅 Не придём"]
    await world.anna.tap("🌙 Тёмной картинкой")
    assert said(world.anna).startswith("📅 Неделя: 9–15 ноября\n👤 Миша")
    assert letter.id in [each.id for each in world.anna.messages], "a letter stays"
    assert len(told(world.misha)) == 1


async def test_each_child_has_its_own(world: World) -> None:
    await enroll(world.db, VERA, CHESS)
    await load(world, ["Г-01", "пт", "15:00", "16:30", "каб. 2"], ["Г-02", "вт", "14:30", "15:30", "зал"])
    assert [words(each).split(",")[0] for each in told(world.anna)] == ["🗓 Миша", "🗓 Вера"]
    assert all(each.file for each in told(world.anna))


async def test_it_is_drawn_as_it_stands_when_it_goes_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[DrawnWeek] = []

    def noted(week: DrawnWeek) -> bytes:
        drawn.append(week)
        return week_png(week)

    monkeypatch.setattr("bot.telegram.pencil.week_png", noted)
    book = parse_workbook(
        [Sheet("Расписание", [HEADING, ["Г-01", "пт", "15:00", "16:30", "каб. 2"], ["Г-02", "ср", "14:30", "15:30", "зал"]])],
        academic_year=2026,
        known=await known(world.db, 2026),
    )
    await carry_out(world.db, book, by=None, now=world.now, zone=ZONE)
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(place="подвал"))
    await world.pass_time(hours=7)
    places = {lesson.where for week in drawn for day in week.days for lesson in day.lessons}
    assert "Центр развития IT-образования, подвал" in places
    assert "Неделя: 9–15 ноября" in {week.title for week in drawn}


def test_a_day_of_another_year_is_told_with_it() -> None:
    letter = TimetableChanged(
        id_group=1, at=date(2026, 12, 28), child="Миша", subject="Шахматы", since=date(2027, 1, 11), year=2026,  # type: ignore[arg-type]
        weekdays=[0], hours=["15:00-16:00"], places=[""], weeks=["all"], until=["2027-05-20"],
    )  # fmt: skip
    assert plain(letter.text(voice("ru", ZONE), "full")) == (
        "📅 Миша: у курса «Шахматы» новое расписание.\nС 11 января 2027 года: пн 15:00-16:00 (до 20 мая 2027 года)."
    )
