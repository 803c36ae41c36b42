"""How children are counted whose data were withdrawn: the name goes, the number stays, and stays their school's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func

from storage.tables import Application, Pupil

# Of a pupil who was erased: the school it was.
SCHOOL_OF: ColumnElement[Any] = func.coalesce(Pupil.school_id, Application.school_id)
# Tells children apart, also those who have no row any more.
CHILD_OF: ColumnElement[Any] = func.coalesce(Pupil.id, -Application.id)


def with_erased(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A question about applications, with their pupils: those whose pupil was erased stay in it. Counts are made of it, with
    `SCHOOL_OF` and `CHILD_OF`; `Pupil.archived_at.is_(None)` leaves the erased in.
    """
    return question.outerjoin(Pupil, Pupil.id == Application.pupil_id)
