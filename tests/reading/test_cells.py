"""One reading of letters, days, numbers and classes for every table: what is the same, and what is never guessed."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.reading.cell import Broken, Cell, Number, as_text, plain_number, sound
from bot.reading.days import Written, read_day
from bot.reading.fault import Amiss
from bot.reading.journal.codes import parse_day
from bot.reading.letters import code_key, fold_class, name_key, title_key
from bot.reading.workbook.reading import classes, clock, number, school_class
from bot.reading.workbook.sheets import FORM_OF

SEATS = next(column for column in FORM_OF["Группы"].columns if column.field == "seats")


@pytest.mark.parametrize(
    "written", ["МэщбашӀэ", "Мэщбашӏэ", "МэщбашIэ", "Мэщбашlэ", "Мэщбаш1э", "Мэщбаш|э", "МэщбашІэ", "мэщбашіэ", "МЭЩБАШ\u200bӀЭ"]
)
def test_the_palochka_is_one_letter_however_it_is_typed(written: str) -> None:
    assert name_key(written) == name_key("МэщбашӀэ")


@pytest.mark.parametrize("written", ["У1", "Y1", "у1", " У1\N{NO-BREAK SPACE}", "У\u200d1", "'У1"])
def test_a_code_is_the_same(written: str) -> None:
    assert code_key(written) == code_key("У1")


@pytest.mark.parametrize(("one", "other"), [("РОБО-1", "РОБО-2"), ("У1", "У11"), ("001", "1"), ("1-1", "11")])
def test_codes_that_are_not_the_same(one: str, other: str) -> None:
    assert code_key(one) != code_key(other)


def test_names_and_headings() -> None:
    assert name_key("Анна – Мария") == name_key("АННА-МАРИЯ")
    assert name_key("Фёдорова") == name_key("Федорова") == name_key("Фe\u0308дорова")
    assert name_key("Д'анэ") == name_key("Д’анэ") == name_key("Данэ")
    assert title_key("Ф. И. О. *") == title_key("ФИО")
    assert title_key("Дата рождения (дд.мм.гггг)") == title_key("дата\nрождения:")
    assert (fold_class("7 «a»"), fold_class("7-A"), fold_class("1-1")) == ("7А", "7А", "1-1")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("24.ноя.26", Written(24, 11, 26, True)),
        ("вт, 24.11.2026", Written(24, 11, 2026, weekday=1)),
        ("24.11.2026 (вт)", Written(24, 11, 2026, weekday=1)),
        ("24.11.2026 0:00", Written(24, 11, 2026)),
        ("2026-11-24T00:00:00", Written(24, 11, 2026)),
        ("24 ноября 2026 г.", Written(24, 11, 2026)),
        ("24 . 11 . 2026", Written(24, 11, 2026)),
        ("24-Nov-26", Written(24, 11, 26, True)),
        ("25/11/2026", Written(25, 11, 2026)),
        ("11/11/2026", Written(11, 11, 2026)),
        ("ноябрь", Written(None, 11)),
        ("２４.１１.２０２６", Written(24, 11, 2026)),
        (Number.of(44889, since_1904=True), date(2026, 11, 25)),
        (46350, date(2026, 11, 24)),
        ("вчера", None),
        ("31.12.9999", None),
        (date.max, None),
        (date(1899, 12, 31), None),
        ("марля", None),
        ("24.11.2026-25.11.2026", None),
        (time(15), None),
        (True, None),
    ],
)
def test_what_a_cell_says_of_a_day(cell: Cell, said: date | Written | None) -> None:
    assert read_day(cell) == said


def test_a_day_that_may_be_two_is_never_guessed() -> None:
    with pytest.raises(Amiss, match="cell-day-or-month"):
        read_day("11/10/2026")


def test_a_day_that_can_be_read_one_way_only_is_read_so() -> None:
    """An American program writes the month first: of 11/19/2026 nothing else can be meant."""
    assert read_day("11/19/2026") == Written(19, 11, 2026)
    assert read_day("19/11/2026") == Written(19, 11, 2026)
    with pytest.raises(Amiss):
        parse_day("11.19.2026", today=date(2026, 12, 1), academic_year=2026)


@pytest.mark.parametrize(
    "cell",
    [Broken("#N/A"), Broken("="), "#Н/Д", "#ДЕЛ/0!", "#ЗНАЧ!", "#REF!", "Err:502", "#####", "=A1+B1", "=СУММ(A1:A3)", "= -1"],
)
def test_an_error_is_no_value(cell: Cell) -> None:
    with pytest.raises(Amiss, match=r"cell-(error|formula)"):
        sound(cell)


@pytest.mark.parametrize("cell", ["№ 5", "# комната", "Ернест", "Egor", "=)", "", None, 5, "'=1+1"])
def test_what_only_looks_like_an_error(cell: Cell) -> None:
    assert sound(cell) == cell


@pytest.mark.parametrize(
    ("value", "format_", "looks"),
    [
        (0.5, "0%", "50%"), (0.125, "0.0%", "12.5%"), (5, '0.00\\ "₽"', "5.00 ₽"), (5, "[$$-409]0", "$5"), (7, "000", "007"),
        (12, '0" чел."', "12 чел."), (4.6, "0", "5"), (4.5, "0", "5"), (-3, "0;(0)", "(3)"), (5, "0.0#", "5.00"), (1e9, "0.00E+00", "1000000000"),
    ],
)  # fmt: skip
def test_how_a_number_looks(value: float, format_: str, looks: str) -> None:
    assert as_text(Number.of(value, format_)) == looks


def test_a_number_that_shows_another_is_no_number() -> None:
    for value, format_ in ((0.5, "0%"), (5, '0" ₽"'), (4.6, "0")):
        with pytest.raises(Amiss, match="cell-shows-another"):
            plain_number(Number.of(value, format_))
    assert number(Number.of(12, '0" чел."'), SEATS) == (12, False)
    for cell in ("12 чел.", "12,0", "12.", "１２"):
        assert number(cell, SEATS) == (12, False)


def test_times_and_classes_of_a_secretary() -> None:
    assert clock("14.30ч") == clock("14 30") == clock("14-30") == clock("14 ч 30 мин") == clock(14.3) == time(14, 30)
    assert [school_class(cell) for cell in ("7 кл", "7А кл", "7Акл.", "7-А", "7 «а» класс", "7-й", "7.0", 7.0)] == [
        "7", "7А", "7А", "7А", "7А", "7", "7", "7",
    ]  # fmt: skip
    assert classes("5-е\nклассы")[0] == ("5",)
    assert classes("9+")[0] == ("9", "10", "11")
    assert classes("с 5 по 7")[0] == classes("5–7 кл.")[0] == classes("5-й - 7-й классы")[0] == ("5", "6", "7")
    for wrong in ("1-1", "1–1", "12", "седьмой"):
        with pytest.raises(Amiss):
            school_class(wrong)


def test_a_weekday_that_contradicts_its_date_is_told() -> None:
    for written in ("ср 24.11.2026", "24.11.2026, среда", "ср 24.11"):
        with pytest.raises(Amiss) as no:
            parse_day(written, today=date(2026, 11, 25), academic_year=2026)
        assert (no.value.key, no.value.facts) == ("cell-weekday-against-day", {"day": date(2026, 11, 24), "weekday": 1})
    assert parse_day("вт 24.11", today=date(2026, 11, 25), academic_year=2026) == date(2026, 11, 24)
