"""How children are counted whose data were withdrawn: the name goes, the number stays, and stays their school's."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from storage.among import either
from storage.people.consent import Reader
from storage.tables import Application, Course, Pupil
from storage.twins import twin

# Of a pupil who was erased: the school it was.
SCHOOL_OF: ColumnElement[Any] = func.coalesce(Pupil.school_id, Application.school_id)
# Tells children apart, also those who have no row any more.
CHILD_OF: ColumnElement[Any] = func.coalesce(Pupil.id, -Application.id)


def with_erased(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A question about applications, with their pupils: those whose pupil was erased stay in it. Counts are made of it, with
    `SCHOOL_OF` and `CHILD_OF`; `Pupil.archived_at.is_(None)` leaves the erased in.
    """
    return question.outerjoin(Pupil, Pupil.id == Application.pupil_id)


def of_schools(schools: Collection[int]) -> ColumnElement[bool]:
    """Whether an application is of a pupil of these schools: `SCHOOL_OF` is one of them.

    Said so, a database begins with the pupils of these schools; what `SCHOOL_OF` is it can only ask of everybody's application.
    """
    theirs, pupil, erased = twin(Application, "of_school"), twin(Pupil, "of_school"), twin(Application, "erased")
    named = select(theirs.id).join(pupil, pupil.id == theirs.pupil_id).where(pupil.school_id.in_(schools))
    nameless = select(erased.id).where(erased.pupil_id.is_(None), erased.school_id.in_(schools))
    return Application.id.in_(union_all(named, nameless))


def concerning(reader: Reader) -> ColumnElement[bool]:
    """What is this reader's to know of (`Reader.concerns`), erased pupils of their schools too; for questions that have Course."""
    schools = [of_schools(reader.schools)] if reader.schools else []
    partners = [Course.organization_id.in_(reader.partners)] if reader.partners else []
    return either(*schools, *partners)
