"""Where buttons lead: the network's resources."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Resources(Target, prefix="resources"):
    """The catalogue by kinds."""


@dataclass(frozen=True)
class ResourcePage(Target, prefix="resource"):
    """One resource, and the page of the catalogue to go back to."""

    resource: int
    at: str = ""


@dataclass(frozen=True)
class MyBookings(Target, prefix="book.mine"):
    """What somebody has booked and is not over."""

    page: int = 0


@dataclass(frozen=True)
class Files(Target, prefix="files"):
    """What stands with a resource or a course, one of them; `at`: where in the catalogue to go back to."""

    resource: int = 0
    course: int = 0
    page: int = 0
    at: str = ""
