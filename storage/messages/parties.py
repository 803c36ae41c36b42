"""What may-write-to follows from: who learns with whom, whose school, whose organization; who of a side is reached."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from storage.among import if_few
from storage.db import Tx
from storage.messages.threads import Side
from storage.parts import parts
from storage.people import people
from storage.tables import Application, Choice, Course, Group, Organization, Person, Pupil, Staff


@dataclass(frozen=True)
class Taught:
    """A group that goes on: its course's partner and its teacher."""

    group_id: int
    organization_id: int
    teacher_id: int


async def groups(
    tx: Tx,
    years: Collection[int],
    *,
    ids: Collection[int] | None = None,
    pupil_id: int | None = None,
    teachers: Collection[int] | None = None,
    organizations: Collection[int] | None = None,
) -> list[Taught]:
    """Groups of these years: these, where this pupil learns, of these teachers, of these partners."""
    question = (
        select(Group.id.label("group_id"), Course.organization_id, Group.teacher_id)
        .join(Course, Course.id == Group.course_id)
        .where(Group.year.in_(years), Group.archived_at.is_(None), Course.archived_at.is_(None))
        .order_by(Group.id)
    )
    if ids is not None:
        question = question.where(Group.id.in_(ids))
    if pupil_id is not None:
        learns = select(Choice.group_id).join(Application, Application.id == Choice.application_id)
        question = question.where(Group.id.in_(learns.where(Application.pupil_id == pupil_id, _learns())))
    if teachers is not None:
        question = question.where(Group.teacher_id.in_(teachers))
    if organizations is not None:
        question = question.where(Course.organization_id.in_(organizations))
    return [Taught(**row._mapping) for row in await tx.execute(question)]


async def teaching(tx: Tx, years: Collection[int], teachers: AbstractSet[int] | None = None) -> list[int]:
    """Who of these teachers (None: of all) has a group of these years, each once, in the order of the groups."""
    question = (
        select(Group.teacher_id)
        .join(Course, Course.id == Group.course_id)
        .where(Group.year.in_(years), Group.archived_at.is_(None), Course.archived_at.is_(None))
        .where(true() if teachers is None else if_few(Group.teacher_id, teachers))
        .group_by(Group.teacher_id)
        .order_by(func.min(Group.id))
    )
    found = await tx.scalars(question)
    return list(found) if teachers is None else [each for each in found if each in teachers]


async def school_of(tx: Tx, pupil_id: int) -> int | None:
    """The school of a pupil who is one; None: they have left it."""
    return await tx.scalar(select(Pupil.school_id).where(Pupil.id == pupil_id, Pupil.archived_at.is_(None)))


async def works_at(tx: Tx, staff_id: int) -> int | None:
    """The organization of a teacher who is one; None: they have left it."""
    question = select(Staff.organization_id).where(Staff.id == staff_id, Staff.role == "teacher", Staff.archived_at.is_(None))
    return await tx.scalar(question)


async def learners(tx: Tx, years: Collection[int], pupils: Collection[int], teachers: Collection[int]) -> set[tuple[int, int]]:
    """Which of these pupils learn in a group of which of these teachers."""
    question = (
        select(Application.pupil_id, Group.teacher_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(Group, Group.id == Choice.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Group.year.in_(years), Group.archived_at.is_(None), Course.archived_at.is_(None), _learns())
        .distinct()
    )
    found = set()
    for some in parts(sorted(pupils)):
        rows = await tx.execute(question.where(Application.pupil_id.in_(some)))
        found |= {(row.pupil_id, row.teacher_id) for row in rows if row.teacher_id in teachers}
    return found


def _learns() -> ColumnElement[bool]:
    """Of a wish: that its pupil learns there, and has not left."""
    return and_(Choice.state == "enrolled", or_(Choice.outcome.is_(None), Choice.outcome != "left"))


async def organizations(tx: Tx, role: str) -> list[int]:
    """The base schools, or the partners."""
    question = select(Organization.id).where(Organization.role == role, Organization.archived_at.is_(None))
    return list(await tx.scalars(question.order_by(Organization.id)))


async def schools_of(tx: Tx, pupils: Collection[int]) -> dict[int, int]:
    """By pupil the school."""
    rows = await tx.execute(select(Pupil.id, Pupil.school_id).where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None)))
    return {row.id: row.school_id for row in rows}


async def reached(tx: Tx, side: Side) -> list[int]:
    """The people of a side a letter gets to: of a family those who agreed to messages; of a pupil's thread the guardians too."""
    match side.role:
        case "guardian" | "student":
            family = (await people.families_of(tx, [side.id])).get(side.id, [])
            own = await tx.scalar(select(Pupil.person_id).where(Pupil.id == side.id))
            return [each for each in dict.fromkeys(family) if side.role == "student" or each != own]
        case "teacher":
            question = select(Staff.person_id).where(Staff.id == side.id, Staff.archived_at.is_(None))
            return sorted(await people.reached(tx, [each for each in await tx.scalars(question) if each is not None]))
    return sorted(await people.reached(tx, await people.office(tx, side.role, organization_id=side.id)))


async def there(tx: Tx, roles: Collection[str]) -> set[Side]:
    """The sides of the staff, of these roles, behind which is somebody whom the bot can write to."""
    rows = await tx.execute(
        select(Staff.id, Staff.role, Staff.organization_id)
        .join(Person, Person.id == Staff.person_id)
        .where(Staff.archived_at.is_(None), Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
        .where(Staff.role.in_(roles))
    )
    return {Side(role, id_ if role == "teacher" else organization) for id_, role, organization in rows}


async def paper_of(tx: Tx, choice_id: int) -> int | None:
    """The application a wish is a part of."""
    return await tx.scalar(select(Choice.application_id).where(Choice.id == choice_id))
