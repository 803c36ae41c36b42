"""A workbook against the stored network: the plan in words, what it writes, and that the same file twice changes nothing."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.clock import Moment
from bot.policy import Person as Someone
from bot.policy import Post
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.reading.workbook.rows import Workbook
from bot.reading.workbook.template import template
from bot.refusals import Faults, Refusal
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, known, plan, workbook_of
from bot.services.network.plan import Plan
from bot.voice import voice
from bot.words.network import plan_lines
from storage.db import Database
from storage.tables import (
    Audit,
    CalendarDay,
    ClassHours,
    Course,
    Group,
    Lesson,
    Letter,
    Organization,
    Pupil,
    Road,
    Slot,
    Staff,
    Step,
    Table,
)
from tests.world import NOW, OLGA, SCHOOL, TELEGRAM, ZONE

SAY, ENGLISH = voice("ru", ZONE), voice("en", ZONE)
COORDINATOR = Someone(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
YEAR = 2026

Tables = dict[str, list[list[Cell]]]

NETWORK: Tables = {
    "Организации": [
        ["Код", "Название", "Роль", "Вид"],
        ["Ш8", "МБОУ СОШ №8", "базовая", None],
        ["IT", "Центр IT", "партнёр", "образовательная"],
    ],
    "Сотрудники": [
        ["Код", "ФИО", "Организация", "Роль"],
        ["О1", "Орлова Ольга Ивановна", "ш8", "координатор"],
        ["П1", "Петров Павел Ильич", "it", "педагог"],
        ["П2", "Белов Борис Олегович", "it", "педагог"],
    ],
    "Ученики": [
        ["Код", "ФИО", "Класс", "Дата рождения"],
        ["1", "Иванов Михаил", "7А", "05.03.2013"],
        ["2", "Ким Яна", "7Б", None],
        ["3", "Бек Рустам", "8А", None],
    ],
    "Курсы": [
        ["Код", "Название", "Организация", "Направленность", "Классы", "Часов", "Выбор", "Окно с", "Окно по"],
        ["РОБ", "Робототехника", "IT", "техническая", "5-7", 68, "по порядку", "20.05", "25.08"],
    ],
    "Группы": [["Код", "Курс", "Педагог", "Мест", "Минимум", "Место"], ["РОБ-1", "РОБ", "П1", 12, 6, "каб. 2"]],
    "Расписание": [
        ["Группа", "День", "Начало", "Конец", "Недели", "Место", "По"],
        ["РОБ-1", "вт", "15:00", "16:30", None, None, "31.12"],
        ["РОБ-1", "чт", "15:00", "16:30", "чётные", "зал", "31.12"],
    ],
    "Занятость классов": [["Класс", "День", "С", "По"], ["7А", "пн", "8:30", "14:05"]],
    "Дорога": [["Откуда", "Куда", "Минут"], ["IT", "Ш8", 15]],
    "Календарь": [["Дата", "День", "Название"], ["24.11", "выходной", "День города"]],
    "Дорожная карта": [
        ["№", "Задача", "С", "По", "Повтор", "Ответственный"],
        [5, "Определить сроки", "сентябрь", "май", "месяц", "О1"],
    ],
}


def changed(**sheets: Any) -> Tables:
    """The network with some sheets otherwise: `Ученики=rows`; None leaves a sheet out."""
    tables = deepcopy(NETWORK) | sheets
    return {name: rows for name, rows in tables.items() if rows is not None}


def with_cell(sheet: str, row: int, column: str, cell: Cell) -> Tables:
    tables = deepcopy(NETWORK)
    tables[sheet][row - 1][tables[sheet][0].index(column)] = cell
    return tables


async def book(db: Database, tables: Tables) -> Workbook:
    return parse_workbook([Sheet(name, rows) for name, rows in tables.items()], academic_year=YEAR, known=await known(db, YEAR))


UNLICENSED = (
    "⚠️ У «Центр IT» не указана лицензия, а курсы есть: Робототехника. Свидетельств по ним не выдать. "
    "Впишите её в лист «Организации», столбец «Лицензия»."
)


async def planned(db: Database, tables: Tables, now: datetime = NOW) -> list[str]:
    """The plan's words, said in both languages."""
    found = await plan(db, await book(db, tables), now=now, zone=ZONE)
    assert plan_lines(found, ENGLISH)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in plan_lines(found, SAY.plain)]


async def applied(db: Database, tables: Tables, now: datetime = NOW, by: Someone | None = None) -> Plan:
    return await carry_out(db, await book(db, tables), by=by, now=now, zone=ZONE)


async def refused(db: Database, tables: Tables) -> list[str]:
    with pytest.raises(Faults) as faults:
        await planned(db, tables)
    assert all(ENGLISH(fault.key, **fault.facts) for fault in faults.value.faults)
    return [SAY.plain(fault.key, **fault.facts) for fault in faults.value.faults]


async def rows_of(db: Database, *columns: Any) -> list[tuple[Any, ...]]:
    async with db.read() as tx:
        return [tuple(row) for row in await tx.execute(select(*columns).order_by(*columns))]


async def lessons(db: Database) -> list[str]:
    """The lessons that stand: «10.11 15:00 каб. 2»."""
    async with db.read() as tx:
        rows = await tx.execute(select(Lesson).where(Lesson.archived_at.is_(None)).order_by(Lesson.starts_at))
        return [
            f"{row.starts_at.astimezone(ZONE):%d.%m %H:%M} {row.place}" + (" отменено" if row.cancelled_at else "")
            for row in rows.scalars()
        ]


# ── a network begins ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_empty_bot_learns_a_network(empty_db: Database) -> None:
    assert await planned(empty_db, NETWORK) == [
        "Книга сети, 2026/27 учебный год:",
        "Организации: новых — 2",
        "+ МБОУ СОШ №8",
        "+ Центр IT",
        "Сотрудники: новых — 3",
        "+ Орлова Ольга Ивановна",
        "+ Петров Павел Ильич",
        "+ Белов Борис Олегович",
        "Ученики: новых — 3",
        "+ Иванов Михаил, 7А",
        "+ Ким Яна, 7Б",
        "+ Бек Рустам, 8А",
        "Курсы: новых — 1",
        "+ Робототехника",
        "Группы: новых — 1",
        "+ РОБ-1",
        "Расписание: новых — 2",
        "+ РОБ-1, вт 15:00",
        "+ РОБ-1, чт 15:00",
        "Занятость классов: новых — 1",
        "+ 7А, пн 08:30-14:05",
        "Дорога: новых — 1",
        "+ IT — Ш8",
        "Календарь: новых — 1",
        "+ 24.11.2026, выходной",
        "Дорожная карта: новых — 1",
        "+ № 5 Определить сроки",
        "Добавится 10 занятий.",
        UNLICENSED,
    ]
    await applied(empty_db, NETWORK)
    assert await rows_of(empty_db, Organization.code, Organization.role, Organization.kind) == [
        ("IT", "partner", "educational"),
        ("Ш8", "base", None),
    ]
    assert await rows_of(empty_db, Staff.code, Staff.role) == [("О1", "coordinator"), ("П1", "teacher"), ("П2", "teacher")]
    assert await rows_of(empty_db, Pupil.code, Pupil.class_name, Pupil.birth_date) == [
        ("1", "7А", date(2013, 3, 5)),
        ("2", "7Б", None),
        ("3", "8А", None),
    ]
    async with empty_db.read() as tx:
        course = (await tx.execute(select(Course))).scalar_one()
        assert (course.classes, course.selection, course.opens_on) == (["5", "6", "7"], "queue", date(2026, 5, 20))
        step = (await tx.execute(select(Step))).scalar_one()
        assert (step.code, step.repeats, step.ends_on) == ("roadmap-5", "month", date(2027, 5, 31))
    assert await rows_of(empty_db, Group.code, Group.seats) == [("РОБ-1", 12)]
    assert await rows_of(empty_db, Slot.weekday, Slot.weeks) == [(1, "all"), (3, "even")]
    assert await rows_of(empty_db, ClassHours.class_name, ClassHours.starts) == [("7А", time(8, 30))]
    assert await rows_of(empty_db, Road.minutes) == [(15,)]
    assert await rows_of(empty_db, CalendarDay.day, CalendarDay.kind) == [(date(2026, 11, 24), "day_off")]
    assert await rows_of(empty_db, Audit.action, Audit.person_id) == [("network.load", None)]


async def test_lessons_follow_the_rules_the_weeks_and_the_calendar(empty_db: Database) -> None:
    """From now on, for what is over needs no planning; not on a day off; the even weeks' Thursdays counted from 1 September."""
    await applied(empty_db, NETWORK)
    assert await lessons(empty_db) == [
        "10.11 15:00 каб. 2",
        "17.11 15:00 каб. 2",
        "19.11 15:00 зал",
        "01.12 15:00 каб. 2",
        "03.12 15:00 зал",
        "08.12 15:00 каб. 2",
        "15.12 15:00 каб. 2",
        "17.12 15:00 зал",
        "22.12 15:00 каб. 2",
        "29.12 15:00 каб. 2",
    ]  # Thursday, 31 December, is the state's day off, moved from 4 January


async def test_the_first_plan_tells_what_changes_do_to_its_lessons(empty_db: Database) -> None:
    heading: list[Cell] = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Педагог", "Причина"]
    moved = NETWORK | {"Изменения": [heading, ["РОБ-1", "17.11", "15:00", "перенос", "18.11", None, None, None]]}
    assert "Из них 1 занятие — как сказано на листе «Изменения»." in await planned(empty_db, moved)


async def test_the_same_workbook_twice_changes_nothing(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    assert await planned(empty_db, NETWORK) == [
        "Книга сети, 2026/27 учебный год:",
        "В книге нет ничего нового: ничего не изменится.",
    ]
    again = await applied(empty_db, NETWORK)
    assert not again
    assert len(await rows_of(empty_db, Audit.id)) == 1


async def test_other_spellings_of_a_code_are_the_same(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    tables = with_cell("Группы", 2, "Код", " роб-1 ")
    tables["Организации"][2][0] = "it"
    assert not await applied(empty_db, tables)


async def test_the_untouched_template_plans_nothing(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    found = await plan(
        empty_db,
        await workbook_of(empty_db, template(), "сеть.xlsx", at=Moment(NOW, ZONE), said=Said(YEAR)),
        now=NOW,
        zone=ZONE,
    )
    assert not found
    assert plan_lines(found, SAY.plain)[1] == "В книге нет ничего нового: ничего не изменится."
    assert plan_lines(found, SAY.plain)[2].startswith("Кроме примера ничего нет, поэтому ничего не меняется: Учебный год, ")


# ── a network changes ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_was_and_now_and_gone(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    tables = changed(
        Ученики=[["Код", "ФИО", "Класс"], ["1", "Иванов Михаил", "8А"], ["2", "Ким Яна", "7Б"], ["4", "Ив <b>", "5А"]]
    )
    assert (await planned(empty_db, tables))[1:] == [
        "Ученики: новых — 1, изменится — 1, в архив — 1",
        "+ Ив <b>, 5А",
        "~ Иванов Михаил, 8А: Класс 7А → 8А",
        "− Бек Рустам, 8А",
        "⚠️ «Занятость классов», строка 2, столбец A «Класс»: в классе 7А нет ни одного ученика. Проверьте класс.",
    ]
    html = plan_lines(await plan(empty_db, await book(empty_db, tables), now=NOW, zone=ZONE), SAY)
    assert "+ Ив &lt;b&gt;, 5А" in html
    await applied(empty_db, tables)
    async with empty_db.read() as tx:
        rows = {row.code: row for row in (await tx.execute(select(Pupil))).scalars()}
    assert rows["3"].archived_at == NOW
    assert rows["1"].class_name == "8А"
    assert rows["1"].birth_date == date(2013, 3, 5), "a column left out changes nothing"

    assert (await planned(empty_db, NETWORK))[1] == "Ученики: новых — 1, изменится — 1, в архив — 1"
    await applied(empty_db, NETWORK)
    async with empty_db.read() as tx:
        back = await tx.scalar(select(Pupil).where(Pupil.code == "3"))
    assert back is not None
    assert back.archived_at is None, "who comes back is the same pupil"


async def test_a_sheet_left_out_changes_nothing(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    assert not await applied(empty_db, changed(Ученики=None, Расписание=None, Календарь=None, Группы=None))
    assert not await applied(empty_db, {"Ученики": NETWORK["Ученики"]})


async def test_every_sheet_can_change(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    tables = with_cell("Курсы", 2, "Классы", "5-8")
    tables["Дорога"][1][2] = 20
    tables["Календарь"][1][1] = "каникулы"
    tables["Занятость классов"][1][3] = "13:00"
    tables["Дорожная карта"][1][4] = "нет"
    tables["Сотрудники"][2][1] = "Петров Пётр Ильич"
    assert (await planned(empty_db, tables))[1:] == [
        "Сотрудники: изменится — 1",
        "~ Петров Пётр Ильич: ФИО Петров Павел Ильич → Петров Пётр Ильич",
        "Курсы: изменится — 1",
        "~ Робототехника: Классы 5, 6, 7 → 5, 6, 7, 8",
        "Занятость классов: новых — 1, убрать — 1",
        "+ 7А, пн 08:30-13:00",
        "− 7А, пн 08:30-14:05",
        "Дорога: изменится — 1",
        "~ Ш8 — IT: Минут 15 → 20",
        "Календарь: изменится — 1",
        "~ 24.11.2026, каникулы: День выходной → каникулы",
        "Дорожная карта: изменится — 1",
        "~ № 5 Определить сроки: Повтор месяц → нет",
        UNLICENSED,
    ]
    await applied(empty_db, tables)
    assert not await applied(empty_db, tables)
    assert await rows_of(empty_db, Road.minutes) == [(20,)]
    assert await rows_of(empty_db, CalendarDay.kind, CalendarDay.name) == [("holidays", "День города")]


async def test_what_others_still_need_cannot_go(empty_db: Database) -> None:
    await applied(empty_db, NETWORK)
    only = {"Организации": NETWORK["Организации"][:2]}
    assert await refused(empty_db, only) == [
        f"На листе «Организации» больше нет «IT», а лист «{sheet}», которого в книге нет, на него ссылается. "
        "Верните строку или приложите этот лист."
        for sheet in ("Сотрудники", "Курсы", "Дорога")
    ]
    assert len(await rows_of(empty_db, Organization.id)) == 2


async def test_a_change_of_no_lesson_is_a_slip(empty_db: Database) -> None:
    heading: list[Cell] = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Педагог", "Причина"]
    tables = changed(Изменения=[heading, ["РОБ-1", "11.11", "15:00", "отмена"], ["РОБ-1", "15.09", "11:11", "отмена"]])
    assert await refused(empty_db, tables) == [
        "«Изменения», строка 2, столбец B «Дата»: в расписании нет занятия РОБ-1, 11.11.2026, 15:00. Проверьте дату и время начала."
    ]


async def test_only_a_coordinator_loads(empty_db: Database) -> None:
    someone = Someone(3, 3, posts=frozenset({Post("teacher", 11, 3)}))
    with pytest.raises(Refusal, match="not-yours"):
        await applied(empty_db, NETWORK, by=someone)
    assert await rows_of(empty_db, Pupil.id) == []


async def test_a_plan_that_is_no_longer_true_is_looked_at_again(empty_db: Database) -> None:
    seen = await plan(empty_db, await book(empty_db, NETWORK), now=NOW, zone=ZONE)
    await applied(empty_db, {"Организации": NETWORK["Организации"]})
    with pytest.raises(Refusal, match="network-plan-old"):
        await carry_out(empty_db, await book(empty_db, NETWORK), by=None, now=NOW, zone=ZONE, digest=seen.digest)
    assert await rows_of(empty_db, Pupil.id) == []


async def test_a_failure_leaves_nothing_behind(empty_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("bot.services.network.apply._lessons", fail)
    with pytest.raises(RuntimeError):
        await applied(empty_db, NETWORK)
    tables: tuple[type[Table], ...] = (Organization, Pupil, Group, Lesson, Letter, Audit)
    async with empty_db.read() as tx:
        for table in tables:
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
