"""A family and its journal: the reason of an absence, and what a child's page adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.policy import Person, Thing, require
from bot.reading.journal.codes import grade
from bot.refusals import Refusal
from bot.services.journal.match import MISSED
from storage import audit
from storage.db import Database
from storage.journal import journal as questions
from storage.journal.journal import Line
from storage.journal.writing import Source, Written, write

REASONS = ("sick", "family", "other")
_FAMILY = "family:"  # how a family's reason stands before the teacher's own comment


def reason_of(comment: str | None) -> str | None:
    """The reason a family gave for an absence (REASONS), if it did."""
    return comment.split("\n")[0].removeprefix(_FAMILY) if comment and comment.startswith(_FAMILY) else None


def comment_of(comment: str | None) -> str | None:
    """The teacher's comment, without the family's reason."""
    if comment is None or not comment.startswith(_FAMILY):
        return comment
    return comment.partition("\n")[2] or None


def with_reason(reason: str | None, comment: str | None) -> str | None:
    """Both as they stand in one column: a new file replaces the teacher's comment and keeps the family's reason."""
    return f"{_FAMILY}{reason}\n{comment or ''}" if reason else comment


@dataclass(frozen=True)
class Absence:
    """Who was not there: a child, at one group's lessons of a day."""

    pupil_id: int
    group_id: int
    day: date


async def explain_absence(db: Database, absence: Absence, reason: str, *, by: Person, now: datetime) -> None:
    """A guardian says why the child was not there: for the staff's pages, pushed to nobody. A repeat changes nothing."""
    require(by, "journal.explain", Thing(pupil_id=absence.pupil_id))
    if reason not in REASONS:
        raise Refusal("gone")
    async with db.write() as tx:
        rows = await questions.absences(tx, absence.pupil_id, absence.group_id, absence.day, lock=True)
        if not rows:
            raise Refusal("absence-gone")
        written = []
        for row in rows:
            before = reason_of(row.comment)
            if before == reason:
                continue
            written.append(
                Written(
                    (absence.pupil_id, row.group_id, row.day, row.lesson, row.kind, row.ordinal),
                    row.value,
                    row.work,
                    with_reason(reason, comment_of(row.comment)),
                    row.version,
                    entry_id=row.id,
                )
            )
            audit.log(
                tx,
                by.known,
                "journal.explain",
                ("entry", row.id),
                audit.Change(before={"reason": before} if before else None, after={"reason": reason}),
                now=now,
            )
        await write(tx, Source("family", by.known), written, now=now)


@dataclass(frozen=True)
class Sum:
    """What a child's journal of one course adds up to."""

    course: str
    average: float | None  # of five-point marks; None: there are none
    missed: int
    late: int


def sums(lines: Sequence[Line]) -> list[Sum]:
    """One for each course, by name."""
    found = []
    for course in sorted({line.course for line in lines}):
        mine = [line for line in lines if line.course == course]
        grades = [given for line in mine if line.kind == "mark" and (given := grade(line.value)) is not None]
        attendance = [line.value for line in mine if line.kind == "attendance"]
        found.append(
            Sum(
                course,
                round(sum(grades) / len(grades), 2) if grades else None,
                sum(value in MISSED for value in attendance),
                attendance.count("late"),
            )
        )
    return found
