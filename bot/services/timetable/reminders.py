"""What staff are told of lessons by the clock: whom to call."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.notices.lesson_staff import LessonCallList
from bot.post.posting import post
from bot.services.timetable.answers import answers
from storage.db import Database, Tx
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Stood

BATCH = 200  # reminders posted in one transaction
AHEAD = timedelta(hours=2)  # before a changed lesson, the list to call is due
GRACE = timedelta(minutes=10)  # for families to answer a change made less than two hours before


async def call_list(db: Database, *, now: datetime, zone: ZoneInfo) -> None:  # noqa: ARG001 - all jobs are called alike
    """Two hours before a changed lesson begins (or would have begun before it was moved): its teacher and the pupils'
    coordinators hear that families have not answered, and find the names on the lesson's page. Once per change."""
    async with db.read() as tx:
        changes = await lesson_changes.changed_ahead(tx, now, now - GRACE)
        due = {change.lesson_id: change for change in changes if _begins(change, now) is not None}
        if not due:
            return
        lessons = list((await timetable.lessons(tx, due)).values())
        answered = await answers(tx, lessons)
        told = await lesson_changes.called(tx, due)
    async with db.write() as tx:
        for lesson in lessons:
            missing = answered[lesson.id].missing if lesson.id in answered else ()
            if missing and told.get(lesson.id, 0) < due[lesson.id].id:
                schools = await timetable.schools_of(tx, missing)
                await _call(tx, lesson, due[lesson.id], schools, now=now)


def _begins(change: Change, now: datetime) -> datetime | None:
    """The beginning, old or new, that is so near that families have to be called."""
    near = [at for at in (change.was.starts_at, change.now.starts_at) if now < at <= now + AHEAD]
    return min(near, default=None)


async def _call(tx: Tx, lesson: Stood, change: Change, missing: Counter[int], *, now: datetime) -> None:
    expires = max(change.was.starts_at, change.now.starts_at)

    async def tell(person_id: int, role: str, families: int) -> None:
        notice = LessonCallList(
            lesson=lesson.id,
            change=change.id,
            subject=lesson.course,
            at=lesson.starts_at,
            cancelled=lesson.cancelled_at is not None,
            families=families,
        )
        await post(tx, person_id, notice, now=now, role=role, expires_at=expires)

    teachers = {lesson.own_teacher_id, lesson.giver_id}
    for person_id in await timetable.people_of_staff(tx, teachers):
        await tell(person_id, "teacher", missing.total())
    schools = await timetable.coordinators_of(tx, missing)
    for school_id, coordinators in schools.items():
        for person_id in coordinators:
            await tell(person_id, "coordinator", missing[school_id])
