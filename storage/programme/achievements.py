"""Questions about pupils' achievements: of one pupil, what waits for whom, who teaches whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from storage.among import among
from storage.db import Tx
from storage.enrollment.yearend import LEARNT
from storage.people.consent import Reader, shown_name
from storage.prepared import Prepared, several
from storage.tables import Achievement, Application, Choice, Course, Document, Group, Pupil


@dataclass(frozen=True)
class Achieved:
    """An achievement of a pupil."""

    id: int
    year: int
    pupil_id: int
    school_id: int
    line: str
    document_id: int | None
    document: str | None  # the file's name
    said_by: int | None
    made_at: datetime
    state: str  # new | confirmed | declined


def _achieved() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Achievement.id,
            Achievement.year,
            Achievement.pupil_id,
            Pupil.school_id,
            Achievement.line,
            Achievement.document_id,
            Document.name.label("document"),
            Achievement.said_by,
            Achievement.made_at,
            Achievement.state,
        )
        .join(Pupil, Pupil.id == Achievement.pupil_id)
        .outerjoin(Document, Document.id == Achievement.document_id)
        .order_by(Achievement.id)
    )


async def of_pupil(tx: Tx, pupil_id: int, year: int) -> list[Achieved]:
    """Of one year, the oldest first; declined ones too."""
    rows = await tx.execute(_achieved().where(Achievement.pupil_id == pupil_id, Achievement.year == year))
    return [Achieved(**row._mapping) for row in rows]


async def one(tx: Tx, number: int) -> Achieved | None:
    row = (await tx.execute(_achieved().where(Achievement.id == number))).one_or_none()
    return None if row is None else Achieved(**row._mapping)


@dataclass(frozen=True)
class Taught:
    """A pupil in somebody's group, by name as its teacher may know it; empty: the family has not agreed."""

    pupil_id: int
    child: str
    school_id: int
    teacher_id: int


async def taught(tx: Tx, teachers: Collection[int], year: int, *, pupil_id: int | None = None) -> list[Taught]:
    """Whom these teachers (by staff id) teach that year: by name, nobody twice."""
    reader = Reader(partners=frozenset(await tx.scalars(select(Course.organization_id).where(Course.year == year).distinct())))
    question = (
        select(Pupil.id.label("pupil_id"), shown_name(reader).label("child"), Pupil.school_id, Group.teacher_id)
        .select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Choice.state.in_(LEARNT), Choice.reserve_at.is_(None), Group.year == year, Pupil.archived_at.is_(None))
        .where(Group.teacher_id.in_(teachers))
        .order_by(Pupil.full_name, Pupil.id)
    )
    if pupil_id is not None:
        question = question.where(Pupil.id == pupil_id)
    found = [Taught(**row._mapping) for row in await tx.execute(question)]
    return list({(each.pupil_id, each.teacher_id): each for each in found}.values())


async def learns(tx: Tx, pupils: Collection[int], year: int) -> bool:
    """Whether one of these pupils is or was in a group that year."""
    return await _LEARNS.value(tx, pupils=pupils, year=year) is not None


_LEARNS = Prepared(
    select(Choice.id)
    .join(Group, Group.id == Choice.group_id)
    .join(Application, Application.id == Choice.application_id)
    .where(
        Application.pupil_id.in_(several("pupils")),
        Choice.state.in_(LEARNT),
        Choice.reserve_at.is_(None),
        Group.year == bindparam("year"),
    )
    .limit(1)
)


async def teachers_of(tx: Tx, pupil_id: int, year: int) -> list[int]:
    """The staff ids of who teaches this pupil that year."""
    rows = await tx.scalars(
        select(Group.teacher_id)
        .join(Choice, and_(Choice.group_id == Group.id, Choice.state.in_(LEARNT), Choice.reserve_at.is_(None)))
        .join(Application, Application.id == Choice.application_id)
        .where(Application.pupil_id == pupil_id, Group.year == year)
        .distinct()
        .order_by(Group.teacher_id)
    )
    return list(rows)


async def waiting(tx: Tx, pupils: Collection[int], schools: Collection[int]) -> list[Achieved]:
    """What waits to be confirmed, of these pupils and of those of these schools: the oldest first."""
    whose = among((Achievement.pupil_id, pupils), (Pupil.school_id, schools))
    rows = await tx.execute(_achieved().where(Achievement.state == "new", whose, Pupil.archived_at.is_(None)))
    return [Achieved(**row._mapping) for row in rows]
