"""Where buttons lead: distributions of places."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class WantedHome(Target, prefix="allocation.wanted"):
    """How many courses are wished for in all; `wanted` 0 asks."""

    application: int
    wanted: int


@dataclass(frozen=True)
class Lottery(Target, prefix="allocation.lottery"):
    """A published distribution, as anybody may check it."""

    id: int


@dataclass(frozen=True)
class AllocationHome(Target, prefix="allocation"):
    """The distributions of places."""


@dataclass(frozen=True)
class Exceptions(Target, prefix="exception.list"):
    """Courses for which children wait: a place by hand."""

    page: int = 0


@dataclass(frozen=True)
class AllocationOf(Target, prefix="allocation.look"):
    """One distribution."""

    id: int
