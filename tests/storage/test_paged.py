"""A page of what is long: its rows alone are asked for; and the lists of a region that are asked for so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Select, insert, select, update

from bot.paging import Page
from bot.services.timetable.free import free_teachers
from storage.db import Database
from storage.journal import journal
from storage.messages import parties
from storage.paged import paged
from storage.people import contacts
from storage.resources import colleagues
from storage.tables import Course, Group, Lesson, Organization, Staff, Year
from storage.timetable import timetable, views
from storage.timetable.timetable import Scope
from storage.timetable.views import Narrowed
from tests.asked import statements
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at
from tests.world import CENTRE, CHESS, IT, NOW, ROBOTICS

EVERYWHERE, YEARS = Scope(everywhere=True), (2026, 2027)
CENTRES_NAME = "МБОУ ДО ЦДО МО «Кошехабльский район»"
PAVEL, ZAREMA = 11, 21  # of the staff: who teach robotics and chess


async def test_only_the_rows_of_the_page_are_asked_for(db: Database) -> None:
    asked: Select[*tuple[Any, ...]] = select(Staff.id).order_by(Staff.id)
    async with db.read() as tx:
        every = [row.id for row in await tx.execute(asked)]
        last = (len(every) - 1) // 2

        async def page(number: int, size: int = 2) -> Page[int]:
            return await paged(tx, asked, number, size, lambda row: int(row.id))

        assert await page(0) == Page(every[:2], 0, 0, last + 1)
        assert await page(1) == Page(every[2:4], 2, 1, last + 1)
        assert await page(99) == await page(last) == Page(every[last * 2 :], last * 2, last, last + 1)
        assert await page(-3) == await page(0)
        nobody = await paged(tx, asked.where(Staff.id == 0), 7, 2, lambda row: row.id)
        assert nobody == Page([], 0, 0, 1)
        with statements(db) as heard:
            assert await page(0, len(every)) == Page(every, 0, 0, 1)
        assert len(heard) == 1


async def test_a_journal_of_another_year_or_put_away_is_on_no_page(db: Database) -> None:
    await _last_year(db)
    async with db.read() as tx:

        async def codes(**whose: Any) -> list[str]:
            return [one.code for one in (await journal.page_of_groups(tx, 0, 12, **whose)).some]

        assert await codes(year=2026) == ["Г-01", "Г-02"]
        assert await codes(year=2025) == ["Г-01"]
        assert await codes(year=2026, teachers=[ZAREMA], organizations=[]) == ["Г-02"]
        assert await codes(year=2026, teachers=[ZAREMA], organizations=[IT]) == ["Г-01", "Г-02"]
        assert await codes(year=2026, teachers=[], organizations=[]) == []
        second = await journal.page_of_groups(tx, 1, 1, year=2026)
        assert ([one.code for one in second.some], second.of) == (["Г-02"], 2)
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == CHESS).values(archived_at=NOW))
    async with db.read() as tx:
        assert [one.code for one in (await journal.page_of_groups(tx, 0, 12, year=2026)).some] == ["Г-01"]


async def test_whose_lessons_one_may_choose_from(db: Database) -> None:
    await _last_year(db)
    pavel, zarema = (PAVEL, "Ким Павел Андреевич"), (ZAREMA, "Тлехас Зарема Аслановна")
    async with db.read() as tx:
        of_it = Scope(organizations=frozenset({IT}))
        assert (await views.partners(tx, 0, 20)).some == [(CENTRE, CENTRES_NAME), (IT, "Центр развития IT-образования")]
        assert await views.partner(tx, CENTRE) == CENTRES_NAME
        assert await views.partner(tx, 1) is None  # a school teaches no group
        assert (await views.teachers(tx, EVERYWHERE, YEARS, 0, 20)).some == [pavel, zarema]
        assert (await views.teachers(tx, EVERYWHERE, YEARS, 1, 1)).some == [zarema]
        assert (await views.teachers(tx, of_it, YEARS, 0, 20)).some == [pavel]
        assert await views.teacher(tx, of_it, YEARS, PAVEL) == "Ким Павел Андреевич"
        assert await views.teacher(tx, of_it, YEARS, ZAREMA) is None
        groups = await views.page_of_groups(tx, EVERYWHERE, (2025, 2026), 0, 0, 20)
        assert [(one.year, one.code) for one in groups.some] == [(2025, "Г-01"), (2026, "Г-01"), (2026, "Г-02")]
        theirs = await views.page_of_groups(tx, EVERYWHERE, (2025, 2026), CENTRE, 0, 20)
        assert [one.code for one in theirs.some] == ["Г-02"]


async def test_a_place_stands_once_as_long_as_a_lesson_is_held_there(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == CHESS).values(place="зал"))
        await tx.execute(update(Lesson).where(Lesson.group_id == ROBOTICS).values(place=""))
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(place="музей"))
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(place="парк", archived_at=NOW))
    async with db.read() as tx:
        at_chess, museum = (CENTRE, CENTRES_NAME, "зал"), (IT, "Центр развития IT-образования", "музей")
        own = (IT, "Центр развития IT-образования", "каб. 2")
        assert await views.every_place(tx, EVERYWHERE, YEARS) == [at_chess, own, museum]
        assert (await views.places(tx, EVERYWHERE, YEARS, 1, 2)).some == [museum]
        assert (await views.places(tx, Scope(organizations=frozenset({IT})), YEARS, 0, 20)).some == [own, museum]
        assert (await views.places(tx, Scope(teachers=frozenset({ZAREMA})), YEARS, 0, 20)).some == [at_chess]
        assert (await views.places(tx, EVERYWHERE, (2027, 2028), 0, 20)).some == []


async def test_everybodys_week_has_what_was_moved_out_of_it_and_into_it(db: Database) -> None:
    async with db.write() as tx:
        later = {"starts_at": at(19, 17), "ends_at": at(19, 18)}
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(**later))

    async def week(first: int, scope: Scope = EVERYWHERE) -> set[int]:
        async with db.read() as tx:
            return {one.id for one in await views.taught(tx, scope, Narrowed(), at(first, 0), at(first + 7, 0))}

    theirs = Scope(organizations=frozenset({IT, CENTRE}))
    assert await week(9) == await week(9, theirs) == {ROBOTICS_THURSDAY, CHESS_WEDNESDAY}
    assert ROBOTICS_THURSDAY in await week(16)
    assert await week(16) == await week(16, theirs)
    async with db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(archived_at=NOW))
    assert await week(9) == {CHESS_WEDNESDAY}


async def test_who_could_stand_in_page_by_page(db: Database) -> None:
    """Those of the lesson's organization, then the free ones of others, then the others; each time by name."""
    async with db.write() as tx:
        some = [("Яковлев", CENTRE), ("Агафонов", CENTRE), ("Юсупов", IT), ("Бойко", IT)]
        for number, (name, of) in enumerate(some, 1000):
            staff = {"id": number, "code": f"С-{number}", "full_name": name, "organization_id": of, "role": "teacher"}
            await tx.execute(insert(Staff).values(**staff))
        busy = {"group_id": CHESS, "teacher_id": 1001, "week": date(2026, 11, 2), "ordinal": 9}
        hours = {"starts_at": at(12, 15, 30), "ends_at": at(12, 17), "plan_starts_at": at(12, 15, 30), "plan_ends_at": at(12, 17)}
        await tx.execute(insert(Lesson).values(**busy, **hours))
        own = busy | {"group_id": ROBOTICS, "teacher_id": 1003}
        await tx.execute(insert(Lesson).values(**own, **hours))
    async with db.read() as tx:
        lesson = await timetable.lesson(tx, ROBOTICS_THURSDAY)
        assert lesson is not None
        whole = await free_teachers(tx, [lesson], 0, 20)
        told = [(one.name, one.busy, one.of) for one in whole.some]
        assert told == [
            ("Юсупов", 0, ""), ("Бойко", 1, ""),
            ("Тлехас Зарема Аслановна", 0, "ЦДО"), ("Яковлев", 0, "ЦДО"), ("Агафонов", 1, "ЦДО"),
        ]  # fmt: skip
        for size in (1, 2, 3, 4):
            pages = [await free_teachers(tx, [lesson], number, size) for number in range(-(-5 // size))]
            assert [one for page in pages for one in page.some] == whole.some
            assert {page.of for page in pages} == {len(pages)}


async def test_who_teaches_and_as_whom_they_are_known(db: Database) -> None:
    await _last_year(db)
    async with db.read() as tx:
        assert await parties.teaching(tx, [2026, 2027]) == [PAVEL, ZAREMA]
        assert await parties.teaching(tx, [2025]) == [PAVEL]
        assert await parties.teaching(tx, [2026], {ZAREMA, 7}) == [ZAREMA]
        assert await parties.teaching(tx, [2026], set(range(ZAREMA, 2000))) == [ZAREMA]
        assert await contacts.work_of(tx, set(range(ZAREMA, 2000))) == {ZAREMA: CENTRE}
        assert [one.name for one in (await colleagues.colleagues(tx, 1, 1)).some] == ["Тлехас Зарема Аслановна"]
        found = await colleagues.colleague(tx, PAVEL)
        assert found is not None
        assert found.organization == "Центр развития IT-образования"
    async with db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(archived_at=NOW))
    async with db.read() as tx:
        assert await colleagues.colleague(tx, PAVEL) is None
        assert [one.id for one in (await colleagues.colleagues(tx, 0, 8)).some] == [ZAREMA]


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_a_week_of_all_begins_with_the_index_of_hours(db: Database) -> None:
    with statements(db) as heard:
        async with db.read() as tx:
            await views.taught(tx, EVERYWHERE, Narrowed(), at(9, 0), at(16, 0))
    assert " OR " not in heard[0].partition("WHERE")[2]


async def _last_year(db: Database) -> None:
    """Robotics was learnt a year ago too."""
    async with db.write() as tx:
        await tx.execute(insert(Year).values(year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31)))
        course = (await tx.execute(select(Course.__table__).where(Course.id == ROBOTICS))).one()._asdict()
        await tx.execute(insert(Course).values(course | {"id": 900, "year": 2025}))
        group = (await tx.execute(select(Group.__table__).where(Group.id == ROBOTICS))).one()._asdict()
        await tx.execute(insert(Group).values(group | {"id": 900, "year": 2025, "course_id": 900}))
        hours = {
            "starts_at": datetime(2025, 11, 12, 12, tzinfo=NOW.tzinfo),
            "ends_at": datetime(2025, 11, 12, 13, tzinfo=NOW.tzinfo),
        }
        plan = {f"plan_{name}": value for name, value in hours.items()}
        await tx.execute(insert(Lesson).values(group_id=900, week=date(2025, 11, 10), ordinal=1, place="подвал", **hours, **plan))
