"""Decisions about the network's data: a workbook becomes a plan; a confirmed plan is carried out, whole or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.policy import Person, Thing, require
from bot.reading.uploads import read_sheets
from bot.reading.workbook.parse import WorkbookFaults, parse_workbook
from bot.reading.workbook.rows import ChangeRow, Known, Workbook, code_key
from bot.refusals import Faults, Refusal
from bot.services.network.apply import Carrying, apply
from bot.services.network.checks import check, missed_changes
from bot.services.network.compare import compare
from bot.services.network.doubts import doubts_of
from bot.services.network.lessons import LessonPlan, compare_lessons, with_changes, year_of_lessons
from bot.services.network.plan import Plan
from storage.db import Database, Tx
from storage.network import network
from storage.network.network import Stored
from storage.people import people

_OF_LESSONS = ("groups", "slots", "changes", "calendar")  # the sheets that lessons follow from


async def known(db: Database) -> Known:
    """What is stored, for a workbook that leaves sheets out."""
    async with db.read() as tx:
        before = await network.stored(tx)

    def standing(rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if row.archived_at is None]

    return Known(
        organizations={code_key(row.code): row.role for row in standing(before.organizations)},
        staff={code_key(row.code): row.role for row in standing(before.staff)},
        courses=frozenset(code_key(row.code) for row in standing(before.courses)),
        groups=frozenset(code_key(row.code) for row in standing(before.groups)),
    )


async def workbook_of(
    db: Database, data: bytes, name: str, *, academic_year: int, moment: tuple[datetime, ZoneInfo] | None = None
) -> Workbook:
    """An uploaded file as a workbook; Refusal or Faults say what is wrong with it.

    `moment`: now and the network's zone, to tell at once of changes that meet no lesson, whatever else is wrong.
    """
    sheets = await read_sheets(data, name)
    stored = await known(db)
    try:
        return await asyncio.to_thread(parse_workbook, sheets, academic_year=academic_year, known=stored)
    except WorkbookFaults as faults:
        raise WorkbookFaults([*faults.faults, *await _changes_of_nothing(db, faults, moment)], faults.book) from None


async def _changes_of_nothing(
    db: Database, faults: WorkbookFaults, moment: tuple[datetime, ZoneInfo] | None
) -> Sequence[Refusal]:
    """What is wrong with «Изменения» against the lessons, where the sheets that lessons follow from are themselves right."""
    book = faults.book
    if moment is None or not book.changes or faults.spoils("Группы", "Расписание", "Календарь"):
        return ()
    now, zone = moment
    async with db.read() as tx:
        before = await network.stored(tx)
        groups = book.groups if book.groups is not None else [row for row in before.groups if row.archived_at is None]
        lessons = await _lessons(tx, book, before, groups, now=now, zone=zone)
    return list(missed_changes(book, lessons, now.astimezone(zone).date()))


async def plan(db: Database, book: Workbook, *, now: datetime, zone: ZoneInfo) -> Plan:
    """What this workbook would change; Faults where it contradicts what is stored. Nothing is written."""
    async with db.read() as tx:
        return await _plan(tx, book, now=now, zone=zone)


async def carry_out(
    db: Database, book: Workbook, *, by: Person | None, now: datetime, zone: ZoneInfo, digest: str | None = None
) -> Plan:
    """Do what the workbook says, tell the families, and say what was done. `by` None: the command line.

    `digest`: of the plan that was confirmed; if the network has changed since, it is refused, to be looked at again. Without one
    a plan with doubts is refused: Faults network-doubtful.
    """
    if by is not None:
        require(by, "network.load", Thing())
    async with db.write() as tx:
        found = await _plan(tx, book, now=now, zone=zone)
        if digest is not None and digest != found.digest:
            raise Refusal("network-plan-old")
        if found.doubts and digest is None:  # nobody has seen the plan, so nobody has answered
            raise Faults("network-doubtful", [doubt.refusal() for doubt in found.doubts])
        if found:
            await apply(tx, found, Carrying(None if by is None else by.id, now, zone))
    return found


async def _plan(tx: Tx, book: Workbook, *, now: datetime, zone: ZoneInfo) -> Plan:
    before = await network.stored(tx)
    differences = await asyncio.to_thread(compare, book, before)
    groups = book.groups if book.groups is not None else [row for row in before.groups if row.archived_at is None]
    lessons = LessonPlan()
    if any(getattr(book, sheet) is not None for sheet in _OF_LESSONS):
        lessons = await _lessons(tx, book, before, groups, now=now, zone=zone)
    learning = await network.learning(tx)
    notes = check(book, before, differences, lessons, learning, today=now.astimezone(zone).date())
    rules = _new_rules(book, before, groups, lessons)
    heard = {code_key(one.old.group) for one in lessons.changed if one.told} | rules.keys()
    ids = {code_key(row.code): row.id for row in before.groups}
    pupils = {pupil for group in heard if group in ids for pupil in learning.get(ids[group], [])}
    reached = await people.families_of(tx, pupils) if pupils else {}
    new_changes = None
    if book.changes is not None and _kept(book.changes) != (before.changes or "[]"):
        new_changes = _kept(book.changes)
    subjects = _subjects(book, before)
    return Plan(
        book.academic_year,
        differences,
        lessons,
        subjects,
        len(reached),
        len(pupils) - len(reached),
        book.notes + notes,
        new_changes,
        rules,
        doubts_of(differences, learning),
    )


async def _lessons(tx: Tx, book: Workbook, before: Stored, groups: Sequence[Any], *, now: datetime, zone: ZoneInfo) -> LessonPlan:
    first = date(book.academic_year, 7, 1)
    stored = await network.lessons(tx, since=first - timedelta(days=first.weekday()), now=now)
    # Thousands of lessons take a third of a second: in a thread, so that people's taps are answered meanwhile.
    return await asyncio.to_thread(_year, book, before, groups, stored, now, zone)


def _year(
    book: Workbook, before: Stored, groups: Sequence[Any], stored: Sequence[Any], now: datetime, zone: ZoneInfo
) -> LessonPlan:
    year = book.academic_year
    slots: Sequence[Any] = book.slots if book.slots is not None else before.slots
    calendar: Sequence[Any] = book.calendar if book.calendar is not None else before.calendar
    changed_before = _given_back(before.changes)
    active = {code_key(row.code): row for row in before.groups if row.archived_at is None}
    made = year_of_lessons(slots, {code_key(row.code): row for row in groups}, calendar, academic_year=year, zone=zone)
    earlier = year_of_lessons(before.slots, active, before.calendar, academic_year=year, zone=zone)
    planned, missed = with_changes(made, book.changes if book.changes is not None else changed_before, zone)
    was, _ = with_changes(earlier, changed_before, zone)
    found = compare_lessons(planned, stored, was, now=now)
    found.missed = missed if book.changes is not None else []
    return found


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


def _given_back(note: str | None) -> list[ChangeRow]:
    def row(values: dict[str, Any]) -> ChangeRow:
        days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("day", "new_day")}
        hours = {name: time.fromisoformat(values[name]) if values[name] else None for name in ("starts", "new_starts")}
        return ChangeRow(row=0, **(values | days | hours))

    return [row(values) for values in json.loads(note or "[]")]
