"""«Дата»: a month to pick a day from, paged, as far as the academic year goes."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData

from bot.services.network.years import running_now
from bot.services.timetable.week import Days
from bot.targets import Nowhere
from bot.visit import Button, Packs, Visit
from bot.voice import weekday_names
from storage.db import Tx
from storage.network import years
from storage.timetable import timetable, views

MONTHS = 12


class Month(CallbackData, prefix="timetable.month"):
    """A month to choose a day from."""

    month: int  # see number_of
    child: int = 0
    year: int = 0  # an academic year that is over; 0: the one that runs


@dataclass(frozen=True)
class Seen:
    """A month, the days of it that have lessons, and whether there is another before and after it."""

    first: date
    busy: frozenset[date]
    opens: date  # the first and the last day that can be chosen
    closes: date


def number_of(day: date) -> int:
    """A month as one number."""
    return day.year * MONTHS + day.month - 1


def first_of(number: int) -> date:
    return date(number // MONTHS, number % MONTHS + 1, 1)


async def seen(tx: Tx, visit: Visit, at: Month, groups: Collection[int]) -> Seen:
    """The month meant, or the nearest one of the academic year; where lessons go beyond it, as far as they go."""
    year = ((await years.known(tx)).get(at.year) or years.usual(at.year)) if at.year else await running_now(tx, visit.today)
    last = await timetable.last_lesson(tx, groups)
    closes = max(year.ends_on, last.astimezone(visit.zone).date()) if last else year.ends_on
    first = first_of(min(max(at.month, number_of(year.starts_on)), number_of(closes)))
    length = (first_of(number_of(first) + 1) - first).days
    days = Days(first, length, visit.zone)
    found = await views.days_of_groups(tx, groups, days.begins, days.ends)
    return Seen(first, frozenset(each.astimezone(visit.zone).date() for each in found), year.starts_on, closes)


def rows(visit: Visit, here: Seen, to: Callable[[date], Packs], at: Month) -> list[list[Button]]:
    """The month as a calendar hangs on a wall, and the months beside it."""

    def cell(day: date) -> Button:
        if day.month != here.first.month or not here.opens <= day <= here.closes:
            return Button("·", Nowhere())
        return visit.button("button-month-day", to(day), day=str(day.day), busy="yes" if day in here.busy else "no")

    def beside(number: int) -> Month:
        return Month(month=number, child=at.child, year=at.year)

    number = number_of(here.first)
    around = []
    if number > number_of(here.opens):
        around.append(visit.button("button-month-before", beside(number - 1), month=here.first - timedelta(days=1)))
    if number < number_of(here.closes):
        around.append(visit.button("button-month-after", beside(number + 1), month=first_of(number + 1)))
    weeks = Calendar().monthdatescalendar(here.first.year, here.first.month)
    heading = [Button(name, Nowhere()) for name in weekday_names(visit.say.language)]
    return [heading, *([cell(day) for day in week] for week in weeks), around]
