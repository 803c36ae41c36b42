"""Where buttons lead: applications, the family's and the school's queue of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Applications(Target, prefix="applications"):
    """A family's applications; for a coordinator, those of the school."""


@dataclass(frozen=True)
class PaperPage(Target, prefix="apply.paper"):
    """One application, with what came of its wishes."""

    application: int


@dataclass(frozen=True)
class Draft(Target, prefix="apply.draft"):
    """An application being written, or changed before it is decided."""

    application: int


@dataclass(frozen=True)
class AddToDraft(Target, prefix="apply.add"):
    """Put a course into the child's application."""

    course: int
    pupil: int


@dataclass(frozen=True)
class AskAnyway(Target, prefix="apply.anyway"):
    """Put a course into the child's application although the hours stand against it."""

    course: int
    pupil: int


@dataclass(frozen=True)
class Inbox(Target, prefix="inbox"):
    """What waits for this member of staff to decide."""


@dataclass(frozen=True)
class EnterHome(Target, prefix="enter"):
    """Handing in an application for a family."""


@dataclass(frozen=True, kw_only=True)
class DecisionPast(Target, prefix="inbox.past"):
    """What happened to an application, and the part of the queue to go back to."""

    show: str = "n"
    course: int = 0
    org: int = 0
    like: int = 0
    application: int
    page: int = 0
