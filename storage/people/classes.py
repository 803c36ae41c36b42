"""The class a pupil is in: «Ученики» says it of one academic year, and of any other it is counted from there. Nobody else counts.

Twice the same rule: for a row that is at hand, and for a question. `tests/people/test_classes.py` holds one against the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.db import Tx
from storage.tables import Pupil

LAST_CLASS = 11  # who is in it leaves school
CHOSEN_CLASS = 9  # who is in it goes on only if the family says so
DIGITS = "0123456789"

YearOf: TypeAlias = int | ColumnElement[int] | InstrumentedAttribute[int]


def class_in(class_name: str, year: int, of: int) -> str | None:
    """The class in that academic year of a pupil who is in «4А» in the year `of`: «5А». None: they will have left school.

    Of a year before, the class they were in then. The 9th goes on only if the family says so, and is asked when it applies.
    """
    number = number_of(class_name)
    if number is None or year == of:
        return class_name
    there = max(number + year - of, 1)
    return None if there > LAST_CLASS else f"{there}{class_name.strip().lstrip(DIGITS)}"


def goes_on_by_choice(class_name: str, year: int, of: int) -> bool:
    """Whether it is for the family to say that the child stays at school that year."""
    number = number_of(class_name)
    return number is not None and number <= CHOSEN_CLASS < number + year - of <= LAST_CLASS


def number_of(class_name: str) -> int | None:
    """7 of «7А»."""
    found = re.match(r"\s*(\d+)", class_name)
    return int(found[1]) if found else None


def class_of(year: YearOf, pupil: Any = Pupil) -> ColumnElement[str]:
    """The class in that academic year, within a question; empty: they have left school, or the pupil was erased."""
    return func.coalesce(_counted(year, pupil, literal("")), "")


def last_class(year: YearOf, pupil: Any = Pupil) -> ColumnElement[str]:
    """The same for a page or paper that names whoever it may be: of somebody who has left, the class they left from."""
    return func.coalesce(_counted(year, pupil, pupil.class_name), "")


def said_class(year: YearOf, pupil: Any = Pupil) -> ColumnElement[str]:
    """The class as far as the school has said it: the 9th of last year stands there until its book says 10; empty: they have left."""
    there = _number(pupil) + year - pupil.class_year
    chosen = and_(_number(pupil) <= CHOSEN_CLASS, there > CHOSEN_CLASS, there <= LAST_CLASS)
    return case((chosen, pupil.class_name), else_=class_of(year, pupil))


def _counted(year: YearOf, pupil: Any, left: ColumnElement[str]) -> ColumnElement[str]:
    there = _number(pupil) + year - pupil.class_year
    rest = func.ltrim(pupil.class_name, DIGITS)
    return case(
        (_number(pupil).is_(None) | (pupil.class_year == year), pupil.class_name),
        (there > LAST_CLASS, left),
        (there < 1, literal("1").concat(rest)),
        else_=cast(there, String).concat(rest),
    )


def _number(pupil: Any) -> ColumnElement[int]:
    digits = func.length(pupil.class_name) - func.length(func.ltrim(pupil.class_name, DIGITS))
    return cast(func.nullif(func.substr(pupil.class_name, 1, digits), ""), Integer)


async def classes_in(tx: Tx, pupils: Collection[int], year: int) -> dict[int, str]:
    """The class of each of these pupils in that year; of somebody who has left, the class they left from."""
    rows = await tx.execute(select(Pupil.id, last_class(year).label("class_name")).where(Pupil.id.in_(pupils)))
    return {row.id: row.class_name for row in rows}
