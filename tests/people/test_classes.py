"""The class a pupil is in, in any academic year: the rule for a row and the rule for a question agree, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from storage.db import Database
from storage.people.classes import class_in, class_of, goes_on_by_choice, last_class, said_class
from storage.tables import Pupil
from tests.world import SCHOOL

CLASSES = ("1А", "4Б", "7А", "9В", "9", "10А", "11Ж", "0А", "подготовительный", "11")
YEARS = range(2020, 2035)


@pytest.mark.parametrize(
    ("class_name", "year", "then"),
    [
        ("4А", 2026, "4А"),
        ("4А", 2027, "5А"),
        ("9Б", 2027, "10Б"),
        ("11А", 2027, None),
        ("4А", 2024, "2А"),
        ("1А", 2024, "1А"),
        ("подготовительный", 2030, "подготовительный"),
    ],
)
def test_a_class_is_said_of_one_year_and_counted_for_others(class_name: str, year: int, then: str | None) -> None:
    assert class_in(class_name, year, 2026) == then


def test_only_the_ninth_goes_on_by_choice() -> None:
    assert [name for name in ("8А", "9А", "10А", "11А") if goes_on_by_choice(name, 2027, 2026)] == ["9А"]
    assert [year for year in range(2024, 2032) if goes_on_by_choice("8А", year, 2026)] == [2028, 2029]


async def test_a_question_counts_as_a_row_does(db: Database) -> None:
    pupils = [
        {"id": 900 + number, "code": f"Я-{number}", "full_name": "Ким Ан", "class_name": name, "class_year": 2026}
        for number, name in enumerate(CLASSES)
    ]
    async with db.write() as tx:
        await tx.execute(insert(Pupil), [{**one, "school_id": SCHOOL} for one in pupils])
    async with db.read() as tx:
        for year in YEARS:
            columns = (Pupil.class_name, class_of(year), last_class(year), said_class(year))
            rows = await tx.execute(select(*columns).where(Pupil.id >= 900).order_by(Pupil.id))
            for said, there, last, known in rows.all():
                right = class_in(said, year, 2026) or ""
                chosen = goes_on_by_choice(said, year, 2026)
                assert (there, last) == (right, right or said), (said, year)
                assert known == (said if chosen else right), (said, year)
