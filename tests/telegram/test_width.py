"""A row of buttons is as long as a telephone 390 pixels wide shows whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.targets import Help, Menu, SettingsHome
from bot.telegram.visit import keyboard
from bot.telegram.width import cut, side_by_side, width
from bot.visit import Button


def rows(*labels: str) -> list[list[str]]:
    made = keyboard([[Button(label, Menu()) for label in labels]])
    assert made is not None
    return [[button.text for button in row] for row in made.inline_keyboard]


def test_words_that_would_be_cut_stand_under_each_other() -> None:
    assert rows("🤝 Согласование программ", "📏 Критерии года") == [["🤝 Согласование программ"], ["📏 Критерии года"]]
    assert rows("📅 Расписание", "📖 Журнал") == [["📅 Расписание", "📖 Журнал"]]
    assert rows("1-е полугодие", "2-е полугодие", "Год") == [["1-е полугодие", "2-е полугодие"], ["Год"]]
    assert rows("5", "4", "3", "2", "зачёт", "✖️") == [["5", "4", "3", "2", "зачёт", "✖️"]]


def test_what_is_too_long_for_any_row_has_one_of_its_own() -> None:
    long = "📚 Центр дополнительного образования детей"
    assert rows(long, "‹ Назад", "☰ Меню") == [[long], ["‹ Назад"], ["☰ Меню"]]


def test_each_button_goes_where_it_went() -> None:
    made = keyboard([[Button("🤝 Согласование программ", Help()), Button("⚙️ Настройки и напоминания", SettingsHome())]])
    assert made is not None
    said = [(button.text, button.callback_data) for row in made.inline_keyboard for button in row]
    assert said == [("🤝 Согласование программ", Help().pack()), ("⚙️ Настройки и напоминания", SettingsHome().pack())]


@given(st.lists(st.text("абвшЩ 12📚", min_size=1, max_size=30), min_size=1, max_size=8))
def test_nothing_is_lost_and_what_stands_side_by_side_fits(labels: list[str]) -> None:
    parts = [list(part) for part in cut(labels, labels)]
    assert [each for part in parts for each in part] == labels
    assert all(len(part) <= side_by_side(labels) for part in parts)
    assert all(width(each) <= 151.5 for part in parts if len(part) > 1 for each in part if len(each) > 5)
