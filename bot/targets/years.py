"""Where buttons lead: the end of a year, and the years that are past."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class YearEnd(Target, prefix="year.end"):
    """The groups at whose end somebody is asked."""

    page: int = 0


@dataclass(frozen=True)
class YearUnfinished(Target, prefix="year.unfinished"):
    """The pupils of a school whose year was closed without a result."""

    year: int
    page: int = 0


@dataclass(frozen=True)
class PastYears(Target, prefix="past"):
    """The years that are over."""


@dataclass(frozen=True)
class PastYear(Target, prefix="past.year"):
    """One of them: what can be read of it."""

    year: int


@dataclass(frozen=True)
class PastJournal(Target, prefix="past.journal"):
    """Its journal: of one's children, or of one's groups."""

    year: int


@dataclass(frozen=True)
class PastTimetable(Target, prefix="past.timetable"):
    """Its lessons, from the last week on backwards: a family's."""

    year: int


@dataclass(frozen=True)
class PastLessons(Target, prefix="past.lessons"):
    """The same for those who teach and organize."""

    year: int


@dataclass(frozen=True)
class PastApplications(Target, prefix="past.applications"):
    """Its applications: a family's; for a coordinator, those of the school."""

    year: int
    page: int = 0


@dataclass(frozen=True)
class PastRequests(Target, prefix="past.requests"):
    """Its requests to partners."""

    year: int
    page: int = 0


@dataclass(frozen=True)
class PastPapers(Target, prefix="past.papers"):
    """Its orders and lists of groups."""

    year: int
