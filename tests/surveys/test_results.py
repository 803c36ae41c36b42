"""What came of a questionnaire: by class and course, as picture, XLSX and PDF; demand beside seats; erased, taken along, two schools."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID251 - a file of our own, read back
from sqlalchemy import func, insert, select, update

from bot.documents.survey import survey_picture
from bot.refusals import Refusal
from bot.services.deciding.funnel import table
from bot.services.surveys.answering import Pick, Place, look, pick, send, write
from bot.services.surveys.building import close
from bot.services.surveys.demand import demand
from bot.services.surveys.results import results_of
from bot.voice import voice
from storage.db import Database
from storage.surveys import answers
from storage.tables import Consent, Guardianship, Pupil, Survey, SurveyQuestion, SurveyResponse
from tests.surveys.cast import AT, COURSES, EVERY, ONE, WORDS, a_survey, counts_of, families, parent, the_cast
from tests.timetable_world import enroll, said
from tests.world import ANNA, CHESS, DANA, MISHA, OLGA, ROBOTICS, RUSLAN, SCHOOL, VERA, YEAR, ZONE, World


async def by_class(db: Database, *, anonymous: bool, sizes: dict[str, int]) -> tuple[int, list[int]]:
    """So many answers of each class: every other one «Да», and a word each."""
    survey = await a_survey(db, (ONE, WORDS), whom="children", anonymous=anonymous)
    names = [name for name, count in sizes.items() for _ in range(count)]
    of = await families(db, len(names), children=(1,), classes=("1А",))
    async with db.write() as tx:
        for person, name in zip(of, names, strict=True):
            await tx.execute(update(Pupil).where(Pupil.id == of[person][0]).values(class_name=name))
    for number, (person, children) in enumerate(of.items()):
        by, at = await parent(db, person), Place(survey[0], children[0])
        await pick(db, at, Pick(survey[1][0], str(number % 2), on=True), by=by, moment=AT)
        await write(db, at, survey[1][1], f"слово {number:02}", by=by, moment=AT)
        await send(db, at, by=by, moment=AT)
    return survey


async def test_with_a_name_every_class_is_shown_and_nobody_is_named(db: Database) -> None:
    survey, _ = await by_class(db, anonymous=False, sizes={"5А": 2, "7Б": 3})
    found = await results_of(db, survey, by=await the_cast(db, OLGA))
    assert [(each.label, each.answers) for each in found.classes] == [("5А", 2), ("7Б", 3)]
    assert found.told[0].counts["c:7Б"] == (2, 1)
    assert [text for text, _ in found.told[1].words] == [f"слово {n:02}" for n in range(5)]
    assert not found.withheld


async def test_an_anonymous_one_is_shown_when_it_is_closed_without_small_classes(db: Database) -> None:
    survey, _ = await by_class(db, anonymous=True, sizes={"5А": 10, "6А": 10, "7Б": 4})
    olga = await the_cast(db, OLGA)
    assert (await results_of(db, survey, by=olga)).why_not == "waits"
    await close(db, survey, by=olga, moment=AT)
    found = await results_of(db, survey, by=olga)
    assert (found.answers, found.withheld) == (24, True)
    assert [(each.label, each.answers) for each in found.classes] == [("5А", 6), ("6А", 6)]
    assert sum(found.told[0].counts[""]) == 24
    few, _ = await a_survey(db, (ONE,), name="Мало", anonymous=True, totals={"": 4, "c": 4, "g": 4}, state="closed")
    assert (await results_of(db, few, by=olga)).why_not == "few"


async def test_demand_stands_beside_seats_before_places_are_drawn(world: World) -> None:
    survey, (question,) = await a_survey(world.db, (COURSES,), whom="children")
    for who, pupil, courses in ((ANNA, MISHA, (ROBOTICS, CHESS)), (ANNA, VERA, (CHESS,)), (RUSLAN, DANA, (CHESS,))):
        by, at = await the_cast(world.db, who), Place(survey, pupil)
        for course in courses:
            await pick(world.db, at, Pick(question, str(course), on=True), by=by, moment=AT)
        await write(world.db, at, question, "Конный спорт" if who == ANNA else "конный спорт.", by=by, moment=AT)
        await send(world.db, at, by=by, moment=AT)
    async with world.db.read() as tx:
        assert await demand(tx, [SCHOOL], YEAR) == {ROBOTICS: 1, CHESS: 3}
        assert await demand(tx, [99], YEAR) == {}
    found = await results_of(world.db, survey, by=await the_cast(world.db, OLGA))
    assert found.told[0].words == (("Конный спорт", 3),)
    await world.olga.send("/allocation")
    assert "📝 Спрос по анкетам\n• Шахматы: 3 на 10 мест\n• Робототехника: 1 на 12 мест" in said(world.olga)
    await world.olga.send("/start course_2")
    assert said(world.olga).endswith("📝 По анкетам: 3 на 10 мест")
    await world.anna.send("/start course_2")
    assert "По анкетам" not in said(world.anna), "families see no demand"
    by_course = await table(world.db, by=await the_cast(world.db, OLGA), say=voice("ru", ZONE), today=AT.today)
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(by_course)).worksheets[0].iter_rows(min_row=3)]
    assert [row[7:] for row in rows[:3]] == [["Мест", "Свободно", "По анкетам"], [10, 10, 3], [12, 12, 1]]
    few = {"": {str(CHESS): 4}, "c": {str(CHESS): 4}, "g": {str(CHESS): 4}}
    closed, (of_courses,) = await a_survey(world.db, (COURSES,), name="Мало", anonymous=True, totals={"": 4}, state="closed")
    async with world.db.write() as tx:
        await tx.execute(update(SurveyQuestion).where(SurveyQuestion.id == of_courses).values(counts=few))
    async with world.db.read() as tx:
        assert await demand(tx, [SCHOOL], YEAR) == {ROBOTICS: 1, CHESS: 3}, "four anonymous answers are shown nowhere"
    async with world.db.write() as tx:
        await tx.execute(update(Survey).where(Survey.id == closed).values(totals={"": 5}))
    async with world.db.read() as tx:
        assert await demand(tx, [SCHOOL], YEAR) == {ROBOTICS: 1, CHESS: 7}


async def test_results_are_given_as_picture_table_and_paper(world: World) -> None:
    survey, ids = await a_survey(world.db, EVERY)
    by, at = await the_cast(world.db, ANNA), Place(survey, MISHA)
    for question, option in zip(ids, ("0", "1", "5", None, str(CHESS)), strict=True):
        if option is not None:
            await pick(world.db, at, Pick(question, option, on=True), by=by, moment=AT)
    await write(world.db, at, ids[3], "=1+1 не формула", by=by, moment=AT)
    await send(world.db, at, by=by, moment=AT)
    await enroll(world.db, MISHA, CHESS)
    await world.olga.send("/reports")
    for label in ("Анкеты", "Наши кружки", "Итоги"):
        await world.olga.tap(label)
    page = world.olga.newest
    content = b""
    for label, begins in (("Картинкой", b"\x89PNG"), ("PDF", b"%PDF"), ("XLSX", b"PK")):
        await world.olga.tap(label, on=page)
        given = next(each for each in reversed(world.olga.messages) if each.file is not None)
        content = await world.olga.file(given)
        assert content.startswith(begins)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["Все ответы", "По классам", "По курсам", "Спрос и места", "Словами"]
    assert [cell.value for cell in book["Спрос и места"][2]] == ["Шахматы", 1, 10]
    assert book["Словами"]["C2"].value == "'=1+1 не формула"


async def test_a_family_s_answer_is_one_and_the_other_guardian_reads_that_it_came(db: Database) -> None:
    survey, (question,) = await a_survey(db, (ONE,))
    async with db.write() as tx:
        await tx.execute(insert(Guardianship).values(person_id=RUSLAN, pupil_id=MISHA, since=AT.now))
        consent = {
            "person_id": RUSLAN,
            "pupil_id": MISHA,
            "purpose": "processing",
            "text_version": "1",
            "basis": "",
            "given_at": AT.now,
        }
        await tx.execute(insert(Consent).values(consent))
    anna, ruslan = await the_cast(db, ANNA), await the_cast(db, RUSLAN)
    for who, pupil, option in ((ruslan, DANA, "1"), (anna, VERA, "0")):
        await pick(db, Place(survey, pupil), Pick(question, option, on=True), by=who, moment=AT)
    await send(db, Place(survey, VERA), by=anna, moment=AT)
    assert (await send(db, Place(survey, DANA), by=ruslan, moment=AT)).stands == "received"
    with pytest.raises(Refusal, match="survey-received"):
        await pick(db, Place(survey, DANA), Pick(question, "0", on=True), by=ruslan, moment=AT)
    async with db.read() as tx:
        assert (await look(tx, Place(survey, MISHA), by=anna, moment=AT)).stands == "sent"
        assert [one.person_id for one in (await answers.sent(tx, [survey]))[survey]] == [ANNA]


async def test_foreign_closed_and_forged_presses_change_nothing(db: Database) -> None:
    survey, (question,) = await a_survey(db, (ONE,), classes=["7А"], whom="children")
    anna = await the_cast(db, ANNA)
    for at, wanted, why in (
        (Place(survey, DANA), Pick(question, "0", on=True), "not-yours"),
        (Place(survey, VERA), Pick(question, "0", on=True), "gone"),  # of the 4th class
        (Place(survey, MISHA), Pick(question, "7", on=True), "gone"),
        (Place(survey, MISHA), Pick(question + 50, "0", on=True), "gone"),
        (Place(survey + 50, MISHA), Pick(question, "0", on=True), "gone"),
    ):
        with pytest.raises(Refusal, match=why):
            await pick(db, at, wanted, by=anna, moment=AT)
    await close(db, survey, by=await the_cast(db, OLGA), moment=AT)
    with pytest.raises(Refusal, match="survey-closed-already"):
        await pick(db, Place(survey, MISHA), Pick(question, "0", on=True), by=anna, moment=AT)


async def test_who_withdraws_takes_the_words_along_and_leaves_the_numbers(world: World) -> None:
    survey, (one, words) = await a_survey(world.db, (ONE, WORDS), whom="children")
    by, at = await the_cast(world.db, ANNA), Place(survey, MISHA)
    await pick(world.db, at, Pick(one, "1", on=True), by=by, moment=AT)
    await write(world.db, at, words, "Миша рисует драконов", by=by, moment=AT)
    await send(world.db, at, by=by, moment=AT)
    await world.anna.send("/mydata")
    await world.anna.tap("JSON")
    assert world.anna.newest is not None
    held = json.loads(await world.anna.file(world.anna.newest))
    misha: dict[str, Any] = next(each for each in held["pupils"] if each["code"] == "У-701")
    assert misha["surveys"][0]["said"] == [["Довольны ли вы?", "Нет"], ["Что исправить?", "Миша рисует драконов"]]
    await world.anna.send("/mydata")
    await world.anna.tap("Скачать файл")
    assert "Что исправить? — Миша рисует драконов" in (await world.anna.file(world.anna.newest)).decode()
    await world.anna.send("/mydata")
    for label in ("Отозвать согласие", "Для всех и выйти", "Подтвердить"):
        await world.anna.tap(label)
    assert await counts_of(world.db, one) == {"": {"1": 1}, "c": {"1": 1}, "g": {"1": 1}}
    found = await results_of(world.db, survey, by=await the_cast(world.db, OLGA))
    assert (found.answers, found.told[0].counts[""], found.told[1].words) == (1, (0, 1), ())
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(SurveyResponse.id))) == 0


def test_a_picture_holds_long_names() -> None:
    data = {
        "language": "ru", "title": "Изучение спроса " * 5, "subtitle": "", "nothing": "—", "note": "",
        "questions": [
            {"title": "1. " + "Очень длинный вопрос " * 10, "average": "", "wishes_title": "Чего нет:", "wishes": ["• слова " * 20],
             "bars": [{"name": "Вариант ответа " * 6, "count": n, "share": f"{n} · 10 %"} for n in range(4)]}
        ],
        "tables": [],
    }  # fmt: skip
    assert survey_picture(data)[0].startswith(b"\x89PNG")
