"""A teacher types when a lesson shall be, in whatever way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.refusals import Refusal
from bot.services.timetable.moments import read_moment, read_span
from bot.voice import voice
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


def said(text: str) -> str:
    """The words with which what was typed is refused."""
    with pytest.raises(Refusal) as refused:
        read(text)
    return voice("ru", ZONE).plain(refused.value.key, **refused.value.facts)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 ноября 16:00", "31 ноября"),
        ("завтра 31 ноября 16:00", "31 ноября"),
        ("в пятницу, 31 ноября, в 16:00", "31 ноября"),
        ("31.11 16:00", "31.11"),
        ("пятница 31.11", "31.11"),
        ("30.02.2027 15:00", "30.02.2027"),
        ("2026-11-31 15:00", "2026-11-31"),
        ("31.12.9999 23:59", "31.12.9999"),
        ("9999-12-31 23:59", "9999-12-31"),
        ("1 января 1000 15:00", "1 января 1000"),
        ("0 декабря 15:00", "0 декабря"),
        ("november 31 15:00", "november 31"),
        ("29 февраля 2027 15:00", "29 февраля 2027"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_by_name(text: str, day: str) -> None:
    assert said(text) == f"Дня «{day}» нет в календаре. Проверьте число и напишите ещё раз."


def test_a_day_without_a_year_that_is_over_is_asked_about() -> None:
    assert said("14 января 15:00") == "14 января 2026 уже прошло. Если нужен следующий год, напишите с годом: 14.01.2027."
    assert said("8.11 15:00").startswith("8 ноября 2026 уже прошло.")
    assert read("14 января 2027 15:00") == read("14.01.27 15:00") == "14.01.2027 15:00"
    assert read("14 января 2027 года в 15:00") == "14.01.2027 15:00"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("завтра в четыре часа", "16:00"),
        ("завтра в 4", "16:00"),
        ("завтра в час", "13:00"),
        ("завтра в час дня", "13:00"),
        ("завтра в восемь вечера", "20:00"),
        ("завтра в 8 утра", "08:00"),
        ("завтра в девять", "09:00"),
        ("завтра в 4:30 вечера", "16:30"),
        ("завтра в семь утра", "07:00"),
        ("tomorrow at four", "16:00"),
        ("завтра", "15:00"),
    ],
)
def test_an_hour_is_what_people_mean_at_a_school(text: str, hour: str) -> None:
    assert read(text) == f"10.11.2026 {hour}"


def test_seven_may_be_either_and_is_asked() -> None:
    assert said("завтра в семь") == "7 часов утра или вечера? Напишите 07:00 или 19:00."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("13.11 15:00 каб. 5", "каб 5"),
        ("13.11 или 14.11 в 15:00", "или 14.11"),
        ("завтра в полчетвёртого", "полчетвертого"),
        ("следующая пятница 15:00", "следующая"),
        ("завтра четыре тридцать", "тридцать"),
        ("пятница срочно 15:00", "срочно"),
    ],
)
def test_nothing_typed_is_passed_over(text: str, left: str) -> None:
    assert said(text) == f"Не понял: «{left}». Напишите только день и час, например «13.11 15:00» или «пятница 15:00»."


def test_a_weekday_that_is_not_that_days_is_said() -> None:
    assert said("пятница 12.11 15:00") == "12 ноября 2026 — четверг, а не пятница. Напишите ещё раз."


@pytest.mark.parametrize("text", ["", "не знаю", "25:00", "13.11 26:70", "как-нибудь потом"])
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1-го декабря", "01.12.2026 15:00"),
        ("первого декабря в 16:00", "01.12.2026 16:00"),
        ("двадцать седьмого ноября", "27.11.2026 15:00"),
        ("27 числа", "27.11.2026 15:00"),
        ("27-го в 16:00", "27.11.2026 16:00"),
        ("7 числа 15:00", "07.12.2026 15:00"),
        ("15.30 27.11", "27.11.2026 15:30"),
        ("пятница 4 декабря", "04.12.2026 15:00"),
    ],
)
def test_a_day_of_the_month_is_taken_as_it_is_said(text: str, when: str) -> None:
    assert read(text) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("через неделю", "16.11.2026 15:00"),
        ("через неделю 16:00", "16.11.2026 16:00"),
        ("Через неделю, в 16", "16.11.2026 16:00"),
        ("через две недели", "23.11.2026 15:00"),
        ("через 3 недели 10:00-11:00", "30.11.2026 10:00"),
        ("через 2 дня в 15:30", "11.11.2026 15:30"),
        ("через день", "10.11.2026 15:00"),
        ("через неделю в четверг", "19.11.2026 15:00"),
        ("через неделю во вторник в 15.30", "17.11.2026 15:30"),
        ("in a week", "16.11.2026 15:00"),
        ("in two weeks 16:00", "23.11.2026 16:00"),
        ("на неделю позже", "19.11.2026 15:00"),
        ("неделей позже в 16:00", "19.11.2026 16:00"),
        ("на 2 дня позже", "14.11.2026 15:00"),
    ],
)
def test_weeks_and_days_ahead_are_counted_from_today_and_later_from_the_lesson(text: str, when: str) -> None:
    found = read_span(text, now=NOW.astimezone(UTC), zone=ZONE, like=LESSON)
    assert found is not None
    assert found.starts.astimezone(ZONE).strftime("%d.%m.%Y %H:%M") == when


def test_a_weekday_in_a_week_that_may_be_two_days_is_refused() -> None:
    """On Friday «через неделю в понедельник» may be the 16th or the 23rd."""
    friday = datetime(2026, 11, 13, 9, 0, tzinfo=ZONE)
    with pytest.raises(Refusal) as refused:
        read_span("через неделю в понедельник", now=friday, zone=ZONE, like=LESSON)
    assert refused.value.key == "moment-left-over"


def test_a_day_that_a_month_does_not_have_is_refused() -> None:
    assert said("31 числа 15:00") == "Дня «31.11.2026» нет в календаре. Проверьте число и напишите ещё раз."


@pytest.mark.parametrize(
    "text",
    [
        "через год", "через час", "через 2 часа", "через 99 дней", "через неделю в срочно", "через месяц 15:00", "10-12 15:30", "10-12-2026 15:30", "не в четверг, а в пятницу",
        "не в пятницу", "среда 4 декабря", "16:00 или 17:00", "1 пара", "2 урок", "после 3 урока", "третьим уроком",
        "27.11 11-12", "27.11-28.11", "27-28 ноября", "с 27 по 28 ноября", "до 16:00", "вт, чт 15:00", "каждый вторник 15:00",
        "завтра не в 15, а в 16", "завтра 15:00 вместо 16:00", "на час позже", "следующий вторник", "кроме пятницы",
    ],
)  # fmt: skip
def test_what_cannot_be_taken_whole_moves_nothing(text: str) -> None:
    """Each of these once moved a lesson elsewhere than was written."""
    assert refused_or_none(text)


def refused_or_none(text: str) -> bool:
    try:
        return read(text) is None
    except Refusal as refused:
        return refused.key.startswith("moment-")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("11:00-12:00", "12.11 11:00–12:00"),
        ("13.11 11:00 - 12:30", "13.11 11:00–12:30"),
        ("13.11 11.00–12.30", "13.11 11:00–12:30"),
        ("13.11 с 11 до 12", "13.11 11:00–12:00"),
        ("завтра с 3 до 4", "10.11 15:00–16:00"),
        ("пятница с 11:00 по 12:00", "13.11 11:00–12:00"),
    ],
)
def test_an_end_is_taken(text: str, hours: str) -> None:
    found = read_span(text, now=NOW.astimezone(UTC), zone=ZONE, like=LESSON)
    assert found is not None
    assert found.ends is not None
    starts, ends = found.starts.astimezone(ZONE), found.ends.astimezone(ZONE)
    assert f"{starts:%d.%m %H:%M}–{ends:%H:%M}" == hours


def test_an_end_that_is_not_after_its_beginning_is_refused() -> None:
    assert said("13.11 12:00-11:00") == "Конец 11:00 не позже начала 12:00. Напишите ещё раз."
    assert said("13.11 11:00-12:00").startswith("Не понял"), "where an end has no meaning"
