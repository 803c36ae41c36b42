"""A family says that a child will not come, and takes it back; who gives the lessons hears how many will be missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.timetable.absences.naming import plain
from bot.services.timetable.absences.said import Said as Sentence
from bot.services.timetable.absences.telling import tell_teachers
from bot.services.timetable.reminding import overtake
from bot.services.timetable.typed_days import Period
from storage import audit
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.tables import Absence
from storage.timetable import absences as questions
from storage.timetable import timetable
from storage.timetable.absences import Away
from storage.timetable.timetable import Stood

AHEAD = timedelta(days=21)  # in which a day is looked for where none was named
TO_CHOOSE = 8  # days offered then


@dataclass(frozen=True)
class Wanted:
    """What a family wants to say: of whom, of which days, of one lesson or (None) of all."""

    pupils: tuple[int, ...]
    days: Period
    lesson_id: int | None = None


@dataclass(frozen=True)
class Missed:
    """The lessons a child will miss by it."""

    pupil_id: int
    name: str  # the first name
    lessons: tuple[Stood, ...]
    known: bool  # all of it had been said already


async def look(tx: Tx, wanted: Wanted, *, by: Person, at: Moment) -> list[Missed]:
    """Which lessons it is about, child by child; who has none is left out.

    Refusals: not-yours, absence-past, absence-no-lessons.
    """
    for pupil in wanted.pupils:
        require(by, "absence.announce", Thing(pupil_id=pupil))
    return await missed(tx, wanted, at)


async def missed(tx: Tx, wanted: Wanted, at: Moment) -> list[Missed]:
    """Which lessons it is about, whoever says it. Refusals: absence-past, absence-no-lessons."""
    if wanted.days.last < at.today:
        raise Refusal("absence-past", day=wanted.days.last)
    names = await people.first_names(tx, wanted.pupils)
    ahead = await lessons_ahead(tx, wanted.pupils, wanted.days, at)
    said = await questions.away(tx, wanted.pupils, wanted.days.first, wanted.days.last)
    found = []
    for pupil in wanted.pupils:
        lessons = tuple(one for one in ahead.get(pupil, ()) if wanted.lesson_id in (None, one.id))
        if lessons and pupil in names:
            known = all(questions.covered(said.get(pupil, ()), one, at.zone) for one in lessons)
            found.append(Missed(pupil, names[pupil], lessons, known))
    if not found:
        raise Refusal("absence-no-lessons", first=wanted.days.first, last=wanted.days.last, days=_many(wanted.days))
    return found


def _many(days: Period) -> str:
    return "one" if days.first == days.last else "many"


async def lessons_ahead(tx: Tx, pupils: Collection[int], days: Period, at: Moment) -> dict[int, list[Stood]]:
    """By pupil the lessons of these days that stand and are not over."""
    learning = await enrollment.groups_of_pupils(tx, pupils)
    groups = {group for some in learning.values() for group in some}
    begins, ends = days.moments(at.zone)
    lessons = await timetable.lessons_of_groups(tx, groups, begins, ends) if groups else []
    standing = [one for one in lessons if one.cancelled_at is None and one.ends_at > at.now]
    return {pupil: [one for one in standing if one.group_id in some] for pupil, some in learning.items()}


async def announce(db: Database, wanted: Wanted, *, by: Person, at: Moment) -> list[Missed]:
    """Keep that these children will not come. Said again, it changes nothing. Refusals: see `look`."""
    async with db.write() as tx:
        found = await look(tx, wanted, by=by, at=at)
        await keep(tx, found, wanted, by=by, at=at)
    return found


async def keep(tx: Tx, found: Collection[Missed], wanted: Wanted, *, by: Person, at: Moment) -> None:
    """Write it, withdraw what reminds of these lessons, and tell who gives them (unless it is they who say it)."""
    lessons = [one for each in found for one in each.lessons]
    before = await questions.absent(tx, lessons, at.zone)
    for each in found:
        if not each.known:
            await _keep(tx, each, wanted, by, at)
    await tx.flush()
    await overtake(tx, lessons, wanted.pupils, at.zone)
    await tell_teachers(tx, lessons, before, at=at, by=by.id)


async def _keep(tx: Tx, missed: Missed, wanted: Wanted, by: Person, at: Moment) -> None:
    """The new word takes the place of what it says again."""
    days = wanted.days
    if wanted.lesson_id is None:
        for older in await questions.rows_of(tx, missed.pupil_id, days.first, days.last):
            if days.first <= older.first_day and older.last_day <= days.last:
                older.taken_back_at = at.now
    elif missed.lessons:
        day = missed.lessons[0].starts_at.astimezone(at.zone).date()
        days = Period(day, day)
    row = Absence(
        year=await questions.year_of(tx, missed.lessons[0].group_id),
        pupil_id=missed.pupil_id,
        lesson_id=wanted.lesson_id,
        first_day=days.first,
        last_day=days.last,
        said_by=by.known,
        said_at=at.now,
    )
    tx.add(row)
    await tx.flush()
    said = {"first": str(days.first), "last": str(days.last), "lesson": wanted.lesson_id}
    audit.log(tx, by.known, "absence.announce", ("absence", row.id), audit.Change(after=said), now=at.now)


async def take_back(db: Database, absence_id: int, *, by: Person, at: Moment) -> Absence:
    """The child comes after all, to whatever is not over and not marked in the journal. Again changes nothing.

    What was known of lessons that are over or marked stays known. Refusals: gone, not-yours, absence-too-late.
    """
    async with db.write() as tx:
        row = await questions.row(tx, absence_id)
        if row is None:
            raise Refusal("gone")
        require(by, "absence.announce", Thing(pupil_id=row.pupil_id))
        await end(tx, row, by=by, at=at)
        return row


async def end(tx: Tx, row: Absence, *, by: Person, at: Moment) -> bool:
    """Take back what is still open of it; False: it was before. Refusal: absence-too-late."""
    if row.taken_back_at is not None:
        return False
    ahead, settled = await _parted(tx, row, at)
    if settled and not ahead:
        raise Refusal("absence-too-late")
    before = await questions.absent(tx, ahead, at.zone)
    row.taken_back_at = at.now
    tx.add_all(_kept(row, one, at) for one in settled)
    audit.log(tx, by.known, "absence.take-back", ("absence", row.id), audit.Change(after={"kept": len(settled)}), now=at.now)
    await tx.flush()
    await tell_teachers(tx, ahead, before, at=at, by=by.id)
    return True


def _kept(row: Absence, one: Stood, at: Moment) -> Absence:
    """What it said of one lesson, which stays."""
    day = one.starts_at.astimezone(at.zone).date()
    whose = {"year": row.year, "pupil_id": row.pupil_id, "said_by": row.said_by, "said_at": row.said_at}
    return Absence(**whose, lesson_id=one.id, first_day=day, last_day=day)


async def _parted(tx: Tx, row: Absence, at: Moment) -> tuple[list[Stood], list[Stood]]:
    """The lessons it is said of: those still open, and those that are over or of which the journal says who was there."""
    groups = (await enrollment.groups_of_pupils(tx, [row.pupil_id])).get(row.pupil_id, [])
    begins, ends = Period(row.first_day, row.last_day).moments(at.zone)
    lessons = await timetable.lessons_of_groups(tx, groups, begins, ends) if groups else []
    covers = Away(row.pupil_id, row.first_day, row.last_day, row.lesson_id).covers
    covered = [one for one in lessons if one.cancelled_at is None and covers(one, at.zone)]
    marked = await questions.marked_days(tx, row.pupil_id, groups, row.first_day, row.last_day)

    def over(one: Stood) -> bool:
        return one.ends_at <= at.now or (one.group_id, one.starts_at.astimezone(at.zone).date()) in marked

    return [one for one in covered if not over(one)], [one for one in covered if over(one)]


@dataclass(frozen=True)
class Said:
    """What a family has said of a child, from today on."""

    id: int
    pupil_id: int
    first: date
    last: date
    lesson: Stood | None


async def said_of(tx: Tx, pupils: Collection[int], today: date, zone: ZoneInfo) -> list[Said]:
    """What stands of these children from today on, the nearest first; of a lesson that was moved to another day it does not."""
    found = await questions.away(tx, pupils, today, date.max)
    own = [each for some in found.values() for each in some if each.id]
    lessons = await timetable.lessons(tx, {each.lesson_id for each in own if each.lesson_id is not None})
    said = [
        Said(each.id, each.pupil_id, each.first_day, each.last_day, lessons.get(each.lesson_id) if each.lesson_id else None)
        for each in own
        if each.lesson_id is None or _stands(each, lessons, zone)
    ]
    return sorted(said, key=lambda one: (one.first, one.last, one.id))


def _stands(each: Away, lessons: Mapping[int, Stood], zone: ZoneInfo) -> bool:
    lesson = lessons.get(each.lesson_id or 0)
    return lesson is not None and lesson.cancelled_at is None and each.covers(lesson, zone)


async def days_ahead(tx: Tx, pupils: Collection[int], at: Moment) -> list[date]:
    """The next days on which these children have lessons. Refusal (absence-no-lessons): none for three weeks."""
    days = Period(at.today, at.today + AHEAD)
    ahead = await lessons_ahead(tx, pupils, days, at)
    found = sorted({one.starts_at.astimezone(at.zone).date() for some in ahead.values() for one in some})
    if not found:
        raise Refusal("absence-no-lessons", first=days.first, last=days.last, days="many")
    return found[:TO_CHOOSE]


async def unsaid(tx: Tx, pupils: Collection[int], day: date, at: Moment) -> dict[int, list[Stood]]:
    """By child the lessons of a day of which nothing has been announced."""
    said = await questions.away(tx, pupils, day, day)
    ahead = await lessons_ahead(tx, pupils, Period(day, day), at)
    return {
        pupil: [one for one in lessons if not questions.covered(said.get(pupil, ()), one, at.zone)]
        for pupil, lessons in ahead.items()
    }


async def lesson_meant(tx: Tx, said: Sentence, wanted: Wanted, at: Moment) -> int | None:
    """«На шахматы», «в 15:00»: which lesson a sentence means; 0: all of the days, None: which, cannot be told."""
    if not (said.course or said.hour):
        return 0
    ahead = await lessons_ahead(tx, wanted.pupils, wanted.days, at)
    meant = {one.id for some in ahead.values() for one in some if _meant(one, said, at.zone)}
    return meant.pop() if len(meant) == 1 else None


def _meant(one: Stood, said: Sentence, zone: ZoneInfo) -> bool:
    here = one.starts_at.astimezone(zone)
    of_course = any(word.startswith(said.course) for word in plain(one.course).replace("«", "").split())
    return of_course and said.hour in (None, (here.hour, here.minute))
