"""«Анкеты» of the workbook: faults by cell, the plan, «Применить»; who decided last; what was answered stays."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select, update

from bot.reading.workbook.surveys import audience, read_back, written
from bot.services.surveys.answering import Pick, Place, pick, send
from storage.tables import Survey, SurveyQuestion
from tests.surveys.cast import AT, the_cast
from tests.surveys.test_building import FEW, own_survey
from tests.timetable_world import said
from tests.world import ANNA, MISHA, World

HEAD = ("Анкета", "№", "Вопрос", "Вид", "Варианты", "Кому", "С", "По", "Анонимно")
DEMAND = (
    ("Спрос", 1, "Какие курсы нужны?", "курсы", None, "семьи за каждого ребёнка, 5-7 классы", None, "30.11.2026", None),
    ("Спрос", 2, "Когда удобно?", "несколько", "утром; днём;вечером", None, None, None, "нет"),
    ("Спрос", 3, "Насколько нужно?", "шкала", None, None, None, None, None),
)


def book(*rows: Sequence[Any]) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Анкеты"
    for row in (HEAD, *rows):
        sheet.append(list(row))
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


async def sent(world: World, *rows: Sequence[Any]) -> str:
    """Olga sends the book; what its plan says."""
    await world.olga.attach("сеть.xlsx", book(*rows))
    if any("2026/2027" in label for row in world.olga.buttons for label in row):
        await world.olga.tap("2026/2027")
    return said(world.olga)


async def kept(world: World) -> list[tuple[Any, ...]]:
    async with world.db.read() as tx:
        rows = await tx.execute(
            select(Survey.name, Survey.whom, Survey.classes, Survey.closes_on, Survey.anonymous, Survey.state).order_by(Survey.id)
        )
        return [(row.name, row.whom, row.classes, str(row.closes_on), row.anonymous, row.state) for row in rows]


async def test_a_book_s_questionnaire_opens_by_itself(world: World) -> None:
    assert "Анкеты: новых — 3" in await sent(world, *DEMAND)
    await world.olga.tap("Применить")
    assert await kept(world) == [("Спрос", "children", ["5", "6", "7"], "2026-11-30", False, "ready")]
    await world.pass_time(minutes=1)
    assert [each for each in world.anna.notices if "«Спрос»" in each]
    assert "ничего не изменится" in (await sent(world, *DEMAND)).lower()


async def test_faults_name_their_cells(world: World) -> None:
    page = await sent(
        world,
        ("Спрос", 1, "Когда?", "один", "утром", "соседи", None, None, None),
        ("Спрос", 1, "Где?", "текст", "здесь; там", None, "10.12.2026", "01.12.2026", None),
        ("Спрос", 2, "Как?", "шкала", "1-50", "ученики", None, None, "да"),
        ("Спрос", 3, "Что?", "выбор", None, None, None, None, "нет"),
    )
    for said_of in (
        "строка 2, столбец F «Кому»: ожидается «семьи»",
        "строка 3, столбец E «Варианты»: у такого вопроса вариантов нет",
        "строка 3, столбец H «По»",
        "строка 4, столбец E «Варианты»: шкала пишется так: 1-5",
        "строка 5, столбец D «Вид»",
    ):
        assert said_of in page
    assert await kept(world) == []


async def test_what_was_built_in_chat_is_not_the_book_s_to_take_away(world: World) -> None:
    await own_survey(world, FEW[0])
    await sent(world, *DEMAND)
    await world.olga.tap("Применить")
    assert [each[0] for each in await kept(world)] == ["Наши кружки", "Спрос"]
    page = await sent(world, ("Другая", 1, "Что исправить?", "текст", None, None, None, None, None))
    assert "Спрос" in page
    await world.olga.tap("Применить")
    assert [each[0] for each in await kept(world)] == ["Наши кружки", "Другая"]


async def test_a_day_moved_in_chat_stands_until_the_book_names_another(world: World) -> None:
    await sent(world, *DEMAND)
    await world.olga.tap("Применить")
    async with world.db.write() as tx:
        await tx.execute(update(Survey).values(closes_on=AT.today.replace(month=12)))
    assert "ничего не изменится" in (await sent(world, *DEMAND)).lower()
    later = ((*DEMAND[0][:7], "15.12.2026", None), *DEMAND[1:])
    await sent(world, *later)
    await world.olga.tap("Применить")
    assert (await kept(world))[0][3] == "2026-12-15"


async def test_what_was_answered_is_not_asked_otherwise_in_silence(world: World) -> None:
    await sent(world, *DEMAND)
    await world.olga.tap("Применить")
    await world.pass_time(minutes=1)
    async with world.db.read() as tx:
        survey = (await tx.execute(select(SurveyQuestion.survey_id, SurveyQuestion.id).order_by(SurveyQuestion.number))).all()
    anna, at = await the_cast(world.db, ANNA), Place(survey[1].survey_id, MISHA)
    await pick(world.db, at, Pick(survey[1].id, "0", on=True), by=anna, moment=AT)
    await send(world.db, at, by=anna, moment=AT)
    other = (
        (*DEMAND[0][:7], "15.12.2026", None),
        ("Спрос", 2, "Когда не удобно?", *DEMAND[1][3:]),
        DEMAND[2],
        ("Спрос", 4, "Ещё?", "текст"),
    )
    page = await sent(world, *other)
    assert "На анкету «Спрос» уже ответили (1)" in page
    await world.olga.tap("Применить")
    async with world.db.read() as tx:
        asked = list(await tx.scalars(select(SurveyQuestion.question).order_by(SurveyQuestion.number)))
    assert asked == ["Какие курсы нужны?", "Когда удобно?", "Насколько нужно?"]
    assert (await kept(world))[0][3] == "2026-12-15"
    page = await sent(world, ("Другая", 1, "Что исправить?", "текст"))
    assert "На анкету «Спрос» уже ответили (1)" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("семьи", "семьи"),
        ("Родители 5-7 классов", "семьи; классы: 5, 6, 7"),
        ("ученики 9А, 10", "ученики; классы: 9А, 10"),
        ("за каждого ребенка", "семьи: за каждого ребёнка"),
        ("все семьи", "семьи"),
        ("8-9", "семьи; классы: 8, 9"),
        ("семьи: за каждого ребёнка; классы: 5, 6, 7", "семьи: за каждого ребёнка; классы: 5, 6, 7"),
    ],
)
def test_whom_it_asks_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert audience(typed) == meant
    assert written(*read_back(meant)) == meant
