"""The half-year's report and its task of the roadmap (6): one press makes the report the task's proof."""

from __future__ import annotations

from datetime import date, datetime

from bot.clock import Moment
from bot.policy import Person, can
from bot.services.journal.report import Report
from bot.services.roadmap.evidence import Proven, close_on
from bot.services.roadmap.roadmap import Proof, finish, scope_of, thing_of
from storage.db import Database
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Standing

_WORD = "отч"  # a workbook may give the number to another task: the step speaks of a report


async def half_year_task(db: Database, report: Report, *, by: Person) -> Standing | None:
    """The open task this report would close, that this person may close; None: there is none, or it is of no half-year."""
    if report.period.half is None:
        return None
    async with db.read() as tx:
        found = [
            task
            for task in await roadmap.of_half_years(tx, scope_of(by), report.year.year)
            if _WORD in f"{task.task} {task.result}".lower()
            and _half(task, report) == report.period.half
            and can(by, "roadmap.act", thing_of(task))
        ]
    return min(found, key=lambda task: task.id, default=None)


def _half(task: Standing, report: Report) -> int:
    """Whose half-year a deadline closes: the first one's report is due at the New Year, or put off into the winter."""
    return 1 if task.due_on < date(report.year.year + 1, 3, 1) else 2


async def half_year_made(db: Database, report: Report, *, by: Person, at: Moment) -> bool:
    """The report of a half-year that is over has been made: its tasks at the schools of whoever made it close by themselves.

    Of a half-year that still runs it is a look, and whoever wants it as the proof presses so. Returns whether a task was closed.
    """
    half = report.period.half
    if half is None or at.today <= report.last:
        return False
    facts: dict[str, str | int | date] = {"half": half, "last": at.today}
    year, closed = report.year.year, list[int]()
    async with db.write() as tx:
        for school in sorted(by.organizations_as("coordinator", "director")):
            proven = Proven("report", school, year, None, facts)
            turn = {"until": date(year + 1, 3, 1)} if half == 1 else {"since": date(year + 1, 3, 1)}
            closed += await close_on(tx, proven, now=at.now, **turn)
    return bool(closed)


async def close_half_year(db: Database, task_id: int, file: tuple[str, bytes], *, by: Person, now: datetime) -> None:
    """Close it with the report as its document. Again changes nothing. Refusals: those of `finish`."""
    await finish(db, task_id, Proof(file=file), by=by, now=now)
