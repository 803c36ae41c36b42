"""A lesson marked in the chat: who was there, a mark, the topic; each press says what is to stand, so that a repeat changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import Moment, midnight
from bot.policy import Person, Thing, can
from bot.reading.journal.codes import LONGEST_TEXT
from bot.refusals import Refusal
from bot.services.journal.chasing import FORGOTTEN
from bot.services.journal.entering import Entered, enter
from bot.services.journal.families import comment_of
from bot.services.journal.match import Wanted
from bot.services.journal.names import apart
from bot.services.journal.programme import to_come
from bot.services.network.years import running_now
from bot.services.timetable.lessons import reader_of, require_lesson
from storage.db import Database, Tx
from storage.enrollment.enrollment import pupils_of
from storage.journal import journal as questions
from storage.journal import marking, programme, standing
from storage.journal.journal import GroupOf, PupilOf
from storage.journal.programme import Planned
from storage.journal.standing import Stands
from storage.journal.unkept import Unkept, Whose, unkept
from storage.journal.writing import Key, Source, WrittenTopic
from storage.people import consent
from storage.timetable import absences, timetable
from storage.timetable.timetable import Scope, Stood

ATTENDANCE = ("absent", "late", "sick", "present")
GRADES = ("5", "4", "3", "2", "зачёт")
MARK = "m"  # a press that sets a mark is «m5»; «m» alone takes the marks of the lesson away


@dataclass(frozen=True)
class Line:
    """A pupil at a lesson, as the journal has it."""

    pupil_id: int
    name: str
    attendance: str | None
    marks: tuple[str, ...]
    announced: bool = False  # it has been said beforehand that they will not come


@dataclass(frozen=True)
class Sheet:
    """A lesson as its page shows it."""

    lesson: Stood
    group: GroupOf
    day: date
    number: int  # of the group's lessons that day
    lines: tuple[Line, ...]
    foreign: int  # pupils of other schools: the group's teacher marks them
    topic: str | None
    homework: str | None
    scale: tuple[str, ...]  # the marks it offers
    undo: int | None  # the last writing of this person here that can be undone


@dataclass(frozen=True)
class _Open:
    lesson: Stood
    group: GroupOf
    day: date
    number: int
    pupils: list[PupilOf]  # named as this person may know them
    foreign: int
    entries: list[Stands]  # of this lesson, removed ones too
    announced: frozenset[int]  # of whom it has been said beforehand that they will not come


async def sheet_of(db: Database, lesson_id: int, *, by: Person, at: Moment) -> Sheet:
    """The lesson's page. Refusals: lesson-gone, not-yours, mark-too-early, mark-cancelled, mark-year-over."""
    async with db.read() as tx:
        found = await _open(tx, lesson_id, by, at)
        topic = (await questions.topics(tx, {(found.group.id, found.day)})).get((found.group.id, found.day, found.number))
        undo = await marking.last_of(tx, by.known, found.group.id, found.day)
        used = await marking.marks_of(tx, found.group.id)
    scale = tuple(dict.fromkeys((*GRADES, *(mark for mark in used if _offered(mark)))))[:8]
    return Sheet(
        lesson=found.lesson,
        group=found.group,
        day=found.day,
        number=found.number,
        lines=tuple(_line(pupil, found) for pupil in found.pupils),
        foreign=found.foreign,
        topic=topic.topic if topic else None,
        homework=topic.homework if topic else None,
        scale=scale,
        undo=undo,
    )


def _offered(mark: str) -> bool:
    return 0 < len(mark) <= 10 and ":" not in mark


def _line(pupil: PupilOf, found: _Open) -> Line:
    mine = [row for row in found.entries if row.pupil_id == pupil.id and row.removed_at is None]
    attendance = [row.value for row in mine if row.kind == "attendance"]
    return Line(
        pupil.id,
        pupil.full_name,
        attendance[0] if attendance else None,
        tuple(row.value for row in sorted(mine, key=lambda row: row.ordinal) if row.kind == "mark"),
        announced=not attendance and pupil.id in found.announced,
    )


async def _open(tx: Tx, lesson_id: int, by: Person, at: Moment) -> _Open:
    """The lesson, if it is theirs to mark now."""
    lesson = await timetable.lesson(tx, lesson_id)
    if lesson is None:
        raise Refusal("lesson-gone")
    require_lesson(by, "journal.enter", lesson)
    groups = await questions.groups(tx, group_id=lesson.group_id)
    if not groups:
        raise Refusal("lesson-gone")
    group, day = groups[0], lesson.starts_at.astimezone(at.zone).date()
    if group.year != (await running_now(tx, at.today)).year:
        raise Refusal("mark-year-over")
    if lesson.cancelled_at is not None:
        raise Refusal("mark-cancelled")
    if day > at.today:
        raise Refusal("mark-too-early", at=lesson.starts_at)
    pupils, foreign = await _pupils(tx, lesson, group.year, by)
    if not pupils:
        raise Refusal("mark-nobody")
    number = await _number(tx, lesson, day, at)
    entries = [row for row in await standing.entries(tx, {(group.id, day)}) if row.lesson == number]
    announced = (await absences.absent(tx, [lesson], at.zone)).get(lesson.id, frozenset())
    return _Open(lesson, group, day, number, pupils, foreign, entries, announced)


async def _number(tx: Tx, lesson: Stood, day: date, at: Moment) -> int:
    """Which of the group's lessons of that day it is."""
    begins = midnight(day, at.zone)
    that_day = await timetable.lessons_of_groups(tx, [lesson.group_id], begins, begins + timedelta(days=1))
    standing = [one.id for one in that_day if one.cancelled_at is None]
    return standing.index(lesson.id) + 1 if lesson.id in standing else 1


async def _pupils(tx: Tx, lesson: Stood, year: int, by: Person) -> tuple[list[PupilOf], int]:
    """The group's pupils by name, by the workbook's code whom the partner may not name; and how many are of other schools."""
    members = await pupils_of(tx, lesson.group_id)
    eyes = reader_of(by, lesson)
    unnamed = await consent.unnamed(tx, members, lesson.organization_id, eyes)
    every = {pupil.id: pupil for pupil in await questions.pupils(tx, year, members)}
    mine = [every[id_] for id_ in members if eyes.knows(every[id_].school_id, lesson.organization_id)]
    named = apart(pupil for pupil in mine if pupil.id not in unnamed)
    return [pupil.by_code if pupil.id in unnamed else named.get(pupil.id, pupil) for pupil in mine], len(members) - len(mine)


# ── presses ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def tap(db: Database, lesson_id: int, pupil_id: int, what: str, *, by: Person, at: Moment) -> Entered:
    """Make a pupil's attendance or mark stand so: absent | late | sick | present, or «m» with the mark. Again changes nothing."""
    if what not in ATTENDANCE and not what.startswith(MARK):
        raise Refusal("gone")
    async with db.write() as tx:
        found = await _locked(tx, lesson_id, by, at)
        if pupil_id not in {pupil.id for pupil in found.pupils}:
            raise Refusal("mark-not-here")
        mark = what.removeprefix(MARK)
        if what not in ATTENDANCE and mark and mark not in GRADES and mark not in await marking.marks_of(tx, found.group.id):
            raise Refusal("mark-not-in-scale")
        wanted = _attendance(found, pupil_id, what) if what in ATTENDANCE else _mark(found, pupil_id, mark)
        return await enter(tx, found.group, wanted, source=Source("chat", by.known), at=at)


async def others_present(db: Database, lesson_id: int, *, by: Person, at: Moment) -> Entered:
    """Everybody of whom nothing is said was there, but for those announced not to come. Again changes nothing."""
    async with db.write() as tx:
        found = await _locked(tx, lesson_id, by, at)
        wanted: dict[Key, Wanted | None] = {}
        for pupil in found.pupils:
            line = _line(pupil, found)
            if line.attendance is None:
                wanted |= _attendance(found, pupil.id, "absent" if line.announced else "present")
        return await enter(tx, found.group, wanted, source=Source("chat", by.known), at=at)


async def note(db: Database, lesson_id: int, text: str, *, by: Person, at: Moment) -> Entered:
    """The lesson's topic (first line) and homework (what follows), as typed. The same again changes nothing."""
    topic, _, homework = (part.strip() for part in text.strip().partition("\n"))
    if len(topic) > LONGEST_TEXT or len(homework) > LONGEST_TEXT:
        raise Refusal("mark-too-long", limit=LONGEST_TEXT)
    async with db.write() as tx:
        found = await _locked(tx, lesson_id, by, at)
        return await _note(tx, found, topic or None, homework or None, by=by, at=at)


async def topics_to_come(db: Database, lesson_id: int, *, by: Person, at: Moment) -> list[Planned]:
    """What the course's programme has for this lesson: the topics not held yet, the next one first; none without a programme."""
    async with db.read() as tx:
        found = await _open(tx, lesson_id, by, at)
        group = found.group.id
        planned = (await programme.of_groups(tx, [group])).get(group, [])
        return to_come(planned, (await programme.held(tx, [group], at.today)).get(group, ()))


async def pick(db: Database, lesson_id: int, planned_id: int, *, by: Person, at: Moment) -> Entered:
    """The lesson's topic is that one of the programme; its homework stays. The same again changes nothing."""
    async with db.write() as tx:
        found = await _locked(tx, lesson_id, by, at)
        planned = (await programme.of_groups(tx, [found.group.id])).get(found.group.id, [])
        topic = next((one.topic for one in planned if one.id == planned_id), None)
        if topic is None:
            raise Refusal("mark-topic-gone")
        return await _note(tx, found, topic[:LONGEST_TEXT], None, by=by, at=at)


async def _note(tx: Tx, found: _Open, topic: str | None, homework: str | None, *, by: Person, at: Moment) -> Entered:
    """Write the lesson's topic; homework None: what was set stays."""
    stood = (await questions.topics(tx, {(found.group.id, found.day)})).get((found.group.id, found.day, found.number))
    kept = homework or (stood.homework if stood else None)
    row = WrittenTopic(found.group.id, found.day, found.number, topic, kept)
    return await enter(tx, found.group, {}, [row], source=Source("chat", by.known), at=at)


async def _locked(tx: Tx, lesson_id: int, by: Person, at: Moment) -> _Open:
    lesson = await timetable.lesson(tx, lesson_id)
    if lesson is not None:
        await questions.lock_groups(tx, [lesson.group_id])
    return await _open(tx, lesson_id, by, at)


def _attendance(found: _Open, pupil_id: int, value: str) -> dict[Key, Wanted | None]:
    """One attendance a lesson: others that a file may have brought are taken away."""
    wanted: dict[Key, Wanted | None] = {
        _key(found, pupil_id, "attendance", row.ordinal): None
        for row in found.entries
        if row.pupil_id == pupil_id and row.kind == "attendance" and row.removed_at is None
    }
    return wanted | _set(found, pupil_id, "attendance", value)


def _mark(found: _Open, pupil_id: int, mark: str) -> dict[Key, Wanted | None]:
    """The lesson's first mark; further ones that a file brought stay, unless all are taken away."""
    if mark:
        return _set(found, pupil_id, "mark", mark)
    return {
        _key(found, pupil_id, "mark", row.ordinal): None
        for row in found.entries
        if row.pupil_id == pupil_id and row.kind == "mark" and row.removed_at is None
    }


def _set(found: _Open, pupil_id: int, kind: str, value: str) -> dict[Key, Wanted | None]:
    """The kind of work and the comment stay as they stand."""
    row = next(
        (row for row in found.entries if (row.pupil_id, row.kind, row.ordinal) == (pupil_id, kind, 1) and row.removed_at is None),
        None,
    )
    wanted = Wanted(value, row.work if row else None, comment_of(row.comment) if row else None)
    return {_key(found, pupil_id, kind, 1): wanted}


def _key(found: _Open, pupil_id: int, kind: str, ordinal: int) -> Key:
    return pupil_id, found.group.id, found.day, found.number, kind, ordinal


# ── what there is to mark ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ToMark:
    """Today's lessons of whoever teaches or keeps a partner's groups, and those of earlier days the journal knows nothing of."""

    today: tuple[Stood, ...]
    earlier: tuple[Unkept, ...]


async def to_mark(db: Database, *, by: Person, at: Moment) -> ToMark:
    """A coordinator has only the earlier ones, of groups with pupils of the school."""
    scope = Scope(by.staff_as("teacher"), by.organizations_as("partner"))
    schools = by.organizations_as("coordinator")
    begins = midnight(at.today, at.zone)
    async with db.read() as tx:
        today = await marking.lessons_of_day(tx, scope, begins, begins + timedelta(days=1))
        year = (await running_now(tx, at.today)).year
        whose = Whose(scope.teachers, scope.organizations, schools)
        earlier = await unkept(tx, year, at.now - FORGOTTEN, begins, at.zone, whose)
    return ToMark(tuple(today), tuple(reversed(earlier)))


def may_mark(person: Person, lesson: Stood) -> bool:
    """Whether this member of staff may mark that lesson: its teacher, who stands in, the partner, a coordinator."""
    teachers = {lesson.own_teacher_id, lesson.stand_in_id} - {None}
    return any(can(person, "journal.enter", Thing(teacher_id=one, organization_id=lesson.organization_id)) for one in teachers)
