"""Questions about the wishes that a change of the network touches: of these courses, groups or pupils."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, or_, select

from storage.courses.courses import ALIVE
from storage.db import Tx
from storage.people.classes import class_of
from storage.tables import Application, Choice, Course, Group, Organization, PlaceOffer, Pupil


@dataclass(frozen=True)
class Touched:
    """A wish that is alive (or a draft), whose it is and of what."""

    choice_id: int
    application_id: int
    pupil_id: int
    child: str  # ФИО
    class_name: str
    course_id: int
    course: str
    year: int  # the academic year of the course: `class_name` is of it
    organization_id: int
    organization: str
    group_id: int | None
    group: str | None  # its code
    state: str
    reserve_at: datetime | None
    submitted_at: datetime | None
    offer_id: int | None  # of the place offered and not answered

    @property
    def holds(self) -> bool:
        """Whether a seat of its group is taken by it."""
        return self.group_id is not None and self.reserve_at is None and self.state != "reserve"


async def touched(
    tx: Tx, *, year: int, courses: Collection[int] = (), groups: Collection[int] = (), pupils: Collection[int] = ()
) -> list[Touched]:
    """The living wishes of these courses, groups and pupils, of that year and later, in order of arrival; of one application
    the most wanted first.
    """
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Choice.application_id,
            Pupil.id.label("pupil_id"),
            Pupil.full_name.label("child"),
            class_of(Course.year).label("class_name"),
            Course.id.label("course_id"),
            Course.name.label("course"),
            Course.year,
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            Choice.group_id,
            Group.code.label("group"),
            Choice.state,
            Choice.reserve_at,
            Application.submitted_at,
            PlaceOffer.id.label("offer_id"),
        )
        .select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .outerjoin(PlaceOffer, (PlaceOffer.choice_id == Choice.id) & PlaceOffer.ended_at.is_(None))
        .where(Choice.state.in_((*ALIVE, "draft")), Pupil.archived_at.is_(None), Course.year >= year)
        .where(or_(Choice.course_id.in_(courses), Choice.group_id.in_(groups), Pupil.id.in_(pupils)))
        .order_by(Application.submitted_at.is_(None), Application.submitted_at, Application.id, Choice.rank, Choice.id)
    )
    return [Touched(**row._mapping) for row in rows]
