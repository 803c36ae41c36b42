"""Where buttons lead: a family's week, the staff's lessons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Timetable(Target, prefix="timetable"):
    """The family's week."""


@dataclass(frozen=True)
class WeekPicture(Target, prefix="timetable.picture"):
    """A week as a picture, with its page below."""

    monday: int  # the ordinal of a day of it
    year: int = 0  # of an academic year that is over
    child: int = 0  # 0: all of the family's
    dark: int = 0  # 1: light on dark


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


@dataclass(frozen=True)
class NetworkDay(Target, prefix="network.day"):
    """The network's day: lessons by partner, changes, who will not come."""

    day: int = 0  # its ordinal; 0: today
    page: int = 0


@dataclass(frozen=True)
class Reminders(Target, prefix="reminders"):
    """When a family is reminded of lessons."""


@dataclass(frozen=True)
class AbsenceOn(Target, prefix="absence"):
    """Who of the family will not come on a day, and what has been said of later ones."""

    day: int = 0  # its ordinal; 0: today


@dataclass(frozen=True)
class ClassAbsences(Target, prefix="absence.classes"):
    """The classes that stay at home."""

    page: int = 0
