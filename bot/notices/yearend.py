"""What is said at the end of a year: to families how it ended, to staff of whom nobody has said it yet."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notices import Notice, Unsaid
from bot.notices.enrollment import _OfChoice
from bot.targets import Target, YearEnd, YearUnfinished


@dataclass(frozen=True, kw_only=True)
class _OfYearEnd(_OfChoice):
    """To the family: about how the year ended in one course."""

    outcome: str  # completed | failed | left | continues | unfinished | closed

    @property
    def topic(self) -> str:
        return f"choice:{self.id_choice}:year-end"


@dataclass(frozen=True, kw_only=True)
class YearEnded(_OfYearEnd, Notice):
    """How the year ended for the child in this course."""

    def after(self, older: Notice) -> Notice | None:
        """Said, taken back and said again: they know."""
        return None if isinstance(older, YearEndTakenBack) and older.outcome == self.outcome else self


@dataclass(frozen=True, kw_only=True)
class YearEndTakenBack(_OfYearEnd, Notice):
    """The teacher or the partner has taken the answer back. `outcome`: that answer."""

    def after(self, older: Notice) -> Notice | None:
        """Who has not heard the answer need not hear that it was taken back."""
        return None if isinstance(older, YearEnded) else self


@dataclass(frozen=True, kw_only=True)
class YearEndWaits(Notice):
    """To a teacher or a partner: so many pupils of their groups have no answer yet. No name."""

    id_year: Unsaid[int]
    id_week: Unsaid[str]
    year: str  # «2026/2027»
    pupils: int
    groups: int

    @property
    def topic(self) -> str:
        return f"year-end:{self.id_year}"

    @property
    def version(self) -> str:
        return self.id_week

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-year-end-open", YearEnd())]


@dataclass(frozen=True, kw_only=True)
class YearClosed(Notice):
    """To a school's coordinators: the year is closed, for so many pupils without a result («без итога»)."""

    id_year: Unsaid[int]
    id_school: Unsaid[int]
    year: str
    pupils: int

    @property
    def topic(self) -> str:
        return f"year-closed:{self.id_year}:{self.id_school}"

    @property
    def version(self) -> str:
        return "closed"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-year-unfinished", YearUnfinished(self.id_year))] if self.pupils else []
