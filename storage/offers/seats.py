"""Questions about groups for those who keep them: who learns in one, who waits for one, which seats are held without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, and_, func, or_, select

from storage.db import Tx
from storage.enrollment.enrollment import ENROLLED
from storage.offers.offers import About, about_of, line
from storage.people.consent import Reader, shown_name
from storage.people.erased import SCHOOL_OF, concerning, with_erased
from storage.tables import Application, Choice, Course, Group, Organization, PlaceOffer, Pupil

# ── a group as staff see it ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class GroupLine:
    """A group in a list."""

    id: int
    code: str
    course: str
    organization: str
    year: int
    enrolled: int  # pupils this person may see


@dataclass(frozen=True)
class Nameless:
    """A seat whose pupil was erased: held until school or partner free it."""

    choice_id: int
    group_id: int
    group: str  # its code
    school_id: int | None
    course: str
    organization_id: int


async def nameless(tx: Tx, group_id: int, reader: Reader) -> list[Nameless]:
    """The nameless seats of a group, as far as this reader answers for them."""
    rows = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Choice.group_id,
            Group.code.label("group"),
            Application.school_id,
            Course.name.label("course"),
            Course.organization_id,
        )
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Group, Group.id == Choice.group_id)
        .where(Choice.group_id == group_id, Choice.state == ENROLLED, Application.pupil_id.is_(None))
        .where(reader.concerns(school=Application.school_id))
        .order_by(Choice.id)
    )
    return [Nameless(**row._mapping) for row in rows]


def _not_answered(reader: Reader) -> ColumnElement[bool]:
    """A seat, or a place in the line, of whom the partner has not answered yet; of whom it is not asked yet only the school knows."""
    return or_(Choice.state == "requested", and_(Choice.state == "approved", Pupil.school_id.in_(reader.schools)))


async def groups(tx: Tx, since: int, reader: Reader) -> list[GroupLine]:
    """Groups in which pupils this reader knows of learn or wait: by year, course, then code.

    `since`: of this academic year and later ones.
    """
    learn = func.count(Choice.id).filter(Choice.state == ENROLLED)
    question = select(
        Group.id,
        Group.code,
        Course.name.label("course"),
        Organization.name.label("organization"),
        Group.year,
        learn.label("enrolled"),
    )
    rows = await tx.execute(
        with_erased(question.select_from(Choice).join(Application, Application.id == Choice.application_id))
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(concerning(reader), Pupil.archived_at.is_(None), Group.year >= since)
        .where(or_(Choice.state.in_((*_IN_GROUP, "completed")), _not_answered(reader)))
        .group_by(Group.id, Group.code, Course.name, Organization.name, Group.year)
        .order_by(Group.year, Course.name, Group.code, Group.id)
    )
    return [GroupLine(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Member:
    """A pupil in a group or its line, with the number in the line and the offer's deadline where there is one."""

    about: About
    number: int | None
    deadline: datetime | None


async def foreign(tx: Tx, group_id: int, reader: Reader) -> int:
    """How many more have a place in a group or wait for one: of schools that are not this reader's; nameless seats too."""
    question = with_erased(select(func.count(Choice.id)).join(Application, Application.id == Choice.application_id))
    question = question.join(Course, Course.id == Choice.course_id).where(
        Choice.group_id == group_id, Pupil.archived_at.is_(None)
    )
    return await tx.scalar(question.where(Choice.state.in_(_IN_GROUP), ~reader.concerns(school=SCHOOL_OF))) or 0


_IN_GROUP = (ENROLLED, "offered", "reserve")


async def members(tx: Tx, group_id: int, reader: Reader) -> list[Member]:
    """Who learns in a group (by name), is asked for, was offered a place, waits (in order): as far as this reader knows of them.

    Who waits for the request or for its answer is among them, with the seat or the place in the line that is held.
    """
    which = and_(Choice.group_id == group_id, or_(Choice.state.in_(_IN_GROUP), _not_answered(reader)))
    question = about_of(which, shown_name(reader))
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        question.add_columns(PlaceOffer.deadline)
        .outerjoin(PlaceOffer, and_(PlaceOffer.choice_id == Choice.id, PlaceOffer.ended_at.is_(None)))
        .where(reader.concerns())
        .order_by(Pupil.full_name, Pupil.id)
    )
    numbers = {choice_id: number for number, (choice_id, _) in enumerate(await line(tx, group_id), 1)}
    found = [_member(row, numbers.get(row.choice_id)) for row in rows]
    order = {ENROLLED: 0, "requested": 1, "approved": 1, "offered": 2, "reserve": 3}
    return sorted(found, key=lambda one: (3 if one.number else order[one.about.state], one.number or 0))


def _member(row: Row[*tuple[Any, ...]], number: int | None) -> Member:
    of = dict(row._mapping)
    deadline = of.pop("deadline")
    return Member(About(**of), number, deadline)
