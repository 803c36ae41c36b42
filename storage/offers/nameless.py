"""Questions about the seats of a group whose pupil was erased."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.db import Tx
from storage.people.consent import Reader
from storage.tables import Application, Choice, Course


@dataclass(frozen=True)
class Nameless:
    """A seat whose pupil was erased: held until school or partner free it."""

    choice_id: int
    group_id: int
    school_id: int | None
    course: str
    organization_id: int


async def nameless(tx: Tx, group_id: int, reader: Reader) -> list[Nameless]:
    """The nameless seats of a group, as far as this reader answers for them."""
    rows = await tx.execute(
        select(
            Choice.id.label("choice_id"),
            Choice.group_id,
            Application.school_id,
            Course.name.label("course"),
            Course.organization_id,
        )
        .join(Application, Application.id == Choice.application_id)
        .join(Course, Course.id == Choice.course_id)
        .where(Choice.group_id == group_id, Choice.state == "enrolled", Application.pupil_id.is_(None))
        .where(reader.concerns(school=Application.school_id))
        .order_by(Choice.id)
    )
    return [Nameless(**row._mapping) for row in rows]
