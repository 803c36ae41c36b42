"""The hours of an offer: they run only by day, on working days, so that nobody loses a place while asleep or on holiday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.workdays import working_calendar
from bot.settings import Settings
from storage.db import Tx
from storage.tables import PlaceOffer

HOURS = 48  # rules.md, «Enrollment»: an offer stands so long
LONGEST = 366  # days an offer can stand at most, whatever the calendar says

DaysOff = Callable[[date], bool]


def deadline_of(start: datetime, hours: float, quiet: tuple[time, time], days_off: DaysOff, zone: ZoneInfo) -> datetime:
    """The moment by which `hours` have run since `start`, not counting quiet hours and days off. Aware, in UTC.

    Where hardly any hour runs, it is LONGEST days after the start at the latest.
    """
    left = timedelta(hours=hours)
    start = start.astimezone(UTC)
    first = start.astimezone(zone).date()
    for day in (first + timedelta(days=number) for number in range(LONGEST)):
        if days_off(day):
            continue
        for begins, ends in _running(day, quiet, zone):
            since = max(begins, start)
            if ends <= since:
                continue
            if ends - since >= left:
                return since + left
            left -= ends - since
    return start + timedelta(days=LONGEST)


def _running(day: date, quiet: tuple[time, time], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The parts of a day outside the quiet hours; equal times mean that there are none."""
    begins, ends = quiet
    midnight, next_one = _at(day, time(), zone), _at(day + timedelta(days=1), time(), zone)
    if begins == ends:
        yield midnight, next_one
    elif begins < ends:
        yield midnight, _at(day, begins, zone)
        yield _at(day, ends, zone), next_one
    else:
        yield _at(day, ends, zone), _at(day, begins, zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


async def days_off(tx: Tx, start: date, school_id: int) -> DaysOff:
    """Which days from `start` on are off at a school. In the school's holidays parents work: the hours run."""
    calendar = await working_calendar(tx, start, start + timedelta(days=LONGEST), schools=[school_id])
    return lambda day: not calendar.is_working(day)


async def hold(tx: Tx, choice_id: int, school_id: int, *, now: datetime, settings: Settings) -> datetime:
    """The hours of an offer begin. Returns its deadline."""
    off = await days_off(tx, now.astimezone(settings.zone).date(), school_id)
    deadline = deadline_of(now, HOURS, settings.quiet, off, settings.zone)
    remind_at = deadline_of(now, HOURS / 2, settings.quiet, off, settings.zone)
    tx.add(PlaceOffer(choice_id=choice_id, made_at=now, remind_at=remind_at, deadline=deadline))
    await tx.flush()
    return deadline
