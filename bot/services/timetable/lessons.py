"""Decisions about lessons: move, cancel, restore, another room; who hears of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.notices import ORDINARY, URGENT, Notice
from bot.notices.timetable import telling
from bot.policy import Person, Thing, can, reader, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from storage import audit, unsaid
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.people.consent import Reader
from storage.tables import LessonChange
from storage.timetable import changes as lesson_changes
from storage.timetable import timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Scope, Standing, Stood

EVENING = time(18)  # when the day's changes of later lessons are told
TOO_LATE = time(21)  # from here on they wait for the next evening
FARTHEST = timedelta(days=366)  # a lesson is not moved beyond a year
REASON = 200  # characters of a typed reason
PLACE = 80  # characters of a typed place


@dataclass(frozen=True)
class Changed:
    """A change of a lesson that has been written."""

    lesson_id: int
    change_id: int
    kind: str  # moved | cancelled | restored | room | teacher
    was: Standing
    now: Standing
    reason: str | None = None


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
    tx: Tx, lesson_id: int, was: Standing, now: Standing, *, by: int | None, at: datetime, reason: str | None = None
) -> Changed | None:
    """Write that a lesson stands otherwise: the lesson and its change; nothing when nothing differs. Tells nobody yet."""
    kind = kind_of(was, now)
    if kind is None:
        return None
    await lesson_changes.set_standing(tx, lesson_id, now, at=at)
    change = LessonChange(lesson_id=lesson_id, kind=kind, was=was.kept(), now=now.kept(), reason=reason, by=by, at=at)
    change_id = await lesson_changes.put_change(tx, change)
    return Changed(lesson_id, change_id, kind, was, now, reason)


# ── telling families ────────────────────────────────────────────────────────────────────────────────────────────────


async def announce(tx: Tx, changes: Sequence[Changed], *, now: datetime, zone: ZoneInfo) -> int:
    """Post the letters about changes already written to the families of the groups' pupils.

    At once if the old or the new time is today or tomorrow, else in the evening. What a family never heard is told as
    one: A → B → A is not told at all. Returns the families (children) that hear of any of the changes.
    """
    stood = await timetable.lessons(tx, {change.lesson_id for change in changes})
    learning = await enrollment.pupils_of_groups(tx, {lesson.group_id for lesson in stood.values()})
    pupils = {pupil for some in learning.values() for pupil in some}
    if not pupils:
        return 0
    staff = {change.was.teacher_id for change in changes} | {change.now.teacher_id for change in changes}
    circle = Circle(
        families=await people.families_of(tx, pupils),
        names=await people.first_names(tx, pupils),
        teachers=await timetable.staff_names(tx, {staff_id for staff_id in staff if staff_id is not None}),
    )
    for change in changes:
        lesson = stood[change.lesson_id]
        await _tell(tx, change, lesson, learning.get(lesson.group_id, []), circle, now=now, zone=zone)
    asked = await lesson_changes.asked(tx, stood)
    news = {(change.lesson_id, change.change_id) for change in changes}
    return len({pupil for (lesson_id, pupil), told in asked.items() if (lesson_id, told) in news})


@dataclass(frozen=True)
class Circle:
    """Whom the changes concern, and their names."""

    families: dict[int, list[int]]
    names: dict[int, str]
    teachers: dict[int, str]

    def teacher(self, staff_id: int | None, lesson: Stood) -> str:
        return given_names(lesson.own_teacher if staff_id is None else self.teachers[staff_id])


async def _tell(
    tx: Tx, change: Changed, lesson: Stood, pupils: Sequence[int], circle: Circle, *, now: datetime, zone: ZoneInfo
) -> None:
    letters = [
        Addressed(person_id, notice, pupil)
        for pupil in pupils
        if (notice := _notice(change, lesson, pupil, circle)) is not None
        for person_id in circle.families.get(pupil, [])
    ]
    unsent = await unsaid.unsent(tx, {f"lesson:{lesson.id}"}, {letter.person_id for letter in letters})
    known = [datetime.fromisoformat(older.facts["was_at"]) for some in unsent.values() for older in some]
    times = [change.was.starts_at, change.now.starts_at, *known]
    if max(times) <= now:
        return  # over: nobody can still go, or stay, by it
    days = {at.astimezone(zone).date() for at in times}
    today = now.astimezone(zone).date()
    near = bool(days & {today, today + timedelta(days=1)})
    stale = await lesson_changes.unsent_reminders(tx, {f"lessons:{day}" for day in days}, pupils)
    await unsaid.cancel(tx, stale, lesson_changes.OVERTAKEN)
    await post_all(
        tx,
        letters,
        now=now,
        due_at=now if near else evening(now, zone),
        expires_at=max(times),
        urgency=URGENT if near else ORDINARY,
    )


def _notice(change: Changed, lesson: Stood, pupil: int, circle: Circle) -> Notice | None:
    was, stands = change.was, change.now
    return telling(
        lesson=lesson.id,
        change=change.change_id,
        pupil=pupil,
        child=circle.names[pupil],
        subject=lesson.course,
        was_at=was.starts_at,
        was_ends=was.ends_at,
        was_place=_place(was, lesson),
        was_teacher=circle.teacher(was.teacher_id, lesson),
        was_cancelled=was.cancelled,
        now_at=stands.starts_at,
        now_ends=stands.ends_at,
        now_place=_place(stands, lesson),
        now_teacher=circle.teacher(stands.teacher_id, lesson),
        now_cancelled=stands.cancelled,
        reason=change.reason,
    )


def _place(standing: Standing, lesson: Stood) -> str | None:
    return timetable.short(standing.place) if standing.place else lesson.group_place


def evening(now: datetime, zone: ZoneInfo) -> datetime:
    """When news that is not urgent is told: at 18:00 today, at once until 21:00, else at 18:00 tomorrow."""
    here = now.astimezone(zone)
    if here.time() < EVENING:
        return datetime.combine(here.date(), EVENING, zone)
    return now if here.time() < TOO_LATE else datetime.combine(here.date() + timedelta(days=1), EVENING, zone)


def given_names(full_name: str) -> str:
    """«Ким Павел Андреевич» → «Павел Андреевич»: as families call a teacher."""
    return " ".join(full_name.split()[1:]) or full_name


# ── changing a lesson ───────────────────────────────────────────────────────────────────────────────────────────────


async def move_lesson(
    db: Database,
    lesson_id: int,
    to: datetime,
    *,
    by: Person,
    now: datetime,
    zone: ZoneInfo,
    was: datetime | None = None,
) -> int:
    """Move a lesson to another beginning, as long as before, and tell every family it concerns. Returns how many.

    The same move again changes nothing. `was`: what the person saw; somebody else's move in between is refused.
    """
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.move", by=by, now=now)
        if lesson.starts_at == to and lesson.cancelled_at is None:
            return await _already(tx, lesson, "lesson-same-time")
        if was is not None and lesson.starts_at != was:
            return await _own(tx, lesson, by, lambda one: (one.was.starts_at, one.now.starts_at) == (was, to))
        check_time(to, now)
        ends = to + (lesson.ends_at - lesson.starts_at)
        stands = replace(lesson.standing, starts_at=to, ends_at=ends, cancelled=False)
        return await _change(tx, lesson, stands, "lesson.move", by=by, now=now, zone=zone)


async def cancel_lesson(
    db: Database,
    lesson_id: int,
    *,
    by: Person,
    now: datetime,
    zone: ZoneInfo,
    reason: str | None = None,
    was: datetime | None = None,
) -> int:
    """Cancel a lesson; it stays in the timetable as cancelled. Returns how many families hear of it.

    `was`, here and below: when it was to begin as the person saw it; a lesson moved in between is looked at first.
    """
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.cancel", by=by, now=now)
        if lesson.cancelled_at is not None:
            return await _already(tx, lesson)
        _same_time(lesson, was)
        stands = replace(lesson.standing, cancelled=True)
        return await _change(tx, lesson, stands, "lesson.cancel", by=by, now=now, zone=zone, reason=reason)


async def restore_lesson(
    db: Database, lesson_id: int, *, by: Person, now: datetime, zone: ZoneInfo, was: datetime | None = None
) -> int:
    """Let a cancelled lesson take place after all. Returns how many families hear of it."""
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.cancel", by=by, now=now)
        if lesson.cancelled_at is None:
            return await _already(tx, lesson)
        _same_time(lesson, was)
        return await _change(tx, lesson, replace(lesson.standing, cancelled=False), "lesson.restore", by=by, now=now, zone=zone)


async def move_to_place(
    db: Database, lesson_id: int, place: str, *, by: Person, now: datetime, zone: ZoneInfo, was: datetime | None = None
) -> int:
    """Hold a lesson in another place. Returns how many families hear of it."""
    async with db.write() as tx:
        lesson = await to_be_changed(tx, lesson_id, "lesson.move", by=by, now=now)
        if lesson.where == place:
            return await _already(tx, lesson, "lesson-same-place")
        _same_time(lesson, was)
        return await _change(tx, lesson, replace(lesson.standing, place=place), "lesson.room", by=by, now=now, zone=zone)


async def undo_change(db: Database, change_id: int, *, by: Person, now: datetime, zone: ZoneInfo) -> int:
    """Put a lesson back as it was before its last change, while it has not begun. Returns how many families hear."""
    async with db.write() as tx:
        change = await lesson_changes.change(tx, change_id)
        if change is None:
            raise Refusal("lesson-gone")
        lesson = await to_be_changed(tx, change.lesson_id, "lesson.move", by=by, now=now)
        if lesson.standing == change.was:
            return await _already(tx, lesson)
        if change.superseded or lesson.standing != change.now:
            undone = change.now, change.was
            return await _own(tx, lesson, by, lambda one: one.id > change.id and (one.was, one.now) == undone)
        if change.was.starts_at <= now:
            raise Refusal("lesson-undo-too-late")
        return await _change(tx, lesson, change.was, "lesson.undo", by=by, now=now, zone=zone)


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
    stand_in = Thing(teacher_id=lesson.stand_in_id, organization_id=lesson.organization_id)
    if lesson.stand_in_id is None or not can(by, action, stand_in):
        require(by, action, Thing(teacher_id=lesson.own_teacher_id, organization_id=lesson.organization_id))


def reader_of(person: Person, lesson: Stood) -> Reader:
    """Whose names somebody may read on the pages of a lesson: the stand-in reads what the group's own teacher reads."""
    teachers = {lesson.own_teacher_id, lesson.stand_in_id} - {None}
    return reader(person, *(Thing(teacher_id=each, organization_id=lesson.organization_id) for each in teachers))


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
        everywhere=bool(person.organizations_as("coordinator")),
    )


async def _change(
    tx: Tx,
    lesson: Stood,
    stands: Standing,
    action: str,
    *,
    by: Person,
    now: datetime,
    zone: ZoneInfo,
    reason: str | None = None,
) -> int:
    changed = await record(tx, lesson.id, lesson.standing, stands, by=by.known, at=now, reason=reason)
    if changed is None:
        return 0
    audit.log(
        tx,
        by.known,
        action,
        ("lesson", lesson.id),
        audit.Change(before=changed.was.kept(), after=changed.now.kept(), reason=reason),
        now=now,
    )
    return await announce(tx, [changed], now=now, zone=zone)


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
