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
