"""The grid and the report of «Сетевой город»: what is drawn into them at random is read back; nothing breaks them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading.journal import looks_like_journal, read_journal
from bot.reading.uploads import Cell, Sheet
from bot.voice import voice
from tests.journal.test_journal_list import ANY_CELL
from tests.world import ZONE

TODAY = date(2026, 11, 25)
NAMES = ["Петров Миша", "Шеуджен Дана", "МэщбашӀэ Нурбый"]
SAID = ["", "5", "4 5", "Н", "3/2", "ОП 4", "зачёт"]
DAYS = [TODAY - timedelta(days=days) for days in (1, 8, 15, 22)]

Drawn = dict[tuple[str, date, int], str]


def _written(day: date) -> st.SearchStrategy[Cell]:
    forms: list[Cell] = [day, f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", f"{day:%d.%m}"]
    return st.sampled_from(forms)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[Cell]], Drawn]:
    """Rows of a grid, and what stands in it: (pupil, day, lesson) → cell. A day may stand twice."""
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=5)))
    written = [draw(_written(day)) for day in days]
    rows: list[list[Cell]] = [["№", "ФИО", *written, "Средняя"]]
    drawn: Drawn = {}
    for number, name in enumerate(NAMES, 1):
        cells = [draw(st.sampled_from(SAID)) for _ in days]
        rows.append([number, name, *cells, 4.5])
        for at, (day, cell) in enumerate(zip(days, cells, strict=True)):
            drawn[name, day, days[: at + 1].count(day)] = cell
    return rows, drawn


@settings(max_examples=60, deadline=None)
@given(grids())
def test_a_grid_is_read_as_it_was_drawn(made: tuple[list[list[Cell]], Drawn]) -> None:
    rows, drawn = made
    journal = read_journal([Sheet("Г-01", rows)], today=TODAY, academic_year=2026)
    read = {(one.pupil, one.day, one.lesson): (one.marks, one.codes) for one in journal.entries}
    said = {
        "": ((), ()), "5": (("5",), ()), "4 5": (("4", "5"), ()), "Н": ((), ("Н",)), "3/2": (("3", "2"), ()),
        "ОП 4": (("4",), ("ОП",)), "зачёт": (("зачёт",), ()),
    }  # fmt: skip
    filled = {(day, lesson) for (_, day, lesson), cell in drawn.items() if cell}
    assert read == {key: said[cell] for key, cell in drawn.items() if key[1:] in filled}


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(ANY_CELL, max_size=8), max_size=6), of_report=st.booleans())
def test_no_grid_and_no_report_breaks_the_reader(rows: list[list[Cell]], of_report: bool) -> None:
    head: list[list[Cell]] = [["ФИО", "12.11", date(2026, 11, 19)]]
    if of_report:
        head = [["Ученик: Петров Миша"], ["Период: с 01.11.26 по 25.11.26"], ["Предмет", "Ноябрь"], [None, 12, 19]]
    sheets = [Sheet("Г-01", [*head, *rows])]
    assert looks_like_journal(sheets)
    journal = read_journal(sheets, today=TODAY, academic_year=2026)
    say = voice("ru", ZONE).plain
    assert all(say(fault.key, **fault.facts) for fault in journal.faults)
