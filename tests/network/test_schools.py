"""Two base schools share a partner: a workbook of one changes nothing of the other, and a book of both says whose each row is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.policy import Person as Someone
from bot.policy import Post
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Faults
from bot.services.network.network import carry_out, known, plan
from bot.services.roadmap.programme import seed_programme
from bot.voice import voice
from bot.words.network import plan_lines
from storage.db import Database
from storage.tables import (
    Application,
    CalendarDay,
    Choice,
    ClassHours,
    Course,
    Group,
    Lesson,
    Organization,
    Pupil,
    Slot,
    Staff,
    Step,
    Table,
)
from tests.world import NOW, ZONE

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these

YEAR = 2026
SAY = voice("ru", ZONE)
Tables = dict[str, list[list[Cell]]]

BOTH: Tables = {
    "Организации": [
        ["Код", "Название", "Роль"],
        ["Ш8", "СОШ №8", "базовая"],
        ["Г5", "Гимназия №5", "базовая"],
        ["IT", "Центр IT", "партнёр"],
        ["ЦДО", "Центр творчества", "партнёр"],
    ],
    "Сотрудники": [
        ["Код", "ФИО", "Организация", "Роль"],
        ["О1", "Орлова Ольга Ивановна", "Ш8", "координатор"],
        ["О2", "Ачмиз Тамара Исмаиловна", "Г5", "координатор"],
        ["П1", "Петров Павел Ильич", "IT", "педагог"],
        ["П2", "Тлехас Зарема Аслановна", "ЦДО", "педагог"],
    ],
    "Ученики": [
        ["Код", "ФИО", "Класс", "Школа"],
        ["1", "Иванов Михаил", "7А", "Ш8"],
        ["2", "Ким Яна", "7Б", "Ш8"],
        ["51", "Гучетль Аслан", "7А", "Г5"],
    ],
    "Курсы": [
        ["Код", "Название", "Организация", "Направленность", "Классы"],
        ["РОБ", "Робототехника", "IT", "техническая", "5-8"],
        ["ШАХ", "Шахматы", "ЦДО", "спортивная", "5-8"],
    ],
    "Группы": [
        ["Код", "Курс", "Педагог", "Мест"],
        ["РОБ-1", "РОБ", "П1", 12],
        ["РОБ-2", "РОБ", "П1", 12],
        ["ШАХ-1", "ШАХ", "П2", 12],
    ],
    "Расписание": [
        ["Группа", "День", "Начало", "Конец"],
        ["РОБ-1", "вт", "15:00", "16:30"],
        ["РОБ-2", "ср", "15:00", "16:30"],
        ["ШАХ-1", "чт", "15:00", "16:30"],
    ],
    "Занятость классов": [
        ["Класс", "День", "С", "По", "Школа"],
        ["7А", "пн", "8:30", "14:05", "Ш8"],
        ["7А", "пн", "9:00", "13:05", "Г5"],
    ],
    "Календарь": [
        ["Дата", "День", "Название", "Школа"],
        ["24.11", "каникулы", "Осень", "Ш8"],
        ["25.11", "каникулы", "Осень", "Г5"],
    ],
    "Дорожная карта": [
        ["№", "Задача", "С", "По", "Школа"],
        [5, "Определить сроки", "сентябрь", "май", "Ш8"],
        [5, "Собрать договоры", "сентябрь", "декабрь", "Г5"],
    ],
}

# The gymnasium's own book: it knows nothing of the other school, of chess and of the second group of robotics.
ITS_OWN: Tables = {
    "Организации": [["Код", "Название", "Роль"], ["Г5", "Гимназия №5", "базовая"], ["IT", "Центр IT", "партнёр"]],
    "Сотрудники": [
        ["Код", "ФИО", "Организация", "Роль"],
        ["О2", "Ачмиз Тамара Исмаиловна", "Г5", "координатор"],
        ["П1", "Петров Павел Ильич", "IT", "педагог"],
    ],
    "Ученики": [["Код", "ФИО", "Класс"], ["51", "Гучетль Аслан", "8А"], ["52", "Хапач Белла", "5Б"]],
    "Курсы": [
        ["Код", "Название", "Организация", "Направленность", "Классы"],
        ["РОБ", "Робототехника", "IT", "техническая", "5-8"],
    ],
    "Группы": [["Код", "Курс", "Педагог", "Мест"], ["РОБ-1", "РОБ", "П1", 12]],
    "Расписание": [["Группа", "День", "Начало", "Конец"], ["РОБ-1", "вт", "15:00", "16:30"]],
    "Занятость классов": [["Класс", "День", "С", "По"], ["7А", "вт", "9:00", "13:05"]],
    "Календарь": [["Дата", "День", "Название"], ["26.11", "каникулы", "Осень"]],
    "Дорожная карта": [["№", "Задача", "С", "По"], [1, "Собрать договоры", "сентябрь", "ноябрь"]],
}


def otherwise(tables: Tables, **sheets: Any) -> Tables:
    return {name: rows for name, rows in (tables | sheets).items() if rows is not None}


async def coordinator_of(db: Database, code: str) -> Someone:
    async with db.read() as tx:
        school = (await tx.scalars(select(Organization.id).where(Organization.code == code))).one()
        post = (await tx.scalars(select(Staff.id).where(Staff.organization_id == school))).first()
    return Someone(None, 1, posts=frozenset({Post("coordinator", post or 0, school)}))


async def read(db: Database, tables: Tables, by: Someone | None) -> Any:
    sheets = [Sheet(name, rows) for name, rows in tables.items()]
    return parse_workbook(sheets, academic_year=YEAR, known=await known(db, YEAR, by))


async def planned(db: Database, tables: Tables, by: Someone | None = None) -> list[str]:
    found = await plan(db, await read(db, tables, by), now=NOW, zone=ZONE, by=by)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in plan_lines(found, SAY.plain)]


async def applied(db: Database, tables: Tables, by: Someone | None = None) -> None:
    await carry_out(db, await read(db, tables, by), by=by, now=NOW, zone=ZONE)


async def refused(db: Database, tables: Tables, by: Someone | None = None) -> list[str]:
    with pytest.raises(Faults) as faults:
        await planned(db, tables, by)
    return [SAY.plain(fault.key, **fault.facts) for fault in faults.value.faults]


@pytest.fixture
async def two(empty_db: Database) -> Database:
    """Both schools loaded at the command line; Misha of № 8 and Aslan of the gymnasium learn robotics, Misha chess too."""
    await applied(empty_db, BOTH)
    async with empty_db.write() as tx:
        for pupil, groups in (("1", ("РОБ-1", "ШАХ-1")), ("51", ("РОБ-1",)), ("2", ("РОБ-2",))):
            pupil_id = await tx.scalar(select(Pupil.id).where(Pupil.code == pupil))
            paper = {"pupil_id": pupil_id, "state": "approved", "created_at": NOW, "year": YEAR}
            application = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
            for rank, code in enumerate(groups, 1):
                group, course = (await tx.execute(select(Group.id, Group.course_id).where(Group.code == code))).one()
                choice = {
                    "application_id": application,
                    "course_id": course,
                    "group_id": group,
                    "rank": rank,
                    "state": "enrolled",
                }
                await tx.execute(insert(Choice).values(choice | {"changed_at": NOW}))
    return empty_db


async def standing(db: Database, code: str) -> dict[str, list[Any]]:
    """Every row of a school, and of the shared sheets what its pupils are in."""
    async with db.read() as tx:
        school = (await tx.scalars(select(Organization.id).where(Organization.code == code))).one()

        async def rows(table: type[Table], *where: Any) -> list[Any]:
            columns = table.__table__.columns
            return [tuple(row) for row in await tx.execute(select(*columns).where(*where).order_by(*table.__table__.primary_key))]

        found = {
            table.__tablename__: await rows(table, table.school_id == school) for table in (Pupil, ClassHours, CalendarDay, Step)
        }
        learn = (
            select(Choice.group_id)
            .join(Application)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .where(Pupil.school_id == school)
        )
        found["organizations"] = await rows(Organization, Organization.id == school)
        found["staff"] = await rows(Staff, Staff.organization_id == school)
        found["groups"] = await rows(Group, Group.id.in_(learn))
        found["courses"] = await rows(Course, Course.id.in_(select(Group.course_id).where(Group.id.in_(learn))))
        found["slots"] = await rows(Slot, Slot.group_id.in_(learn))
        found["lessons"] = await rows(Lesson, Lesson.group_id.in_(learn))
        return found


# ── a book of one ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_coordinators_book_changes_no_row_of_the_other_school(two: Database) -> None:
    before = await standing(two, "Ш8")
    assert all(before.values())
    tamara = await coordinator_of(two, "Г5")
    said = await planned(two, ITS_OWN, tamara)
    assert "Школа: Гимназия №5" in said
    assert "«Группы»: 2 строк в книге нет; они останутся: там ученики другой школы." in said
    assert not any("Иванов" in line or "Ким" in line for line in said)
    await applied(two, ITS_OWN, tamara)
    after = await standing(two, "Ш8")
    assert {sheet: rows for sheet, rows in after.items() if rows != before[sheet]} == {}
    assert any("ничего не изменится" in line for line in await planned(two, ITS_OWN, tamara))
    async with two.read() as tx:
        gymnasium = select(Organization.id).where(Organization.code == "Г5").scalar_subquery()
        assert list(await tx.scalars(select(Pupil.class_name).where(Pupil.school_id == gymnasium).order_by(Pupil.code))) == [
            "8А",
            "5Б",
        ]
        stands = Step.archived_at.is_(None)
        assert list(await tx.scalars(select(Step.number).where(Step.school_id == gymnasium, stands))) == ["1"]


async def test_a_shared_row_in_which_nobody_elses_pupils_are_may_go(two: Database) -> None:
    olga = await coordinator_of(two, "Ш8")
    rows = [row for row in BOTH["Группы"] if row[0] != "РОБ-2"]
    book = otherwise(BOTH, **{"Группы": rows, "Расписание": None, "Ученики": None, "Занятость классов": None})
    book |= {"Календарь": [["Дата", "День", "Название"], ["24.11", "каникулы", "Осень"]]}
    book.pop("Дорожная карта")
    async with two.write() as tx:
        slots = (await tx.scalars(select(Slot).join(Group).where(Group.code == "РОБ-2"))).all()
        for slot in slots:
            await tx.delete(slot)
    await applied(two, book, olga)
    async with two.read() as tx:
        gone = list(await tx.scalars(select(Group.code).where(Group.archived_at.is_not(None))))
    assert gone == ["РОБ-2"]


async def test_rows_of_another_school_and_its_pupils_codes_are_refused_with_their_place(two: Database) -> None:
    tamara = await coordinator_of(two, "Г5")
    rows: list[list[Cell]] = [["Код", "ФИО", "Класс", "Школа"], ["53", "Мугу Карина", "6А", "Ш8"]]
    assert await refused(two, otherwise(ITS_OWN, Ученики=rows, Организации=None), tamara) == [
        "«Ученики», строка 2, столбец D «Школа»: «Ш8» — другая школа. В этой книге можно менять только строки своей."
    ]
    rows = [["Код", "ФИО", "Класс"], ["1", "Мугу Карина", "6А"]]
    assert await refused(two, otherwise(ITS_OWN, Ученики=rows), tamara) == [
        "«Ученики», строка 2, столбец A «Код»: код «1» уже у ученика другой школы. Дайте другой код."
    ]


async def test_the_other_schools_own_row_stands_as_it_is(two: Database) -> None:
    """A book may list the other school (for roads), and does not rename it."""
    tamara = await coordinator_of(two, "Г5")
    rows = [*ITS_OWN["Организации"], ["Ш8", "Школа-соседка", "базовая"]]
    await applied(two, otherwise(ITS_OWN, Организации=rows), tamara)
    async with two.read() as tx:
        assert await tx.scalar(select(Organization.name).where(Organization.code == "Ш8")) == "СОШ №8"


# ── a book of both ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_book_of_two_schools_says_whose_every_row_is(empty_db: Database) -> None:
    for sheet, row in (("Календарь", ["24.11", "каникулы"]), ("Дорожная карта", [5, "Сроки", "сентябрь", "май"])):
        rows = [BOTH[sheet][0][: len(row)], row]
        (fault,) = await refused(empty_db, otherwise(BOTH, **{sheet: rows}))
        assert fault.startswith(f"«{sheet}», строка 2, столбец A")
        assert "базовых школ 2" in fault
    await applied(empty_db, BOTH)
    assert any("ничего не изменится" in line for line in await planned(empty_db, BOTH))
    async with empty_db.read() as tx:
        days = (await tx.execute(select(Organization.code, CalendarDay.day).join(CalendarDay).order_by(CalendarDay.day))).all()
    assert [(code, f"{day:%d.%m}") for code, day in days] == [("Ш8", "24.11"), ("Г5", "25.11")]


async def test_lessons_keep_the_holidays_of_the_schools_that_learn_there(two: Database) -> None:
    """24 November is a holiday at № 8 only: robotics is shared and is held, on Thursday № 8 alone plays chess."""
    rows = [["Дата", "День", "Название", "Школа"], *([day, "каникулы", "Осень", "Ш8"] for day in ("24.11", "26.11"))]
    await applied(two, otherwise(BOTH, Календарь=rows))
    async with two.read() as tx:
        found = await tx.execute(
            select(Group.code, Lesson.starts_at).join(Group).where(Lesson.archived_at.is_(None), Lesson.cancelled_at.is_(None))
        )
        held = {(code, f"{at.astimezone(ZONE):%d.%m}") for code, at in found}
    assert ("РОБ-1", "24.11") not in held  # the gymnasium names no day in this book, so it says nothing against
    rows.append(["30.12", "каникулы", "Зима", "Г5"])
    await applied(two, otherwise(BOTH, Календарь=rows))
    async with two.read() as tx:
        found = await tx.execute(
            select(Group.code, Lesson.starts_at).join(Group).where(Lesson.archived_at.is_(None), Lesson.cancelled_at.is_(None))
        )
        held = {(code, f"{at.astimezone(ZONE):%d.%m}") for code, at in found}
    assert ("РОБ-1", "24.11") in held
    assert ("ШАХ-1", "26.11") not in held


async def test_each_school_has_a_roadmap_and_tasks_of_its_own(two: Database) -> None:
    await seed_programme(two, year=YEAR, now=NOW, zone=ZONE)
    async with two.read() as tx:
        rows = (
            await tx.execute(
                select(Organization.code, Step.task)
                .join(Organization, Organization.id == Step.school_id)
                .where(Step.code == "roadmap-5")
            )
        ).all()
        assert sorted(map(tuple, rows)) == [("Г5", "Собрать договоры"), ("Ш8", "Определить сроки")]
        own = (await tx.execute(select(Step.school_id).where(Step.code == "regulation-3"))).all()
    assert len(own) == 2
