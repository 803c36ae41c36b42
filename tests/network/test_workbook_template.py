"""The empty workbook a school begins with, and cells that must stay text."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cells import safe_cell
from bot.reading.uploads import sheets_of
from bot.reading.workbook.parse import parse_workbook
from bot.reading.workbook.rows import Workbook
from bot.reading.workbook.sheets import FORMS
from bot.reading.workbook.template import template
from bot.voice import voice

SAY = voice("ru", ZoneInfo("Europe/Moscow"))

CONTRACT = {
    "Учебный год": "Учебный год*, Начало*, Конец*, Конец 1-го полугодия",
    "Организации": "Код*, Название*, Роль*, Вид, Лицензия, Адрес, Телефон, Сайт, Руководитель, "
    "Должность руководителя, Основание, Реквизиты",
    "Сотрудники": "Код*, ФИО*, Организация*, Роль*, Должность",
    "Ученики": "Код*, ФИО*, Класс*, Дата рождения, Школа",
    "Курсы": "Код*, Название*, Организация*, Направленность*, Классы*, Часов, Описание, Выбор, Окно с, Окно по, Шкала, "
    "Оборудование, ОВЗ",
    "Группы": "Код*, Курс*, Педагог*, Мест*, Минимум, Место",
    "Расписание": "Группа*, День*, Начало*, Конец*, Место, С, По, Недели",
    "Изменения": "Группа*, Дата*, Начало*, Действие*, Новая дата, Новое начало, Новое место, Педагог, Причина",
    "Занятость классов": "Класс*, День*, С*, По*, Школа",
    "Помещения": "Код*, Название*, Организация*, Мест, Оснащение",
    "Программа": "Курс*, №*, Тема*, Часов",
    "Анкеты": "Анкета*, №*, Вопрос*, Вид*, Варианты, Кому, С, По, Анонимно, Школа",
    "Ресурсы": "Вид*, Название*, Организация*, Описание, Где, Мест, Кому, Ссылка",
    "Дорога": "Откуда*, Куда*, Минут*",
    "Календарь": "Дата*, День*, Название, Школа",
    "Дорожная карта": "№*, Задача*, С*, По*, Повтор, Мероприятие, Ответственный, Результат, Школа",
}


def test_sheets_and_columns_are_named_as_promised() -> None:
    assert {form.name: ", ".join(column.name + "*" * column.required for column in form.columns) for form in FORMS} == CONTRACT
    assert {sheet.name: ", ".join(str(cell) for cell in sheet.rows[0]) for sheet in sheets_of(template(), "сеть.xlsx")} == {
        name: columns.replace("*", "") for name, columns in CONTRACT.items()
    }


def test_the_untouched_template_changes_nothing_and_says_so() -> None:
    book = parse_workbook(sheets_of(template(), "сеть.xlsx"), academic_year=2025)
    assert book == Workbook(2025, notes=book.notes)
    assert [SAY.plain(note.key, **note.facts) for note in book.notes] == [
        (
            "Кроме примера ничего нет, поэтому ничего не меняется: Учебный год, Организации, Сотрудники, Ученики, Курсы, Группы, "
            "Расписание, Изменения, Занятость классов, Помещения, Программа, Анкеты, Ресурсы, Дорога, Календарь, "
            "Дорожная карта."
        )
    ]


def test_each_example_would_be_faultless_without_its_mark() -> None:
    """What the template shows as right is right: the examples are read as rows when nothing marks them as examples."""
    sheets = sheets_of(template(), "сеть.xlsx")
    for sheet in sheets:
        sheet.rows[1] = [
            cell.replace("ПРИМЕР-", "").replace("ПРИМЕР ", "") if isinstance(cell, str) else cell for cell in sheet.rows[1]
        ]
        if sheet.name == "Календарь":
            sheet.rows[1][2] = "День Республики Адыгея"
        if sheet.name == "Организации":
            sheet.rows.append(["ШКОЛА", "МБОУ СОШ №8", "базовая"])
    book = parse_workbook(sheets, academic_year=2025)
    assert all(len(getattr(book, form.field)) == 1 + (form.name == "Организации") for form in FORMS)
    assert book.notes == ()


def test_an_example_left_among_real_rows_is_passed_over() -> None:
    sheets = [sheet for sheet in sheets_of(template(), "сеть.xlsx") if sheet.name == "Организации"]
    sheets[0].rows.append(["Ш8", "МБОУ СОШ №8", "базовая"])
    book = parse_workbook(sheets, academic_year=2025)
    assert book.organizations
    assert [row.code for row in book.organizations] == ["Ш8"]
    assert [SAY.plain(note.key, **note.facts) for note in book.notes] == ["«Организации», строка 2: пример пропущен."]


@pytest.mark.parametrize("typed", ["=1+1", "+7 900", "-5", "@SUM(A1)", " =1", "\t=1", "\r=1"])
def test_what_a_person_typed_never_becomes_a_formula(typed: str) -> None:
    assert str(safe_cell(typed))[0] == "'"


def test_other_cells_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in ("Анна", 5, None, -1.5, "5-7")] == ["Анна", 5, None, -1.5, "5-7"]
    assert safe_cell("a\x00b\x07") == "ab"
    with pytest.raises(ValueError, match="zones"):
        safe_cell(datetime.fromisoformat("2025-09-01T12:00+03:00"))
