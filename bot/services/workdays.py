"""The one working calendar: the state's days off with their transfers, over them the network's Календарь. Nobody else knows a holiday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from storage.db import Database, Tx
from storage.network.calendar import named_days, with_a_calendar

SUMMER = (6, 7, 8)  # months: enrollment is a summer's work, so the long holidays move no deadline
LONGEST = 366  # days a working day is looked for, whatever the calendar says


@dataclass(frozen=True, slots=True)
class Off:
    """Why a day has no lessons."""

    kind: str  # day_off | holidays
    name: str | None  # as the calendar or the state calls it


@dataclass(frozen=True, slots=True)
class _State:
    """What the state says about a year."""

    off: Mapping[date, str]
    worked: frozenset[date]  # Saturdays that are worked for a day off elsewhere


@cache
def _state(year: int) -> _State:
    import holidays

    russia = holidays.country_holidays("RU", years=year, language="ru")
    return _State(dict(russia.items()), frozenset(russia.weekend_workdays))


class WorkingCalendar:
    """The days of a network. `named`: rows of Календарь, of the workbook or stored; without them the state's days alone."""

    def __init__(self, named: Iterable[Any] = ()) -> None:
        self._named: dict[date, tuple[str, str | None]] = {row.day: (row.kind, row.name) for row in named}

    def off(self, day: date) -> Off | None:
        """Why the weekly timetable has no lessons that day; None: it has. A Sunday has what the timetable gives it."""
        kind, name = self._named.get(day, (None, None))
        if kind is not None:
            return Off(kind, name) if kind in ("day_off", "holidays") else None
        state = _state(day.year).off.get(day)
        return None if state is None else Off("day_off", state)

    def closed(self, day: date) -> Off | None:
        """Why nobody expects a lesson that day: it is off, or a Sunday that is not worked."""
        sunday = day.weekday() == 6 and not self._worked(day)
        return self.off(day) or (Off("day_off", None) if sunday else None)

    def plays(self, day: date) -> int | None:
        """The weekday (0 is Monday) whose lessons are held that day; None: none are. A worked Saturday may play Friday."""
        if self.off(day) is not None:
            return None
        played = self._named.get(day, ("", None))[0].partition(":")[2]
        return int(played) if played else day.weekday()

    def taught(self, first: date, last: date) -> dict[int, list[date]]:
        """Weekday → the days between two days, both included, on which its lessons are held."""
        found: dict[int, list[date]] = defaultdict(list)
        for day in _days(first, last):
            played = self.plays(day)
            if played is not None:
                found[played].append(day)
        return found

    def is_working(self, day: date, *, in_holidays: bool = True) -> bool:
        """Whether staff work that day. The school's holidays are working days of theirs, but for deadlines they are none."""
        kind = self._named.get(day, (None, None))[0]
        if self._worked(day):
            return True
        if kind == "day_off" or (kind == "holidays" and not in_holidays):
            return False
        return day.weekday() < 5 and day not in _state(day.year).off

    def is_due_day(self, day: date, *, in_holidays: bool) -> bool:
        """Whether a deadline or its reminder may fall on that day. `in_holidays`: the step says that it is done in the holidays."""
        return self.is_working(day, in_holidays=in_holidays or day.month in SUMMER)

    def deadline(self, first: date, last: date, *, in_holidays: bool) -> date:
        """The last day between two days, both included, on which something can be due.

        A window that lies in the school's holidays says so itself; one that is all days off ends on the next working day.
        """
        for holidays_too in (in_holidays, True):
            day = self.last_due(first, last, in_holidays=holidays_too)
            if day is not None:
                return day
        return self.next_working(last)

    def last_due(self, first: date, last: date, *, in_holidays: bool) -> date | None:
        """The last day between two days, both included, on which something can be due; None: there is none."""
        back = (last - timedelta(days=number) for number in range((last - first).days + 1))
        return next((day for day in back if self.is_due_day(day, in_holidays=in_holidays)), None)

    def last_of_week(self, day: date, *, in_holidays: bool) -> date | None:
        """When a task of this week is due: on Friday or the last working day before it, else at its end; None: no such day."""
        monday = monday_of(day)
        for first, last in ((0, 4), (5, 6)):
            found = self.last_due(monday + timedelta(days=first), monday + timedelta(days=last), in_holidays=in_holidays)
            if found is not None:
                return found
        return None

    def next_working(self, day: date) -> date:
        """The day itself or the first day after it on which staff work."""
        ahead = _days(day, day + timedelta(days=LONGEST))
        return next((found for found in ahead if self.is_working(found)), day)

    def first_teaching_day(self, begins: date) -> date:
        """The first day of lessons in a year that begins on a day, 1 September or what the workbook says."""
        ahead = _days(begins, begins + timedelta(days=LONGEST))
        return next((day for day in ahead if self.is_working(day, in_holidays=False)), begins)

    def _worked(self, day: date) -> bool:
        """Whether somebody says that this day is worked, whatever weekday it is."""
        kind = self._named.get(day, (None, None))[0]
        return day in _state(day.year).worked if kind is None else kind.startswith("working")


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def is_odd_week(day: date, first_teaching_day: date) -> bool:
    """Whether a day lies in an odd week: the week of the year's first lessons is the first, and weeks go on over New Year."""
    return (monday_of(day) - monday_of(first_teaching_day)).days // 7 % 2 == 0


@dataclass(frozen=True, slots=True)
class Named:
    """A day as some schools together have it."""

    day: date
    kind: str
    name: str | None


def shared(
    rows: Iterable[Any], schools: Collection[Any], *, whose: Callable[[Any], Any] = attrgetter("school_id")
) -> list[Named]:
    """The days (`day`, `kind`, `name`; `whose` tells the school) of several schools as one calendar.

    A day is off where it is off at all of them; whoever names it otherwise, or not at all where the state works, has lessons.
    """
    by_day: dict[date, dict[Any, Any]] = defaultdict(dict)
    for row in rows:
        by_day[row.day][whose(row)] = row
    found = []
    for day, named in sorted(by_day.items()):
        working = [row for row in named.values() if row.kind.startswith("working")]
        silent = len(named) < len(set(schools))
        if working:
            found.append(Named(day, working[0].kind, working[0].name))
        elif not silent or day in _state(day.year).off:
            row = next(iter(named.values()))
            found.append(Named(day, row.kind, row.name))
    return found


async def working_calendar(
    tx: Tx, since: date | None = None, until: date | None = None, *, schools: Collection[int] | None = None
) -> WorkingCalendar:
    """The calendar these schools (None: all) share; what they name outside of the two days is not looked up.

    A school that has named no day at all has nothing to say against the others.
    """
    rows = await named_days(tx, since, until, schools=schools)
    speaking = await with_a_calendar(tx, schools) if rows else set()
    return WorkingCalendar(shared(rows, speaking))


async def open_days(db: Database, days: Iterable[date]) -> list[date]:
    """Those of some days on which a lesson may be expected."""
    days = sorted(days)
    async with db.read() as tx:
        calendar = await working_calendar(tx, days[0], days[-1]) if days else WorkingCalendar()
    return [day for day in days if calendar.closed(day) is None]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
