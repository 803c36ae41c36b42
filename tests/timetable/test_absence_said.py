"""«Миша завтра не придёт»: which children, which days a sentence means. Today is Monday, 9 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.refusals import Refusal
from bot.services.timetable.absences.said import read_absence, speaks_of_absence

TODAY = date(2026, 11, 9)
MISHA, VERA, ANYA, SASHA_HE, SASHA_SHE = 1, 2, 3, 4, 5
CHILDREN = {MISHA: "Петров Миша Алексеевич", VERA: "Петрова Вера Алексеевна", ANYA: "Ачмиз Анна Муратовна"}
SASHAS = {SASHA_HE: "Котов Александр Ильич", SASHA_SHE: "Котова Александра Ильинична"}
ALL = set(CHILDREN)


@pytest.mark.parametrize(
    ("text", "who", "first", "last"),
    [
        ("Миша завтра не придёт", {MISHA}, "2026-11-10", "2026-11-10"),
        ("Аня не придёт с 3 по 5 декабря", {ANYA}, "2026-12-03", "2026-12-05"),
        ("сегодня нас не будет", ALL, "2026-11-09", "2026-11-09"),
        ("Михаил не придет в пятницу", {MISHA}, "2026-11-13", "2026-11-13"),
        ("Мишеньки не будет во вторник", {MISHA}, "2026-11-10", "2026-11-10"),
        ("Мишу не ждите послезавтра", {MISHA}, "2026-11-11", "2026-11-11"),
        ("Анечка не придёт 3-5 декабря", {ANYA}, "2026-12-03", "2026-12-05"),
        ("Здравствуйте! Вера и Миша не придут до пятницы, болеют", {VERA, MISHA}, "2026-11-09", "2026-11-13"),
        ("у Миши температура, завтра не придём", {MISHA}, "2026-11-10", "2026-11-10"),
        ("мы не придём на следующей неделе", ALL, "2026-11-16", "2026-11-22"),
        ("Миша не придёт с понедельника по среду", {MISHA}, "2026-11-09", "2026-11-11"),
        ("Миша не придёт до конца недели", {MISHA}, "2026-11-09", "2026-11-15"),
        ("Миша не придёт 27 числа", {MISHA}, "2026-11-27", "2026-11-27"),
        ("с 28 декабря по 10 января нас не будет", ALL, "2026-12-28", "2027-01-10"),
        ("Миша пропустит занятие 03.12", {MISHA}, "2026-12-03", "2026-12-03"),
        ("Миша не придёт 14 января", {MISHA}, "2027-01-14", "2027-01-14"),
        ("завтра не придёт", set(), "2026-11-10", "2026-11-10"),
        ("Vera: завтра won't come", set(), "2026-11-10", "2026-11-10"),
    ],
)
def test_who_and_when(text: str, who: set[int], first: str, last: str) -> None:
    assert speaks_of_absence(text)
    said = read_absence(text, CHILDREN, TODAY)
    assert said.days is not None
    assert (set(said.pupils), str(said.days.first), str(said.days.last)) == (who, first, last)


@pytest.mark.parametrize(
    "text", ["Миша завтра не придёт, а в пятницу придёт", "Вера не придёт в среду и пятницу", "Миша больше не придёт"]
)
def test_where_more_than_one_thing_may_be_meant_the_day_is_asked(text: str) -> None:
    assert read_absence(text, CHILDREN, TODAY).days is None


def test_two_children_of_one_name_are_asked_about() -> None:
    said = read_absence("Саша завтра не придёт", SASHAS, TODAY)
    assert not said.pupils
    assert said.among == {SASHA_HE, SASHA_SHE}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Петя завтра не придёт", "absence-whose"),
        ("Миша не придёт 31.11", "moment-no-such-day"),
        ("Миша не придёт 3 сентября", "absence-past"),
        ("Миша не придёт с 1 декабря по 1 мая", "absence-too-long"),
    ],
)
def test_what_cannot_be_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(Refusal, match=refusal):
        read_absence(text, CHILDREN, TODAY)


@pytest.mark.parametrize(
    "text", ["Миша вчера не был", "/timetable", "Спасибо, поняли", "Маму не пустили", "ABCDE-12345", "не понял", "Придём вовремя"]
)
def test_other_texts_are_none_of_it(text: str) -> None:
    assert not speaks_of_absence(text)


def test_a_course_and_an_hour_narrow_it_to_a_lesson() -> None:
    said = read_absence("Миши не будет завтра на робототехнике в 15:00", CHILDREN, TODAY)
    assert (said.course, said.hour) == ("робот", (15, 0))
    assert read_absence("Миша не придёт завтра на занятия", CHILDREN, TODAY).course == ""
