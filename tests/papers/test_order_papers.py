"""What an order says, and what an order of changes says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.orders import order_docx
from bot.documents.school_papers import settlement
from tests.papers.papers_world import (
    BASE,
    CHANGES,
    FIRST,
    order,
    text_of,
)


def test_the_order_names_who_answers_and_everybody_in_its_annex() -> None:
    deputy = replace(BASE, coordinator_post="заместитель директора по УВР", address="385462, с. Натырбово, ул. Школьная, 1")
    text = text_of(order(school=deputy))
    assert "Об организации обучения учащихся с помощью сетевого взаимодействия" in text
    assert "ПРОЕКТ" not in text
    assert "9 ноября 2026 г.…№ 46-о" in text
    assert "\nс. Натырбово\n" in text
    assert "4. Назначить ответственным за сетевое взаимодействие Хачирову Ольгу Муратовну, заместителя директора по УВР." in text
    assert "статьи 13 и 15 Федерального закона от 29.12.2012 № 273-ФЗ" in text
    assert "образовательных программ № 3-с от 28.08.2026 (Центр развития IT-образования); № ______ от «____» __________" in text
    assert "заявки школы № 7 от 01.09.2026" in text
    assert "в организациях: Центр развития IT-образования; МБОУ ДО ЦДО МО «Кошехабльский район»." in text
    assert "3. Начать занятия с 1 сентября 2026 г." in text
    assert "Всего учащихся: 2." in text  # Misha learns at both partners
    annex = text[text.index("Приложение к приказу\nот 9 ноября 2026 г. № 46-о") :]
    assert annex.count("Петров Миша Алексеевич") == 2
    assert annex.count("Шеуджен Дана Руслановна") == 1
    assert "Курс «Шахматы», группа Г-02, педагог Тлехас Зарема Аслановна" in annex
    assert "14.05.2013" not in text  # a list that hangs on a wall needs no dates of birth


def test_a_post_nobody_can_decline_stands_after_a_colon() -> None:
    text = text_of(order(school=replace(BASE, coordinator_post="куратор сети")))
    assert "4. Назначить ответственным за сетевое взаимодействие: куратор сети Хачирова Ольга Муратовна." in text
    text = text_of(
        order_docx(replace(CHANGES, school=replace(BASE, coordinator_post="методист", director_post="и. о. директора")))
    )
    assert "3. Ответственному за сетевое взаимодействие (методисту Хачировой Ольге Муратовне) ознакомить" in text
    plain = text_of(order_docx(CHANGES))
    assert "3. Ответственному за сетевое взаимодействие (Хачировой Ольге Муратовне) ознакомить" in plain
    assert "И. о. директора          ____________________ / Иванов Сергей Ильич /" in text


def test_a_draft_of_an_order_has_no_number_and_says_so() -> None:
    text = text_of(order_docx(replace(FIRST, number="", starts_on=None)))
    assert "ПРОЕКТ: номера нет, не подписывать" in text
    assert "№ 46-о" not in text
    assert "3. Начать занятия с «____» ______________ 20____ г." in text


def test_the_order_of_changes_names_whom_it_adds_moves_and_takes_out() -> None:
    text = text_of(order_docx(CHANGES))
    assert "О внесении изменений в приказ от 1 сентября 2026 г. № 46-о" in text
    assert "9 ноября 2026 г.…№ 51-о" in text
    assert (
        "Включить в список учащихся: 1. Перевести в другую группу: 1. Исключить из списка: 2. Теперь в списке учащихся: 3."
        in text
    )
    added, rest = text[text.index("Включить в список\n") :].split("Перевести в другую группу")
    moved, left = rest.split("Исключить из списка")
    assert ("Хут Асхад Юрьевич" in added, "Шеуджен Дана Руслановна" in moved, "Г-07" in moved) == (True, True, True)
    assert "Петров Миша Алексеевич" in left
    assert "данные отозваны" in left  # whose family has withdrawn its data since
    only_added = text_of(order_docx(replace(CHANGES, moved=[], left=[])))
    assert "Перевести" not in only_added
    assert "Исключить" not in only_added


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("с. Натырбово, ул. Школьная, 1", "с. Натырбово"),
        ("385400, Республика Адыгея, а. Кошехабль, ул. Джаримова, 5", "а. Кошехабль"),
        ("ул. Школьная, 1", ""),
        (None, ""),
    ],
)
def test_an_order_is_dated_at_a_place(address: str | None, found: str) -> None:
    assert settlement(address) == found
