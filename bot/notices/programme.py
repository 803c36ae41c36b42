"""What staff hear of the agreeing of courses; what is said of pupils' achievements."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notices import Notice, Unsaid
from bot.notices.enrollment import _Fitting
from bot.targets import AchievementsWaiting, AgreeingPage, PortfolioOf, Target


@dataclass(frozen=True, kw_only=True)
class AgreeingAsked(_Fitting, Notice):
    """To the partner's administrator: a school asks to agree a course."""

    id_agreeing: Unsaid[int]
    version_number: int
    course: str
    school: str

    @property
    def topic(self) -> str:
        return f"agreeing:{self.id_agreeing}"

    @property
    def version(self) -> str:
        return "asked"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-agreeing-open", AgreeingPage(self.id_agreeing))]


@dataclass(frozen=True, kw_only=True)
class AgreeingAnswered(_Fitting, Notice):
    """To the school's coordinators: the partner has answered."""

    id_agreeing: Unsaid[int]
    id_at: Unsaid[str]
    course: str
    partner: str
    answer: str  # agreed | remarks
    remarks: str

    @property
    def topic(self) -> str:
        return f"agreeing:{self.id_agreeing}:answered"

    @property
    def version(self) -> str:
        return self.id_at

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-agreeing-open", AgreeingPage(self.id_agreeing))]


@dataclass(frozen=True, kw_only=True)
class AchievementWaits(Notice):
    """To the pupil's teachers: a family has told of an achievement. Whose and what stands on the page."""

    id_achievement: Unsaid[int]

    @property
    def topic(self) -> str:
        return f"achievement:{self.id_achievement}"

    @property
    def version(self) -> str:
        return "waits"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-achievement-open", AchievementsWaiting())]


@dataclass(frozen=True, kw_only=True)
class AchievementDecided(_Fitting, Notice):
    """To the family: what the teacher said to it."""

    id_achievement: Unsaid[int]
    id_pupil: Unsaid[int]
    child: str
    line: str
    state: str  # confirmed | declined

    @property
    def topic(self) -> str:
        return f"achievement:{self.id_achievement}:decided"

    @property
    def version(self) -> str:
        return self.state

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-portfolio", PortfolioOf(self.id_pupil))]
