"""The 48 hours of an offer run only by day, on working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.services.offers.hours import days_off, deadline_of
from storage.db import Database
from storage.tables import CalendarDay
from tests.world import SCHOOL

MOSCOW = ZoneInfo("Europe/Moscow")
QUIET = (time(21), time(7))


def here(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


def weekend(day: date) -> bool:
    return day.weekday() >= 5


def test_the_hours_stop_for_the_night_and_the_weekend() -> None:
    # Monday 12:00: 9 h on Monday, 14 on Tuesday, Wednesday and Thursday are 51: the 48th runs out on Thursday at 18:00.
    assert deadline_of(here(11, 9, 12), 48, QUIET, weekend, MOSCOW) == here(11, 12, 18)
    # Thursday 12:00: 9 h, Friday 14, then the weekend; Monday makes 37, on Tuesday eleven more.
    assert deadline_of(here(11, 12, 12), 48, QUIET, weekend, MOSCOW) == here(11, 17, 18)


def test_an_offer_made_at_night_begins_in_the_morning() -> None:
    assert deadline_of(here(11, 9, 23), 1, QUIET, weekend, MOSCOW) == here(11, 10, 8)
    assert deadline_of(here(11, 14, 12), 1, QUIET, weekend, MOSCOW) == here(11, 16, 8)


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    assert deadline_of(here(11, 9, 12), 2, (time(13), time(15)), weekend, MOSCOW) == here(11, 9, 16)
    assert deadline_of(here(11, 9, 12), 24, (time(0), time(0)), weekend, MOSCOW) == here(11, 10, 12)


def test_where_no_hour_ever_runs_it_ends_all_the_same() -> None:
    assert deadline_of(here(11, 9, 12), 48, QUIET, lambda _: True, MOSCOW) == here(11, 9, 12) + timedelta(days=366)


QUIETS = st.tuples(st.times(), st.times()).map(lambda two: (two[0].replace(microsecond=0), two[1].replace(microsecond=0)))
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone stands beside
ZONES = st.sampled_from([MOSCOW, UTC, ZoneInfo("Asia/Kathmandu")])
FREE = st.sets(st.integers(0, 6), max_size=5)


def ran(since: datetime, until: datetime, quiet: tuple[time, time], off: set[int], zone: ZoneInfo | object) -> timedelta:
    """How much of the offer's time ran, told minute by minute: slow, and nothing like the rule itself."""
    minute, counted = timedelta(minutes=1), timedelta()
    begins, ends = quiet
    while since + minute <= until:
        local = since.astimezone(zone)  # type: ignore[arg-type]
        clock = local.time()
        asleep = begins != ends and (begins <= clock < ends if begins < ends else clock >= begins or clock < ends)
        counted += timedelta() if asleep or local.weekday() in off else minute
        since += minute
    return counted


@settings(max_examples=60, deadline=None)
@given(start=STARTS, hours=st.integers(1, 12), quiet=QUIETS, off=FREE, zone=ZONES)
def test_exactly_so_many_hours_run(start: datetime, hours: int, quiet: tuple[time, time], off: set[int], zone: ZoneInfo) -> None:
    start = start.replace(second=0, microsecond=0)
    quiet = (quiet[0].replace(second=0), quiet[1].replace(second=0))
    end = deadline_of(start, hours, quiet, lambda day: day.weekday() in off, zone)
    assert end >= start + timedelta(hours=hours)
    if end < start + timedelta(days=60):  # else the slow count takes too long
        assert ran(start, end, quiet, off, zone) == timedelta(hours=hours)


@settings(max_examples=100, deadline=None)
@given(start=STARTS, later=st.integers(0, 10_000), hours=st.integers(1, 60), quiet=QUIETS, off=FREE, zone=ZONES)
def test_who_is_asked_later_never_has_to_answer_earlier(
    start: datetime, later: int, hours: int, quiet: tuple[time, time], off: set[int], zone: ZoneInfo
) -> None:
    one, other = (
        deadline_of(at, hours, quiet, lambda day: day.weekday() in off, zone) for at in (start, start + timedelta(minutes=later))
    )
    assert one <= other
    assert deadline_of(start, hours / 2, quiet, lambda day: day.weekday() in off, zone) <= one


async def test_the_calendar_of_the_network_comes_before_the_states(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(
            insert(CalendarDay),
            [
                {"day": date(2026, 11, 10), "kind": "day_off", "name": "День республики"},
                {"day": date(2026, 11, 14), "kind": "working", "name": None},
                {"day": date(2026, 11, 12), "kind": "holidays", "name": "Каникулы"},
            ],
        )
    async with db.read() as tx:
        off = await days_off(tx, date(2026, 11, 1), SCHOOL)
    found = [day for day in range(1, 17) if off(date(2026, 11, day))]
    assert found == [1, 4, 7, 8, 10, 15]  # the 4th is the state's own; on a Saturday that is worked the hours run
