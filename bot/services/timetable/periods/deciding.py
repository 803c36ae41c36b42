"""Decisions about all lessons of some days: cancelled, given to somebody, held elsewhere, moved; taken back together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.timetable.lessons import check_time, record, require_lesson
from bot.services.timetable.periods.meant import MOST, Deed, Wanted, lessons_meant, seen
from bot.services.timetable.preview import unreached_of
from bot.services.timetable.telling import Changed, announce
from storage import audit
from storage.db import Database, Tx
from storage.timetable import changes as lesson_changes
from storage.timetable import rooms, timetable
from storage.timetable.changes import Change
from storage.timetable.timetable import Standing, Stood

REMEMBERED = timedelta(days=2)  # how long a press repeated finds what it did

_ACTS = {
    "cancel": "lesson.cancel",
    "give": "lesson.teacher",
    "room": "lesson.room",
    "place": "lesson.room",
    "days": "lesson.move",
    "hour": "lesson.move",
}


@dataclass(frozen=True)
class Done:
    """What was done: so many lessons, so many families told, and by which change it is taken back; 0: nothing to take back."""

    lessons: int
    families: int
    change: int
    unreached: int = 0  # children whose family the bot cannot tell


async def change_lessons(db: Database, wanted: Wanted, page: str, *, by: Person, at: Moment) -> Done:
    """Do to all lessons that are meant what is wanted, and tell every family once.

    `page`: the stamp of the lessons the person saw (`seen`). A press repeated tells what it did. Refusals: period-changed-since
    (they are others now), period-nothing, period-too-many, lesson-move-to-past, lesson-too-far.
    """
    async with db.write() as tx:
        lessons = await lessons_meant(tx, wanted.whose, wanted.period, by=by, at=at)
        deed = await resolved(tx, wanted.deed, lessons)
        to_be = changing(lessons, deed, at) if seen(lessons) == page else []
        if not to_be:
            return await _done_before(tx, wanted, page, by=by, at=at)
        changed = []
        for lesson, stands in to_be:
            one = await record(tx, lesson, stands, by=by.known, at=at.now, reason=wanted.reason)
            if one is not None:
                changed.append(one)
                told = audit.Change(before=one.was.kept(), after=one.now.kept(), reason=wanted.reason)
                audit.log(tx, by.known, _ACTS[deed.verb], ("lesson", lesson.id), told, now=at.now)
        families = await announce(tx, changed, at=at)
        return await _done(tx, changed, families)


def changing(lessons: Sequence[Stood], deed: Deed, at: Moment) -> list[tuple[Stood, Standing]]:
    """The lessons that will be otherwise, and how they will stand; Refusal where one would be moved into the past or too far."""
    if len(lessons) > MOST:
        raise Refusal("period-too-many", most=MOST)
    to_be = [(lesson, deed.stands(lesson, at.zone)) for lesson in lessons]
    to_be = [(lesson, stands) for lesson, stands in to_be if stands != lesson.standing and not _there_already(lesson, stands)]
    for lesson, stands in to_be:
        if stands.starts_at != lesson.starts_at:
            check_time(stands.starts_at, at.now)
    return to_be


def _there_already(lesson: Stood, stands: Standing) -> bool:
    """A place named that is the group's own anyway."""
    return stands == replace(lesson.standing, place=stands.place) and stands.place == lesson.where


async def resolved(tx: Tx, deed: Deed, lessons: Sequence[Stood]) -> Deed:
    """The deed with the name of its room. Refusal where the room is none of the organization that teaches, or nobody teaches
    under this number any more.
    """
    organizations = {lesson.organization_id for lesson in lessons}
    if deed.verb == "give" and lessons:
        if await rooms.teacher(tx, deed.number) is None:
            raise Refusal("gone")
    elif deed.verb == "room" and lessons:
        found = [room for one in organizations for room in await rooms.rooms_of(tx, one) if room.id == deed.number]
        if not found or len(organizations) > 1:
            raise Refusal("gone")
        return replace(deed, words=found[0].name)
    return deed


async def undo_together(db: Database, change_id: int, *, by: Person, at: Moment) -> Done:
    """Put back all lessons that were changed together with a change and still stand as it left them, while their old time is
    ahead. Refusal (lesson-undo-too-late): there is none.
    """
    async with db.write() as tx:
        act = await lesson_changes.act_of(tx, change_id)
        stood = await timetable.lessons(tx, {change.lesson_id for change in act})
        back = [(stood[one.lesson_id], one) for one in act if _undoable(stood[one.lesson_id], one, at)]
        for lesson, _ in back:
            require_lesson(by, "lesson.move", lesson)
        if not back:
            return await _undone_before(tx, act, by=by)
        changed = []
        for lesson, change in back:
            one = await record(tx, lesson, change.was, by=by.known, at=at.now)
            if one is not None:
                changed.append(one)
                told = audit.Change(before=one.was.kept(), after=one.now.kept())
                audit.log(tx, by.known, "lesson.undo", ("lesson", lesson.id), told, now=at.now)
        return await _done(tx, changed, await announce(tx, changed, at=at))


def _undoable(lesson: Stood, change: Change, at: Moment) -> bool:
    ahead = min(change.was.starts_at, change.now.starts_at) > at.now
    return lesson.standing == change.now and not change.superseded and ahead


async def _undone_before(tx: Tx, act: Sequence[Change], *, by: Person) -> Done:
    """A press repeated: what it put back."""
    latest = await lesson_changes.changes_of(tx, [change.lesson_id for change in act])
    mine = [
        later[-1]
        for change in act
        if (later := latest[change.lesson_id])[-1].by == by.known and later[-1].now == change.was and later[-1].id > change.id
    ]
    if not mine:
        raise Refusal("lesson-undo-too-late")
    return await _told_again(tx, mine)


async def _done(tx: Tx, changed: Sequence[Changed], families: int) -> Done:
    silent = await unreached_of(tx, [one.lesson_id for one in changed])
    return Done(len(changed), families, max((one.change_id for one in changed), default=0), silent)


async def _done_before(tx: Tx, wanted: Wanted, page: str, *, by: Person, at: Moment) -> Done:
    """A press repeated, after a death or by a finger: what it did then. Refusal where it has not been done by this person."""
    since, until = wanted.period.moments(at.zone)
    for act in await lesson_changes.acts_by(tx, by.known, since, until, after=at.now - REMEMBERED):
        if _saw(act) == page:
            return await _told_again(tx, act)
    if wanted.deed.verb == "cancel":
        raise Refusal("period-changed-since")
    raise Refusal("period-nothing")


def _saw(act: Iterable[Change]) -> str:
    return stamp(*[(one.lesson_id, one.was.starts_at) for one in sorted(act, key=lambda one: (one.was.starts_at, one.lesson_id))])


async def _told_again(tx: Tx, act: Sequence[Change]) -> Done:
    asked = await lesson_changes.asked(tx, [one.lesson_id for one in act])
    ids = {one.lesson_id: one.id for one in act}
    families = {pupil for (lesson_id, pupil), told in asked.items() if told == ids[lesson_id]}
    return Done(len(act), len(families), max(ids.values()), await unreached_of(tx, ids))
