"""An extra lesson that makes up for a cancelled one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.timetable.lessons import check_time, hours_of, require_lesson
from bot.services.timetable.moments import Span
from bot.services.timetable.preview import Preview, clashes_of, known_to
from bot.services.timetable.telling import Changed, announce, evening, near_pupils
from bot.services.workdays import monday_of
from storage import audit
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import calls
from storage.tables import LessonChange
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from storage.timetable.timetable import Standing, Stood


async def extra_preview(db: Database, lesson_id: int, to: Span | None = None, *, by: Person, at: Moment) -> Preview:
    """What an extra lesson would do; refused like the adding itself. Without hours: whether there may be one."""
    async with db.read() as tx:
        lesson = await _cancelled(tx, lesson_id, by=by)
        made = await lesson_changes.made_up(tx, lesson_id)
        if made is not None:
            raise Refusal("lesson-made-up", at=made.starts_at)
        hours = hours_of(lesson, lesson.starts_at if to is None else to)
        pupils = await enrollment.pupils_of(tx, lesson.group_id)
        silent = await calls.unreached(tx, pupils)
        clashes = []
        if to is not None:
            check_time(hours[0], at.now)
            clashes = await clashes_of(tx, lesson, await known_to(tx, lesson, pupils, by), hours, zone=at.zone)
    later = evening(at)
    near = later == at.now or bool(near_pupils([(0, hours[0])], {0: [0]}, at))
    return Preview(lesson, len(set(pupils) - silent), len(silent), None if near else later, clashes)


async def add_lesson(db: Database, lesson_id: int, to: Span, *, by: Person, at: Moment) -> tuple[int, int]:
    """Hold an extra lesson for a cancelled one, and tell every family it concerns. Returns its id, and how many hear.

    The same again adds nothing. Refusals: lesson-not-cancelled, lesson-made-up, lesson-move-to-past, lesson-too-far.
    """
    async with db.write() as tx:
        lesson = await _cancelled(tx, lesson_id, by=by, lock=True)
        starts, ends = hours_of(lesson, to)
        made = await lesson_changes.made_up(tx, lesson_id)
        if made is not None:
            if (made.starts_at, made.ends_at) != (starts, ends):
                raise Refusal("lesson-made-up", at=made.starts_at)
            asked = await lesson_changes.asked(tx, [made.id])
            return made.id, len(asked)
        check_time(starts, at.now)
        week = monday_of(starts.astimezone(at.zone).date())
        extra = await lesson_changes.add_extra(tx, lesson, (starts, ends), week)
        changed = await _added(tx, extra, (starts, ends), lesson, by=by, now=at.now)
        return extra, await announce(tx, [changed], at=at)


async def _added(tx: Tx, extra: int, hours: tuple[datetime, datetime], lesson: Stood, *, by: Person, now: datetime) -> Changed:
    """The change from none to one, as kept and as told."""
    stands = Standing(*hours, lesson.place, None, cancelled=False)
    was = replace(stands, cancelled=True)
    change = LessonChange(lesson_id=extra, kind="added", was=was.kept(), now=stands.kept(), reason=None, by=by.known, at=now)
    change_id = await lesson_changes.put_change(tx, change)
    audit.log(tx, by.known, "lesson.add", ("lesson", extra), audit.Change(after=stands.kept()), now=now)
    return Changed(extra, change_id, "added", was, stands)


async def _cancelled(tx: Tx, lesson_id: int, *, by: Person, lock: bool = False) -> Stood:
    lesson = await timetable.lesson(tx, lesson_id, lock=lock)
    if lesson is None:
        raise Refusal("lesson-gone")
    require_lesson(by, "lesson.move", lesson)
    if lesson.cancelled_at is None:
        raise Refusal("lesson-not-cancelled")
    return lesson
