"""Registers of numbers: which number a school's next paper of a kind gets, held by whoever is about to give it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from storage.db import Tx
from storage.network.years import year_of
from storage.papers.kept import digest
from storage.tables import KeptPaper, Register
from storage.upsert import insert_new

CALENDAR, ACADEMIC = "calendar", "academic"  # by which year a school counts


@dataclass(frozen=True)
class Book:
    """A school's register of one kind of paper in one counted year, and the number that comes next."""

    school_id: int
    kind: str  # order | agreement | report
    year: int
    counted: str  # calendar | academic
    next_number: int
    before: str
    after: str

    @property
    def printed(self) -> str:
        """«46-о»: the next number as the paper says it."""
        return f"{self.before}{self.next_number}{self.after}"


async def book(tx: Tx, school_id: int, kind: str, day: date) -> Book:
    """The register a paper of that day is entered in; in a new year it begins with 1, counted and written as the last one was."""
    last = await tx.scalar(
        select(Register)
        .where(Register.school_id == school_id, Register.kind == kind, Register.year <= day.year)
        .order_by(Register.year.desc())
        .limit(1)
    )
    counted = last.counted if last else CALENDAR
    year = day.year if counted == CALENDAR else year_of(day)
    held = await tx.get(Register, (school_id, kind, year))
    if held is None:
        before, after = (last.before, last.after) if last else ("", "")
        return Book(school_id, kind, year, counted=counted, next_number=1, before=before, after=after)
    return Book(school_id, kind, year, counted=held.counted, next_number=held.next_number, before=held.before, after=held.after)


async def locked(tx: Tx, school_id: int, kind: str, day: date) -> Book:
    """The same, and nobody else gives a number of it until the transaction ends."""
    at = await book(tx, school_id, kind, day)
    await tx.execute(
        insert_new(
            tx,
            Register,
            {
                "school_id": school_id,
                "kind": kind,
                "year": at.year,
                "counted": at.counted,
                "next_number": at.next_number,
                "before": at.before,
                "after": at.after,
            },
        )
    )
    mine = (Register.school_id == school_id, Register.kind == kind, Register.year == at.year)
    await tx.execute(select(Register).where(*mine).with_for_update().execution_options(populate_existing=True))
    return await book(tx, school_id, kind, day)


async def enter(tx: Tx, at: Book, paper: KeptPaper) -> None:
    """Keep a paper under the next number, with its digest; the number after is one more. Of a register that is held."""
    paper.school_id, paper.register, paper.counted_year = at.school_id, at.kind, at.year
    paper.numeral, paper.number, paper.sha256 = at.next_number, at.printed, digest(paper.content)
    tx.add(paper)
    row = await tx.get_one(Register, (at.school_id, at.kind, at.year))
    row.next_number = at.next_number + 1
    await tx.flush()


async def change(tx: Tx, at: Book) -> None:
    """Put another next number, or another way of counting, into a register that is held."""
    row = await tx.get_one(Register, (at.school_id, at.kind, at.year))
    row.next_number, row.before, row.after, row.counted = at.next_number, at.before, at.after, at.counted
    await tx.flush()


async def highest(tx: Tx, at: Book) -> int:
    """The highest number of this register that the bot has given; 0: none."""
    mine = (KeptPaper.school_id == at.school_id, KeptPaper.register == at.kind, KeptPaper.counted_year == at.year)
    return await tx.scalar(select(func.max(KeptPaper.numeral)).where(*mine)) or 0
