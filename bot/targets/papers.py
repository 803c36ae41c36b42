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
class Reports(Target, prefix="reports"):
    """The school's reports: how far the wishes came."""
