"""Staff write down what a family has said by telephone: that a child will not come. The family with the bot reads that it was."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Moment
from bot.notices.absences import AbsenceEntered, AbsenceNotEntered
from bot.policy import Person, Thing, can
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.timetable.absences.announcing import Missed, Wanted, end, keep, missed
from bot.services.timetable.absences.telling import SECOND_THOUGHTS
from bot.services.timetable.lessons import reader_of, require_lesson
from bot.services.timetable.typed_days import Period
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.tables import Absence
from storage.timetable import absences as questions
from storage.timetable import timetable
from storage.timetable.timetable import Learner, Stood


@dataclass(frozen=True)
class Expected:
    """A pupil of a lesson: awaited, or away by the word of whom (family | staff | class)."""

    learner: Learner
    away: str = ""
    absence: int = 0  # what staff can take back


async def lesson_of(tx: Tx, lesson_id: int, *, by: Person, at: Moment) -> Stood:
    """The lesson of which it can be said. Refusals: lesson-gone, not-yours, absence-too-late."""
    lesson = await timetable.lesson(tx, lesson_id)
    if lesson is None or lesson.cancelled_at is not None:
        raise Refusal("lesson-gone")
    require_lesson(by, "absence.enter", lesson)
    if lesson.ends_at <= at.now:
        raise Refusal("absence-too-late")
    return lesson


async def roll(tx: Tx, lesson: Stood, *, by: Person, at: Moment) -> list[Expected]:
    """The pupils of a lesson whose names this person may read, in order of names."""
    pupils = await enrollment.pupils_of(tx, lesson.group_id)
    year = timetable.year_of_group(lesson.group_id)
    learners = await timetable.learners(tx, pupils, lesson.organization_id, reader_of(by, lesson), year=year)
    day = lesson.starts_at.astimezone(at.zone).date()
    said = await questions.away(tx, pupils, day, day)
    families = await questions.guardians(tx, pupils)
    found = []
    for one in learners:
        if not one.full_name:
            continue
        covering = [each for each in said.get(one.id, ()) if each.covers(lesson, at.zone)]
        first = next(iter(sorted(covering, key=lambda each: each.id == 0)), None)
        if first is None:
            found.append(Expected(one))
        elif first.id == 0:
            found.append(Expected(one, "class"))
        elif first.said_by in families.get(one.id, ()):
            found.append(Expected(one, "family"))
        else:
            found.append(Expected(one, "staff", first.id))
    return found


async def expected(tx: Tx, lesson: Stood, pupil_id: int, *, by: Person, at: Moment) -> Expected:
    """One of them. Refusal (not-yours): they do not learn here, or this person may not know their name."""
    found = next((one for one in await roll(tx, lesson, by=by, at=at) if one.learner.id == pupil_id), None)
    if found is None:
        raise Refusal("not-yours")
    return found


def may_say_days(by: Person, one: Expected) -> bool:
    """Whether they speak for all courses of the child: the coordinator of its school."""
    return can(by, "absence.of-class", Thing(school_id=one.learner.school_id))


async def enter(db: Database, lesson_id: int, pupil_id: int, days: Period | None, *, by: Person, at: Moment) -> Missed:
    """A child will not come to this lesson, or (`days`) to anything on some days. Again changes nothing.

    Refusals: lesson-gone, not-yours, absence-too-late, absence-past, absence-no-lessons.
    """
    async with db.write() as tx:
        lesson = await lesson_of(tx, lesson_id, by=by, at=at)
        one = await expected(tx, lesson, pupil_id, by=by, at=at)
        if days is not None and not may_say_days(by, one):
            raise Refusal("not-yours")
        day = lesson.starts_at.astimezone(at.zone).date()
        wanted = Wanted((pupil_id,), days or Period(day, day), None if days else lesson.id)
        found = await missed(tx, wanted, at)
        if not found[0].known:
            await keep(tx, found, wanted, by=by, at=at)
            await _tell(tx, AbsenceEntered, wanted, found[0].lessons[0], at)
        return found[0]


async def take_back_entered(db: Database, absence_id: int, *, by: Person, at: Moment) -> Absence:
    """The child comes after all. Again changes nothing. Refusals: gone, not-yours (a family's own word), absence-too-late."""
    async with db.write() as tx:
        row = await questions.row(tx, absence_id)
        if row is None:
            raise Refusal("gone")
        lesson = await _lesson_of_row(tx, row, by, at)
        one = await expected(tx, lesson, row.pupil_id, by=by, at=at)
        families = await questions.guardians(tx, [row.pupil_id])
        if row.said_by in families.get(row.pupil_id, ()) or (row.lesson_id is None and not may_say_days(by, one)):
            raise Refusal("not-yours")
        if await end(tx, row, by=by, at=at):
            days = Period(row.first_day, row.last_day)
            await _tell(tx, AbsenceNotEntered, Wanted((row.pupil_id,), days, row.lesson_id), lesson, at)
        return row


async def _lesson_of_row(tx: Tx, row: Absence, by: Person, at: Moment) -> Stood:
    """The lesson it is said of, or the first one ahead that it covers."""
    if row.lesson_id is not None:
        return await lesson_of(tx, row.lesson_id, by=by, at=at)
    found = await missed(tx, Wanted((row.pupil_id,), Period(max(row.first_day, at.today), row.last_day)), at)
    return await lesson_of(tx, found[0].lessons[0].id, by=by, at=at)


async def _tell(tx: Tx, kind: type[AbsenceEntered | AbsenceNotEntered], wanted: Wanted, lesson: Stood, at: Moment) -> None:
    """The family reads it two minutes later: what is taken back at once is not said at all."""
    [pupil] = wanted.pupils
    names, families = await people.first_names(tx, [pupil]), await people.families_of(tx, [pupil])
    single = wanted.lesson_id is not None
    notice = kind(
        pupil=pupil,
        lesson=wanted.lesson_id or 0,
        child=names[pupil],
        first=wanted.days.first,
        last=wanted.days.last,
        subject=lesson.course if single else None,
        at=lesson.starts_at if single else None,
        said=at.now.isoformat(),
    )
    _, over = wanted.days.moments(at.zone)
    letters = [Addressed(person, notice, pupil) for person in families.get(pupil, [])]
    await post_all(tx, letters, now=at.now, due_at=at.now + SECOND_THOUGHTS, expires_at=lesson.ends_at if single else over)
