"""A question about what became of an application's wishes: every step, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, case, func, select

from storage.db import Tx
from storage.enrollment.ended import ended, last_change_of
from storage.tables import Application, Choice, ChoiceChange, Course, Group, Guardianship, Staff


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
    ended: str | None = None  # of the last step: how the wish ended that nobody refused

    @property
    def became(self) -> str:
        """What it led to, as a word: who passes a place has refused it, and nobody refused them."""
        if self.ended is None and self.now == "declined" and self.reason is None:
            return "passed" if self.was == "offered" else "over"
        return self.ended or self.now


async def steps_of(tx: Tx, application_id: int) -> list[Past]:
    """What became of an application's choices, in order of time."""
    return await _steps(tx, Choice.application_id == application_id)


async def last_step(tx: Tx, choice_id: int) -> Past | None:
    """What became of one choice last; None: nothing is known of it."""
    steps = [step for step in await _steps(tx, Choice.id == choice_id) if step.was != step.now]
    return steps[-1] if steps else None


async def _steps(tx: Tx, which: ColumnElement[bool]) -> list[Past]:
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
            case((ChoiceChange.id == last_change_of(), ended())).label("ended"),
        )
        .join(Choice, Choice.id == ChoiceChange.choice_id)
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(which)
        .order_by(ChoiceChange.id)
    )
    return [Past(**row._mapping) for row in rows]
