"""Where buttons lead: papers and reports."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Papers(Target, prefix="papers"):
    """The school's papers: order, lists of groups, requests."""


@dataclass(frozen=True)
class ApplicationFile(Target, prefix="papers.application"):
    """The application as a paper to sign: this version of what was handed in; 0 the last."""

    application: int
    version: int = 0


@dataclass(frozen=True)
class ConsentPaper(Target, prefix="papers.consent"):
    """The consents for a child on paper."""

    pupil: int


@dataclass(frozen=True)
class Agreements(Target, prefix="papers.agreements"):
    """The agreements with the partners."""

    page: int = 0


@dataclass(frozen=True)
class Reports(Target, prefix="reports"):
    """The school's reports: how far the wishes came."""


@dataclass(frozen=True)
class JournalReport(Target, prefix="report.journal"):
    """The journal's report: of a year (0: the running one), of a part of it (3: the half-year that runs)."""

    year: int = 0
    period: int = 3
    page: int = 0


@dataclass(frozen=True)
class UnkeptReport(Target, prefix="report.unkept"):
    """The lessons of a period of which the journal says nothing."""

    year: int = 0
    period: int = 0
    page: int = 0
