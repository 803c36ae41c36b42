"""Two schools ask their families: each head reads the answers of their own school, and nothing of the other's."""

from __future__ import annotations

import re

import pytest

from bot.refusals import Refusal
from bot.services.surveys.answering import Pick, Place, pick, send, write
from bot.services.surveys.results import results_of
from tests.schools_world import ASLAN, FATIMA, GYMNASIUM, TAMARA, YURY, settle_the_gymnasium
from tests.surveys.cast import AT, COURSES, a_survey, button, person_of
from tests.timetable_world import said
from tests.world import ANNA, CHESS, MISHA, OLGA, SERGEY, TELEGRAM, World

OURS, THEIRS = "Спрос восьмой школы", "Спрос гимназии"
WISH = {OURS: "Конный спорт", THEIRS: "Чеканка"}


async def test_a_head_reads_the_answers_of_their_own_school(world: World) -> None:
    await settle_the_gymnasium(world.db)
    made = {}
    for name, school, who, pupil in ((OURS, None, TELEGRAM[ANNA], MISHA), (THEIRS, GYMNASIUM, 1000 + FATIMA, ASLAN)):
        given = {"school_id": school} if school else {}
        survey, (question,) = await a_survey(world.db, (COURSES,), whom="children", name=name, **given)
        by, at = await person_of(world.db, who), Place(survey, pupil)
        await pick(world.db, at, Pick(question, str(CHESS), on=True), by=by, moment=AT)
        await write(world.db, at, question, WISH[name], by=by, moment=AT)
        await send(world.db, at, by=by, moment=AT)
        made[name] = survey
    for telegram_id, own, other in (
        (TELEGRAM[OLGA], OURS, THEIRS),
        (TELEGRAM[SERGEY], OURS, THEIRS),
        (1000 + TAMARA, THEIRS, OURS),
        (1000 + YURY, THEIRS, OURS),
    ):
        head = world.member(telegram_id, "Глава")
        await head.send("/reports")
        await head.tap("Анкеты")
        shown = " ".join(label for row in head.buttons for label in row)
        assert (own in shown, other in shown) == (True, False)
        await head.tap(own)
        page, data = button(head, "Итоги")
        await head.tap("Итоги")
        assert (WISH[own] in said(head), WISH[other] in said(head)) == (True, False)
        before = said(head)
        await head.press(page, re.sub(rf"\b{made[own]}\b", str(made[other]), data))  # made up: the other school's
        assert (said(head), "Этого больше нет" in str(head.toasts[-1]) or "Это доступно не всем" in str(head.toasts[-1])) == (
            before,
            True,
        )
        with pytest.raises(Refusal):
            await results_of(world.db, made[other], by=await person_of(world.db, telegram_id))
        await head.send("/start course_2")
        assert said(head).endswith("📝 По анкетам: 1 на 10 мест"), "the other school's wish is not counted"
    await world.anna.send("/start")
    await world.anna.tap("Анкеты")
    assert [label for row in world.anna.buttons for label in row][:2] == [
        "▫️ Вера · Спрос восьмой школы",
        "✅ Миша · Спрос восьмой школы",
    ], "whose it is comes first: the end of a long name is cut on a telephone"
