"""A teacher types for which days: in whatever way, whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from bot.refusals import Refusal
from bot.services.timetable.periods.reading import read_days

TODAY = date(2026, 11, 9)  # a Monday


def read(text: str) -> str | None:
    found = read_days(text, TODAY)
    return None if found is None else f"{found.first:%d.%m.%y}-{found.last:%d.%m.%y}"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("болею до пятницы", "09.11.26-13.11.26"),
        ("До пятницы включительно", "09.11.26-13.11.26"),
        ("по 20 ноября", "09.11.26-20.11.26"),
        ("до 20.11", "09.11.26-20.11.26"),
        ("с 12 по 20 ноября", "12.11.26-20.11.26"),
        ("с 12.11 по 20.11", "12.11.26-20.11.26"),
        ("12.11-20.11", "12.11.26-20.11.26"),
        ("12-20 ноября", "12.11.26-20.11.26"),
        ("с 28 декабря по 10 января 2027", "28.12.26-10.01.27"),
        ("с завтра до пятницы", "10.11.26-13.11.26"),
        ("со среды по понедельник", "11.11.26-16.11.26"),
        ("среда - пятница", "11.11.26-13.11.26"),
        ("меня не будет завтра", "10.11.26-10.11.26"),
        ("четверг", "12.11.26-12.11.26"),
        ("пятница 13 ноября", "13.11.26-13.11.26"),
        ("на этой неделе", "09.11.26-15.11.26"),
        ("до конца недели", "09.11.26-15.11.26"),
        ("на следующей неделе", "16.11.26-22.11.26"),
        ("через неделю", "16.11.26-16.11.26"),
        ("27 числа", "27.11.26-27.11.26"),
        ("until friday", "09.11.26-13.11.26"),
        ("from 12.11 to 20.11", "12.11.26-20.11.26"),
    ],
)
def test_days_are_read_as_people_type_them(text: str, days: str) -> None:
    assert read(text) == days


@pytest.mark.parametrize("text", ["как получится", "скоро", "", "до весны"])
def test_what_names_no_days_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("с 20 по 12 ноября", "period-end-first"),
        ("с 12.11 по 20.12.2027", "period-too-long"),
        ("до 31 ноября", "moment-no-such-day"),
        ("до 1 октября", "moment-day-passed"),
        ("четверг 13 ноября", "moment-other-weekday"),
        ("до пятницы кроме среды", "moment-left-over"),
        ("завтра 15:00", "moment-left-over"),
        ("с 12 ноября", "moment-left-over"),
    ],
)
def test_what_cannot_be_taken_whole_is_refused(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert refused.value.key == key
