"""The calendar study plan (regulation, step 5): what is planned by group and month, teachers' load, and fact against plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.clock import Moment
from bot.paging import Page, page_of
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.journal.report import hours_of
from bot.services.network.years import running_now
from bot.services.workdays import monday_of
from storage.db import Database, Tx
from storage.journal.reporting import Held
from storage.timetable import study_plan as questions
from storage.timetable.study_plan import Fact, Partner, Planned

MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)  # of an academic year, in its order


@dataclass(frozen=True)
class GroupPlan:
    """A group's year. Lessons that make up for others are in no plan: they are counted beside it."""

    lessons: tuple[Planned, ...]
    months: Counter[int]  # planned lessons by month
    times: tuple[tuple[int, str], ...]  # (weekday, «15:00–16:30») of most of them, as planned
    first: date
    last: date
    planned: int
    hours: int  # academic hours planned
    held: int  # over and not cancelled, of the plan
    cancelled: int
    made_up: int  # lessons held or still to be held in place of cancelled ones
    ahead: int

    @property
    def of(self) -> Planned:
        return self.lessons[0]


@dataclass(frozen=True)
class Load:
    """What a teacher gives in a group over the year, standing in for others too."""

    teacher: str
    organization: str
    course: str
    group: str
    lessons: int
    hours: int
    weeks: int  # in which there is a lesson

    @property
    def a_week(self) -> float:
        return round(self.hours / self.weeks, 1) if self.weeks else 0.0


@dataclass(frozen=True)
class StudyPlan:
    year: int
    groups: tuple[GroupPlan, ...]
    loads: tuple[Load, ...]
    made_on: date


PARTNERS = 20  # a page


@dataclass(frozen=True)
class Facts:
    """A page of the partners with what became of their plans, by organization."""

    year: int
    groups: int  # of all of them
    here: Page[Partner]
    of: dict[int, Fact]


async def fact_against_plan(db: Database, page: int, *, by: Person, at: Moment) -> Facts:
    """Of the year that runs. Refusals: not-yours, study-plan-empty."""
    require(by, "reports.see", Thing())
    async with db.read() as tx:
        year = (await running_now(tx, at.today)).year
        partners = await questions.partners_of_year(tx, year)
        here = page_of(partners, page, PARTNERS)
        of = await questions.facts_of_year(tx, year, [one.id for one in here.some], at.now)
    if not partners:
        raise Refusal("study-plan-empty")
    return Facts(year, sum(one.groups for one in partners), here, of)


async def study_plan(db: Database, *, by: Person, at: Moment) -> StudyPlan:
    """Of the year that runs, every partner's groups. Refusals: not-yours, study-plan-empty."""
    require(by, "reports.see", Thing())
    async with db.read() as tx:
        plan = await plan_of(tx, (await running_now(tx, at.today)).year, at)
    if not plan.groups:
        raise Refusal("study-plan-empty")
    return plan


async def plan_of(tx: Tx, year: int, at: Moment) -> StudyPlan:
    """Of a year, every partner's groups; none where it has no lessons."""
    lessons = await questions.lessons_of_year(tx, year)
    groups = [_group(tuple(some), at) for _, some in groupby(lessons, key=lambda one: one.group_id)]
    return StudyPlan(year, tuple(groups), tuple(_loads(lessons, at.zone)), at.today)


def _group(lessons: tuple[Planned, ...], at: Moment) -> GroupPlan:
    plan = [one for one in lessons if not one.makes_up]
    days = [one.plan_starts_at.astimezone(at.zone).date() for one in plan] or [lessons[0].starts_at.astimezone(at.zone).date()]
    standing = [one for one in plan if not one.cancelled]
    held = [one for one in standing if one.ends_at <= at.now]
    return GroupPlan(
        lessons=lessons,
        months=Counter(day.month for day in days) if plan else Counter(),
        times=_times(plan, at.zone),
        first=min(days),
        last=max(days),
        planned=len(plan),
        hours=hours_of(_as_planned(plan)),
        held=len(held),
        cancelled=len(plan) - len(standing),
        made_up=sum(1 for one in lessons if one.makes_up and not one.cancelled),
        ahead=len(standing) - len(held),
    )


def _as_planned(some: Iterable[Planned]) -> list[Held]:
    return [Held(one.id, one.group_id, one.plan_starts_at, one.plan_ends_at) for one in some]


def _as_given(some: Iterable[Planned]) -> list[Held]:
    return [Held(one.id, one.group_id, one.starts_at, one.ends_at) for one in some]


def _times(plan: Sequence[Planned], zone: ZoneInfo) -> tuple[tuple[int, str], ...]:
    """The weekly hours: those at which at least every fourth lesson of its weekday is planned."""
    found: Counter[tuple[int, str]] = Counter()
    for one in plan:
        starts, ends = one.plan_starts_at.astimezone(zone), one.plan_ends_at.astimezone(zone)
        found[starts.weekday(), f"{starts:%H:%M}–{ends:%H:%M}"] += 1
    of_day: Counter[int] = Counter()
    for (weekday, _), count in found.items():
        of_day[weekday] += count
    return tuple(sorted(each for each, count in found.items() if count * 4 >= of_day[each[0]]))


def _loads(lessons: Sequence[Planned], zone: ZoneInfo) -> list[Load]:
    """What is not cancelled, by teacher and group."""
    given = sorted((one for one in lessons if not one.cancelled), key=lambda one: (one.teacher, one.course, one.group_id))
    found = []
    for (teacher, _, _), some in groupby(given, key=lambda one: (one.teacher, one.course, one.group_id)):
        mine = list(some)
        weeks = {monday_of(one.starts_at.astimezone(zone).date()) for one in mine}
        of = mine[0]
        found.append(Load(teacher, of.organization, of.course, of.group, len(mine), hours_of(_as_given(mine)), len(weeks)))
    return found
