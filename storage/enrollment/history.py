"""A question about what became of an application's wishes: every step, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, func, select

from storage.db import Tx
from storage.tables import Application, Choice, ChoiceChange, Course, Guardianship, Staff


@dataclass(frozen=True)
class Past:
    """A line of a choice's history."""

    course: str
    was: str | None
    now: str
    at: datetime
    reason: str | None
    by: int | None  # the person; None: the bot, or somebody who has since withdrawn
    family: bool  # they are, or were, a guardian of the child
    partner: bool  # they are of the partner that runs the course
    staff: str | None  # ФИО, where they are on the staff: for the school's own pages


async def steps_of(tx: Tx, application_id: int) -> list[Past]:
    """What became of an application's choices, in order of time."""
    theirs = Staff.person_id == ChoiceChange.by
    family = select(Guardianship.id).where(
        Guardianship.person_id == ChoiceChange.by, Guardianship.pupil_id == Application.pupil_id
    )
    partner = select(Staff.id).where(theirs, Staff.role == "partner", Staff.organization_id == Course.organization_id)
    name = select(func.min(Staff.full_name)).where(theirs).correlate(ChoiceChange).scalar_subquery()
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(
            Course.name.label("course"),
            ChoiceChange.was,
            ChoiceChange.now,
            ChoiceChange.at,
            ChoiceChange.reason,
            ChoiceChange.by,
            family.exists().label("family"),
            partner.exists().label("partner"),
            name.label("staff"),
        )
        .join(Choice, Choice.id == ChoiceChange.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .where(Choice.application_id == application_id)
        .order_by(ChoiceChange.id)
    )
    return [Past(**row._mapping) for row in rows]
