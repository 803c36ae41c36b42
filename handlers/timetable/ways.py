"""How those who teach and organize get about the lessons: a week or a day of all of them, by partner, group, teacher, place."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.policy import Person
from bot.services.timetable.views.narrowing import Asked, heads
from bot.targets import Lessons
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Packs, Visit


class LessonsWeek(AlsoOld, CallbackData, prefix="lessons.week"):
    """A week or a day of lessons: one's own, or narrowed."""

    monday: int = 0  # the ordinal of a day of it; 0: today's
    group: int = 0
    page: int = 0
    days: int = 7  # 1: that day alone
    partner: int = 0
    teacher: int = 0
    place: str = ""
    everyone: int = 0

    @property
    def asked(self) -> Asked:
        return Asked(self.group, self.partner, self.teacher, self.place, bool(self.everyone))


class LessonsPicture(LessonsWeek, CallbackData, prefix="lessons.picture"):
    """The same week as a picture."""

    dark: int = 0  # 1: light on dark


class LessonsPartners(AlsoOld, CallbackData, prefix="lessons.partners"):
    """The partners, for a coordinator to choose one."""

    year: int = 0  # an academic year that is over; 0: the one that runs, and the next


class LessonsGroups(AlsoOld, CallbackData, prefix="lessons.groups"):
    organization: int  # 0: one's own groups
    year: int = 0


class LessonsTeachers(CallbackData, prefix="lessons.teachers"):
    page: int = 0


class LessonsPlaces(CallbackData, prefix="lessons.places"):
    page: int = 0


def back(person: Person, at: LessonsWeek) -> Packs | None:
    """One step back from a list of lessons; None: it is where one begins."""
    if at.teacher:
        return LessonsTeachers()
    if at.place:
        return LessonsPlaces()
    if at.group or at.partner or at.everyone:
        return LessonsPartners() if heads(person) else Lessons()
    return None


def as_picture(visit: Visit, to: Packs, *, below: bool, dark: bool) -> Button:
    """To the week as a picture; below one, to the same in the other light."""
    if not below:
        return visit.button("button-picture", to)
    return visit.button("button-picture-dark", to) if dark else visit.button("button-picture-light", to)
