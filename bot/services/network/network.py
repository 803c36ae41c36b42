"""Decisions about the network's data: a workbook becomes a plan; a confirmed plan is carried out, whole or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.policy import Person, Thing, require
from bot.reading.uploads import Sheet, read_sheets
from bot.reading.workbook.parse import parse_workbook, year_told
from bot.reading.workbook.rows import ChangeRow, Known, Note, Workbook, code_key
from bot.refusals import Refusal
from bot.services.network.apply import Carrying, apply
from bot.services.network.checks import check
from bot.services.network.classes import UNSAID, Classes, Said, as_today, one_higher
from bot.services.network.compare import Difference, compare
from bot.services.network.fates import fates
from bot.services.network.lessons import LessonPlan, Planned, compare_lessons, with_changes, year_of_lessons
from bot.services.network.plan import Plan
from bot.services.network.schools import by_calendar, sided
from bot.services.network.years import APPLYING, running, running_now
from storage.db import Database, Tx
from storage.network import network, schools, years
from storage.network.network import Stored
from storage.people import people

_OF_LESSONS = ("years", "groups", "slots", "changes", "calendar")  # the sheets that lessons follow from


async def known(db: Database, year: int, by: Person | None = None) -> Known:
    """What is stored of a year, for a workbook of it that leaves sheets out. `by` None: the command line."""
    async with db.read() as tx:
        before = await network.stored(tx, year)

    def standing(rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if row.archived_at is None]

    return Known(
        organizations={code_key(row.code): row.role for row in standing(before.organizations)},
        staff={code_key(row.code): row.role for row in standing(before.staff)},
        courses=frozenset(code_key(row.code) for row in standing(before.courses)),
        groups=frozenset(code_key(row.code) for row in standing(before.groups)),
        own=by is not None and len(by.organizations_as("coordinator")) == 1,
    )


async def workbook_of(
    db: Database,
    data: bytes,
    name: str,
    *,
    today: date,
    said: Said = UNSAID,
    by: Person | None = None,
) -> Workbook:
    """An uploaded file as a workbook of one academic year; Refusal or Faults say what is wrong with it.

    Refusal network-which-year: neither `said` nor the book tells, and it may be either;
    network-whose-classes: most pupils stand one class higher, and nobody has said whether that is today's.
    """
    sheets = await read_sheets(data, name)
    of = await year_of_book(db, sheets, today, said.year)
    stored = await known(db, of, by)
    book = await asyncio.to_thread(parse_workbook, sheets, academic_year=of, known=stored)
    return await _with_todays_classes(db, book, today, said.classes)


async def _with_todays_classes(db: Database, book: Workbook, today: date, said: Classes | None) -> Workbook:
    """«Ученики» of either year's book holds today's class; from April to August one may hold September's already."""
    if not book.pupils or today.month not in APPLYING:
        return book
    async with db.read() as tx:
        standing = {code_key(code): class_name for code, class_name in await network.classes(tx)}
    higher = one_higher(book.pupils, standing)
    if higher and said is None:
        raise Refusal("network-whose-classes", count=higher)
    return as_today(book) if higher and said == "next" else book


async def year_of_book(db: Database, sheets: Sequence[Sheet], today: date, said: int | None) -> int:
    """The year a workbook is of: as its sheet or its dates tell, else as somebody has said, else the running one.

    From April to August next year's may stand beside it: then it is asked.
    """
    told = await asyncio.to_thread(year_told, sheets)
    if told is not None and said is not None and told != said:
        raise Refusal("network-another-year", told=years.usual(told).name, said=years.usual(said).name)
    async with db.read() as tx:
        this = await running_now(tx, today)
    found = told if told is not None else said
    if found is None and today.month in APPLYING:
        raise Refusal("network-which-year", this=this.name, next=years.usual(this.year + 1).name, number=str(this.year + 1))
    return this.year if found is None else found


async def plan(db: Database, book: Workbook, *, now: datetime, zone: ZoneInfo, by: Person | None = None) -> Plan:
    """What this workbook would change; Faults where it contradicts what is stored. Nothing is written. `by` None: the command line."""
    async with db.read() as tx:
        return await _plan(tx, book, by, now=now, zone=zone)


async def carry_out(
    db: Database, book: Workbook, *, by: Person | None, now: datetime, zone: ZoneInfo, digest: str | None = None
) -> Plan:
    """Do what the workbook says, tell the families, and say what was done. `by` None: the command line.

    `digest`: of the plan that was confirmed; if the network has changed since, it is refused, to be looked at again.
    """
    if by is not None:
        require(by, "network.load", Thing())
    async with db.write() as tx:
        found = await _plan(tx, book, by, now=now, zone=zone)
        if digest is not None and digest != found.digest:
            raise Refusal("network-plan-old")
        if found:
            await apply(tx, found, Carrying(None if by is None else by.id, now, zone))
    return found


async def _plan(tx: Tx, book: Workbook, by: Person | None, *, now: datetime, zone: ZoneInfo) -> Plan:
    before = await network.stored(tx, book.academic_year)
    others = {code_key(code): one for code, one in (await schools.standing(tx, book.academic_year)).items()}
    side = sided(book, before, others, _given_back(before.changes), by)
    book = side.book
    this = running(await years.known(tx), now.astimezone(zone).date())
    differences = await asyncio.to_thread(compare, book, side.before)
    stay = _stay(differences) if book.academic_year != this.year else ()
    groups = book.groups if book.groups is not None else [row for row in before.groups if row.archived_at is None]
    lessons = LessonPlan()
    if any(getattr(book, sheet) is not None for sheet in _OF_LESSONS):
        learn = {
            code_key(one): frozenset(map(code_key, of)) for one, of in (await schools.of_groups(tx, book.academic_year)).items()
        }
        lessons = await _lessons(tx, book, before, groups, Eyes(now, zone, learn, side.calendar))
    learning = await network.learning(tx)
    notes = check(book, before, differences, lessons, learning, today=now.astimezone(zone).date())
    rules = _new_rules(book, before, groups, lessons)
    heard = {code_key(one.old.group) for one in lessons.changed if one.told} | rules.keys()
    ids = {code_key(row.code): row.id for row in before.groups}
    pupils = {pupil for group in heard if group in ids for pupil in learning.get(ids[group], [])}
    reached = await people.families_of(tx, pupils) if pupils else {}
    new_changes = None
    if book.changes is not None and _in_order(_kept(book.changes)) != _in_order(before.changes or "[]"):
        new_changes = _kept(book.changes)
    subjects = _subjects(book, before)
    return Plan(
        book.academic_year,
        differences,
        lessons,
        subjects,
        len(reached),
        len(pupils) - len(reached),
        book.notes + notes + tuple(stay) + side.notes,
        new_changes,
        rules,
        side.schools,
        await fates(tx, book, before, differences),
    )


def _stay(differences: Sequence[Difference]) -> list[Note]:
    """What lasts longer than a year is not ended by the book of another: pupils, people, organizations, roads stay."""
    said = []
    for one in differences:
        if one.form.field in LASTING and one.removed:
            said.append(Note.of("network-stay-till-their-year", sheet=one.form.name, count=len(one.removed)))
            one.removed.clear()
            one.gone.clear()
    return said


LASTING = ("organizations", "staff", "pupils", "roads")


async def _lessons(tx: Tx, book: Workbook, before: Stored, groups: Sequence[Any], eyes: Eyes) -> LessonPlan:
    stored = await network.lessons(tx, book.academic_year)
    # Thousands of lessons take a third of a second: in a thread, so that people's taps are answered meanwhile.
    return await asyncio.to_thread(_year, book, before, groups, stored, eyes)


@dataclass(frozen=True)
class Eyes:
    """When the lessons of a year are looked at, and which schools learn in a group."""

    now: datetime
    zone: ZoneInfo
    learn: Mapping[str, frozenset[str]]
    calendar: Sequence[Any]  # of all schools once the book has been carried out

    def lessons(
        self, slots: Sequence[Any], groups: Mapping[str, Any], calendar: Sequence[Any], year: years.AcademicYear
    ) -> list[Planned]:
        """Every lesson by the weekly rules, each by the calendar of the schools that learn there."""
        return [
            lesson
            for some, days in by_calendar(slots, calendar, self.learn)
            for lesson in year_of_lessons(some, groups, days, year=year, zone=self.zone)
        ]


def _year(book: Workbook, before: Stored, groups: Sequence[Any], stored: Sequence[Any], eyes: Eyes) -> LessonPlan:
    now, zone = eyes.now, eyes.zone
    stood, year = _days_of(before.years, book.academic_year), _days_of(book.years or before.years, book.academic_year)
    slots: Sequence[Any] = book.slots if book.slots is not None else before.slots
    changed_before = _given_back(before.changes)
    active = {code_key(row.code): row for row in before.groups if row.archived_at is None}
    made = eyes.lessons(slots, {code_key(row.code): row for row in groups}, eyes.calendar, year)
    earlier = eyes.lessons(before.slots, active, before.calendar, stood)
    planned, missed = with_changes(made, book.changes if book.changes is not None else changed_before, zone)
    was, _ = with_changes(earlier, changed_before, zone)
    found = compare_lessons(planned, stored, was, now=now)
    found.missed = [change for change in missed if change.row] if book.changes is not None else []
    return found


def _days_of(rows: Sequence[Any], year: int) -> years.AcademicYear:
    """When the year begins and ends, as its sheet or the stored row says."""
    found = next((row for row in rows if row.year == year), None)
    return years.usual(year) if found is None else years.AcademicYear(year, found.starts_on, found.ends_on, found.half_ends_on)


def _subjects(book: Workbook, before: Stored) -> dict[str, str]:
    courses = {code_key(row.code): row.name for row in (*before.courses, *(book.courses or ()))}
    return {code_key(row.code): courses.get(code_key(row.course), row.code) for row in (*before.groups, *(book.groups or ()))}


def _new_rules(book: Workbook, before: Stored, groups: Sequence[Any], lessons: LessonPlan) -> dict[str, list[Any]]:
    """The groups whose weekly timetable becomes another further ahead than families hear of single lessons → its rules."""
    far = {code_key(one.old.group) for one in lessons.changed if not one.told}
    there = {code_key(row.code) for row in groups}
    was = _rules(before.slots)
    now = {
        group: rules for group, rules in _rules(book.slots if book.slots is not None else before.slots).items() if group in there
    }
    return {group: now.get(group, []) for group in sorted(far) if _hours(was.get(group, [])) != _hours(now.get(group, []))}


def _rules(slots: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in sorted(slots, key=lambda row: (row.weekday, row.starts)):
        found.setdefault(code_key(row.group), []).append(row)
    return found


def _hours(rules: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [(row.weekday, row.starts, row.ends, row.place, row.from_day, row.to_day, row.weeks or "all") for row in rules]


def _kept(changes: Sequence[ChangeRow]) -> str:
    """Изменения as a note: without row numbers, so that a row added above changes nothing."""
    rows = [{name: value for name, value in asdict(change).items() if name != "row"} for change in changes]
    return json.dumps(rows, default=lambda value: value.isoformat(), ensure_ascii=False, sort_keys=True)


def _in_order(kept: str) -> list[str]:
    """Two schools' books list the same changes in whatever order."""
    return sorted(json.dumps(row, sort_keys=True) for row in json.loads(kept))


def _given_back(note: str | None) -> list[ChangeRow]:
    def row(values: dict[str, Any]) -> ChangeRow:
        days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("day", "new_day")}
        hours = {name: time.fromisoformat(values[name]) if values[name] else None for name in ("starts", "new_starts")}
        return ChangeRow(row=0, **(values | days | hours))

    return [row(values) for values in json.loads(note or "[]")]
