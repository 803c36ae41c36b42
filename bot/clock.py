"""The only clock: everything else takes `now` as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

YEARS = range(1900, 2100)  # whose days anybody may name, by a word, a file or a button: beyond them no rule can reckon


def day_numbered(ordinal: int) -> date | None:
    """The day a button means by its number in the calendar; None: no day of our age."""
    return (
        date.fromordinal(ordinal) if date(YEARS[0], 1, 1).toordinal() <= ordinal <= date(YEARS[-1], 12, 31).toordinal() else None
    )


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment a day begins by the clocks of a zone."""
    return datetime.combine(day, time(), zone)


@dataclass(frozen=True)
class Moment:
    """When something is done: the moment (aware), and the network's zone, whose day and hour the rules ask for."""

    now: datetime
    zone: ZoneInfo

    @property
    def here(self) -> datetime:
        """What the network's clocks show."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The network's day."""
        return self.here.date()


class Clock:
    """Tells the moment, aware and in UTC. The demo and the tests may move it; it never runs by itself into the past."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - this is the place

    def move(self, by: timedelta) -> None:
        self.ahead += by


class StoppedClock(Clock):
    """Shows one moment until it is moved: for tests and the tour, where the story must be the same on any day."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by
