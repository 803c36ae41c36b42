"""A month to pick a day from: which days have lessons, and how far the academic year goes."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import Moment
from bot.services.network.years import running_now
from bot.services.timetable.views.week import Days
from storage.db import Tx
from storage.network import years
from storage.timetable import timetable, views

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """A month, the days of it that have lessons, and the first and the last day that can be chosen."""

    first: date
    busy: frozenset[date]
    opens: date
    closes: date

    @property
    def weeks(self) -> list[list[date | None]]:
        """As a calendar hangs on a wall, Monday first; None: a day of another month, or outside the year."""
        whole = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [
            [day if day.month == self.first.month and self.opens <= day <= self.closes else None for day in week]
            for week in whole
        ]

    @property
    def before(self) -> date | None:
        """The first day of the month before it, where that lies in the year."""
        number = number_of(self.first) - 1
        return first_of(number) if number >= number_of(self.opens) else None

    @property
    def after(self) -> date | None:
        number = number_of(self.first) + 1
        return first_of(number) if number <= number_of(self.closes) else None


def number_of(day: date) -> int:
    """A month as one number."""
    return day.year * MONTHS + day.month - 1


def first_of(number: int) -> date:
    return date(number // MONTHS, number % MONTHS + 1, 1)


async def month_of(tx: Tx, number: int, groups: Collection[int], at: Moment, past: int = 0) -> Month:
    """The month meant, or the nearest one of the academic year (`past`: of one that is over); where lessons go beyond its end,
    as far as they go.
    """
    year = ((await years.known(tx)).get(past) or years.usual(past)) if past else await running_now(tx, at.today)
    last = await timetable.last_lesson(tx, groups)
    closes = max(year.ends_on, last.astimezone(at.zone).date()) if last else year.ends_on
    first = first_of(min(max(number, number_of(year.starts_on)), number_of(closes)))
    days = Days(first, (first_of(number_of(first) + 1) - first) // timedelta(days=1), at.zone)
    found = await views.days_of_groups(tx, groups, days.begins, days.ends)
    return Month(first, frozenset(each.astimezone(at.zone).date() for each in found), year.starts_on, closes)
