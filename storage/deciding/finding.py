"""Questions of a coordinator who looks for one family, or for those who have not applied; and the whole list for a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, func, select

from storage.db import Tx
from storage.deciding.deciding import Classmate
from storage.people.classes import class_of, last_class
from storage.tables import Application, Choice, ChoiceChange, Pupil

KNOWN = ("submitted", "returned", "approved", "declined")  # what the school has been handed


async def pupils_like(tx: Tx, schools: Collection[int], typed: str, year: int) -> list[Classmate]:
    """The pupils of these schools whose ФИО begins with what was typed, else has a word that does; «ё» is «е», case is none.

    With the classes of that year.
    """
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(Pupil.id, Pupil.full_name.label("child"), last_class(year).label("class_name"), Pupil.school_id)
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    wanted = _folded(typed)
    everybody = [Classmate(**row._mapping) for row in rows] if wanted else []
    first = [one for one in everybody if _folded(one.child).startswith(wanted)]
    return first or [one for one in everybody if any(word.startswith(wanted) for word in _folded(one.child).split())]


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


@dataclass(frozen=True)
class ClassCount:
    """A class (by the id of one of its pupils), how many learn in it and how many of them have handed nothing in."""

    id: int
    name: str
    pupils: int
    missing: int


def _handed_in(year: int) -> Any:
    return (
        select(Application.id)
        .where(Application.pupil_id == Pupil.id, Application.year == year, Application.state.in_(KNOWN))
        .correlate(Pupil)
        .exists()
    )


async def classes_missing(tx: Tx, schools: Collection[int], year: int, this: int) -> list[ClassCount]:
    """The classes of these schools, as they are in the year `this`, with who has not applied for that year; 7А before 10А."""
    name = class_of(this)
    missing = func.count(Pupil.id).filter(~_handed_in(year))
    rows = await tx.execute(
        select(
            func.min(Pupil.id).label("id"),
            name.label("name"),
            func.count(Pupil.id).label("pupils"),
            missing.label("missing"),
        )
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), name != "")
        .group_by(name)
        .order_by(func.length(name), name)
    )
    return [ClassCount(**row._mapping) for row in rows]


async def pupils_without(tx: Tx, pupils: Collection[int], year: int) -> set[int]:
    """Those of these pupils for whom nothing has been handed in for that year."""
    return set(await tx.scalars(select(Pupil.id).where(Pupil.id.in_(pupils), ~_handed_in(year))))


async def handed_in(tx: Tx, schools: Collection[int], year: int) -> list[int]:
    """Every application of these schools for that year and later: those that wait first, the longest waiting before."""
    rows = await tx.scalars(
        select(Application.id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Application.state.in_(KNOWN), Application.year >= year, Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .order_by(Application.state != "submitted", Application.submitted_at, Application.id)
    )
    return list(rows)


async def last_changes(tx: Tx, applications: Collection[int]) -> dict[int, int]:
    """For each application the number of the last line of its history."""
    rows = await tx.execute(
        select(Choice.application_id, func.max(ChoiceChange.id))
        .join(ChoiceChange, ChoiceChange.choice_id == Choice.id)
        .where(Choice.application_id.in_(applications))
        .group_by(Choice.application_id)
    )
    return {application: last for application, last in rows}  # noqa: C416 - rows


async def entered_lately(tx: Tx, pupil_id: int, asked: tuple[Collection[int], int], since: datetime) -> int | None:
    """The application staff entered for this pupil since then, for just these courses and so many of them: what a repeated
    press meant.
    """
    courses, number = asked
    rows = await tx.execute(
        select(Application.id, Choice.course_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(
            Application.pupil_id == pupil_id,
            Application.person_id.is_(None),
            Application.state == "submitted",
            Application.wanted == number,
            Application.submitted_at >= since,
        )
        .order_by(Application.id)
    )
    made: dict[int, set[int]] = defaultdict(set)
    for application_id, course_id in rows:
        made[application_id].add(course_id)
    return next((application_id for application_id, chosen in made.items() if chosen == set(courses)), None)
