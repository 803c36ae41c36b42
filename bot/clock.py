"""The only clock: everything else takes `now` as an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


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
