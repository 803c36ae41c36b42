"""Whom staff may address: the groups, courses and classes of a post, and the children in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from storage.db import Tx
from storage.enrollment import enrollment
from storage.people.classes import class_of
from storage.tables import Application, Choice, Course, Group, Organization, Pupil, Staff


@dataclass(frozen=True)
class Taught:
    """A group that may be addressed, with its course."""

    group_id: int
    code: str
    course_id: int
    course: str


async def groups(tx: Tx, year: int, *which: ColumnElement[bool]) -> list[Taught]:
    """The groups of a year that still run and of which all this is true, by course and code."""
    rows = await tx.execute(
        select(Group.id, Group.code, Course.id.label("course_id"), Course.name)
        .join(Course, Course.id == Group.course_id)
        .where(Group.year == year, Group.archived_at.is_(None), Course.archived_at.is_(None), *which)
        .order_by(Course.name, Course.id, Group.code)
    )
    return [Taught(row.id, row.code, row.course_id, row.name) for row in rows]


def taught_by(staff_id: int) -> ColumnElement[bool]:
    return Group.teacher_id == staff_id


def run_by(organization_id: int) -> ColumnElement[bool]:
    return Course.organization_id == organization_id


def learnt_at(school_id: int) -> ColumnElement[bool]:
    """Whether a pupil of this school is enrolled in the group."""
    theirs = (
        select(Choice.group_id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(
            Choice.state == "enrolled", Pupil.school_id == school_id, Pupil.archived_at.is_(None), Choice.group_id.is_not(None)
        )
    )
    return Group.id.in_(theirs)  # begins with the school's pupils: asked of each group it would be asked of a region's thousands


async def of_groups(tx: Tx, ids: Collection[int], school_id: int | None = None) -> set[int]:
    """The pupils enrolled in these groups, of this school alone if one is named."""
    found = {pupil for pupils in (await enrollment.pupils_of_groups(tx, ids)).values() for pupil in pupils}
    if school_id is None:
        return found
    return set(await tx.scalars(select(Pupil.id).where(Pupil.id.in_(found), Pupil.school_id == school_id)))


async def of_school(tx: Tx, school_id: int, year: int, class_name: str | None = None) -> set[int]:
    """The pupils a school has that year, those of one class if one is named."""
    name = class_of(year)
    which = name != "" if class_name is None else name == class_name
    return set(await tx.scalars(select(Pupil.id).where(Pupil.school_id == school_id, Pupil.archived_at.is_(None), which)))


async def classes(tx: Tx, school_id: int, year: int) -> list[str]:
    name = class_of(year).label("class_name")
    question = select(name).where(Pupil.school_id == school_id, Pupil.archived_at.is_(None), name != "").distinct()
    return list(await tx.scalars(question))


async def names(tx: Tx, pupils: Collection[int]) -> list[str]:
    """ФИО of these, to be looked for in a text."""
    return list(await tx.scalars(select(Pupil.full_name).where(Pupil.id.in_(pupils))))


async def signature(tx: Tx, staff_id: int) -> tuple[str, str]:
    """ФИО of who holds a post, and where."""
    row = (
        await tx.execute(
            select(Staff.full_name, Organization.name)
            .join(Organization, Organization.id == Staff.organization_id)
            .where(Staff.id == staff_id)
        )
    ).one()
    return row.full_name, row.name
