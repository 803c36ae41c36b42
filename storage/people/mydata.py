"""Questions about what is held on a person and their children: how much it is, and whose it is besides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from storage.db import Tx
from storage.people.classes import last_class
from storage.people.consent import in_force
from storage.people.people import first_name
from storage.tables import (
    Application,
    Audit,
    Choice,
    Consent,
    Course,
    Entry,
    Group,
    Guardianship,
    Letter,
    Pupil,
    Staff,
)


@dataclass(frozen=True)
class Held:
    """How much is held."""

    applications: int
    marks: int
    attendance: int
    consents: int
    letters: int


async def held(tx: Tx, person_id: int, pupils: Collection[int]) -> Held:
    """How much is held about a person and these pupils."""

    def count(thing: Any, *which: ColumnElement[bool]) -> Any:
        return select(func.count()).select_from(thing).where(*which).scalar_subquery()

    there = (Entry.pupil_id.in_(pupils), Entry.removed_at.is_(None))
    row = (
        await tx.execute(
            select(
                count(Application, Application.pupil_id.in_(pupils)).label("applications"),
                count(Entry, *there, Entry.kind == "mark").label("marks"),
                count(Entry, *there, Entry.kind == "attendance").label("attendance"),
                count(Consent, Consent.person_id == person_id, Consent.withdrawn_at.is_(None)).label("consents"),
                count(Letter, *said_to(person_id, pupils)).label("letters"),
            )
        )
    ).one()
    return Held(**row._mapping)


def said_to(person_id: int, pupils: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Letters this person really got, about nobody or about these pupils: what was never said is not theirs to read."""
    about = or_(Letter.pupil_id.is_(None), Letter.pupil_id.in_(pupils))
    return Letter.person_id == person_id, Letter.sent_at.is_not(None), about


async def agreeing_besides(tx: Tx, person_id: int, pupils: Collection[int]) -> set[int]:
    """Those of these pupils for whom another guardian has agreed too: their data stay."""
    rows = await tx.scalars(
        select(Guardianship.pupil_id).where(
            Guardianship.pupil_id.in_(pupils),
            Guardianship.person_id != person_id,
            Guardianship.until.is_(None),
            in_force(Guardianship.person_id, Guardianship.pupil_id, "processing"),
        )
    )
    return set(rows)


async def enrolled_in(tx: Tx, pupil_id: int) -> list[str]:
    """The names of the courses a pupil is enrolled in."""
    rows = await tx.scalars(
        select(Course.name)
        .join(Choice, Choice.course_id == Course.id)
        .join(Application, Application.id == Choice.application_id)
        .where(Application.pupil_id == pupil_id, Choice.state == "enrolled")
        .group_by(Course.id, Course.name)
        .order_by(Course.name)
    )
    return list(rows)


@dataclass(frozen=True)
class PlaceOf:
    """A wish of a pupil that its partner knows of."""

    choice_id: int
    course: str
    organization_id: int
    group: str | None
    teacher: int | None  # the person
    state: str


async def places_of(tx: Tx, pupil_id: int) -> list[PlaceOf]:
    """The pupil's seats, and what was asked of a partner and is not answered."""
    rows = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Course.name.label("course"),
            Course.organization_id,
            Group.code.label("group"),
            Staff.person_id.label("teacher"),
            Choice.state,
        )
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .outerjoin(Staff, Staff.id == Group.teacher_id)
        .where(Application.pupil_id == pupil_id, Choice.state.in_(("enrolled", "offered", "requested")))
        .order_by(Choice.id)
    )
    return [PlaceOf(**row._mapping) for row in rows]


async def names(tx: Tx, pupils: Collection[int], year: int) -> dict[int, tuple[str, str]]:
    """First name and class in that year of these pupils, by name."""
    question = select(Pupil.id, Pupil.full_name, last_class(year).label("class_name")).where(Pupil.id.in_(pupils))
    rows = await tx.execute(question.order_by(Pupil.full_name, Pupil.id))
    return {row.id: (first_name(row.full_name), row.class_name) for row in rows}


@dataclass(frozen=True)
class Withdrew:
    """Who withdrew, as the coordinator's page says it, and the facts of the letter that told of it."""

    full_name: str
    class_name: str
    school_id: int
    kind: str
    facts: dict[str, Any]


async def withdrawal(tx: Tx, person_id: int, number: int, year: int) -> Withdrew | None:
    """The withdrawal of this number, if this person was written to about it and the letter's facts are still kept."""
    row = (
        await tx.execute(
            select(Pupil.full_name, last_class(year).label("class_name"), Pupil.school_id, Letter.kind, Letter.facts)
            .select_from(Audit)
            .join(Pupil, Pupil.id == Audit.thing_id)
            .join(Letter, Letter.topic == f"withdrew:{number}")
            .where(Audit.id == number, Audit.action == "consent.withdrawn")
            .where(Letter.person_id == person_id, Letter.facts.is_not(None))
        )
    ).first()
    return None if row is None or row.facts is None else Withdrew(**row._mapping)
