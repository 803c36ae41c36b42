"""The one working calendar: days of 2025/26 and 2026/27 by name, weeks over New Year, deadlines that never land on a day off."""

from __future__ import annotations

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.network.lessons.rules import year_of_lessons
from bot.services.roadmap.programme import due_days, in_holidays
from bot.services.workdays import WorkingCalendar, is_odd_week
from storage.network.years import usual
from storage.tables import Step
from tests.world import ZONE


def named(**days: str) -> WorkingCalendar:
    """A calendar with some days of the workbook: d2026_11_28="working:4"."""
    return WorkingCalendar(rows(**days))


def rows(**days: str) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(day=date(*(int(part) for part in day[1:].split("_"))), kind=kind, name="Из книги")
        for day, kind in days.items()
    ]


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2025-11-01", True, None),  # a Saturday that is worked for Monday the 3rd
        ("2025-11-03", False, "Выходной (перенесено с 01.11.2025)"),
        ("2025-11-04", False, "День народного единства"),
        ("2025-12-31", False, "Выходной (перенесено с 05.01.2025)"),
        *((f"2026-01-0{day}", False, "Новогодние каникулы") for day in (1, 2, 3, 4, 5, 6, 8)),
        ("2026-01-07", False, "Рождество Христово"),
        ("2026-01-09", False, "Выходной (перенесено с 03.01.2026)"),
        ("2026-01-12", True, None),
        ("2026-03-09", False, "Международный женский день (выходной)"),
        ("2026-05-11", False, "День Победы (выходной)"),
        ("2026-09-01", True, None),
        ("2026-11-03", True, None),
        ("2026-11-04", False, "День народного единства"),
        ("2026-11-07", False, None),  # a Saturday: nobody works, but the timetable may have lessons
        ("2026-12-30", True, None),
        ("2026-12-31", False, "Выходной (перенесено с 04.01.2026)"),
        *((f"2027-01-0{day}", False, "Новогодние каникулы") for day in (1, 2, 3, 4, 5, 6, 8)),
        ("2027-01-11", True, None),
        ("2027-02-20", True, None),  # a Saturday that is worked for Monday the 22nd
        ("2027-02-22", False, "Выходной (перенесено с 20.02.2027)"),
        ("2027-05-03", False, "Праздник Весны и Труда (выходной)"),
        ("2027-06-14", False, "День России (выходной)"),
    ],
)
def test_the_states_days(day: str, works: bool, why: str | None) -> None:
    calendar = WorkingCalendar()
    off = calendar.off(date.fromisoformat(day))
    assert (calendar.is_working(date.fromisoformat(day)), off.name if off else None) == (works, why)


@pytest.mark.parametrize(
    ("day", "kind", "works", "due", "plays"),
    [
        ("2026-11-09", "day_off", False, False, None),
        ("2026-11-09", "holidays", True, False, None),  # pupils are free, staff work, nothing is due
        ("2026-11-04", "working", True, True, 2),  # a Wednesday that the school works all the same
        ("2026-11-04", "holidays", False, False, None),
        ("2026-11-14", "working", True, True, 5),
        ("2026-11-14", "working:4", True, True, 4),  # a Saturday that plays Friday
        ("2026-11-15", "working:0", True, True, 0),
        ("2026-11-14", "holidays", False, False, None),
        ("2026-06-10", "holidays", True, True, None),  # in summer, enrollment goes on
    ],
)
def test_the_workbook_stands_over_the_state(day: str, kind: str, works: bool, due: bool, plays: int | None) -> None:
    on = date.fromisoformat(day)
    calendar = WorkingCalendar([SimpleNamespace(day=on, kind=kind, name=None)])
    assert calendar.is_working(on) is works
    assert calendar.is_due_day(on, in_holidays=False) is due
    assert calendar.plays(on) == plays


def test_nobody_expects_a_lesson_on_a_sunday_but_on_a_saturday() -> None:
    calendar = WorkingCalendar()
    assert calendar.closed(date(2026, 11, 15)) is not None
    assert calendar.closed(date(2026, 11, 14)) is None
    assert named(d2026_11_15="working").closed(date(2026, 11, 15)) is None


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        ("2026-08-31", True),  # the week of Tuesday, 1 September, is the first
        ("2026-09-07", False),
        ("2026-12-21", True),
        ("2026-12-28", False),  # ISO week 53, odd by its number
        ("2027-01-03", False),
        ("2027-01-04", True),  # ISO week 1, odd as well
        ("2027-01-11", False),
        ("2026-08-24", False),
    ],
)
def test_weeks_go_on_over_new_year(day: str, odd: bool) -> None:
    first = WorkingCalendar().first_teaching_day(date(2026, 9, 1))
    assert is_odd_week(date.fromisoformat(day), first) is odd


def test_a_year_that_begins_on_a_weekend_has_its_first_week_with_the_first_lessons() -> None:
    assert WorkingCalendar().first_teaching_day(date(2024, 9, 1)) == date(2024, 9, 2)  # 1 September is a Sunday
    assert WorkingCalendar().first_teaching_day(date(2018, 9, 1)) == date(2018, 9, 3)
    assert named(d2018_9_1="working").first_teaching_day(date(2018, 9, 1)) == date(2018, 9, 1)


def test_a_saturday_that_plays_friday_has_fridays_lessons_and_not_its_own() -> None:
    slots = [
        SimpleNamespace(group="А", weekday=day, starts=time(hour), ends=time(hour + 1), place=None, weeks=None,
                        from_day=date(2026, 10, 30), to_day=date(2026, 11, 14))
        for day, hour in ((4, 15), (5, 10))
    ]  # fmt: skip
    days = rows(d2026_11_6="day_off", d2026_11_7="working:4", d2026_10_31="holidays")
    made = year_of_lessons(slots, {"А": SimpleNamespace(place=None)}, days, year=usual(2026), zone=ZONE)
    assert [f"{lesson.starts_at.astimezone(ZONE):%a %d.%m %H:%M}" for lesson in made] == [
        "Fri 30.10 15:00", "Sat 07.11 15:00", "Fri 13.11 15:00", "Sat 14.11 10:00",
    ]  # fmt: skip


def step(starts: date, ends: date, repeats: str = "none", task: str = "Отчёт") -> Step:
    return Step(code="roadmap-9", number="9", task=task, result=None, starts_on=starts, ends_on=ends, repeats=repeats)


@pytest.mark.parametrize(
    ("starts", "ends", "repeats", "due"),
    [
        ("2026-09-01", "2026-11-04", "none", ["2026-11-03"]),
        ("2026-09-01", "2027-01-08", "none", ["2026-12-30"]),
        ("2027-01-01", "2027-01-08", "none", ["2027-01-11"]),  # days off from end to end
        ("2026-05-01", "2026-08-31", "none", ["2026-08-31"]),
        ("2026-09-01", "2027-05-31", "half_year", ["2026-12-30", "2027-05-31"]),
        ("2027-04-20", "2027-05-09", "month", ["2027-04-30", "2027-05-07"]),
    ],
)
def test_where_deadlines_fall(starts: str, ends: str, repeats: str, due: list[str]) -> None:
    found = step(date.fromisoformat(starts), date.fromisoformat(ends), repeats)
    assert [str(day) for day in due_days(found, date(2026, 10, 1), WorkingCalendar(), this_week=True)] == due


def test_the_schools_holidays_move_a_deadline_unless_the_step_says_so() -> None:
    autumn = WorkingCalendar(
        SimpleNamespace(day=date(2026, 10, 26) + timedelta(days=day), kind="holidays", name=None) for day in range(9)
    )

    def due(task: str, starts: date = date(2026, 9, 1)) -> list[date]:
        return due_days(step(starts, date(2026, 10, 30), task=task), date(2026, 9, 1), autumn, this_week=True)

    assert due("Отчёт") == [date(2026, 10, 23)]
    assert due("Поход на каникулах") == [date(2026, 10, 30)]
    assert due("Отчёт", starts=date(2026, 10, 26)) == [date(2026, 10, 30)]  # all of it lies in the holidays


def test_a_week_is_due_on_friday_or_the_last_working_day_before() -> None:
    whole = (date(2026, 9, 1), date(2027, 5, 31), "week")
    due = {
        str(today): [str(day) for day in due_days(step(*whole), today, named(d2027_2_26="day_off"), this_week=True)]
        for today in (date(2026, 11, 2), date(2026, 12, 28), date(2027, 1, 4), date(2027, 2, 22))
    }
    assert due == {"2026-11-02": ["2026-11-06"], "2026-12-28": ["2026-12-30"], "2027-01-04": [], "2027-02-22": ["2027-02-25"]}


DAYS = st.dates(date(2025, 9, 1), date(2027, 8, 31))
KINDS = st.sampled_from(["day_off", "working", "working:4", "holidays"])


@settings(max_examples=200, deadline=None)
@given(
    days=st.dictionaries(DAYS, KINDS, max_size=80),
    starts=DAYS,
    long=st.integers(0, 300),
    repeats=st.sampled_from(["none", "week", "month", "half_year"]),
    today=DAYS,
    task=st.sampled_from(["Отчёт", "Лагерь в каникулы"]),
)
def test_no_deadline_ever_lands_on_a_day_off(
    days: dict[date, str], starts: date, long: int, repeats: str, today: date, task: str
) -> None:
    calendar = WorkingCalendar(SimpleNamespace(day=day, kind=kind, name=None) for day, kind in days.items())
    found = step(starts, starts + timedelta(days=long), repeats, task)
    for due in due_days(found, today, calendar, this_week=True):
        assert calendar.is_working(due)
        if days.get(due) == "holidays" and not in_holidays(found) and due.month not in (6, 7, 8):
            window = [starts + timedelta(days=day) for day in range(long + 1)]  # only where the window has nothing else
            assert not any(calendar.is_due_day(day, in_holidays=False) for day in window)
