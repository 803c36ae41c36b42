"""The demo works on any day: its own day is a Wednesday of the autumn term, with lessons to come and no holiday among them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.demo.network import academic_year, demo_day


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 10, 30), date(2026, 11, 11)),  # Wednesday, 4 November, is a holiday
        (date(2026, 7, 15), date(2026, 9, 16)),
        (date(2026, 12, 31), date(2026, 12, 9)),
        (date(2027, 5, 20), date(2026, 12, 9)),
        (date(2027, 7, 1), date(2027, 9, 15)),
    ],
)
def test_the_day_of_the_demo(today: date, day: date) -> None:
    assert demo_day(today) == day


def test_it_is_a_taught_wednesday_whatever_today_is() -> None:
    for days in range(366 * 4):
        today = date(2026, 1, 1) + timedelta(days=days)
        day = demo_day(today)
        assert day.weekday() == 2
        assert academic_year(day) == academic_year(today)
        assert (9, 15) <= (day.month, day.day) <= (12, 12)
        assert not day <= date(day.year, 11, 4) <= day + timedelta(days=2)
