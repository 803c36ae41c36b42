"""What threads are about, and what their sides are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.among import if_few
from storage.db import Tx
from storage.messages.threads import FAMILY, OFFICES, Side
from storage.people import contacts
from storage.tables import Application, Choice, Course, Group, Lesson, Pupil, Staff


@dataclass(frozen=True)
class About:
    """What a thread is about, in facts: its course or courses, of a lesson when it begins."""

    kind: str  # lesson | group | paper | question
    courses: tuple[str, ...] = ()
    at: datetime | None = None


async def about(tx: Tx, of: Sequence[tuple[str, int]]) -> dict[tuple[str, int], About]:
    """By kind and id what these things are; one that is gone is a question."""
    ids = {kind: [number for each, number in of if each == kind] for kind in ("lesson", "group", "paper")}
    found = {key: About("question") for key in of}
    lessons = (
        select(Lesson.id, Course.name, Lesson.starts_at)
        .join(Group, Group.id == Lesson.group_id)
        .join(Course, Course.id == Group.course_id)
        .where(Lesson.id.in_(ids["lesson"]))
    )
    for row in await tx.execute(lessons) if ids["lesson"] else ():
        found["lesson", row.id] = About("lesson", (row.name,), row.starts_at)
    groups = select(Group.id, Course.name).join(Course, Course.id == Group.course_id).where(Group.id.in_(ids["group"]))
    for group in await tx.execute(groups) if ids["group"] else ():
        found["group", group.id] = About("group", (group.name,))
    wishes = (
        select(Application.id, Course.name)
        .join(Choice, Choice.application_id == Application.id)
        .join(Course, Course.id == Choice.course_id)
        .where(Application.id.in_(ids["paper"]))
        .order_by(Application.id, Choice.rank)
    )
    for wish in await tx.execute(wishes) if ids["paper"] else ():
        found["paper", wish.id] = About("paper", (*found["paper", wish.id].courses, wish.name))
    return found


async def called(tx: Tx, sides: Collection[Side]) -> dict[Side, str]:
    """What sides of the staff are called: a teacher by ФИО, an office by its organization."""
    teachers = [side.id for side in sides if side.role == "teacher"]
    offices = [side.id for side in sides if side.role in OFFICES]
    staff = await tx.execute(select(Staff.id, Staff.full_name).where(if_few(Staff.id, teachers)))
    named = {row.id: row.full_name for row in staff}
    places = await contacts.names_of(tx, offices)
    return {side: (named if side.role == "teacher" else places).get(side.id, "") for side in sides if side.role not in FAMILY}


async def own_account(tx: Tx, pupil_id: int) -> int | None:
    """The pupil's own person."""
    return await tx.scalar(select(Pupil.person_id).where(Pupil.id == pupil_id))
