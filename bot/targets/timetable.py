"""Where buttons lead: a family's week, the staff's lessons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Timetable(Target, prefix="timetable"):
    """The family's week."""


@dataclass(frozen=True)
class LessonSeen(Target, prefix="lesson.seen"):
    """«Ознакомлен(а)»."""

    change: int
    pupil: int


@dataclass(frozen=True)
class Lessons(Target, prefix="lessons"):
    """A teacher's lessons."""


@dataclass(frozen=True)
class LessonPage(Target, prefix="lesson"):
    """One lesson, for the staff."""

    lesson: int


@dataclass(frozen=True)
class Subscription(Target, prefix="feed"):
    """«Подписка»: the timetable in the telephone's own calendar."""
