"""Kinds of situations between two workbooks and the chat, beside the twelve cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.clock import Moment
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.refusals import Faults
from bot.services.network.network import carry_out, known, plan
from bot.services.timetable.lessons import cancel_lesson, move_lesson
from bot.words.network import plan_lines
from storage.db import Database
from tests.timetable.reconciled_world import (
    ALYONAS,
    AZAMATS,
    COORDINATOR,
    MARINA,
    NOW,
    PAVEL,
    SAY,
    lesson_on,
    lessons,
    plain,
    sent,
    told,
)  # fmt: skip
from tests.world import ZONE

FORTNIGHT = (date(2026, 11, 23), date(2026, 12, 10))
HEADING: list[Cell] = ["Группа", "День", "Начало", "Конец", "Место", "С", "По"]
CHESS: list[Cell] = ["ШАХ-1", "пн", "15:00", "15:45"]
CLAY: list[Cell] = ["ЛЕП-1", "ср", "15:00", "15:45"]
CHANGES: list[Cell] = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Новое место", "Педагог"]
DAYS: list[Cell] = ["Дата", "День", "Название"]
EVE: list[Cell] = ["31.12", "выходной", "канун Нового года"]


def robots(*rows: list[Cell]) -> Sheet:
    """«Расписание» in which only robotics may be another."""
    return Sheet("Расписание", [[*HEADING], *([["РОБО-1", *row] for row in rows]), [*CHESS], [*CLAY]])


def changes(*rows: list[Cell]) -> Sheet:
    return Sheet("Изменения", [[*CHANGES], *([["РОБО-1", *row] for row in rows])])


def calendar(*rows: list[Cell]) -> Sheet:
    return Sheet("Календарь", [[*DAYS], *rows, [*EVE]])


async def apply(db: Database, *sheets: Sheet, now: datetime = NOW) -> list[str]:
    """Carry the sheets out; the plan's words. What is not refused changes nothing a second time."""
    book = parse_workbook(list(sheets), academic_year=2026, known=await known(db, 2026))
    found = await carry_out(db, book, by=COORDINATOR, now=now, zone=ZONE)
    assert not await plan(db, book, now=now, zone=ZONE), "the same book twice"
    return [plain(line) for line in plan_lines(found, SAY.plain)][1:]


async def robotics(db: Database) -> list[str]:
    return (await lessons(db, "РОБО-1", *FORTNIGHT))[1:]


async def moved_and_cancelled_in_chat(db: Database) -> None:
    """26 November goes to Saturday, 3 December is cancelled; everybody knows."""
    at = Moment(NOW, ZONE)
    thursday = await lesson_on(db, "РОБО-1", datetime(2026, 11, 26, 15, tzinfo=ZONE))
    await move_lesson(db, thursday, datetime(2026, 11, 28, 11, tzinfo=ZONE), by=COORDINATOR, at=at)
    third = await lesson_on(db, "РОБО-1", datetime(2026, 12, 3, 15, tzinfo=ZONE))
    await cancel_lesson(db, third, by=COORDINATOR, at=at)
    await sent(db)


DECIDED = ["28.11 11:00", "01.12 15:00", "03.12 15:00 отменено", "08.12 15:00", "10.12 15:00"]


async def test_another_end_or_room_undoes_nothing_that_was_decided_in_chat(based: Database) -> None:
    await moved_and_cancelled_in_chat(based)
    await apply(based, robots(["вт", "15:00", "16:40"], ["чт", "15:00", "16:40"]))
    await apply(
        based, robots(["вт", "15:00", "16:40", "спортзал"], ["чт", "15:00", "16:40", "спортзал"]), now=NOW + timedelta(minutes=5)
    )
    assert await robotics(based) == DECIDED
    heard = await told(based, ALYONAS)
    assert not [text for text in heard if "всё-таки" in text]
    assert [text.split("\n", 1)[1] for text in heard if "новое расписание" in text] == [
        (
            "С 25 ноября: вт 15:00-16:40 (спортзал), чт 15:00-16:40 (спортзал).\n"
            "Не будет: в четверг, 26 ноября, в 15:00.\nНе будет: в четверг, 3 декабря, в 15:00.\n"
            "Отдельно: в субботу, 28 ноября, в 11:00."
        )
    ], "one letter for both books, with what was decided singly"


async def test_a_day_declared_off_and_on_again_leaves_what_was_decided(based: Database) -> None:
    await moved_and_cancelled_in_chat(based)
    await apply(
        based, calendar(["26.11", "выходной", "карантин"], ["03.12", "выходной", "карантин"], ["08.12", "выходной", "карантин"])
    )
    assert await robotics(based) == [*DECIDED[:3], "08.12 15:00 отменено", "10.12 15:00"]
    await apply(based, calendar())
    assert await robotics(based) == DECIDED


async def test_rows_end_in_an_effect_in_so_already_or_in_a_sentence(based: Database) -> None:
    await moved_and_cancelled_in_chat(based)
    said = await apply(
        based,
        changes(
            ["24.11", "15:00", "перенос", "28.11", "15:00"], ["03.12", "15:00", "отмена"], ["08.12", "15:00", "замена", None, None, "каб. 4"],
            ["26.11", "15:00", "перенос", "29.11", "12:00"], ["10.12", "15:00", "замена", None, None, None, "П1"],
        ),
    )  # fmt: skip
    assert [line for line in said if "«Изменения»" in line] == [
        "«Изменения», строка 3 (РОБО-1, чт, 3 дек., 15:00): уже так.",
        "«Изменения», строка 4 (РОБО-1, вт, 8 дек., 15:00): уже так.",
        (
            "«Изменения», строка 5 (РОБО-1, чт, 26 нояб., 15:00): в чате решили иначе (в субботу, 28 ноября, в 11:00); "
            "теперь будет по этой строке."
        ),
        "«Изменения», строка 6 (РОБО-1, чт, 10 дек., 15:00): уже так.",
        "«Изменения», строка 2: занятие уже прошло или идёт, строка ничего не меняет.",
        "⚠️ «Изменения», строка 5 (РОБО-1): занятие в воскресенье, 29 ноября, в 12:00 — это выходной.",
    ]
    assert (await robotics(based))[0] == "29.11 12:00"


async def test_a_row_moves_a_lesson_that_was_cancelled_in_chat_and_says_so(based: Database) -> None:
    await moved_and_cancelled_in_chat(based)
    said = await apply(based, changes(["03.12", "15:00", "перенос", "05.12", "12:00"]))
    assert "1 занятие всё-таки состоится:" in said
    assert any("строка 2" in line and "в чате решили иначе" in line for line in said)
    assert "05.12 12:00" in await robotics(based)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            ["26.11", "15:00", "перенос", "03.12.2027"],
            "столбец E «Новая дата»: 03.12.2027 не подходит к 2026/2027 учебному году.",
        ),
        (["26.11", "15:00", "отмена", "28.11"], "столбец E «Новая дата»: у отмены не бывает новой даты. Отмена или перенос?"),
        (
            ["31.12", "15:00", "перенос", "29.12"],
            "столбец B «Дата»: 31 декабря — выходной или каникулы, занятия в этот день нет.",
        ),
        (["27.11", "15:00", "отмена"], "столбец B «Дата»: в расписании нет занятия РОБО-1, 27.11.2026, 15:00."),
    ],
)
async def test_a_row_that_cannot_be_carried_out_is_refused_with_its_cell(based: Database, row: list[Cell], fault: str) -> None:
    with pytest.raises(Faults) as refused:
        await apply(based, changes(row))
    (only,) = refused.value.faults
    assert plain(SAY.plain(only.key, **only.facts)).startswith(f"«Изменения», строка 2, {fault}")


async def test_rules_that_change_and_a_row_in_one_book_say_what_a_family_would_now_expect(based: Database) -> None:
    await apply(based, robots(["вт", "15:00", "16:30"], ["пт", "15:00", "16:30"]), changes(["04.12", "15:00", "отмена"]))
    assert await robotics(based) == ["27.11 15:00", "01.12 15:00", "04.12 15:00 отменено", "08.12 15:00"]
    said = [text for text in await told(based, ALYONAS) if "отменяется" in text]
    assert said == [
        (
            "❌ Алёна: занятие «Робототехника» отменяется.\n"
            "Его не будет в пятницу, 4 декабря, в 15:00 (раньше стояло в четверг, 3 декабря, в 15:00)."
        )
    ]


async def test_a_rule_that_begins_later_is_told_by_its_day_without_rules_that_have_ended(based: Database) -> None:
    await apply(
        based,
        robots(
            ["вт", "15:00", "16:30"], ["чт", "15:00", "16:30", None, None, "30.12"], ["чт", "16:00", "17:30", None, "11.01", None]
        ),
    )
    assert await told(based, AZAMATS) == [
        "📅 Азамат: у курса «Робототехника» новое расписание.\nС 11 января 2027 года: вт 15:00-16:30, чт 16:00-17:30."
    ]


async def test_a_day_off_in_four_weeks_and_a_day_on_again_are_told(based: Database) -> None:
    off = calendar(["22.12", "выходной", "карантин"])
    assert "2 семьи узнают об этом." in await apply(based, off)
    assert await told(based, ALYONAS) == [
        "❌ Алёна: занятие «Робототехника» отменяется.\nЕго не будет во вторник, 22 декабря, в 15:00."
    ]
    await apply(based, calendar())
    assert await told(based, ALYONAS) == [], "it is again as they know it"


async def test_a_worked_saturday_is_an_added_lesson(based: Database) -> None:
    await apply(based, calendar(["28.11", "рабочий: четверг", "за 31 декабря"]))
    assert (await robotics(based))[:2] == ["26.11 15:00", "28.11 15:00"]
    assert await told(based, ALYONAS) == [
        "📅 Алёна: добавлено занятие «Робототехника».\nЖдём в субботу, 28 ноября, в 15:00.\nМесто: каб. 4."
    ]


async def test_another_teacher_for_good_is_one_letter(based: Database) -> None:
    groups = Sheet(
        "Группы",
        [
            ["Код", "Курс", "Педагог", "Мест", "Место"], ["РОБО-1", "РОБО", "П2", 12, "каб. 5"], ["ШАХ-1", "ШАХ", "П2", 12, "каб. 7"],
            ["ЛЕП-1", "ЛЕП", "П1", 12, "каб. 9"],
        ],
    )  # fmt: skip
    await apply(based, groups)
    assert await told(based, ALYONAS) == [
        (
            "👥 Алёна: «Робототехника» — перемена насовсем.\n"
            "Педагог: Марина Юрьевна (раньше — Павел Казбекович).\nМесто: каб. 5 (раньше — каб. 4)."
        )
    ]
    assert await told(based, PAVEL) == ["👥 Группу РОБО-1 («Робототехника») теперь ведёт Марина Юрьевна."]
    assert await told(based, MARINA) == [
        "👥 Группу РОБО-1 («Робототехника») теперь ведёте вы. Раньше — Павел Казбекович. Место: каб. 5."
    ]


BUSY: list[list[Cell]] = [["7А", "пн", "8:30", "13:30"], ["7А", "чт", "8:30", "13:30"], ["9В", "пн", "8:30", "13:30"]]


async def test_clashes_and_hours_nobody_means_are_in_the_plan(based: Database) -> None:
    said = await apply(
        based,
        robots(["ср", "15:00", "16:30"], ["пн", "15:30", "17:00"], ["пт", "3:00", "4:30"], ["сб", "15:00", "15:01"], ["чт", "12:00", "13:00"]),
        Sheet("Занятость классов", [["Класс", "День", "С", "По"], *BUSY]),
    )  # fmt: skip
    marked = [line for line in said if line.startswith("⚠️")]
    assert marked == [
        "⚠️ «Расписание», строка 4, столбец C «Начало»: 03:00–04:30 — в такой час занятий обычно нет. Проверьте.",
        "⚠️ «Расписание», строка 5, столбец D «Конец»: 15:00–15:01 — это 1 мин. Проверьте начало и конец.",
        "⚠️ «Занятость классов», строка 4, столбец A «Класс»: в классе 9В нет ни одного ученика. Проверьте класс.",
        "⚠️ ЛЕП-1 и РОБО-1: один педагог в одно время, в среду, 2 декабря, в 15:00 и ещё 24 раза.",
        "⚠️ РОБО-1 и ШАХ-1: у общих учеников два занятия в одно время, в понедельник, 30 ноября, в 15:30 и ещё 21 раз.",
        "⚠️ РОБО-1: у 7А в это время уроки, в четверг, 26 ноября, в 12:00 и ещё 24 раза.",
    ]


async def test_another_year_is_printed_and_a_road_of_ten_hours_asked_about(based: Database) -> None:
    far = Sheet("Дорога", [["Откуда", "Куда", "Минут"], ["С8", "ЦДО", 600], ["ЦДО", "ДК", 180]])
    said = await apply(based, changes(["26.11", "15:00", "перенос", "30.08.2027"]), far)
    assert "· Робототехника (РОБО-1): чт, 26 нояб., 15:00 → пн, 30 авг. 2027, 15:00" in said
    assert said[-2:] == [
        "⚠️ «Дорога», строка 2, столбец C «Минут»: 600 мин — это дольше трёх часов. Проверьте число.",
        "⚠️ «Изменения», строка 2 (РОБО-1): занятие 30 августа 2027, в 15:00 — после конца учебного года (31 мая 2027).",
    ]
