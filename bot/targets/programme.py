"""Where buttons lead: the programme, its criteria, what is agreed with partners, portfolios."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class AgreeingHome(Target, prefix="agree"):
    """The courses and how far their agreeing has come."""

    page: int = 0


@dataclass(frozen=True)
class AgreeingPage(Target, prefix="agree.one"):
    """A course as it was sent to be agreed."""

    agreeing: int


@dataclass(frozen=True)
class CriteriaHome(Target, prefix="criteria"):
    """The criteria of a year, 0: the running one; of a school, 0: the first its head heads."""

    year: int = 0
    school: int = 0


@dataclass(frozen=True)
class PortfolioHome(Target, prefix="portfolio"):
    """A family's children, or a teacher's pupils: whose portfolio."""

    page: int = 0


@dataclass(frozen=True)
class PortfolioOf(Target, prefix="portfolio.of"):
    """A pupil's year."""

    pupil: int


@dataclass(frozen=True)
class AchievementsWaiting(Target, prefix="portfolio.waits"):
    """Achievements that wait to be confirmed."""

    page: int = 0
