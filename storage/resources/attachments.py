"""Questions about the files and links that staff put to a resource, or to a course as its materials."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from storage.db import Tx
from storage.prepared import Prepared, several
from storage.tables import Application, Attachment, Choice, Course, Document, Group, Lesson, Pupil, Resource


@dataclass(frozen=True)
class To:
    """What a file or a link is put to: a resource or a course, one of them."""

    resource: int | None = None
    course: int | None = None


@dataclass(frozen=True)
class Put:
    """A file or a link, without the file's bytes."""

    id: int
    to: To
    name: str
    link: str | None
    document_id: int | None
    removed_at: datetime | None


async def put_to(tx: Tx, to: To) -> list[Put]:
    """Those that stand, the oldest first."""
    question = _puts().where(Attachment.removed_at.is_(None))
    own = Attachment.resource_id == to.resource if to.resource is not None else Attachment.course_id == to.course
    return [_put(row) for row in await tx.execute(question.where(own).order_by(Attachment.id))]


async def one(tx: Tx, attachment_id: int) -> Put | None:
    """One, removed or not."""
    row = (await tx.execute(_puts().where(Attachment.id == attachment_id))).one_or_none()
    return None if row is None else _put(row)


def _puts() -> Any:
    return select(
        Attachment.id,
        Attachment.resource_id,
        Attachment.course_id,
        Attachment.name,
        Attachment.link,
        Attachment.document_id,
        Attachment.removed_at,
    )


def _put(row: Any) -> Put:
    return Put(
        id=row.id,
        to=To(resource=row.resource_id, course=row.course_id),
        name=row.name,
        link=row.link,
        document_id=row.document_id,
        removed_at=row.removed_at,
    )


async def taken(tx: Tx, attachment_id: int) -> None:
    """Somebody took it: a number, and nobody's."""
    await tx.execute(update(Attachment).where(Attachment.id == attachment_id).values(taken=Attachment.taken + 1))


async def forget_removed(tx: Tx, to: To, before: datetime) -> None:
    """What was removed before a moment can no longer be put back: it goes, with its bytes."""
    own = Attachment.resource_id == to.resource if to.resource is not None else Attachment.course_id == to.course
    gone = (await tx.execute(select(Attachment.id, Attachment.document_id).where(own, Attachment.removed_at < before))).all()
    await tx.execute(delete(Attachment).where(Attachment.id.in_([row.id for row in gone])))
    documents = [row.document_id for row in gone if row.document_id is not None]
    await tx.execute(delete(Document).where(Document.id.in_(documents)))


@dataclass(frozen=True)
class OfCourse:
    """A course as far as rights depend on it."""

    id: int
    name: str
    year: int
    organization_id: int
    teachers: frozenset[int]  # staff ids of its groups' teachers, and of who stands in


async def course(tx: Tx, course_id: int, *, lock: bool = False) -> OfCourse | None:
    """A course, be it of a year that is over; None: there is none. `lock`: it is not changed meanwhile."""
    question = select(Course.id, Course.name, Course.year, Course.organization_id).where(
        Course.id == course_id, Course.archived_at.is_(None)
    )
    row = (await tx.execute(question.with_for_update() if lock else question)).one_or_none()
    if row is None:
        return None
    own = await tx.scalars(select(Group.teacher_id).where(Group.course_id == course_id, Group.archived_at.is_(None)))
    standing_in = await tx.scalars(
        select(Lesson.teacher_id)
        .distinct()
        .join(Group, Group.id == Lesson.group_id)
        .where(Group.course_id == course_id, Lesson.teacher_id.is_not(None), Lesson.archived_at.is_(None))
    )
    teachers = frozenset(each for each in (*own, *standing_in) if each is not None)
    return OfCourse(id=row.id, name=row.name, year=row.year, organization_id=row.organization_id, teachers=teachers)


async def learning(tx: Tx, course_id: int, pupils: Collection[int]) -> set[int]:
    """Of these pupils those who learn on the course: not those who are known to have left it, though the year is not closed."""
    rows = await tx.scalars(
        select(Application.pupil_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(
            Choice.course_id == course_id,
            Choice.state == "enrolled",
            or_(Choice.outcome.is_(None), Choice.outcome != "left"),
            Application.pupil_id.in_(pupils),
            Pupil.archived_at.is_(None),
        )
    )
    return {pupil for pupil in rows if pupil is not None}


async def counts(tx: Tx, courses: Collection[int]) -> dict[int, int]:
    """How many materials each of these courses has; one without any is left out."""
    rows = await tx.execute(
        select(Attachment.course_id, func.count(Attachment.id).label("many"))
        .where(Attachment.course_id.in_(courses), Attachment.removed_at.is_(None))
        .group_by(Attachment.course_id)
    )
    return {row.course_id: row.many for row in rows}


async def lock_resource(tx: Tx, resource_id: int) -> None:
    """Nobody else changes what is put to a resource, or books it, until this transaction is over."""
    await tx.execute(select(Resource.id).where(Resource.id == resource_id).with_for_update())


async def courses_with_any(tx: Tx, groups: Collection[int]) -> list[tuple[int, str]]:
    """The courses of these groups that have materials, by name."""
    return [(row.id, row.name) for row in await _WITH_ANY.rows(tx, groups=groups)]


_WITH_ANY = Prepared(
    select(Course.id, Course.name)
    .join(Group, Group.course_id == Course.id)
    .join(Attachment, Attachment.course_id == Course.id)
    .where(Group.id.in_(several("groups")), Attachment.removed_at.is_(None))
    .distinct()
    .order_by(Course.name, Course.id)
)


async def course_of(tx: Tx, group_id: int) -> int:
    """The course of a group that there is."""
    return (await tx.execute(select(Group.course_id).where(Group.id == group_id))).scalar_one()
