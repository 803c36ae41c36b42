"""A family's shortlist: courses to look at again, for one child; whoever of the family put them there."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from storage.db import Database
from storage.tables import Course, Shortlisted
from storage.upsert import insert_new


async def keep_in_mind(db: Database, pupil_id: int, course_id: int, *, by: Person) -> None:
    """Put a course into the child's shortlist; there already, it stays."""
    async with db.write() as tx:
        require(by, "shortlist.keep", Thing(pupil_id=pupil_id))
        if await tx.scalar(select(Course.id).where(Course.id == course_id, Course.archived_at.is_(None))) is None:
            raise Refusal("gone")
        row = {"person_id": by.known, "pupil_id": pupil_id, "course_id": course_id}
        await tx.execute(insert_new(tx, Shortlisted, row))


async def put_out_of_mind(db: Database, pupil_id: int, course_id: int, *, by: Person) -> None:
    """Take a course out of the child's shortlist, whoever of the family put it in."""
    async with db.write() as tx:
        require(by, "shortlist.keep", Thing(pupil_id=pupil_id))
        await tx.execute(delete(Shortlisted).where(Shortlisted.pupil_id == pupil_id, Shortlisted.course_id == course_id))
