"""How those who teach and organize get about the lessons: a week or a day of all of them, by partner, group, teacher, place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData

from bot.policy import Person
from bot.refusals import Refusal, stamp
from bot.services.network.years import running_now
from bot.services.timetable.lessons import scope_of
from bot.targets import Lessons
from bot.telegram.pressed import AlsoOld
from bot.visit import Packs
from bot.voice import short_name
from storage.db import Tx
from storage.timetable import timetable, views
from storage.timetable.timetable import Scope
from storage.timetable.views import Narrowed

LABEL = 40  # characters of a name on a button
TEN_YEARS = 3653  # days


class LessonsWeek(AlsoOld, CallbackData, prefix="lessons.week"):
    """A week or a day of lessons: one's own, or narrowed."""

    monday: int = 0  # the ordinal of a day of it; 0: today's
    group: int = 0
    page: int = 0
    days: int = 7  # 1: that day alone
    partner: int = 0
    teacher: int = 0
    place: str = ""  # the stamp of a place of the list
    everyone: int = 0  # 1: of everybody's whom one may see, not one's own alone


class LessonsPicture(LessonsWeek, prefix="lessons.picture"):
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


@dataclass(frozen=True)
class Looked:
    """What a page of lessons is narrowed to, and how it is called."""

    narrowed: Narrowed
    what: str = ""  # partner | teacher | place; empty: the page needs no such line
    name: str = ""


def heads(person: Person) -> bool:
    """Whether somebody looks at the whole network: its coordinators and directors."""
    return bool(person.organizations_as("coordinator", "director"))


def organizes(person: Person) -> bool:
    """Whether there are other people's lessons to choose from."""
    return heads(person) or bool(person.organizations_as("partner"))


def scope(person: Person, at: LessonsWeek) -> Scope:
    """One's own week holds one's own lessons, not the whole network's; what was chosen may be anybody's one may see."""
    whole = scope_of(person)
    chosen = at.group or at.partner or at.teacher or at.place or at.everyone
    return whole if chosen else Scope(whole.teachers, whole.organizations)


async def looked(tx: Tx, person: Person, at: LessonsWeek, today: date) -> Looked:
    """What a button means; Refusal where what it names is gone, or is nothing of theirs."""
    if at.partner:
        name = dict(await views.partners(tx)).get(at.partner)
        return Looked(Narrowed(partner=at.partner), "partner", short_name(_there(name)))
    if at.teacher:
        names = dict(await views.teachers(tx, scope_of(person), await two_years(tx, today)))
        return Looked(Narrowed(teacher=at.teacher), "teacher", _there(names.get(at.teacher)))
    if at.place:
        for partner, name, place in await views.places(tx, scope_of(person), await two_years(tx, today)):
            if stamp(partner, place) == at.place:
                return Looked(Narrowed(place=(partner, place)), "place", f"{short_name(name)}, {timetable.short(place)}")
        raise Refusal("gone")
    return Looked(Narrowed(group=at.group))


def _there(name: str | None) -> str:
    if name is None:
        raise Refusal("gone")
    return name


async def two_years(tx: Tx, today: date) -> tuple[int, int]:
    """The academic year that runs, and the next."""
    this = (await running_now(tx, today)).year
    return this, this + 1


def back(person: Person, at: LessonsWeek) -> Packs | None:
    """One step back from a list of lessons; None: it is where one begins."""
    if at.teacher:
        return LessonsTeachers()
    if at.place:
        return LessonsPlaces()
    if at.group or at.partner or at.everyone:
        return LessonsPartners() if heads(person) else Lessons()
    return None


def day_of(ordinal: int, today: date) -> date:
    """The day a button means; one of no day of our age means today."""
    near = abs(ordinal - today.toordinal()) < TEN_YEARS
    return date.fromordinal(ordinal) if near else today


def monday_of(ordinal: int, today: date) -> date:
    """The Monday of the week a button means."""
    meant = day_of(ordinal, today)
    return meant - timedelta(days=meant.weekday())


def label(name: str) -> str:
    return name if len(name) <= LABEL else name[: LABEL - 1] + "…"
