"""«Сколько курсов нужно» holds «по порядку» too; a clash leaves a way on; several answers about a child are one message."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.clock import Moment
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import Says, choose, insist, submit
from bot.services.enrollment.withdrawing import withdraw
from bot.services.requests.requests import enroll, enroll_all
from storage.db import Database
from storage.requests import requests
from storage.tables import Application, ClassHours, Course
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    NURBIY_HIMSELF,
    OLGA_HERSELF,
    THEN,
    TODAY,
    approved,
    choices,
    handed_in,
    requested,
)
from tests.papers.test_papers_pages import labels
from tests.timetable_world import said
from tests.world import CENTRE, CHESS, IT, MISHA, ROBOTICS, SCHOOL, YEAR, ZONE, World


async def by_arrival(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))


async def states(db: Database, application: int) -> list[tuple[str, int | None]]:
    made = await choices(db, application)
    return [(made[course].state, made[course].group_id) for course in (ROBOTICS, CHESS)]


async def test_one_course_was_wanted_and_one_seat_is_taken(world: World) -> None:
    await by_arrival(world.db)
    await choose(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN)
    application = await choose(world.db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    await world.anna.send("/applications")
    await world.anna.tap("Миша")
    assert (
        "ℹ️ Про запас: вам нужен 1 курс, а место «кто раньше подал» займём сразу. Нужен и этот? Нажмите «Сколько курсов нужно»."
        in said(world.anna)
    )
    await world.anna.tap("Подтвердить")
    assert "1. Робототехника: место за вами, ждёт решения школы." in said(world.anna)
    assert "2. Шахматы: про запас, понадобится — я напишу." in said(world.anna)
    assert await states(world.db, application) == [("submitted", 1), ("submitted", None)]
    await decide(world.db, application, Verdict("approve"), by=OLGA_HERSELF, at=THEN)
    async with world.db.read() as tx:
        named = [one.course for partner in (IT, CENTRE) for one in await requests.approved(tx, SCHOOL, partner, YEAR)]
    assert named == ["Робототехника"]
    await world.pass_time(minutes=3)
    assert heard(world.anna, "одобрила")[-1].endswith(
        "Где место есть, она запросит его у партнёра. Что про запас, подождёт: понадобится — напишу."
    )
    await world.anna.send("/applications")
    assert "2. Шахматы — одобрено школой, про запас" in said(world.anna)


async def test_the_seat_given_up_the_other_wish_has_its_own(world: World) -> None:
    await by_arrival(world.db)
    application = await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    robotics = (await choices(world.db, application))[ROBOTICS].id
    await withdraw(world.db, application, robotics, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await world.pass_time(minutes=1)
    assert await states(world.db, application) == [("withdrawn", 1), ("approved", 2)]
    assert heard(world.anna, "больше не про запас") == ["🪑 Миша: курс «Шахматы» больше не про запас, ЦДО. Место теперь за вами."]


async def test_enrolled_in_the_one_the_other_is_taken_off_and_told(world: World) -> None:
    await by_arrival(world.db)
    application = await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await enroll_all(world.db, await requested(world.db, IT), by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    await world.pass_time(minutes=1)
    assert [state for state, _ in await states(world.db, application)] == ["enrolled", "declined"]
    assert heard(world.anna, "столько вы и просили")


async def test_who_wants_two_has_both(db: Database) -> None:
    await by_arrival(db)
    await choose(db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN)
    application = await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    async with db.write() as tx:
        await tx.execute(update(Application).values(wanted=2))
    await submit(db, application, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    assert await states(db, application) == [("submitted", 1), ("submitted", 2)]


# ── asked for anyway ────────────────────────────────────────────────────────────────────────────────────────────────


async def lessons_until_half_past_three(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(ClassHours).values(ends=time(14, 20)))


async def test_a_family_that_a_road_stops_asks_all_the_same(world: World) -> None:
    await lessons_until_half_past_three(world.db)
    anna, olga = world.anna, world.olga
    await anna.send("/courses")
    await anna.tap("Миша")
    await anna.tap("Не подходят")
    await anna.tap("Шахматы")
    assert "В среду не успеть: уроки 7А до 14:20, занятие с 14:30, дорога 15 мин." in said(anna)
    await anna.tap("Всё равно попросить")
    assert "🙋 Вы всё равно просите об этом курсе: решит школа." in said(anna)
    await anna.tap("Подтвердить")
    assert said(anna).startswith("✅ Заявление отправлено: Миша, 7А")
    await olga.send("/inbox")
    await olga.tap("Заявления")
    assert "⚠️ В среду не успеть" in said(olga)
    assert "🙋 Семья это знает и всё равно просит: решать вам." in said(olga)
    await olga.tap("Одобрить")
    assert "почему" in said(olga).casefold()
    await olga.send("Отпустим на 15 минут раньше")
    await olga.tap("Подтвердить")
    await anna.send("/applications")
    assert "✔️ Школа разрешила: Отпустим на 15 минут раньше" in said(anna)


async def test_what_has_come_to_clash_is_insisted_on_in_the_draft(world: World) -> None:
    application = await choose(world.db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    await lessons_until_half_past_three(world.db)
    await world.anna.send("/applications")
    await world.anna.tap("Миша")
    assert "нажмите «Всё равно попросить»" in said(world.anna)
    assert "✅ Подтвердить" not in labels(world.anna)
    await world.anna.tap("Всё равно попросить 1")
    assert "✅ Подтвердить" in labels(world.anna)
    await submit(world.db, application, by=ANNA_HERSELF, now=MOMENT, today=TODAY)


async def test_a_class_is_not_insisted_on(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).values(classes=["10", "11"]))
    with pytest.raises(Refusal, match="against-class"):
        await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN, says=Says(anyway=True))


async def test_another_s_wish_is_not_insisted_on(db: Database) -> None:
    application = await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    with pytest.raises(Refusal):
        await insist(db, application, 1, by=NURBIY_HIMSELF)


# ── one message ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def two_wanted(world: World) -> int:
    application = await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Application).values(wanted=2))
    await decide(world.db, application, Verdict("approve"), by=OLGA_HERSELF, at=THEN)
    await requested(world.db, IT)
    await requested(world.db, CENTRE)
    await world.deliver()
    return application


async def test_two_requests_are_one_message_and_so_are_two_places_within_a_minute(world: World) -> None:
    application = await two_wanted(world)
    (asked,) = heard(world.anna, "запросила место")
    assert (asked.count("запросила место"), "«Робототехника»" in asked, "«Шахматы»" in asked) == (2, True, True)
    made = await choices(world.db, application)
    await enroll(world.db, made[ROBOTICS].id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    await world.deliver()
    assert heard(world.anna, "есть место") == []
    await enroll(world.db, made[CHESS].id, by=NURBIY_HIMSELF, now=MOMENT + timedelta(seconds=30), today=TODAY)
    await world.pass_time(seconds=30)
    (told,) = heard(world.anna, "есть место")
    assert (told.count("есть место"), "«Робототехника»" in told, "«Шахматы»" in told) == (2, True, True)


async def test_an_answer_waits_a_minute_for_the_others_and_no_longer(world: World) -> None:
    application = await two_wanted(world)
    made = await choices(world.db, application)
    await enroll(world.db, made[ROBOTICS].id, by=IRINA_HERSELF, now=world.now, today=TODAY)
    await world.pass_time(minutes=1)
    assert len(heard(world.anna, "есть место")) == 1
    moment = Moment(world.now, THEN.zone)
    await enroll(world.db, made[CHESS].id, by=NURBIY_HIMSELF, now=moment.now, today=TODAY)
    await world.deliver()
    assert len(heard(world.anna, "есть место")) == 2
