"""A workbook of plain tables: each value is what it was, text is no formula, rows are as high as their text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from openpyxl import load_workbook  # noqa: TID251 - a file of our own, read back

from bot.cells import Safe
from bot.documents.tables import Column, Sheet, book_of

TODAY = datetime.combine(date(2026, 11, 9), time())  # as a cell says it: without a zone
EVENING = TODAY.replace(hour=18)
COLUMNS = [
    Column("Кто", 10, "text"),
    Column("Сколько"),
    Column("Доля", 8, "percent"),
    Column("День", 11, "date"),
    Column("Час", 8, "time"),
]
ROWS: list[list[Safe]] = [
    ["<Анна> & Ко", 5, 0.25, date(2026, 11, 9), time(15, 30)],
    ["=1+1", None, 1, date(1900, 3, 1), time(0, 0)],
    ["Мугу Амина Руслановна Длинная", True, 0.5, EVENING, None],
    [" с краю\x07 ", 2.5, 0, None, time(23, 59, 30)],
]


def test_what_is_written_is_read_back() -> None:
    book = load_workbook(BytesIO(book_of([Sheet("Первый", COLUMNS, ROWS, total=["Всего", 7]), Sheet("Пустой", COLUMNS, [])])))
    first, second = book["Первый"], book["Пустой"]
    assert [[cell.value for cell in row] for row in first.iter_rows(min_row=1)] == [
        ["Кто", "Сколько", "Доля", "День", "Час"],
        ["<Анна> & Ко", 5, 0.25, TODAY, time(15, 30)],
        ["'=1+1", None, 1, datetime.combine(date(1900, 3, 1), time()), time(0, 0)],
        ["Мугу Амина Руслановна Длинная", True, 0.5, EVENING, None],
        [" с краю ", 2.5, 0, None, time(23, 59, 30)],
        ["Всего", 7, None, None, None],
    ]
    assert [[cell.value for cell in row] for row in second.iter_rows()] == [["Кто", "Сколько", "Доля", "День", "Час"]]
    assert [first[f"{letter}2"].number_format for letter in "ABCDE"] == ["General", "0", "0%", "dd.mm.yyyy", "hh:mm"]
    assert (first["A2"].alignment.wrap_text, first["B2"].alignment.wrap_text) == (True, None)
    assert (first["A1"].font.bold, first["A2"].font.bold, first["A6"].font.bold) == (True, False, True)
    assert (first.row_dimensions[2].height, first.row_dimensions[4].height) == (30.0, 60.0)
    assert (first.freeze_panes, first.auto_filter.ref, first.column_dimensions["A"].width) == ("B2", "A1:E5", 10)


def test_a_moment_with_a_zone_is_no_cell() -> None:
    with pytest.raises(ValueError, match="knows no zones"):
        book_of([Sheet("Первый", COLUMNS, [["Анна", 1, 1, datetime(2026, 11, 9, tzinfo=UTC)]])])
