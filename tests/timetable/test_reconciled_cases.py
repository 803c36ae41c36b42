"""Twelve situations between two workbooks and the chat, each with its right outcome (tests/files/timetable/*.right.txt)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.refusals import Faults
from storage.db import Database
from tests.timetable.reconciled_world import (
    ALYONAS,
    AZAMATS,
    FILES,
    MARINA,
    NOW,
    PAVEL,
    TIMURS,
    lessons,
    loaded,
    planned,
    sent,
    told,
)  # fmt: skip
from tests.world import ZONE

FORTNIGHT = (date(2026, 11, 23), date(2026, 12, 10))
AS_IN_BASE = ["24.11 15:00", "26.11 15:00", "01.12 15:00", "03.12 15:00", "08.12 15:00", "10.12 15:00"]
NOTHING = "В книге нет ничего нового: ничего не изменится."
NO_ROWS = "Под названиями столбцов нет строк, поэтому ничего не меняется: Изменения."


async def refused(based: Database, name: str, now: datetime = NOW) -> list[str]:
    """The faults of a book that is refused, and that nothing was changed by it."""
    with pytest.raises(Faults):
        await loaded(based, name, now)
    assert await lessons(based, "РОБО-1", *FORTNIGHT) == AS_IN_BASE
    assert [await told(based, person) for person in range(1, 7)] == [[]] * 6
    return await planned(based, name, now)


async def again(based: Database, name: str, now: datetime = NOW) -> None:
    """The same book once more changes nothing."""
    assert (await planned(based, name, now))[1] == NOTHING
    assert not await loaded(based, name, now)


async def test_a_day_that_is_not_worked_is_a_day_off(based: Database) -> None:
    assert (await planned(based, "r01_nonworking_day"))[-3:] == [
        "«Календарь», строка 3, столбец B «День»: «нерабочий» прочитано как «выходной».",
        "«Календарь», строка 4, столбец B «День»: «не рабочий» прочитано как «выходной».",
        NO_ROWS,
    ]
    await loaded(based, "r01_nonworking_day", NOW)
    assert (await lessons(based, "РОБО-1", *FORTNIGHT))[:4] == [
        "24.11 15:00",
        "26.11 15:00 отменено",
        "01.12 15:00 отменено",
        "03.12 15:00",
    ]
    assert (await told(based, ALYONAS))[
        0
    ] == "❌ Алёна: занятие «Робототехника» отменяется.\nЕго не будет в четверг, 26 ноября, в 15:00."
    await again(based, "r01_nonworking_day")


async def test_a_new_date_that_is_over_is_refused_with_its_cell(based: Database) -> None:
    assert await refused(based, "r02_new_date_past") == [
        "«Изменения», строка 2, столбец E «Новая дата»: эта дата уже прошла: во вторник, 3 ноября, в 15:00. Проверьте число и месяц."
    ]


async def test_rows_of_past_days_may_be_cleared(based: Database) -> None:
    await loaded(based, "r09_old_rows_cleared.before", NOW)
    await sent(based)
    friday = datetime(2026, 11, 27, 10, 0, tzinfo=ZONE)
    await loaded(based, "r09_old_rows_cleared", friday)
    assert (await lessons(based, "РОБО-1", *FORTNIGHT))[:3] == ["24.11 15:00", "28.11 11:00", "01.12 15:00"]
    assert await told(based, AZAMATS) == []
    await again(based, "r09_old_rows_cleared", friday)


async def test_a_second_weekly_lesson_from_tomorrow_is_told_at_once(based: Database) -> None:
    assert "1 семья узнает об этом." in await planned(based, "r10_second_weekly_lesson")
    await loaded(based, "r10_second_weekly_lesson", NOW)
    assert await told(based, AZAMATS, due=NOW) == [
        "📅 Азамат: у курса «Шахматы» новое расписание.\nС 25 ноября: пн 15:00-15:45, чт 17:00-17:45."
    ]
    assert await told(based, ALYONAS) == []
    await again(based, "r10_second_weekly_lesson")


async def test_a_lesson_is_not_moved_onto_the_groups_own(based: Database) -> None:
    assert await refused(based, "r15_onto_own_lesson") == [
        (
            "«Изменения», строка 2, столбец E «Новая дата»: у этой же группы тогда уже есть занятие: "
            "во вторник, 1 декабря, в 15:00, до 16:30."
        )
    ]


async def test_a_day_of_another_year_is_said_and_changes_nothing(based: Database) -> None:
    for _ in range(3):
        assert (await planned(based, "r18_calendar_of_last_june"))[1:] == [
            NOTHING,
            NO_ROWS,
            "«Календарь», строка 3, столбец A «Дата»: 12.06.2026 — не 2026/2027 учебного года; строка ничего не меняет.",
        ]
        assert not await loaded(based, "r18_calendar_of_last_june", NOW)


async def test_last_years_dates_are_refused_with_their_cells(based: Database) -> None:
    faults = await refused(based, "r19_last_years_dates")
    assert len(faults) == 4
    assert faults[0] == "«Расписание», строка 2, столбец F «С»: 01.09.2025 не подходит к 2026/2027 учебному году."


async def test_what_rows_decided_stands_when_their_sheet_is_left_out(based: Database) -> None:
    await loaded(based, "r20_changes_left_out.before", NOW)
    await sent(based)
    evening = datetime(2026, 11, 25, 22, 0, tzinfo=ZONE)
    await loaded(based, "r20_changes_left_out", evening)
    assert await lessons(based, "РОБО-1", *FORTNIGHT) == [
        "24.11 15:00", "26.11 15:30", "01.12 15:30", "03.12 15:30 отменено", "08.12 15:30 П2", "10.12 15:30",
    ]  # fmt: skip
    letters = await told(based, AZAMATS)
    assert not [text for text in letters if "всё-таки" in text]
    assert letters[-1] == (
        "📅 Азамат: у курса «Робототехника» новое расписание.\n"
        "С 25 ноября: вт 15:30-17:00, чт 15:30-17:00.\n"
        "Не будет: в четверг, 3 декабря, в 15:30."
    )
    await again(based, "r20_changes_left_out", evening)


async def test_of_two_weekly_lessons_the_one_that_stays_is_moved(based: Database) -> None:
    assert (await planned(based, "r22_one_of_two_left"))[1:4] == [
        "Расписание: изменится — 1, убрать — 1",
        "~ РОБО-1, чт 16:00: Начало 15:00 → 16:00, Конец 16:30 → 17:30",
        "− РОБО-1, вт 15:00",
    ]
    await loaded(based, "r22_one_of_two_left", NOW)
    assert await lessons(based, "РОБО-1", *FORTNIGHT) == [
        "24.11 15:00", "26.11 16:00", "01.12 15:00 отменено", "03.12 16:00", "08.12 15:00 отменено", "10.12 16:00",
    ]  # fmt: skip
    assert (await told(based, ALYONAS))[-1] == "📅 Алёна: у курса «Робототехника» новое расписание.\nС 25 ноября: чт 16:00-17:30."
    await again(based, "r22_one_of_two_left")


async def test_a_week_that_was_held_gets_no_second_lesson(based: Database) -> None:
    after = datetime(2026, 11, 26, 16, 45, tzinfo=ZONE)
    assert (await planned(based, "r23_held_this_week", after))[-1] == (
        "❓ РОБО-1: на этой неделе занятие уже было (в четверг, 26 ноября, в 15:00); второго, в пятницу, 27 ноября, в 15:00, "
        "не добавляем. Если нужно и оно, укажите в столбце «С» этот день."
    )
    await loaded(based, "r23_held_this_week", after)
    assert (await lessons(based, "РОБО-1", *FORTNIGHT))[:4] == ["24.11 15:00", "26.11 15:00", "01.12 15:00", "04.12 15:00"]
    await again(based, "r23_held_this_week", after)


async def test_an_hour_on_the_road_is_sixty_minutes(based: Database) -> None:
    said = await planned(based, "r25_road_one_hour")
    assert said[1:4] == ["Дорога: изменится — 2", "~ С8 — ЦДО: Минут 15 → 60", "~ ЦДО — ДК: Минут 25 → 120"]
    assert said[4] == "«Дорога», строка 2, столбец C «Минут»: «1 час» прочитано как «60»."
    await loaded(based, "r25_road_one_hour", NOW)
    await again(based, "r25_road_one_hour")


async def test_who_stands_in_and_who_is_stood_in_for_are_told(based: Database) -> None:
    await loaded(based, "r26_standin_untold", NOW)
    assert await told(based, MARINA) == [
        (
            "👤 Вы ведёте занятие «Робототехника», группа РОБО-1.\n"
            "Когда: в четверг, 26 ноября, в 15:00.\nВместо: Павел Казбекович.\nМесто: каб. 4."
        )
    ]
    assert await told(based, PAVEL) == [
        (
            "👤 Занятие «Робототехника», группа РОБО-1, проведёте не вы.\n"
            "Когда: в четверг, 26 ноября, в 15:00.\nВедёт: Марина Юрьевна."
        )
    ]
    assert len(await told(based, AZAMATS)) == len(await told(based, ALYONAS)) == 1
    assert await told(based, TIMURS) == []
    await again(based, "r26_standin_untold")


def test_every_case_has_its_right_outcome_and_a_test() -> None:
    cases = {path.name.split(".")[0] for path in FILES.glob("r*.xlsx")}
    assert cases == {path.name.split(".")[0] for path in FILES.glob("*.right.txt")}
    assert {case for case in cases if case not in Path(__file__).read_text("utf-8")} == set()
