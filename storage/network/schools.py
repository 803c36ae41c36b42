"""The base schools of the network, and where in it their pupils are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.people.erased import SCHOOL_OF, with_erased
from storage.tables import Application, Choice, Course, Group, Organization, Pupil

OVER = ("draft", "withdrawn", "declined", "lapsed", "completed", "left")  # states of a choice by which nobody is anywhere


@dataclass
class Others:
    """Where a school's pupils are in one academic year: codes of the shared sheets. A wish that is alive counts, and so does a
    place that is held without a name.
    """

    pupils: int = 0
    partners: set[str] = field(default_factory=set)
    courses: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


async def standing(tx: Tx, year: int) -> dict[str, Others]:
    """By code of every base school that stands, where its pupils are."""
    school, partner = aliased(Organization), aliased(Organization)
    base = (school.role == "base") & school.archived_at.is_(None)
    found = {code: Others() for code in await tx.scalars(select(school.code).where(base))}
    pupils = select(school.code).join(Pupil, Pupil.school_id == school.id).where(base, Pupil.archived_at.is_(None))
    for code in await tx.scalars(pupils):
        found[code].pupils += 1
    rows = await tx.execute(
        _places(select(school.code, partner.code, Course.code, Group.code))
        .join(school, school.id == SCHOOL_OF)
        .join(Course, Course.id == Choice.course_id)
        .join(partner, partner.id == Course.organization_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(base, Course.year == year, Choice.state.not_in(OVER), Pupil.archived_at.is_(None))
        .distinct()
    )
    for of, organization, course, group in rows:
        found[of].partners.add(organization)
        found[of].courses.add(course)
        if group is not None:
            found[of].groups.add(group)
    return found


def _places(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return with_erased(question.select_from(Choice).join(Application, Application.id == Choice.application_id))


async def of_groups(tx: Tx, year: int) -> dict[str, frozenset[str]]:
    """By code of a group the codes of the schools whose pupils learn in it; nobody: left out."""
    rows = await tx.execute(
        _places(select(Group.code, Organization.code))
        .join(Group, Group.id == Choice.group_id)
        .join(Organization, Organization.id == SCHOOL_OF)
        .where(Group.year == year, Choice.state == "enrolled", Pupil.archived_at.is_(None))
        .distinct()
    )
    found: dict[str, set[str]] = defaultdict(set)
    for group, school in rows:
        found[group].add(school)
    return {group: frozenset(schools) for group, schools in found.items()}
