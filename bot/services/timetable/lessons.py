"""Decisions about lessons: move, cancel, restore, another room. Who hears of it stands in telling.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Moment
from bot.policy import Person, Thing, can, reader, require
from bot.refusals import Refusal
from bot.services.timetable.moments import Span
from bot.services.timetable.telling import Changed, announce
from storage import audit
from storage.db import Database, Tx
from storage.people.consent import Reader
from storage.tables import LessonChange
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Scope, Standing, Stood

FARTHEST = timedelta(days=366)  # a lesson is not moved beyond a year
REASON = 200  # characters of a typed reason
PLACE = 80  # characters of a typed place


def kind_of(was: Standing, now: Standing) -> str | None:
    """What a change is called; None: there is none."""
    if was.cancelled != now.cancelled:
        return "cancelled" if now.cancelled else "restored"
    if (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at):
        return "moved"
    if was.place != now.place:
        return "room"
    return "teacher" if was.teacher_id != now.teacher_id else None


async def record(
    tx: Tx, lesson: Stood, stands: Standing, *, by: int | None, at: datetime, reason: str | None = None
) -> Changed | None:
    """Write that the chat decides a lesson otherwise: the lesson and its change; nothing when nothing differs. Tells nobody yet."""
    was = lesson.standing
    kind = kind_of(was, stands)
    if kind is None:
        return None
    await lesson_changes.decide(tx, lesson.id, was, stands, at=at)
    change = LessonChange(lesson_id=lesson.id, kind=kind, was=was.kept(), now=stands.kept(), reason=reason, by=by, at=at)
    change_id = await lesson_changes.put_change(tx, change)
    return Changed(lesson.id, change_id, kind, was, stands, reason)


# ── changing a lesson ───────────────────────────────────────────────────────────────────────────────────────────────


async def move_lesson(
    db: Database,
    lesson_id: int,
    to: datetime | Span,
    *,
    by: Person,
    at: Moment,
    was: datetime | None = None,
) -> int:
    """Move a lesson to another beginning, as long as before or to the end that is given, and tell every family it concerns.
    Returns how many.

    The same move again changes nothing. `was`: what the person saw; somebody else's move in between is refused.
    """
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.move", by=by, now=at.now)
        starts, ends = hours_of(lesson, to)
        if (lesson.starts_at, lesson.ends_at) == (starts, ends) and lesson.cancelled_at is None:
            return await _already(tx, lesson, "lesson-same-time")
        if was is not None and lesson.starts_at != was:
            return await _own(tx, lesson, by, lambda one: (one.was.starts_at, one.now.starts_at) == (was, starts))
        check_time(starts, at.now)
        stands = replace(lesson.standing, starts_at=starts, ends_at=ends, cancelled=False)
        return await _change(tx, lesson, stands, _Act("lesson.move"), by=by, at=at)


async def cancel_lesson(
    db: Database,
    lesson_id: int,
    *,
    by: Person,
    at: Moment,
    reason: str | None = None,
    was: datetime | None = None,
) -> int:
    """Cancel a lesson; it stays in the timetable as cancelled. Returns how many families hear of it.

    `was`, here and below: when it was to begin as the person saw it; a lesson moved in between is looked at first.
    """
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.cancel", by=by, now=at.now)
        if lesson.cancelled_at is not None:
            return await _already(tx, lesson)
        _same_time(lesson, was)
        stands = replace(lesson.standing, cancelled=True)
        return await _change(tx, lesson, stands, _Act("lesson.cancel", reason), by=by, at=at)


async def restore_lesson(db: Database, lesson_id: int, *, by: Person, at: Moment, was: datetime | None = None) -> int:
    """Let a cancelled lesson take place after all. Returns how many families hear of it."""
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.cancel", by=by, now=at.now)
        if lesson.cancelled_at is None:
            return await _already(tx, lesson)
        _same_time(lesson, was)
        return await _change(tx, lesson, replace(lesson.standing, cancelled=False), _Act("lesson.restore"), by=by, at=at)


async def move_to_place(db: Database, lesson_id: int, place: str, *, by: Person, at: Moment, was: datetime | None = None) -> int:
    """Hold a lesson in another place. Returns how many families hear of it."""
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.move", by=by, now=at.now)
        if lesson.where == place:
            return await _already(tx, lesson, "lesson-same-place")
        _same_time(lesson, was)
        return await _change(tx, lesson, replace(lesson.standing, place=place), _Act("lesson.room"), by=by, at=at)


async def undo_change(db: Database, change_id: int, *, by: Person, at: Moment) -> int:
    """Put a lesson back as it was before its last change, while it has not begun. Returns how many families hear."""
    async with db.write() as tx:
        change = await lesson_changes.change(tx, change_id)
        if change is None:
            raise Refusal("lesson-gone")
        lesson = await to_be_changed(tx, change.lesson_id, "lesson.move", by=by, now=at.now)
        if lesson.standing == change.was:
            return await _already(tx, lesson)
        if change.superseded or lesson.standing != change.now:
            undone = change.now, change.was
            return await _own(tx, lesson, by, lambda one: one.id > change.id and (one.was, one.now) == undone)
        if change.was.starts_at <= at.now:
            raise Refusal("lesson-undo-too-late")
        return await _change(tx, lesson, change.was, _Act("lesson.undo"), by=by, at=at)


def hours_of(lesson: Stood, to: datetime | Span) -> tuple[datetime, datetime]:
    """The new hours of a lesson: an end that is not given is as far from the beginning as before."""
    span = to if isinstance(to, Span) else Span(to)
    return span.starts, span.ends or span.starts + (lesson.ends_at - lesson.starts_at)


def one_line(typed: str, limit: int) -> str:
    """What was typed about a lesson, on one line; Refusal (lesson-too-long) where it is longer than `limit` characters."""
    line = " ".join(typed.split())
    if len(line) > limit:
        raise Refusal("lesson-too-long", limit=limit)
    return line


def _same_time(lesson: Stood, was: datetime | None) -> None:
    if was is not None and lesson.starts_at != was:
        raise Refusal("lesson-changed-since")


async def to_be_changed(tx: Tx, lesson_id: int, action: str, *, by: Person, now: datetime) -> Stood:
    """The lesson, if there is one, if it is theirs to change, and if it has not begun."""
    lesson = await timetable.lesson(tx, lesson_id, lock=True)
    if lesson is None:
        raise Refusal("lesson-gone")
    require_lesson(by, action, lesson)
    if lesson.starts_at <= now:
        raise Refusal("lesson-in-the-past", subject=lesson.course)
    return lesson


def require_lesson(by: Person, action: str, lesson: Stood) -> None:
    """The group's own teacher and the one who stands in may both; so may the partner and the coordinators."""
    *others, own = things_of(lesson)
    if not any(can(by, action, other) for other in others):
        require(by, action, own)


def things_of(lesson: Stood) -> list[Thing]:
    """What a lesson is to those who ask for it: of the teacher who stands in, if there is one, and last of the group's own."""
    teachers = [lesson.own_teacher_id] if lesson.stand_in_id is None else [lesson.stand_in_id, lesson.own_teacher_id]
    return [Thing(teacher_id=each, organization_id=lesson.organization_id) for each in teachers]


def reader_of(person: Person, lesson: Stood) -> Reader:
    """Whose names somebody may read on the pages of a lesson: the stand-in reads what the group's own teacher reads."""
    return reader(person, *things_of(lesson))


def check_time(to: datetime, now: datetime) -> None:
    """A lesson can be moved to the coming year only."""
    if to <= now:
        raise Refusal("lesson-move-to-past")
    if to > now + FARTHEST:
        raise Refusal("lesson-too-far")


def scope_of(person: Person) -> Scope:
    """Whose lessons this member of the staff may see."""
    return Scope(
        teachers=person.staff_as("teacher"),
        organizations=person.organizations_as("partner"),
        everywhere=bool(person.organizations_as("coordinator", "director")),
    )


@dataclass(frozen=True)
class _Act:
    """What is done to a lesson, as the audit calls it, and why."""

    name: str
    reason: str | None = None


async def _change(tx: Tx, lesson: Stood, stands: Standing, act: _Act, *, by: Person, at: Moment) -> int:
    changed = await record(tx, lesson, stands, by=by.known, at=at.now, reason=act.reason)
    if changed is None:
        return 0
    told = audit.Change(before=changed.was.kept(), after=changed.now.kept(), reason=act.reason)
    audit.log(tx, by.known, act.name, ("lesson", lesson.id), told, now=at.now)
    return await announce(tx, [changed], at=at)


async def _own(tx: Tx, lesson: Stood, by: Person, this: Callable[[Change], bool]) -> int:
    """The very change that is asked for, made by the same person before somebody changed the lesson again: a press handled
    a second time, after a kill. How many heard of it. Refused when it is not theirs: they have not seen how it stands.
    """
    changes = (await lesson_changes.changes_of(tx, [lesson.id])).get(lesson.id, [])
    own = [one for one in changes if one.by == by.known and this(one)]
    if not own:
        raise Refusal("lesson-changed-since")
    asked = await lesson_changes.asked(tx, [lesson.id])
    return sum(told >= own[-1].id for told in asked.values())


async def _already(tx: Tx, lesson: Stood, otherwise: str | None = None) -> int:
    """It stands like this already: by the last change, whose count is told again; else there is nothing to do."""
    changes = (await lesson_changes.changes_of(tx, [lesson.id])).get(lesson.id)
    if not changes or changes[-1].now != lesson.standing:
        if otherwise is not None:
            raise Refusal(otherwise)
        return 0
    asked = await lesson_changes.asked(tx, [lesson.id])
    return sum(told == changes[-1].id for told in asked.values())
