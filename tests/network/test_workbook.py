"""The network workbook as people fill it in: generous reading, and every fault at once with its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.reading.workbook.rows import (
    ChangeRow,
    CourseRow,
    GroupRow,
    Known,
    OrganizationRow,
    PupilRow,
    SlotRow,
    StaffRow,
    StepRow,
    Workbook,
    code_key,
)
from bot.reading.workbook.sheets import FORM_OF, FORMS
from bot.refusals import Faults
from bot.voice import voice

ZONE = ZoneInfo("Europe/Moscow")
SAY, ENGLISH = voice("ru", ZONE), voice("en", ZONE)

Table = list[list[Cell]]


def network() -> dict[str, Table]:
    """A small faultless network."""
    return {
        "Организации": [["Код", "Название", "Роль"], ["Ш8", "МБОУ СОШ №8", "базовая"], ["IT", "Центр IT", "партнёр"]],
        "Сотрудники": [
            ["Код", "ФИО", "Организация", "Роль"],
            ["О1", "Орлова Ольга", "ш8", "координатор"],
            ["П1", "Петров Павел", "it", "педагог"],
        ],
        "Ученики": [["Код", "ФИО", "Класс"], [1, "Иванов Михаил", "7А"], [2, "Ким Яна", "7Б"]],
        "Курсы": [
            ["Код", "Название", "Организация", "Направленность", "Классы"],
            ["РОБ", "Робототехника", "IT", "техническая", "5-7"],
        ],
        "Группы": [["Код", "Курс", "Педагог", "Мест", "Минимум"], ["РОБ-1", "роб", "п1", 12, 6]],
        "Расписание": [["Группа", "День", "Начало", "Конец"], ["РОБ-1", "чт", "15:00", "16:30"]],
    }


def sheets(tables: dict[str, Table]) -> list[Sheet]:
    return [Sheet(name, rows) for name, rows in tables.items()]


def parsed(tables: dict[str, Table], known: Known | None = None) -> Workbook:
    return parse_workbook(sheets(tables), academic_year=2025, known=known)


def notes(book: Workbook) -> list[str]:
    return [SAY.plain(note.key, **note.facts) for note in book.notes]


def with_cell(sheet: str, column: str, cell: Cell) -> dict[str, Table]:
    """The faultless network with one cell of the sheet's first row of data changed, or a column added."""
    tables = network()
    heading, *rows = [list(row) for row in (more() | tables)[sheet]]
    if column not in heading:
        heading.append(column)
        rows = [[*row, *[None] * (len(heading) - 1 - len(row)), None] for row in rows]
    rows[0][heading.index(column)] = cell
    tables[sheet] = [heading, *rows]
    return tables


def more() -> dict[str, Table]:
    return {
        "Изменения": [
            ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Педагог"],
            ["РОБ-1", "09.10", "15:00", "отмена", None, None],
        ],
        "Занятость классов": [["Класс", "День", "С", "По"], ["7А", "пн", "8:30", "14:05"]],
        "Дорога": [["Откуда", "Куда", "Минут"], ["Ш8", "IT", 15]],
        "Календарь": [["Дата", "День", "Название"], ["06.10", "выходной", "День Республики Адыгея"]],
        "Дорожная карта": [["№", "Задача", "С", "По"], [5, "Определить сроки", "сентябрь", "сентябрь"]],
    }


# ── what is read ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_network_is_read() -> None:
    book = parsed(network() | more())
    assert book.organizations == (
        OrganizationRow(2, "Ш8", "МБОУ СОШ №8", "base", None, None, None, None, None),
        OrganizationRow(3, "IT", "Центр IT", "partner", None, None, None, None, None),
    )
    assert book.staff
    assert book.staff[1] == StaffRow(3, "П1", "Петров Павел", "it", "teacher")
    assert book.pupils
    assert book.pupils[0] == PupilRow(2, "1", "Иванов Михаил", "7А", None, None)
    assert book.courses == (CourseRow(2, "РОБ", "Робототехника", "IT", "техническая", ("5", "6", "7"), *[None] * 5),)
    assert book.groups == (GroupRow(2, "РОБ-1", "роб", "п1", 12, 6, None),)
    assert book.slots == (SlotRow(2, "РОБ-1", 3, time(15), time(16, 30), None, None, None, None),)
    assert book.changes == (ChangeRow(2, "РОБ-1", date(2025, 10, 9), time(15), "cancelled", *[None] * 5),)
    assert book.steps == (StepRow(2, "5", "Определить сроки", date(2025, 9, 1), date(2025, 9, 30), None, None, None),)
    assert book.notes == ()


def test_a_sheet_with_headings_only_is_no_statement_as_is_one_left_out() -> None:
    book = parsed({"Ученики": [["Код", "ФИО", "Класс"]]})
    assert (book.pupils, book.groups) == (None, None)
    assert notes(book) == ["Под названиями столбцов нет строк, поэтому ничего не меняется: Ученики."]


def test_headings_are_found_below_a_title_in_any_order_and_dress() -> None:
    book = parsed(
        network()
        | {
            "Ученики": [
                ["Список учеников на 2025/26"],
                [],
                ["класс *", " ФИО: ", "КОД", "Дата  рождения"],
                ["7а", "Ким", 7.0, "05.03.12"],
            ]
        }
    )
    assert book.pupils == (PupilRow(4, "7", "Ким", "7А", date(2012, 3, 5), None),)


def test_what_the_bot_does_not_know_is_passed_over_and_said() -> None:
    book = parsed(with_cell("Ученики", "Кружок", "шахматы") | {"Бюджет": [["деньги"]], "Пустой": [[]]})
    assert notes(book) == ["«Ученики», столбец D «Кружок» боту не знаком и пропущен.", "Лист «Бюджет» боту не знаком и пропущен."]


def test_blank_rows_are_nothing() -> None:
    tables = network()
    tables["Ученики"] += [[], [None, "  "], [3, "Бек", "8В"]]
    book = parsed(tables)
    assert book.pupils
    assert book.pupils[-1].row == 6


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("16.50", time(16, 50)),
        ("17. 00", time(17)),
        ("15:00", time(15)),
        ("9-05", time(9, 5)),
        ("15:00:00", time(15)),
        (time(15, 0), time(15)),
        (datetime.fromisoformat("1899-12-31T15:00"), time(15)),
        (0.625, time(15)),
        (14.3, time(14, 30)),
        (16, time(16)),
        ("16 ч.", time(16)),
    ],
)
def test_times_as_people_write_them(written: Cell, meant: time) -> None:
    tables = with_cell("Расписание", "Начало", written)
    tables["Расписание"][1][3] = "23:00"
    book = parsed(tables)
    assert book.slots
    assert book.slots[0].starts == meant


@pytest.mark.parametrize(
    ("written", "meant", "said"),
    [
        ("вторник ", 1, []),
        ("Вт.", 1, []),
        ("ЧЕТВ", 3, []),
        ("вс", 6, []),
        ("чтеверг", 3, ["«Расписание», строка 2, столбец B «День»: «чтеверг» прочитано как «чт»."]),
        ("понидельник", 0, ["«Расписание», строка 2, столбец B «День»: «понидельник» прочитано как «пн»."]),
    ],
)
def test_days_as_people_write_them(written: str, meant: int, said: list[str]) -> None:
    book = parsed(with_cell("Расписание", "День", written))
    assert book.slots
    assert book.slots[0].weekday == meant
    assert notes(book) == said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.09.2025", date(2025, 9, 15)),
        ("15.9.25", date(2025, 9, 15)),
        ("15.09", date(2025, 9, 15)),
        ("15.01", date(2026, 1, 15)),
        ("15/05/26 г.", date(2026, 5, 15)),
        ("2025-09-15", date(2025, 9, 15)),
        ("15 сентября", date(2025, 9, 15)),
        ("3 мая 2026 года", date(2026, 5, 3)),
        ("1 марта", date(2026, 3, 1)),
        (date(2025, 9, 15), date(2025, 9, 15)),
        (datetime.fromisoformat("2025-09-15T00:00"), date(2025, 9, 15)),
        (45915, date(2025, 9, 15)),
    ],
)
def test_dates_as_people_write_them(written: Cell, meant: date) -> None:
    book = parsed(with_cell("Календарь", "Дата", written))
    assert book.calendar
    assert book.calendar[0].day == meant


def test_the_window_of_applications_lies_before_september() -> None:
    tables = with_cell("Курсы", "Окно с", "20.05")
    tables["Курсы"][0].append("Окно по")
    tables["Курсы"][1].append("25 августа")
    book = parsed(tables)
    assert book.courses
    assert (book.courses[0].opens_on, book.courses[0].closes_on) == (date(2025, 5, 20), date(2025, 8, 25))


def test_a_month_is_its_first_and_its_last_day() -> None:
    tables = with_cell("Дорожная карта", "По", "май")
    book = parsed(tables)
    assert book.steps
    assert (book.steps[0].starts_on, book.steps[0].ends_on) == (date(2025, 9, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5-7", ("5", "6", "7")),
        ("1-4, 9", ("1", "2", "3", "4", "9")),
        ("7А, 7Б", ("7А", "7Б")),
        ("7a; 7b", ("7А", "7В")),  # typed with Latin letters
        ("5 – 7 классы", ("5", "6", "7")),
        ("8 и 9 кл.", ("8", "9")),
        (9, ("9",)),
    ],
)
def test_classes_as_people_write_them(written: Cell, meant: tuple[str, ...]) -> None:
    book = parsed(with_cell("Курсы", "Классы", written))
    assert book.courses
    assert book.courses[0].classes == meant


def test_classes_that_excel_made_a_date_of() -> None:
    book = parsed(with_cell("Курсы", "Классы", date(2025, 7, 5)))
    assert book.courses
    assert book.courses[0].classes == ("5", "6", "7")
    assert notes(book) == ["«Курсы», строка 2, столбец E «Классы»: «05.07.2025» прочитано как «5-7»."]


@pytest.mark.parametrize(("written", "meant"), [("7А", "7А"), ("7 «а»", "7А"), ("7-Б", "7Б"), ("11B", "11В"), (9, "9")])
def test_a_class_as_people_write_it(written: Cell, meant: str) -> None:
    book = parsed(with_cell("Ученики", "Класс", written))
    assert book.pupils
    assert book.pupils[0].class_name == meant


def test_weeks_with_and_without_dots() -> None:
    for written, meant in [("чётные", "even"), ("четные", "even"), ("НЕЧЕТНЫЕ", "odd"), ("все", "all")]:
        book = parsed(with_cell("Расписание", "Недели", written))
        assert book.slots
        assert book.slots[0].weeks == meant


def test_what_is_stored_answers_for_sheets_left_out() -> None:
    known = Known(staff={code_key("п1"): "teacher"}, courses=frozenset({code_key("роб")}))
    book = parsed({"Группы": network()["Группы"]}, known)
    assert book.groups
    assert book.groups[0].code == "РОБ-1"


# ── whatever people type ────────────────────────────────────────────────────────────────────────────────────────────

_WORDS = [
    "7А",
    "5-7",
    "чт",
    "чтеверг",
    "15:00",
    "16.50",
    "15.09",
    "31.02.25",
    "базовая",
    "педагог",
    "перенос",
    "Ш8",
    "РОБ-1",
    "п1",
    "май",
    "",
]
_CELLS = st.one_of(
    st.sampled_from(_WORDS),
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
)


def _headed(name: str, rows: Iterable[list[Cell]]) -> Sheet:
    return Sheet(name, [[column.name for column in FORM_OF[name].columns], *rows])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(_headed, st.sampled_from([form.name for form in FORMS]), st.lists(st.lists(_CELLS, max_size=11), max_size=5)),
        max_size=6,
    )
)
def test_random_cells_are_a_workbook_or_faults(random_sheets: list[Sheet]) -> None:
    tables = {sheet.name: sheet for sheet in [*sheets(network()), *random_sheets]}
    try:
        parse_workbook(list(tables.values()), academic_year=2025)
    except Faults as refused:
        for fault in refused.faults:
            assert SAY(fault.key, **fault.facts)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(Sheet, st.sampled_from([form.name for form in FORMS]), st.lists(st.lists(_CELLS, max_size=11), max_size=5)),
        max_size=6,
    )
)
def test_random_sheets_are_a_workbook_or_faults(random_sheets: list[Sheet]) -> None:
    try:
        parse_workbook(random_sheets, academic_year=2025)
    except Faults as refused:
        for fault in refused.faults:
            assert SAY(fault.key, **fault.facts)
