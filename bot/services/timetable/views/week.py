"""Some days of the timetable as somebody sees them: what stands, what was moved out of them, whose lesson it is, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.services.workdays import monday_of
from storage.db import Tx
from storage.enrollment import enrollment, yearend
from storage.people import people
from storage.timetable import absences, views
from storage.timetable.timetable import Scope, Stood
from storage.timetable.views import Narrowed

TEN_YEARS = 3653  # days
SOON = timedelta(hours=12)  # before a lesson of today it is said in how long it begins


@dataclass(frozen=True)
class Days:
    """Whole days by the network's clock, from the first on."""

    first: date
    count: int
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        return midnight(self.first + timedelta(days=self.count), self.zone)


def day_of(ordinal: int, today: date) -> date:
    """The day a button means; one of no day of our age means today."""
    near = abs(ordinal - today.toordinal()) < TEN_YEARS
    return date.fromordinal(ordinal) if near else today


def week_of(ordinal: int, today: date) -> date:
    """The Monday of the week a button means."""
    return monday_of(day_of(ordinal, today))


@dataclass(frozen=True)
class Shown:
    """A lesson where some days show it: where it stands, or, struck out, where it was to be before it was moved to another day."""

    lesson: Stood
    starts_at: datetime
    ends_at: datetime
    left: bool = False
    away: tuple[int, ...] = ()  # of the family's children those of whom it has been said that they will not come

    @property
    def state(self) -> str:
        """cancelled | left | moved | plain."""
        if self.lesson.cancelled_at is not None:
            return "cancelled"
        if self.left:
            return "left"
        return "plain" if self.lesson.starts_at == self.lesson.plan_starts_at else "moved"


def shown(lessons: Iterable[Stood], days: Days) -> list[Shown]:
    """What these days show of some lessons, in order. One moved within its day stands once."""
    found: list[Shown] = []
    begins, ends = days.begins, days.ends
    for each in lessons:
        if begins <= each.starts_at < ends:
            found.append(Shown(each, each.starts_at, each.ends_at))
        if each.starts_at != each.plan_starts_at and begins <= each.plan_starts_at < ends:
            was, now = (at.astimezone(days.zone).date() for at in (each.plan_starts_at, each.starts_at))
            if was != now:
                found.append(Shown(each, each.plan_starts_at, each.plan_ends_at, left=True))
    return sorted(found, key=lambda one: (one.starts_at, one.lesson.id))


@dataclass(frozen=True)
class Family:
    """Whose timetable it is: the groups in which each child learns, and how the children are called."""

    learning: Mapping[int, Collection[int]]
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def groups(self) -> set[int]:
        return {group for some in self.learning.values() for group in some}

    def learners(self, group: int) -> list[int]:
        """The family's children who learn in a group."""
        return [pupil for pupil in self.names or self.learning if group in self.learning.get(pupil, ())]

    def who(self, group: int) -> str:
        """Their first names; empty where there is but one child to speak of."""
        return ", ".join(self.names[pupil] for pupil in self.learners(group) if pupil in self.names)


async def family(tx: Tx, pupils: Collection[int], year: int = 0) -> Family:
    """These pupils with the groups they learn in now, or learnt in an academic year that is over."""
    learning = await (yearend.groups_of_pupils(tx, pupils, year) if year else enrollment.groups_of_pupils(tx, pupils))
    return Family(learning, await people.first_names(tx, learning) if len(pupils) > 1 else {})


async def lessons_of(tx: Tx, whose: Family, days: Days) -> list[Shown]:
    """What a family's timetable shows of some days."""
    found = shown(await views.of_groups(tx, whose.groups, days.begins, days.ends), days)
    said = await absences.away(tx, whose.learning, days.first, days.first + timedelta(days=days.count - 1)) if found else {}
    return [replace(one, away=_away(one.lesson, whose, said, days.zone)) for one in found] if said else found


def _away(lesson: Stood, whose: Family, said: Mapping[int, Collection[absences.Away]], zone: ZoneInfo) -> tuple[int, ...]:
    return tuple(pupil for pupil in whose.learners(lesson.group_id) if absences.covered(said.get(pupil, ()), lesson, zone))


async def lessons_taught(tx: Tx, scope: Scope, narrowed: Narrowed, days: Days) -> list[Shown]:
    """What a member of the staff sees of some days."""
    return shown(await views.taught(tx, scope, narrowed, days.begins, days.ends), days)


@dataclass(frozen=True)
class Next:
    """The family's next lesson, and how long the way there takes."""

    lesson: Stood
    road: int  # minutes; 0: nobody has said
    now: datetime

    @property
    def goes_on(self) -> bool:
        return self.lesson.starts_at <= self.now

    @property
    def left(self) -> int:
        """Whole minutes until it begins, at least one."""
        return max(1, -(-int((self.lesson.starts_at - self.now).total_seconds()) // 60))

    def soon(self, zone: ZoneInfo) -> bool:
        """It is today's, and near."""
        today, day = (at.astimezone(zone).date() for at in (self.now, self.lesson.starts_at))
        return day == today and self.lesson.starts_at - self.now < SOON


async def next_of(tx: Tx, whose: Family, now: datetime) -> Next | None:
    """The family's next lesson that is not cancelled, or the one that goes on; None: there is none."""
    lesson = await views.next_lesson(tx, whose.groups, now)
    if lesson is None:
        return None
    return Next(lesson, await views.road(tx, whose.learners(lesson.group_id), lesson.organization_id), now)


async def colours_of(tx: Tx, pupils: Collection[int], groups: Collection[int], year: int) -> dict[int, int]:
    """By group the number of its course's colour: a family's first course has the first, whichever of its children is looked
    at, and keeps it all year.
    """
    order = await views.courses_in_order(tx, pupils, year)
    courses = await views.courses_of_groups(tx, groups)
    return {group: order.index(course) for group, course in courses.items() if course in order}


async def colours_taught(tx: Tx, scope: Scope, years: tuple[int, int]) -> dict[int, int]:
    """The same for a member of the staff: by group the number of its course among all of theirs in these years."""
    groups = await views.groups(tx, scope, years)
    courses = sorted({(group.year, group.course) for group in groups})
    return {group.id: courses.index((group.year, group.course)) for group in groups}
