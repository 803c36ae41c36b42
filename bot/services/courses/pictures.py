"""The picture of a course: the partner sends it, everybody who looks at the course may see it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.policy import Person, Thing, can, require
from bot.reading.kind import PICTURES, scan_of
from bot.refusals import Refusal
from storage import audit
from storage.db import Database, Tx
from storage.tables import Course, Document

KIND = "course-picture"
MOST = 5 * 1024 * 1024  # bytes


def may_change(person: Person, organization_id: int) -> bool:
    """Whether this person may give a course of this organization a picture."""
    return can(person, "course.picture", Thing(organization_id=organization_id))


async def picture_of(tx: Tx, course_id: int) -> tuple[str, bytes]:
    """File name and content; a course that is gone or has none is refused."""
    row = (
        await tx.execute(
            select(Document.name, Document.content)
            .join(Course, Course.picture_id == Document.id)
            .where(Course.id == course_id, Course.archived_at.is_(None))
        )
    ).first()
    if row is None:
        raise Refusal("gone")
    return row.name, row.content


async def give_picture(db: Database, course_id: int, content: bytes, *, by: Person, now: datetime) -> None:
    """Give a course its picture in place of the one it had: a JPEG or a PNG up to 5 MB. The same one twice changes nothing."""
    async with db.write() as tx:
        was = await _course(tx, course_id, by)
        ending = scan_of(content)
        if ending not in PICTURES:
            raise Refusal("picture-wrong-kind")
        if len(content) > MOST:
            raise Refusal("picture-too-big", limit=MOST // 2**20)
        if was is not None and await tx.scalar(select(Document.content).where(Document.id == was)) == content:
            return
        document = Document(name=f"course-{course_id}{ending}", kind=KIND, content=content, made_at=now, made_by=by.known)
        tx.add(document)
        await tx.flush()
        await _change(tx, course_id, was, document.id, by, now)


async def take_picture_away(db: Database, course_id: int, *, by: Person, now: datetime) -> None:
    """A course without a picture stays so."""
    async with db.write() as tx:
        was = await _course(tx, course_id, by)
        if was is not None:
            await _change(tx, course_id, was, None, by, now)


async def _course(tx: Tx, course_id: int, by: Person) -> int | None:
    """The id of the course's picture; the course locked."""
    row = (
        await tx.execute(
            select(Course.organization_id, Course.picture_id)
            .where(Course.id == course_id, Course.archived_at.is_(None))
            .with_for_update()
        )
    ).first()
    require(by, "course.picture", Thing(organization_id=row.organization_id if row else None))
    if row is None:
        raise Refusal("gone")
    picture: int | None = row.picture_id
    return picture


async def _change(tx: Tx, course_id: int, was: int | None, now_is: int | None, by: Person, now: datetime) -> None:
    await tx.execute(update(Course).where(Course.id == course_id).values(picture_id=now_is))
    if was is not None:
        await tx.execute(delete(Document).where(Document.id == was, Document.kind == KIND))
    audit.log(
        tx,
        by.known,
        "course.picture",
        ("course", course_id),
        audit.Change(before={"document": was}, after={"document": now_is}),
        now=now,
    )
