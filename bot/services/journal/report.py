"""The journal's report to a school: attendance, marks, hours and composition, by partner, course, group and pupil."""

from __future__ import annotations

import asyncio
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from bot.clock import Moment, midnight
from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.journal.composition import Composition, History, Span, composition_of, spans_of
from bot.services.journal.programme import covered
from bot.services.journal.tally import Tally, tallied, together
from bot.services.network.years import running
from storage.db import Database, Tx
from storage.journal import programme, reporting
from storage.journal.programme import Planned
from storage.journal.reporting import Counted, GroupOf, Held
from storage.network import years
from storage.network.years import AcademicYear, usual

T = TypeVar("T")

ACADEMIC_HOUR = 45  # minutes
RUNNING_HALF = 3  # a period's number in a button that does not say which half-year: the one that runs when it is pressed


@dataclass(frozen=True)
class Period:
    """A part of an academic year, as a button carries it: 0 the year, 1 and 2 its halves, 101 to 112 its months."""

    code: int

    @property
    def half(self) -> int | None:
        return self.code if self.code in (1, 2) else None

    @property
    def month(self) -> int | None:
        return self.code - 100 if 101 <= self.code <= 112 else None

    def days(self, year: AcademicYear) -> tuple[date, date]:
        """Its first and last day in that year; a number no period has is gone."""
        if self.half:
            return (year.starts_on, year.half) if self.half == 1 else (year.half + timedelta(days=1), year.ends_on)
        if self.month:
            of = year.year if self.month >= 9 else year.year + 1
            return date(of, self.month, 1), date(of, self.month, monthrange(of, self.month)[1])
        if self.code:
            raise Refusal("gone")
        return year.starts_on, year.ends_on

    @classmethod
    def of_month(cls, month: int) -> Period:
        return cls(100 + month)


def months_of(year: AcademicYear) -> list[Period]:
    """The months with teaching, in their order."""
    count = (year.ends_on.year - year.starts_on.year) * 12 + year.ends_on.month - year.starts_on.month + 1
    return [Period.of_month((year.starts_on.month + ahead - 1) % 12 + 1) for ahead in range(min(count, 12))]


@dataclass(frozen=True)
class PupilRow:
    """A pupil of the school in one group."""

    pupil_id: int | None  # None: erased
    child: str
    class_name: str
    tally: Tally


@dataclass(frozen=True)
class GroupReport:
    """What stands in the journal of one group, of the pupils of these schools."""

    group: GroupOf
    pupils: tuple[PupilRow, ...]
    months: dict[int, Tally]
    held: int  # lessons that took place by the timetable
    hours: int  # academic hours of these
    hours_since_start: int  # the same since the year began
    topics: frozenset[str]
    planned: int  # topics of the course's programme
    covered: int  # of these written down since the year began
    missing: tuple[Held, ...]  # lessons of days that are over of which the journal says nothing
    composition: Composition
    foreign: int  # pupils of other schools beside them

    @cached_property
    def tally(self) -> Tally:
        return together(row.tally for row in self.pupils)


@dataclass(frozen=True)
class Report:
    """A school's journals of one period."""

    year: AcademicYear
    period: Period
    first: date
    last: date
    until: date  # how far it goes today
    groups: tuple[GroupReport, ...]

    @cached_property
    def tally(self) -> Tally:
        return together(one.tally for one in self.groups)

    @cached_property
    def composition(self) -> Composition:
        return sum((one.composition for one in self.groups), Composition())

    @cached_property
    def missing(self) -> list[tuple[GroupReport, Held]]:
        """Every lesson not in the journal, the oldest first."""
        found = [(one, lesson) for one in self.groups for lesson in one.missing]
        return sorted(found, key=lambda each: (each[1].starts_at, each[1].id))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to report: nobody learnt, or nothing took place and nothing is written."""
        return not any(one.held or one.tally.lessons or one.tally.marks for one in self.groups)

    def by_partner(self) -> Iterator[tuple[str, list[GroupReport]]]:
        yield from _grouped(self.groups, lambda one: (one.group.organization_id, one.group.organization))

    def by_course(self) -> Iterator[tuple[str, list[GroupReport]]]:
        yield from _grouped(self.groups, lambda one: (one.group.course_id, one.group.course))

    @cached_property
    def months(self) -> list[tuple[int, Tally]]:
        """By month, in the year's order; months without a lesson are left out."""
        sums = {
            month: together(one.months[month] for one in self.groups if month in one.months)
            for month in (*range(9, 13), *range(1, 9))
        }
        return [(month, tally) for month, tally in sums.items() if tally.lessons]


def _grouped(
    groups: Sequence[GroupReport], key: Callable[[GroupReport], tuple[int, str]]
) -> Iterator[tuple[str, list[GroupReport]]]:
    found: dict[tuple[int, str], list[GroupReport]] = defaultdict(list)
    for one in groups:
        found[key(one)].append(one)
    yield from ((name, some) for (_, name), some in found.items())


@dataclass(frozen=True)
class Asked:
    """Which report: of which year (0: the running one), of which part of it; of one group or one pupil only."""

    year: int = 0
    period: int = 1
    school: int = 0  # one of the person's schools; 0: all of them
    group: int = 0
    pupil: int = 0

    def part(self, year: AcademicYear, today: date) -> Period:
        """The period that is meant in that year. Of a year that is over, no half-year runs: it is reported whole."""
        if self.period != RUNNING_HALF:
            return Period(self.period)
        return Period(0 if self.year or today > year.ends_on else 1 if today <= year.half else 2)


async def year_asked(tx: Tx, year: int, today: date) -> AcademicYear:
    """The academic year a button names; one that nothing is kept of yet is gone."""
    known = await years.known(tx)
    now = running(known, today)
    if year > now.year + 1:
        raise Refusal("gone")
    return now if not year else known.get(year) or usual(year)


async def journal_report(db: Database, asked: Asked, *, by: Person, at: Moment) -> Report:
    """The report of this person's schools. Refusals: not-yours, gone."""
    require(by, "reports.see", Thing(school_id=asked.school or None))
    schools = frozenset((asked.school,)) if asked.school else by.organizations_as("coordinator", "director")
    async with db.read() as tx:
        year = await year_asked(tx, asked.year, at.today)
        facts = await _gather(tx, asked, schools, year, at)
    return await asyncio.to_thread(_made, facts)


@dataclass(frozen=True)
class _Facts:
    year: AcademicYear
    period: Period
    first: date
    last: date
    at: Moment
    groups: list[GroupOf]
    spans: list[Span]
    counted: list[Counted]
    kept: set[tuple[int, date, int]]
    lessons: list[Held]
    topics: dict[int, set[str]]
    programme: dict[int, list[Planned]]
    held: dict[int, set[str]]  # topics since the year began
    foreign: dict[int, int]


async def _gather(tx: Tx, asked: Asked, schools: frozenset[int], year: AcademicYear, at: Moment) -> _Facts:
    period = asked.part(year, at.today)
    first, last = period.days(year)
    places = await reporting.places(tx, schools, year.year, pupil=asked.pupil or None)
    choices = [place.choice_id for place in places]
    moves, regrouped = await reporting.moves(tx, choices), await reporting.regrouped(tx, choices)
    ids = {place.group_id for place in places} | {group for move in regrouped for group in move[2:]}
    ids = ids & {asked.group} if asked.group else ids
    started = midnight(min(first, year.starts_on), at.zone)
    return _Facts(
        year,
        period,
        first,
        last,
        at,
        await reporting.groups(tx, ids),
        spans_of(places, History(moves, regrouped, await reporting.first_days(tx, ids), at.zone, year.starts_on)),
        await reporting.counted(tx, ids, first, last),
        await reporting.kept(tx, ids, first, last),
        await reporting.lessons(tx, ids, started, midnight(last + timedelta(days=1), at.zone)),
        await reporting.topics(tx, ids, first, last),
        await programme.of_groups(tx, ids),
        await programme.held(tx, ids, last),
        await reporting.foreign(tx, ids, schools),
    )


def _made(facts: _Facts) -> Report:
    by_group: dict[int, list[Span]] = defaultdict(list)
    for span in facts.spans:
        if span.meets(facts.first, facts.last):
            by_group[span.group_id].append(span)
    kept, counted, lessons = (
        _by_group(facts.kept, lambda one: one[0]),
        _by_group(facts.counted, _group_of),
        _by_group(facts.lessons, _group_of),
    )
    groups = tuple(
        _group(facts, group, by_group[group.id], (kept[group.id], counted[group.id], lessons[group.id]))
        for group in facts.groups
        if group.id in by_group
    )
    until = min(facts.last, facts.at.today)
    return Report(facts.year, facts.period, facts.first, facts.last, until, groups)


def _group_of(one: Counted | Held) -> int:
    return one.group_id


def _by_group(found: Iterable[T], group_of: Callable[[T], int]) -> defaultdict[int, list[T]]:
    apart: defaultdict[int, list[T]] = defaultdict(list)
    for one in found:
        apart[group_of(one)].append(one)
    return apart


def _group(
    facts: _Facts, group: GroupOf, spans: Sequence[Span], own: tuple[list[tuple[int, date, int]], list[Counted], list[Held]]
) -> GroupReport:
    zone, (kept, mine, lessons) = facts.at.zone, own
    days = [(day, lesson) for _, day, lesson in kept]
    over = [one for one in lessons if one.ends_at <= facts.at.now]
    inside = [one for one in over if one.starts_at.astimezone(zone).date() >= facts.first]
    pupils, months = pupils_tallied(spans, days, mine)
    return GroupReport(
        group=group,
        pupils=pupils,
        months=months,
        held=len(inside),
        hours=hours_of(inside),
        hours_since_start=hours_of(over),
        topics=frozenset(facts.topics.get(group.id, ())),
        planned=len(facts.programme.get(group.id, ())),
        covered=len(covered(facts.programme.get(group.id, ()), facts.held.get(group.id, ()))),
        missing=tuple(one for one in inside if _is_missing(one, spans, {day for day, _ in days}, facts.at)),
        composition=composition_of(spans, facts.first, min(facts.last, facts.at.today)),
        foreign=facts.foreign.get(group.id, 0),
    )


def _is_missing(lesson: Held, spans: Sequence[Span], days: set[date], at: Moment) -> bool:
    day = lesson.starts_at.astimezone(at.zone).date()
    return day < at.today and day not in days and any(span.covers(day) for span in spans)


def hours_of(lessons: Iterable[Held]) -> int:
    """Academic hours: 45 minutes each, a lesson's rounded to whole ones, at least one."""
    return sum(max(1, round((one.ends_at - one.starts_at).total_seconds() / 60 / ACADEMIC_HOUR)) for one in lessons)


def pupils_tallied(
    spans: Sequence[Span], days: Sequence[tuple[date, int]], counted: Sequence[Counted]
) -> tuple[tuple[PupilRow, ...], dict[int, Tally]]:
    """A row a pupil, by name; and the same by month."""
    stands: dict[int, dict[int, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for one in counted:
        stands[one.pupil_id][one.month].append(one)
    held = sorted(day for day, _ in days)
    every = Counter(day.month for day in held)
    rows, months = [], defaultdict[int, list[Tally]](list)
    for mine in _of_one_pupil(spans):
        pupil_id = mine[0].pupil_id
        # Most learn from the first of these days to the last.
        whole = bool(held) and any(span.covers(held[0]) and span.covers(held[-1]) for span in mine)
        lessons = every if whole else Counter(day.month for day in held if any(span.covers(day) for span in mine))
        written = stands.get(pupil_id or 0, {})
        theirs = {
            month: tallied(lessons.get(month, 0), written.get(month, ())) for month in sorted(written.keys() | lessons.keys())
        }
        rows.append(PupilRow(pupil_id, mine[0].child, mine[0].class_name, together(theirs.values())))
        for month, tally in theirs.items():
            months[month].append(tally)
    return tuple(rows), {month: together(tallies) for month, tallies in months.items()}


def _of_one_pupil(spans: Sequence[Span]) -> Iterator[list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.pupil_id or -span.choice_id].append(span)
    yield from found.values()
