"""Decisions about the network's data: a workbook becomes a plan; a confirmed plan is carried out, whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.policy import Person, Thing, require
from bot.reading.uploads import Sheet, read_sheets
from bot.reading.workbook.parse import WorkbookFaults, parse_workbook, year_told
from bot.reading.workbook.rows import Known, Note, Workbook, code_key
from bot.reading.workbook.surveys import filled
from bot.refusals import Faults, Refusal
from bot.services.network.apply import Carrying, apply
from bot.services.network.checks import check, missed_changes
from bot.services.network.classes import UNSAID, Classes, Said, as_today, one_higher
from bot.services.network.compare import Difference, compare
from bot.services.network.doubts import doubts_of, of_illness
from bot.services.network.fates import fates
from bot.services.network.lessons.reconcile import Sight, Year
from bot.services.network.lessons.rows import given_back, in_order
from bot.services.network.lessons.told import outlook_of
from bot.services.network.plan import LessonPlan, Plan
from bot.services.network.resources import ending_bookings, lacks
from bot.services.network.rooms import too_small
from bot.services.network.schools import Calendars, Side, sided
from bot.services.network.surveys import answered_stay
from bot.services.network.years import APPLYING, running, running_now
from storage.db import Database, Tx
from storage.network import network, schools, years
from storage.network.network import Stored
from storage.people import calls

_OF_LESSONS = ("years", "groups", "slots", "changes", "calendar")  # the sheets that lessons follow from


async def known(db: Database, year: int, by: Person | None = None) -> Known:
    """What is stored of a year, for a workbook of it that leaves sheets out. `by` None: the command line."""
    async with db.read() as tx:
        before = await network.stored(tx, year, year)

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
    at: Moment,
    said: Said = UNSAID,
    by: Person | None = None,
) -> Workbook:
    """An uploaded file as a workbook of one academic year; Refusal or Faults say what is wrong with it.

    Refusal network-which-year: neither `said` nor the book tells, and it may be either;
    network-whose-classes: most pupils stand one class higher, and nobody has said whether that is today's.
    Changes that meet no lesson are told at once, whatever else is wrong.
    """
    sheets = await read_sheets(data, name)
    of = await year_of_book(db, sheets, at.today, said.year)
    stored = await known(db, of, by)
    try:
        book = await asyncio.to_thread(parse_workbook, sheets, academic_year=of, known=stored)
    except WorkbookFaults as faults:
        raise WorkbookFaults([*faults.faults, *await _changes_of_nothing(db, faults, by, at)], faults.book) from None
    return await _with_todays_classes(db, book, at.today, said.classes)


async def _changes_of_nothing(db: Database, faults: WorkbookFaults, by: Person | None, at: Moment) -> Sequence[Refusal]:
    """What is wrong with «Изменения» against the lessons, where the sheets that lessons follow from are themselves right."""
    book = faults.book
    if not book.changes or faults.spoils("Группы", "Расписание", "Календарь"):
        return ()
    async with db.read() as tx:
        before = await network.stored(tx, book.academic_year, (await running_now(tx, at.today)).year)
        side = await _side(tx, book, before, by)
        lessons = await _lessons(tx, side, before, at, await network.learning(tx))
    return list(missed_changes(side.book, lessons))


async def _with_todays_classes(db: Database, book: Workbook, today: date, said: Classes | None) -> Workbook:
    """«Ученики» of either year's book holds today's class; from April to August one may hold September's already."""
    if not book.pupils or today.month not in APPLYING:
        return book
    async with db.read() as tx:
        this = (await running_now(tx, today)).year
        standing = {code_key(code): class_name for code, class_name in await network.classes(tx, this)}
    higher = one_higher(book.pupils, standing)
    if higher and said is None:
        raise Refusal("network-whose-classes", count=higher)
    return as_today(book, standing) if higher and said == "next" else book


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

    `digest`: of the plan that was confirmed; if the network has changed since, it is refused, to be looked at again. Without one
    a plan with doubts is refused: Faults network-doubtful.
    """
    if by is not None:
        require(by, "network.load", Thing())
    async with db.write() as tx:
        found = await _plan(tx, book, by, now=now, zone=zone)
        if digest is not None and digest != found.digest:
            raise Refusal("network-plan-old")
        if found.doubts and digest is None:  # nobody has seen the plan, so nobody has answered
            raise Faults("network-doubtful", [doubt.refusal() for doubt in found.doubts])
        if found:
            await apply(tx, found, Carrying(None if by is None else by.id, now, zone))
    return found


async def _plan(tx: Tx, book: Workbook, by: Person | None, *, now: datetime, zone: ZoneInfo) -> Plan:
    today = now.astimezone(zone).date()
    this = running(await years.known(tx), today)
    before = await network.stored(tx, book.academic_year, this.year)
    side = await _side(tx, book, before, by)
    book = side.book if side.book.surveys is None else replace(side.book, surveys=filled(side.book.surveys))
    differences = await asyncio.to_thread(compare, book, side.before)
    answered = answered_stay(differences, before.surveys)
    stay = _stay(differences) if book.academic_year != this.year else ()
    lessons = LessonPlan()
    learning = await network.learning(tx)
    if any(getattr(book, sheet) is not None for sheet in _OF_LESSONS):
        lessons = await _lessons(tx, side, before, Moment(now, zone), learning)
    notes = (
        *check(book, before, differences, lessons, learning),
        *too_small(book, before),
        *lacks(book, before, differences),
        *await ending_bookings(tx, differences, now),
    )
    outlook = outlook_of(book, before, differences, lessons, today=today, zone=zone)
    ids = {code_key(row.code): row.id for row in before.groups}
    pupils = {pupil for group in outlook.heard(lessons) if group in ids for pupil in learning.get(ids[group], [])}
    silent = await calls.unreached(tx, pupils)
    return Plan(
        book.academic_year,
        differences,
        lessons,
        _subjects(book, before),
        len(pupils - silent),
        len(silent),
        book.notes + notes + tuple(lessons.asks) + tuple(stay) + tuple(answered) + side.notes,
        lessons.kept if lessons.kept is not None and in_order(lessons.kept) != in_order(before.changes) else None,
        outlook.rules,
        outlook.replaced,
        outlook.added,
        side.schools,
        await fates(tx, book, before, differences),
        (*doubts_of(differences, learning), *of_illness(book, lessons.reasons)),
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


LASTING = ("organizations", "staff", "pupils", "rooms", "resources", "roads")


async def _side(tx: Tx, book: Workbook, before: Stored, by: Person | None) -> Side:
    others = {code_key(code): one for code, one in (await schools.standing(tx, book.academic_year)).items()}
    return sided(book, before, others, [one.row for one in given_back(before.changes)], by)


async def _lessons(tx: Tx, side: Side, before: Stored, at: Moment, learning: Mapping[int, Sequence[int]]) -> LessonPlan:
    """What becomes of the year's lessons, each by the calendar of the schools that learn there."""
    year = side.book.academic_year
    learn = {code_key(one): frozenset(map(code_key, of)) for one, of in (await schools.of_groups(tx, year)).items()}
    sight = Sight(at.now, at.zone, Calendars(side.calendar, learn), Calendars(before.calendar, learn), learning)
    stored = await network.lessons(tx, year)
    # Thousands of lessons take a third of a second: in a thread, so that people's taps are answered meanwhile.
    return await asyncio.to_thread(Year(side, before, sight).lessons, stored)


def _subjects(book: Workbook, before: Stored) -> dict[str, str]:
    courses = {code_key(row.code): row.name for row in (*before.courses, *(book.courses or ()))}
    return {code_key(row.code): courses.get(code_key(row.course), row.code) for row in (*before.groups, *(book.groups or ()))}
