"""What a partner answers: one child and course of a request, locked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.offers.offers import lock_child
from storage.tables import Application, Choice, Course, Organization, Pupil


@dataclass(frozen=True)
class Asked:
    """A choice a partner answers, its row locked, with what the rights and the letters depend on."""

    choice: Choice
    pupil: Pupil
    organization_id: int
    organization: str
    course: str


async def asked(tx: Tx, choice_id: int) -> Asked | None:
    """None: there is no such choice, or its pupil was erased. The child is locked before the choice, as everywhere."""
    pupil_id = await tx.scalar(
        select(Application.pupil_id)
        .join(Choice, Choice.application_id == Application.id)
        .where(Choice.id == choice_id, Application.pupil_id.is_not(None))
    )
    if pupil_id is None:
        return None
    await lock_child(tx, pupil_id)
    choice = await tx.scalar(
        select(Choice).where(Choice.id == choice_id).with_for_update().execution_options(populate_existing=True)
    )
    if choice is None:
        return None
    row = (
        await tx.execute(
            select(
                Pupil,
                Organization.id.label("organization_id"),
                Organization.name.label("organization"),
                Course.name.label("course"),
            )
            .select_from(Application)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .join(Course, Course.id == choice.course_id)
            .join(Organization, Organization.id == Course.organization_id)
            .where(Application.id == choice.application_id)
        )
    ).one_or_none()
    if row is None:
        return None
    return Asked(choice, row.Pupil, row.organization_id, row.organization, row.course)
