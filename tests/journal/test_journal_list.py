"""The list: what a cell says, whatever the partner's habits; every fault at once; nothing a stranger writes can break it."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.reading.fault import Amiss
from bot.reading.journal import looks_like_journal, read_journal
from bot.reading.journal.codes import Said, grade, meaning_of, parse_attendance, parse_day, parse_mark
from bot.reading.journal.entry import Journal
from bot.reading.letters import fold
from bot.reading.uploads import Cell, Sheet, sheets_of
from bot.refusals import Refusal
from bot.voice import voice
from tests.world import ZONE

TODAY = date(2026, 11, 9)
HEAD: list[Cell] = [
    "Дата",
    "Группа",
    "Ученик",
    "Отметка",
    "Посещаемость",
    "Тема",
    "Домашнее задание",
    "Комментарий",
    "Вид работы",
]


def read(*rows: list[Cell], head: list[Cell] | None = None) -> Journal:
    return read_journal([Sheet("Журнал", [head or HEAD, *rows])], today=TODAY, academic_year=2026)


def faults(journal: Journal) -> list[str]:
    return [voice("ru", ZONE).plain(fault.key, **fault.facts) for fault in journal.faults]


def marks(*said: str) -> Said:
    return Said(marks=said)


def codes(*said: str) -> Said:
    return Said(codes=said)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("5", marks("5")),
        (5, marks("5")),
        ("4 5", marks("4", "5")),
        ("2  3", marks("2", "3")),
        ("4, 5", marks("4", "5")),
        ("3/2", marks("3", "2")),
        ("5-", marks("5-")),
        ("5−", marks("5-")),
        ("95", marks("95")),
        ("8/10", marks("8/10")),
        ("98,5", marks("98,5")),
        ("зачёт", marks("зачёт")),
        ("не зачёт", marks("не зачёт")),
        ("зач", marks("зач")),
        ("н/а", marks("н/а")),
        ("высокий уровень", marks("высокий уровень")),
        ("точка", marks("точка")),
        (".", marks("точка")),
        ("точка 4", marks("точка", "4")),
        ("Н", codes("Н")),
        ("н", codes("Н")),
        ("H", codes("Н")),  # Latin
        ("h h", codes("Н", "Н")),
        ("Н/Н", codes("Н", "Н")),
        ("уп", codes("УП")),
        ("болел", codes("БОЛЕЛ")),
        ("не была", codes("НЕ БЫЛА")),
        ("О 4", Said(("4",), ("О",))),
        ("O 4/3", Said(("4", "3"), ("О",))),  # Latin
        ("Н 2/2", Said(("2", "2"), ("Н",))),
        ("О/4", Said(("4",), ("О",))),
        ("Н5", Said(("5",), ("Н",))),
        ("4О", Said(("4",), ("О",))),
        ("+", codes("+")),
        ("Н/Б", codes("Н/Б")),  # «не был», or two lessons: asked
        ("ДО", codes("ДО")),
        ("\u200b5\u200e", marks("5")),
        (None, Said()),
        ("   ", Said()),
    ],
)
def test_what_a_mark_cell_says(cell: Cell, said: Said) -> None:
    assert parse_mark(cell) == said


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("Н", "absent"), ("НП", "absent"), ("ОТ", "absent"), ("Б", "sick"), ("У", "excused"), ("УП", "excused"),
        ("ОСВ", "excused"), ("ОП", "late"), ("БОЛЕЗНЬ", "sick"), ("НЕ БЫЛ", "absent"), ("БЫЛА", "present"),
        ("О", None), ("+", None), ("К", None), ("Н/Б", None), ("1", None),
    ],
)  # fmt: skip
def test_what_a_code_means_with_everybody(code: str, meaning: str | None) -> None:
    assert meaning_of(code) == meaning


def test_in_the_column_of_attendance_even_a_number_is_a_code() -> None:
    assert parse_attendance(1) == codes("1")
    assert parse_attendance("О 4") == Said(("4",), ("О",))
    assert parse_attendance("Н, ОП") == codes("Н", "ОП")
    assert parse_attendance("по уважительной причине") == codes("ПО УВАЖИТЕЛЬНОЙ ПРИЧИНЕ")


@pytest.mark.parametrize(
    ("mark", "number"), [("5", 5), ("4-", 4), ("3+", 3), ("95", None), ("зачёт", None), ("0", None), ("5 ", None)]
)
def test_only_five_point_marks_have_an_average(mark: str, number: int | None) -> None:
    assert grade(mark) == number


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("09.11.2026", date(2026, 11, 9)),
        ("9.11.26", date(2026, 11, 9)),
        ("09.11", date(2026, 11, 9)),
        ("9 ноября", date(2026, 11, 9)),
        ("9 ноября 2026 г.", date(2026, 11, 9)),
        ("2026-11-09", date(2026, 11, 9)),
        ("пн, 09.11.2026", date(2026, 11, 9)),
        ("9.ноя.26", date(2026, 11, 9)),
        ("09.11.2026 0:00", date(2026, 11, 9)),
        ("2026-11-09T00:00:00", date(2026, 11, 9)),
        (datetime(2026, 11, 9, tzinfo=None), date(2026, 11, 9)),  # noqa: DTZ001 - as Excel gives it
        (date(2026, 11, 9), date(2026, 11, 9)),
        (46335, date(2026, 11, 9)),  # Excel's number of the day
        (9.11, date(2026, 11, 9)),  # 9.11 typed as a number
    ],
)
def test_a_date_however_it_is_written(cell: Cell, day: date) -> None:
    assert parse_day(cell, today=TODAY, academic_year=2026) == day


def test_a_date_without_a_year_belongs_to_the_academic_year() -> None:
    spring = date(2027, 5, 20)
    assert parse_day("12.09", today=spring, academic_year=2026) == date(2026, 9, 12)
    assert parse_day("12.05", today=spring, academic_year=2026) == date(2027, 5, 12)


def test_columns_in_any_order_under_a_title_and_unknown_ones_are_told_of() -> None:
    rows: list[list[Cell]] = [
        ["Журнал сетевой группы"],
        [],
        ["Ученик *", "отметка", "Настроение", "Дата", "Группа", "Вид  работы"],
        ["Петров Миша", 5, "хорошее", "09.11", "Г-01", "контрольная"],
    ]
    sheets = [Sheet("Журнал", rows), Sheet("Черновик", [["что-то"]])]
    assert looks_like_journal(sheets)
    journal = read_journal(sheets, today=TODAY, academic_year=2026)
    (entry,) = journal.entries
    assert (entry.row, entry.day, entry.group, entry.pupil, entry.marks, entry.work) == (
        4, TODAY, "Г-01", "Петров Миша", ("5",), "контрольная",
    )  # fmt: skip
    say = voice("ru", ZONE)
    assert [say.plain(note.key, **note.facts) for note in journal.notes] == [
        "«Журнал», столбец C «Настроение» боту не знаком и пропущен.",
        "Лист «Черновик» — не журнал и пропущен.",
    ]


def test_every_fault_is_told_at_once_with_its_place() -> None:
    journal = read(
        ["10.11.2026", "Г-01", "У-701", "5"],
        ["вчера", None, "У-701", "4,5"],
        ["31.02.2026", "Г-01", None, date(2026, 2, 3)],
        ["09.11.2026", "Г-01", "У-701", None, "нехорошоотсутствовал"],
        ["09.11.2006", "Г-01", "У-701", "я" * 50],
        ["09.11.2026", "Г-01", "У-701", "5"],
    )
    assert [entry.row for entry in journal.entries] == [7]  # read, but nothing is entered while there are faults
    assert faults(journal) == [
        "«Журнал», строка 2, столбец A «Дата»: дата 10.11.2026 ещё не наступила. Проверьте день и год.",
        "«Журнал», строка 3, столбец A «Дата»: ожидается дата, например 09.11.2026; здесь «вчера».",
        "«Журнал», строка 3, столбец B «Группа»: нужно заполнить.",
        "«Журнал», строка 3, столбец D «Отметка»: «4,5» — одна отметка или две? Две пишите через пробел: 4 5.",
        "«Журнал», строка 4, столбец A «Дата»: ожидается дата, например 09.11.2026; здесь «31.02.2026».",
        "«Журнал», строка 4, столбец C «Ученик»: нужно заполнить.",
        (
            "«Журнал», строка 4, столбец D «Отметка»: Excel сделал из отметки дату 03.02.2026. Задайте столбцу формат «Текст» и "
            "впишите снова, например 3/2."
        ),
        (
            "«Журнал», строка 5, столбец E «Посещаемость»: ожидается короткий код, до 16 знаков, например Н или Б; здесь "
            "«НЕХОРОШООТСУТСТВОВАЛ»."
        ),
        "«Журнал», строка 6, столбец A «Дата»: дата 09.11.2006 слишком давняя. Проверьте год.",
        (
            f"«Журнал», строка 6, столбец D «Отметка»: отметка длиннее 40 знаков: «{'я' * 39}…». Слова для семьи — в столбец "
            "«Комментарий»."
        ),
    ]


def test_a_heading_without_a_needed_column_or_without_rows() -> None:
    assert faults(read([TODAY, "У-701", "5"], head=["Дата", "Ученик", "Отметка"])) == [
        "«Журнал», строка 1: нет обязательного столбца «Группа»."
    ]
    assert faults(read()) == ["В файле нет ни одной строки с данными под названиями столбцов."]
    with pytest.raises(Refusal, match="journal-no-heading"):
        read_journal([Sheet("Лист1", [["Товар", "Цена"]])], today=TODAY, academic_year=2026)


def test_one_group_for_a_whole_file_without_that_column() -> None:
    rows: list[list[Cell]] = [["Дата", "Ученик", "Отметка"], ["09.11", "У-701", "5"]]
    journal = read_journal([Sheet("Лист1", rows)], today=TODAY, academic_year=2026, group="Г-01")
    assert [entry.group for entry in journal.entries] == ["Г-01"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("mark", [";", ","])
def test_csv_of_every_kind(encoding: str, mark: str) -> None:
    text = f"Дата{mark}Группа{mark}Ученик{mark}Отметка\n09.11.2026{mark}Г-01{mark}Петров Миша{mark}5\n"
    (entry,) = read_journal(sheets_of(text.encode(encoding), "ж.csv"), today=TODAY, academic_year=2026).entries
    assert (entry.group, entry.pupil, entry.marks) == ("Г-01", "Петров Миша", ("5",))


def test_a_book_of_excel() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Дата", "Группа", "Ученик", "Отметка", "Посещаемость"])
    page.append([date(2026, 11, 5), "Г-01", "У-701", 4, "H"])
    file = io.BytesIO()
    book.save(file)
    (entry,) = read_journal(sheets_of(file.getvalue(), "ж.xlsx"), today=TODAY, academic_year=2026).entries
    assert (entry.day, entry.marks, entry.codes) == (date(2026, 11, 5), ("4",), ("Н",))


# ── whatever comes ──────────────────────────────────────────────────────────────────────────────────────────────────

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.text(alphabet="НHБBОOУПTт12345/,. +-;·абв", max_size=15),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@settings(max_examples=300, deadline=None)
@given(cell=ANY_CELL)
def test_no_cell_breaks_the_reader(cell: Cell) -> None:
    for parse in (parse_mark, parse_attendance):
        try:
            said = parse(cell)
        except Amiss:
            continue
        assert all(mark.strip() for mark in said.marks)
        assert all(code == fold(code) and len(code) > 0 for code in said.codes)
        assert all(meaning_of(code) or len(code) <= 16 for code in said.codes)
        assert all(len(mark) <= 40 for mark in said.marks)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(ANY_CELL, max_size=10), max_size=6))
def test_no_file_breaks_the_reader_and_every_fault_can_be_said(rows: list[list[Cell]]) -> None:
    faults(read(*rows))
