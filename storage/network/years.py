"""The academic years the network knows, and how one is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, true, update

from storage.among import among
from storage.db import Tx
from storage.prepared import Prepared, several
from storage.tables import Application, Course, Group, Year


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """«2026/2027»: its first and last teaching day, and the last day of its first half."""

    year: int
    starts_on: date
    ends_on: date
    half_ends_on: date | None = None  # None: 31 December

    @property
    def half(self) -> date:
        """The last day of its first half."""
        return self.half_ends_on or date(self.year, 12, 31)

    @property
    def name(self) -> str:
        """«2026/2027», as papers write it."""
        return f"{self.year}/{self.year + 1}"

    @property
    def short(self) -> str:
        """«2026/27», as pages write it."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"


def year_of(day: date) -> int:
    """The academic year a day lies in, whatever its sheet says of its first and last lesson: September to August."""
    return day.year if day.month >= 9 else day.year - 1


def ahead(year: int, today: date) -> str:
    """The name of an academic year that has not begun; «none» of any other. Pages name the year only where it is not the running one."""
    coming = usual(year)
    return coming.name if coming.starts_on > today else "none"


def usual(year: int) -> AcademicYear:
    """A year nobody has said anything about: September to May, halved at the New Year."""
    return AcademicYear(year, date(year, 9, 1), date(year + 1, 5, 31))


Years = Mapping[int, AcademicYear]


async def known(tx: Tx) -> dict[int, AcademicYear]:
    """Every year something is kept of, the earliest first."""
    return {row.year: AcademicYear(row.year, row.starts_on, row.ends_on, row.half_ends_on) for row in await _KNOWN.rows(tx)}


_KNOWN = Prepared(select(Year.year, Year.starts_on, Year.ends_on, Year.half_ends_on).order_by(Year.year))


async def begin(tx: Tx, year: int) -> None:
    """From now on something is kept of this year: where nobody has said when it begins and ends, it is as usual."""
    if await tx.get(Year, year) is None:
        one = usual(year)
        tx.add(Year(year=one.year, starts_on=one.starts_on, ends_on=one.ends_on, half_ends_on=one.half_ends_on))
        await tx.flush()


async def change(tx: Tx, year: int, **days: date | None) -> None:
    """When a known year begins, ends or is halved."""
    await tx.execute(update(Year).where(Year.year == year).values(days))


async def close(tx: Tx, before: int, at: datetime) -> None:
    """From now on nothing of the years before that one is open."""
    await tx.execute(update(Year).where(Year.year < before, Year.closed_at.is_(None)).values(closed_at=at))


async def of_pupils(tx: Tx, pupils: Collection[int], before: int) -> list[int]:
    """The years before that one for which these pupils applied, the latest first."""
    return await _OF_PUPILS.column(tx, pupils=pupils, before=before)


_OF_PUPILS = Prepared(
    select(Application.year)
    .where(Application.pupil_id.in_(several("pupils")), Application.year < bindparam("before"), Application.state != "draft")
    .distinct()
    .order_by(Application.year.desc())
)


async def of_groups(
    tx: Tx, before: int, *, teachers: Collection[int], organizations: Collection[int], everywhere: bool = False
) -> list[int]:
    """The years before that one with groups of these teachers, or of these partners, or with any; the latest first."""
    whose = true() if everywhere else among((Group.teacher_id, teachers), (Course.organization_id, organizations))
    question = select(Group.year).join(Course, Course.id == Group.course_id).where(Group.year < before, whose)
    return list(await tx.scalars(question.distinct().order_by(Group.year.desc())))
