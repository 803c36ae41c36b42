"""Whether whoever sent an announcement may still speak to those it is for: asked when it leaves, of each of its letters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, not_, or_, select

from storage.db import Tx
from storage.tables import Announcement, Course, Group, Letter, Staff


def speaks() -> ColumnElement[bool]:
    """Whether the post it was sent from is still its author's, and still has the group or the course: for questions of Announcement."""
    post = exists().where(
        Staff.id == Announcement.staff_id,
        Staff.person_id == Announcement.by,
        Staff.role == Announcement.role,
        Staff.organization_id == Announcement.organization_id,
        Staff.archived_at.is_(None),
    )
    target = or_(
        and_(Announcement.kind == "group", Group.id == Announcement.target_id),
        and_(Announcement.kind == "course", Group.course_id == Announcement.target_id),
    )
    theirs = or_(
        Announcement.role == "coordinator",
        and_(Announcement.role == "teacher", Group.teacher_id == Announcement.staff_id),
        and_(Announcement.role == "partner", Course.organization_id == Announcement.organization_id),
    )
    group = exists().where(
        Course.id == Group.course_id, target, theirs, Group.archived_at.is_(None), Course.archived_at.is_(None)
    )
    whole = Announcement.kind.in_(("all", "class"))
    return and_(post.correlate_except(Staff), or_(whole, group.correlate_except(Group, Course)))


def withheld(letter: type[Letter]) -> ColumnElement[Any]:
    """Whether a letter is of an announcement that has not left and whose author may not send it any more."""
    its = literal("announcement:") + cast(Announcement.id, String) == letter.topic
    waits = (Announcement.state == "sent", Announcement.left_at.is_(None), not_(speaks()))
    return and_(letter.kind == "announced", exists().where(its, *waits).correlate_except(Announcement))


async def may_speak(tx: Tx, announcement_id: int) -> bool:
    """The same of one announcement."""
    return await tx.scalar(select(Announcement.id).where(Announcement.id == announcement_id, speaks())) is not None
