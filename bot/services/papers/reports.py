"""The report of a half-year or a year as it is handed in: numbered by a register, kept as it went, given out again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Moment
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.papers.kept import kept_paper
from bot.services.papers.orders import TRIES
from storage.db import Database
from storage.papers import kept, registers
from storage.papers.kept import Kept
from storage.tables import KeptPaper

REPORT = "report"  # the kind of the paper, and of its register


@dataclass(frozen=True)
class HandedIn:
    """Which report it is: of a school's year and period; `digest`: of what it says, so that the same one is kept once."""

    school_id: int
    year: int
    period: int
    digest: str
    name: str  # of the file


async def hand_in(db: Database, report: HandedIn, draw: Callable[[str], Awaitable[bytes]], *, by: Person, at: Moment) -> Kept:
    """Give the report the next number and keep it as it is now; what is kept already is given back as it went.

    `draw` makes the file with its number. Refusals: not-yours, those of a template.
    """
    require(by, "papers.issue", Thing(school_id=report.school_id))
    of = f"report:{report.year}:{report.period}:{report.digest[:32]}"
    for _ in range(TRIES):
        async with db.read() as tx:
            before = await kept.of_school(tx, report.school_id, of)
            number = (await registers.book(tx, report.school_id, REPORT, at.today)).printed
        if before is not None:
            return await kept_paper(db, before, by=by)
        content = await draw(number)
        async with db.write() as tx:
            book = await registers.locked(tx, report.school_id, REPORT, at.today)
            if book.printed != number or await kept.of_school(tx, report.school_id, of) is not None:
                continue
            paper = KeptPaper(
                year=report.year, kind=REPORT, day=at.today, of=of, name=report.name, content=content,
                made_at=at.now, made_by=by.known,
            )  # fmt: skip
            await registers.enter(tx, book, paper)
            number_of = paper.id
        return await kept_paper(db, number_of, by=by)
    raise Refusal("try-again")
