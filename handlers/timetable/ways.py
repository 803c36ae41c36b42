"""How those who teach and organize get about the lessons: a week or a day of all of them, by partner, group, teacher, place."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.policy import Person
from bot.services.timetable.views.narrowing import Asked, asked, heads
from bot.targets import Lessons
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Packs, Visit


class LessonsWeek(AlsoOld, CallbackData, prefix="lessons.week"):
    """A week or a day of lessons: one's own, or narrowed."""

    monday: int = 0  # the ordinal of a day of it; 0: today's
    group: int = 0
    page: int = 0
    days: int = 7  # 1: that day alone
    by: str = ""  # what it is narrowed by: partner | teacher | place | all; empty: a group, or nothing
    which: str = ""  # a number, of a place the stamp

    @property
    def asked(self) -> Asked:
        return asked(self.by, self.which, self.group)


class LessonsPicture(CallbackData, prefix="lessons.picture"):
    """The same week as a picture."""

    monday: int
    group: int = 0
    by: str = ""
    which: str = ""
    dark: int = 0  # 1: light on dark

    @classmethod
    def of(cls, week: LessonsWeek, *, dark: bool) -> LessonsPicture:
        return cls(monday=week.monday, group=week.group, by=week.by, which=week.which, dark=int(dark))

    @property
    def week(self) -> LessonsWeek:
        return LessonsWeek(monday=self.monday, group=self.group, by=self.by, which=self.which)


class LessonsPartners(AlsoOld, CallbackData, prefix="lessons.partners"):
    """The partners, for a coordinator to choose one."""

    year: int = 0  # an academic year that is over; 0: the one that runs, and the next
    page: int = 0


class LessonsGroups(AlsoOld, CallbackData, prefix="lessons.groups"):
    organization: int  # 0: one's own groups
    year: int = 0
    page: int = 0


class LessonRoll(CallbackData, prefix="lesson.roll"):
    """The pupils of a lesson, of whom it can be said that they will not come."""

    lesson: int
    page: int = 0


class LessonsTeachers(CallbackData, prefix="lessons.teachers"):
    page: int = 0


class LessonsPlaces(CallbackData, prefix="lessons.places"):
    page: int = 0


def whose_of(at: LessonsWeek) -> str:
    """Whose lessons a list holds, as a change of several lessons means it (bot/services/timetable/periods/meant.py)."""
    match at.by:
        case "teacher" | "partner":
            return f"{at.by[0]}{at.which}"
        case "place":
            return f"x{at.which}"
        case "all":
            return "a"
    return f"g{at.group}" if at.group else "o"


def back(person: Person, at: LessonsWeek) -> Packs | None:
    """One step back from a list of lessons; None: it is where one begins."""
    match at.by:
        case "teacher":
            return LessonsTeachers()
        case "place":
            return LessonsPlaces()
        case "" if not at.group:
            return None
    return LessonsPartners() if heads(person) else Lessons()


def as_picture(visit: Visit, to: Packs, *, below: bool, dark: bool) -> Button:
    """To the week as a picture; below one, to the same in the other light."""
    if not below:
        return visit.button("button-picture", to)
    return visit.button("button-picture-dark", to) if dark else visit.button("button-picture-light", to)
