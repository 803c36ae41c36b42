"""How children are counted whose data were withdrawn: the name goes, the number stays, and stays their school's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func

from storage.tables import Application, Pupil

SCHOOL_OF: ColumnElement[Any] = func.coalesce(
    Pupil.school_id, Application.school_id
)  # of a pupil who was erased: the school it was
CHILD_OF: ColumnElement[Any] = func.coalesce(
    Pupil.id, -Application.id
)  # tells children apart, also those who have no row any more


def with_erased(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A question about applications, with their pupils: those whose pupil was erased stay in it. Counts are made of it, with
    `SCHOOL_OF` and `CHILD_OF`; `Pupil.archived_at.is_(None)` leaves the erased in.
    """
    return question.outerjoin(Pupil, Pupil.id == Application.pupil_id)
