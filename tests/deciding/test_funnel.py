"""The coordinator and the director see how far the wishes came: as a page, a picture, a table."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.documents.funnel import funnel_png, funnel_xlsx
from bot.services.enrollment.withdrawing import withdraw
from bot.services.offers.departures import depart
from bot.services.requests.requests import enroll_all, put_in_reserve, turn_down
from bot.voice import voice
from storage.db import Database
from storage.deciding import funnel
from storage.deciding.funnel import Children, Way
from storage.tables import Choice, Course, Group, Organization, Pupil
from tests.enrollment.test_enrollment import last_file
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    NURBIY_HIMSELF,
    RUSLAN_HIMSELF,
    TODAY,
    approved,
    choices,
    classmates,
    handed_in,
    requested,
)
from tests.timetable_world import said
from tests.world import CENTRE, CHESS, DANA, IT, MISHA, ROBOTICS, SCHOOL, VERA, ZONE, World

SAY = voice("ru", ZONE)


async def some_way(db: Database) -> None:
    """Five apply for robotics: two learn, one waits, one was declined, one is not decided; chess is asked for once."""
    families = await classmates(db, 3)
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=2))
    for pupil, by in list(families.items())[:2]:
        await approved(db, pupil, ROBOTICS, by=by)
    await enroll_all(db, await requested(db, IT), by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    misha = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    dana = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await requested(db, IT)
    await put_in_reserve(db, (await choices(db, misha))[ROBOTICS].id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    await turn_down(db, (await choices(db, dana))[ROBOTICS].id, "Нужна справка", by=IRINA_HERSELF, now=MOMENT)
    await handed_in(db, list(families)[2], ROBOTICS, by=list(families.values())[2])
    vera = await approved(db, VERA, CHESS, by=ANNA_HERSELF)
    await enroll_all(db, await requested(db, CENTRE), by=NURBIY_HIMSELF, now=MOMENT, today=TODAY)
    await depart(db, (await choices(db, vera))[CHESS].id, "Переехала", by=NURBIY_HIMSELF, now=MOMENT)


async def test_every_stage_is_counted_for_whoever_reached_it(db: Database) -> None:
    await some_way(db)
    async with db.read() as tx:
        chess, robotics = sorted(await funnel.ways(tx, [SCHOOL], 2026), key=lambda way: -way.course_id)
    assert robotics == Way(ROBOTICS, "Робототехника", IT, "Центр развития IT-образования", 5, 4, 4, 2, 1, 2, 0, 2026)
    assert (chess.applied, chess.approved, chess.requested, chess.enrolled, chess.reserve) == (1, 1, 1, 0, 0)
    assert (chess.seats, chess.free) == (10, 10)


async def test_another_school_sees_only_its_own(db: Database) -> None:
    await some_way(db)
    async with db.write() as tx:
        other = {"code": "О-99", "name": "Другая школа", "role": "base"}
        school = (await tx.execute(insert(Organization).values(other).returning(Organization.id))).scalar_one()
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(school_id=school))
    async with db.read() as tx:
        theirs = {way.course_id: way for way in await funnel.ways(tx, [school], 2026)}
        nobody = await funnel.ways(tx, [], 2026)
    assert (theirs[ROBOTICS].applied, theirs[ROBOTICS].reserve, theirs[ROBOTICS].enrolled) == (1, 1, 0)
    assert theirs[ROBOTICS].free == 0  # the seats are everybody's
    assert {way.applied for way in nobody} == {0}


async def test_the_coordinator_opens_the_reports(world: World) -> None:
    await some_way(world.db)
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Отчёты")
    assert said(olga).splitlines() == [
        "Зачисление: от заявления до места",
        "Детей, подавших заявления: 6, из них с местом: 2.",
        "Желания — подано: 6 → одобрено: 5 → в заявке: 5 → зачислено: 2. В резерве: 1.",
        "",
        "МБОУ ДО ЦДО МО «Кошехабльский район»",
        "• Шахматы: подано 1 → одобрено 1 → в заявке 1 → зачислено 0; резерв 0, свободно 10 из 10",
        "",
        "Центр развития IT-образования",
        "• Робототехника: подано 5 → одобрено 4 → в заявке 4 → зачислено 2; резерв 1, свободно 0 из 2",
    ]
    await olga.tap("Картинка")
    made = last_file(olga)
    assert made.file is not None
    assert made.file.name == "Зачисление-2026-11-09.png"
    assert (await olga.file(made)).startswith(b"\x89PNG")
    await olga.send("/reports")
    await olga.tap("XLSX")
    assert sheet(await olga.file(last_file(olga)))[3][:4] == ["МБОУ ДО ЦДО МО «Кошехабльский район»", "Шахматы", 1, 1]


async def test_the_director_too_and_nobody_else(world: World) -> None:
    await world.sergey.send("/reports")
    assert said(world.sergey) == "Заявлений ещё не было: как только семьи начнут выбирать курсы, здесь появятся цифры."
    for other in (world.anna, world.irina, world.pavel, world.misha):
        await other.send("/reports")
        assert "Это доступно не всем" in said(other)


def sheet(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    rows: list[list[Any]] = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return rows


def test_the_table_has_a_total_and_obeys_no_name() -> None:
    ways = [
        Way(1, "=1+1", 2, "@Центр", 5, 4, 4, 2, 1, 2, 0, 2026),
        Way(2, "Шахматы", 2, "@Центр", 3, 3, 0, 0, 0, 10, 10, 2026),
    ]
    rows = sheet(funnel_xlsx(ways, Children(6, 5, 4, 2, 1), SAY, date(2026, 11, 9)))
    assert rows[0][0] == "Зачисление: от заявления до места, на 9 ноября 2026"
    assert rows[2] == ["Партнёр", "Курс", "Подано", "Одобрено", "В заявке", "Зачислено", "В резерве", "Мест", "Свободно"]
    assert rows[3][:3] == ["'@Центр", "'=1+1", 5]
    assert rows[5] == ["Всего желаний", "", 8, 7, 4, 2, 1, 12, 10]
    assert rows[6][:7] == ["Детей", "", 6, 5, 4, 2, 1]


def test_the_table_names_a_year_that_has_not_begun() -> None:
    ways = [Way(1, "Шахматы", 2, "Центр", 3, 0, 0, 0, 0, 10, 10, 2027)]
    rows = sheet(funnel_xlsx(ways, Children(3, 0, 0, 0, 0), SAY, date(2027, 5, 20)))
    assert rows[0][0] == "Зачисление на 2027/2028 учебный год: от заявления до места, на 20 мая 2027"


def test_names_are_data_to_the_picture(tmp_path: Path) -> None:
    evil = '#panic("x") $x^2$ *жирный* \\ <b> "' + "Ж" * 300
    ways = [Way(number, evil, number % 3, evil, number, 1, 1, 0, 0, 1, 1, 2026) for number in range(45)]
    made = funnel_png(ways, Children(45, 1, 1, 0, 0), SAY, date(2026, 11, 9), ppi=40)
    assert len(made) == 3
    assert all(one.startswith(b"\x89PNG") for one in made)


async def test_children_and_wishes_are_counted_apart(db: Database) -> None:
    """Misha wants both courses, withdrew one wish and handed it in again: three children, five wishes."""
    await approved(db, VERA, CHESS, by=ANNA_HERSELF)
    first = await handed_in(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await withdraw(db, first, (await choices(db, first))[ROBOTICS].id, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await handed_in(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    async with db.read() as tx:
        assert await funnel.children(tx, [SCHOOL], 2026) == Children(3, 1, 0, 0, 0)
        assert sum(way.applied for way in await funnel.ways(tx, [SCHOOL], 2026)) == 5


async def test_an_archived_course_nobody_chose_is_gone(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(archived_at=MOMENT))
    async with db.read() as tx:
        assert [way.course for way in await funnel.ways(tx, [SCHOOL], 2026)] == ["Робототехника"]
        assert list(await tx.scalars(select(Choice.id))) == []
