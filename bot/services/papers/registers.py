"""The school's registers of numbers: what comes next, as the school's own book has it; and days as people type them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from bot.policy import Person, Thing, require
from bot.reading.days import Written, read_day
from bot.reading.fault import Amiss
from bot.refusals import Refusal
from storage import audit
from storage.db import Database, Tx
from storage.papers import registers
from storage.papers.registers import ACADEMIC, CALENDAR, Book

LONGEST = 24  # characters of a number with what stands around it
_NUMBER = re.compile(r"(?:№\s*)?(.*?)(?<!\d)(\d{1,6})(\D*)")


def number_in(typed: str) -> tuple[str, int, str]:
    """«01-08/46-о» → what stands before, the number, what stands after. Refusal: number-unclear."""
    words = " ".join(typed.split())
    found = _NUMBER.fullmatch(words)
    if found is None or len(words) > LONGEST or int(found[2]) == 0:
        raise Refusal("number-unclear")
    return found[1], int(found[2]), found[3]


async def set_next(db: Database, at: Book, typed: str, *, by: Person, now: datetime) -> Book:
    """The next number of a register, as the school's own book has it. Refusals: number-unclear, number-given."""
    require(by, "papers.number", Thing(school_id=at.school_id))
    before, number, after = number_in(typed)
    async with db.write() as tx:
        held = await _held(tx, at)
        highest = await registers.highest(tx, held)
        if number <= highest:
            raise Refusal("number-given", number=str(number), highest=str(highest))
        changed = replace(held, next_number=number, before=before, after=after)
        if changed == held:
            return held
        await registers.change(tx, changed)
        _noted(tx, held, changed, by=by, now=now)
    return changed


async def count_by(db: Database, at: Book, *, academic: bool, by: Person, now: datetime, today: date) -> Book:
    """Count the numbers by academic or by calendar years, from today's year on."""
    require(by, "papers.number", Thing(school_id=at.school_id))
    async with db.write() as tx:
        held = await registers.locked(tx, at.school_id, at.kind, today)
        await registers.change(tx, replace(held, counted=ACADEMIC if academic else CALENDAR))
        changed = await registers.locked(tx, at.school_id, at.kind, today)
        _noted(tx, held, changed, by=by, now=now)
    return changed


async def _held(tx: Tx, at: Book) -> Book:
    """The register as it stands, held; of the year it was shown for."""
    day = date(at.year, 12, 31) if at.counted == CALENDAR else date(at.year, 9, 1)
    return await registers.locked(tx, at.school_id, at.kind, day)


def _noted(tx: Tx, was: Book, now_is: Book, *, by: Person, now: datetime) -> None:
    change = audit.Change(
        before={"next": was.printed, "counted": was.counted}, after={"next": now_is.printed, "counted": now_is.counted}
    )
    audit.log(tx, by.known, f"papers.{was.kind}-number", ("organization", was.school_id), change, now=now)


def day_in(typed: str, year: int) -> date:
    """A day as somebody typed it; without a year, the one of that academic year. Refusal: paper-day-unclear."""
    try:
        said = read_day(typed.strip())
        if isinstance(said, Written) and said.day is not None:
            said = said.in_year(said.year_in(year))
    except Amiss:
        said = None
    if not isinstance(said, date):
        raise Refusal("paper-day-unclear")
    return said
