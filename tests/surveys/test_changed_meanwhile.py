"""A questionnaire that changes while it is answered or built: closed at night, by a book, by a year; two coordinators, two schools."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.refusals import Refusal
from bot.services.surveys.answering import Pick, Place, open_for, pick
from bot.services.surveys.building import launch
from bot.services.surveys.running import run_surveys
from storage.db import Database
from storage.tables import Letter, Staff, Survey, SurveyQuestion, SurveyReply, Year
from tests.messages.cast import moment
from tests.schools_world import GYMNASIUM, settle_the_gymnasium
from tests.surveys.cast import AT, ONE, WORDS, a_survey, button, the_cast
from tests.surveys.test_book import DEMAND, kept, sent
from tests.surveys.test_building import launched, own_survey
from tests.telegram.talks import tapped
from tests.timetable_world import said
from tests.world import ANNA, MISHA, OLGA, YEAR, World

CLOSED = "Анкета «Наши кружки» закрыта: ответы больше не принимаются."


async def test_one_begun_and_closed_in_the_night_asks_nobody_in_the_morning(world: World) -> None:
    world.clock.move(timedelta(hours=10))  # ten in the evening
    await own_survey(world, ("Один ответ", "Довольны ли вы?\nДа\nНет"))
    await launched(world)
    await world.deliver()
    await tapped(world.olga, "", "Закрыть", "Подтвердить")
    await world.pass_time(hours=11)
    assert world.anna.page == ""
    async with world.db.read() as tx:
        assert set(await tx.scalars(select(Letter.state).where(Letter.kind == "survey-opened"))) == {"cancelled"}


async def test_a_letter_that_waits_for_the_morning_names_the_day_that_holds_then(world: World) -> None:
    """Begun at ten in the evening until the 20th, moved in chat to the 25th: in the morning families read of the 25th."""
    world.clock.move(timedelta(hours=10))
    await own_survey(world, ("Один ответ", "Довольны ли вы?\nДа\nНет"))
    await tapped(world.olga, "", "До какого дня")
    await world.olga.send("20.11.2026")
    await launched(world)
    await tapped(world.olga, "/reports", "Анкеты", "Наши кружки", "До какого дня")
    await world.olga.send("25.11.2026")
    await world.pass_time(hours=11)
    assert said(world.anna) == "📝 Школа просит ответить на анкету «Наши кружки».\n1 вопрос, до 25 ноября."


async def test_so_it_does_when_a_book_moves_the_day(world: World) -> None:
    world.clock.move(timedelta(hours=10))
    await sent(world, *DEMAND)
    await world.olga.tap("Применить")
    await world.pass_time(minutes=1)
    await sent(world, (*DEMAND[0][:7], "15.12.2026", *DEMAND[0][8:]), *DEMAND[1:])
    await world.olga.tap("Применить")
    await world.pass_time(hours=11)
    assert said(world.anna) == "📝 Школа просит ответить на анкету «Спрос».\n3 вопроса, до 15 декабря."


async def test_it_closes_between_two_pages_and_every_old_button_says_so(world: World) -> None:
    """A mother has the first answer in, and types the second when the coordinator closes it."""
    survey, _ = await a_survey(world.db, [ONE, WORDS])
    await tapped(world.anna, "/start", "Анкеты", "Наши кружки", "Начать")
    first = button(world.anna, "Да")
    await world.anna.tap("Да")
    await tapped(world.olga, "/reports", "Анкеты", "Наши кружки", "Закрыть", "Подтвердить")
    await world.anna.send("Больше занятий")
    assert said(world.anna) == CLOSED
    await world.anna.press(*first)
    assert world.anna.toasts[-1] == CLOSED
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(SurveyReply.response_id))) == []
    with pytest.raises(Refusal, match="survey-closed-already"):
        await pick(world.db, Place(survey, MISHA), Pick(1, "0", on=True), by=await the_cast(world.db, ANNA), moment=AT)


async def test_a_book_does_not_take_the_anonymity_from_who_is_answering(world: World) -> None:
    """Nobody has sent an answer yet, but families have read «анонимная» and are at the last page."""
    anonymous = ((*DEMAND[0][:8], "да"), (*DEMAND[1][:8], None), DEMAND[2])
    await sent(world, *anonymous)
    await world.olga.tap("Применить")
    await world.pass_time(minutes=1)
    later = ((*DEMAND[0][:7], "15.12.2026", "нет"), ("Спрос", 2, "Когда не удобно?", *DEMAND[1][3:8], None), DEMAND[2])
    page = await sent(world, *later)
    assert (
        "Анкета «Спрос» уже у семей: вопросы, «Кому» и анонимность остаются как есть, меняется только «По». Нужны другие — "
        "дайте анкете новое название."
    ) in page
    await world.olga.tap("Применить")
    assert await kept(world) == [("Спрос", "children", ["5", "6", "7"], "2026-12-15", True, "open")]
    page = await sent(world, ("Другая", 1, "Что исправить?", "текст"))  # it stands in the book no more
    assert "Анкета «Спрос» уже у семей" in page
    await world.olga.tap("Применить")
    assert [(one[0], one[5]) for one in await kept(world)] == [("Спрос", "open"), ("Другая", "ready")]
    async with world.db.read() as tx:
        asked = list(await tx.scalars(select(SurveyQuestion.question).order_by(SurveyQuestion.id)))
    assert asked[:3] == ["Какие курсы нужны?", "Когда удобно?", "Насколько нужно?"]


async def test_last_year_s_without_a_last_day_ends_with_its_year(db: Database) -> None:
    """It was answerable in August, is closed on 1 September, and a draft of then is begun by nobody; one with a day keeps its word."""
    endless, _ = await a_survey(db, [ONE])
    dated, _ = await a_survey(db, [ONE], name="До 10 сентября", closes_on=datetime(YEAR + 1, 9, 10, tzinfo=UTC).date())
    draft, _ = await a_survey(db, [ONE], name="Черновик", state="draft")
    anna, august, september = await the_cast(db, ANNA), *(datetime(YEAR + 1, month, 1, 9, tzinfo=UTC) for month in (8, 9))
    async with db.write() as tx:
        next_year = {"year": YEAR + 1, "starts_on": september.date(), "ends_on": september.date() + timedelta(days=270)}
        await tx.execute(insert(Year).values(next_year))

    async def answerable(at: datetime) -> list[int]:
        async with db.read() as tx:
            return sorted(one.survey.id for one in await open_for(tx, anna, moment(at)))

    assert await answerable(august) == [endless, dated]
    assert await answerable(september) == [dated]
    await run_surveys(db, moment(september))
    async with db.read() as tx:
        states = [row.state for row in await tx.execute(select(Survey.state).order_by(Survey.id))]
    assert states == ["closed", "open", "draft"]
    with pytest.raises(Refusal, match="survey-year-over"):
        await launch(db, draft, by=await the_cast(db, OLGA), moment=moment(september))


async def test_two_coordinators_build_one_and_each_takes_away_what_they_meant(world: World) -> None:
    """The page of one was drawn before the other added a question: «➖ 1» is still the first of them, pressed twice it is one."""
    async with world.db.write() as tx:
        second = {"id": 92, "code": "С-92", "full_name": "Вторая Ольга", "organization_id": 1, "role": "coordinator"}
        await tx.execute(insert(Staff).values(person_id=2, **second))  # Sergey coordinates too
    await own_survey(world, ("Ответ словами", "Первый?"), ("Ответ словами", "Второй?"))
    await world.olga.tap("➖ Вопрос")
    first = button(world.olga, "➖ 1")
    await tapped(world.sergey, "/reports", "Анкеты", "Наши кружки", "➕ Вопрос", "Ответ словами")
    await world.sergey.send("Третий?")
    await world.olga.press(*first)
    await world.olga.press(*first)
    assert said(world.olga).endswith("1. Второй? (текст)\n2. Третий? (текст)")
    await tapped(world.sergey, "", "Готово")
    assert said(world.sergey) == said(world.olga)


async def test_who_coordinates_two_schools_says_for_which_a_questionnaire_is(world: World) -> None:
    await settle_the_gymnasium(world.db)
    async with world.db.write() as tx:
        post = {"id": 91, "code": "С-91", "full_name": "Ольга", "organization_id": GYMNASIUM, "role": "coordinator"}
        await tx.execute(insert(Staff).values(person_id=OLGA, **post))
    await tapped(world.olga, "/reports", "Анкеты", "Новая анкета")
    assert said(world.olga) == "Для какой школы анкета?"
    await tapped(world.olga, "", "Гимназия №5", "Социальный заказ")
    assert said(world.olga).startswith("✅ Черновик готов.")
    await tapped(world.olga, "/reports", "Анкеты", "Новая анкета", "СОШ №8", "Своя анкета")
    await world.olga.send("Наши кружки")
    await tapped(world.olga, "/reports", "Анкеты")
    assert "✏️ СОШ №8 · Наши кружки — черновик" in said(world.olga)
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Survey.school_id).order_by(Survey.id))) == [GYMNASIUM, 1]
    # one of the posts is lost while the button stands
    await world.olga.tap("Новая анкета")
    of_gymnasium = button(world.olga, "Гимназия")
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == 91).values(archived_at=world.now))
    await world.olga.press(*of_gymnasium)
    await world.olga.tap("Социальный заказ")
    assert world.olga.toasts[-1].startswith("Это доступно не всем")
    async with world.db.read() as tx:
        assert len(list(await tx.scalars(select(Survey.id)))) == 2
