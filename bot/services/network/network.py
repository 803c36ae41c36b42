"""Decisions about the network's data: a workbook becomes a plan; a confirmed plan is carried out, whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.policy import Person, Thing, require
from bot.reading.uploads import Sheet, read_sheets
from bot.reading.workbook.parse import parse_workbook, year_told
from bot.reading.workbook.rows import Known, Note, Workbook, code_key
from bot.refusals import Refusal
from bot.services.network.apply import Carrying, apply
from bot.services.network.checks import check
from bot.services.network.compare import Difference, compare
from bot.services.network.lessons.reconcile import Year
from bot.services.network.lessons.told import outlook_of
from bot.services.network.plan import LessonPlan, Plan
from bot.services.network.years import APPLYING, running, running_now
from storage.db import Database, Tx
from storage.network import network, years
from storage.network.network import Stored
from storage.people import people

_OF_LESSONS = ("groups", "slots", "changes", "calendar")  # the sheets that lessons follow from


async def known(db: Database, year: int) -> Known:
    """What is stored of a year, for a workbook of it that leaves sheets out."""
    async with db.read() as tx:
        before = await network.stored(tx, year)

    def standing(rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if row.archived_at is None]

    return Known(
        organizations={code_key(row.code): row.role for row in standing(before.organizations)},
        staff={code_key(row.code): row.role for row in standing(before.staff)},
        courses=frozenset(code_key(row.code) for row in standing(before.courses)),
        groups=frozenset(code_key(row.code) for row in standing(before.groups)),
    )


async def workbook_of(db: Database, data: bytes, name: str, *, today: date, year: int | None = None) -> Workbook:
    """An uploaded file as a workbook of one academic year; Refusal or Faults say what is wrong with it.

    `year`: as a person has said. Refusal network-which-year: neither they nor the book tell, and it may be either.
    """
    sheets = await read_sheets(data, name)
    of = await year_of_book(db, sheets, today, year)
    stored = await known(db, of)
    return await asyncio.to_thread(parse_workbook, sheets, academic_year=of, known=stored)


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


async def plan(db: Database, book: Workbook, *, now: datetime, zone: ZoneInfo) -> Plan:
    """What this workbook would change; Faults where it contradicts what is stored. Nothing is written."""
    async with db.read() as tx:
        return await _plan(tx, book, now=now, zone=zone)


async def carry_out(
    db: Database, book: Workbook, *, by: Person | None, now: datetime, zone: ZoneInfo, digest: str | None = None
) -> Plan:
    """Do what the workbook says, tell the families, and say what was done. `by` None: the command line.

    `digest`: of the plan that was confirmed; if the network has changed since, it is refused, to be looked at again.
    """
    if by is not None:
        require(by, "network.load", Thing())
    async with db.write() as tx:
        found = await _plan(tx, book, now=now, zone=zone)
        if digest is not None and digest != found.digest:
            raise Refusal("network-plan-old")
        if found:
            await apply(tx, found, Carrying(None if by is None else by.id, now, zone))
    return found


async def _plan(tx: Tx, book: Workbook, *, now: datetime, zone: ZoneInfo) -> Plan:
    before = await network.stored(tx, book.academic_year)
    today = now.astimezone(zone).date()
    this = running(await years.known(tx), today)
    differences = await asyncio.to_thread(compare, book, before)
    stay = _stay(differences) if book.academic_year != this.year else ()
    lessons = LessonPlan()
    learning = await network.learning(tx)
    if any(getattr(book, sheet) is not None for sheet in _OF_LESSONS):
        stored = await network.lessons(tx, book.academic_year)
        # Thousands of lessons take a third of a second: in a thread, so that people's taps are answered meanwhile.
        lessons = await asyncio.to_thread(Year(book, before, now, zone, learning).lessons, stored)
    notes = check(book, before, differences, lessons, learning)
    outlook = outlook_of(book, before, differences, lessons, today=today, zone=zone)
    ids = {code_key(row.code): row.id for row in before.groups}
    pupils = {pupil for group in outlook.heard(lessons) if group in ids for pupil in learning.get(ids[group], [])}
    reached = await people.families_of(tx, pupils) if pupils else {}
    return Plan(
        book.academic_year,
        differences,
        lessons,
        _subjects(book, before),
        len(reached),
        len(pupils) - len(reached),
        book.notes + notes + tuple(lessons.asks) + tuple(stay),
        lessons.kept if lessons.kept is not None and lessons.kept != (before.changes or "[]") else None,
        outlook.rules,
        outlook.replaced,
        outlook.added,
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


def _subjects(book: Workbook, before: Stored) -> dict[str, str]:
    courses = {code_key(row.code): row.name for row in (*before.courses, *(book.courses or ()))}
    return {code_key(row.code): courses.get(code_key(row.course), row.code) for row in (*before.groups, *(book.groups or ()))}
