"""A teacher types when a lesson shall be, in whatever way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.services.timetable.moments import read_moment
from tests.world import NOW, ZONE

LESSON = datetime(2026, 11, 12, 15, 0, tzinfo=ZONE).astimezone(UTC)  # Thursday


def read(text: str) -> str | None:
    found = read_moment(text, now=NOW.astimezone(UTC), zone=ZONE, like=LESSON)
    return found.astimezone(ZONE).strftime("%d.%m.%Y %H:%M") if found else None


@pytest.mark.parametrize(
    "text",
    [
        "13.11 15:00",
        "13.11. 15.00",
        "13.11.2026 15:00",
        "13.11.26 в 15-00",
        "13/11 15:00",
        "2026-11-13 15:00",
        "пятница 15:00",
        "в пятницу в 15.00",
        "пт 15",
        "Пятница , 15 . 00",
        "fri 15:00",
        "13 ноября 15:00",
        "13 ноября в 15 часов",
        "november 13 15:00",
        "пятница 13.11 15:00",
        "13.11",
        "пятница",
        "15:00 13.11",
    ],
)
def test_a_day_and_an_hour_are_understood(text: str) -> None:
    assert read(text) == "13.11.2026 15:00"


def test_an_hour_alone_is_the_lessons_own_day() -> None:
    assert read("16:30") == "12.11.2026 16:30"
    assert read("в 16") == "12.11.2026 16:00"


def test_words_for_days_are_counted_from_today() -> None:
    assert read("сегодня 17:00") == "09.11.2026 17:00"
    assert read("завтра в 10.10") == "10.11.2026 10:10"
    assert read("послезавтра 9:05") == "11.11.2026 09:05"


def test_a_weekday_whose_hour_is_over_is_next_weeks() -> None:
    assert read("понедельник 15:00") == "09.11.2026 15:00"
    assert read("понедельник 10:00") == "16.11.2026 10:00"
    assert read("пятница 10.10") == "13.11.2026 10:10"
    assert read("чтеверг 16.50") == "12.11.2026 16:50"


def test_a_day_without_a_year_is_the_coming_one() -> None:
    assert read("14 января 15:00") == "14.01.2027 15:00"


@pytest.mark.parametrize("text", ["", "не знаю", "25:00", "13.11 26:70", "как-нибудь потом"])
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert read(text) is None
