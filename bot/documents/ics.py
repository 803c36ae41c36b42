"""A timetable as an iCalendar file (RFC 5545), by the library icalendar."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event as Component

MAKER = "-//School network//Timetable//RU"
A_YEAR = timedelta(days=366)
REFRESH = timedelta(hours=1)  # how often a calendar is asked to look again


@dataclass(frozen=True)
class Event:
    """A lesson in a calendar. `uid` stays its own for ever; `sequence` rises with each change, `changed_at` is the last one's."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    about: str
    cancelled: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class Calendar:
    name: str
    zone: ZoneInfo
    events: Sequence[Event]

    @property
    def tag(self) -> str:
        """What changes with anything in it: an ETag, with its quotes."""
        return f'"{hashlib.sha256(repr((self.name, self.zone.key, self.events)).encode()).hexdigest()[:32]}"'


def ics(calendar: Calendar) -> bytes:
    """The file: every event in the network's zone, which is described in it; what is cancelled stands as cancelled."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", calendar.name)
    made.add("x-wr-timezone", calendar.zone.key)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for event in calendar.events:
        made.add_component(_event(event, calendar.zone))
    days = [at.date() for event in calendar.events for at in (event.starts_at, event.ends_at)]
    if days:  # the zone as it is around these lessons, not since 1970
        made.add_missing_timezones(min(days) - A_YEAR, max(days) + A_YEAR)
    return bytes(made.to_ical())


def _event(event: Event, zone: ZoneInfo) -> Component:
    import icalendar

    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", event.changed_at)
    made.add("last-modified", event.changed_at)
    made.add("sequence", event.sequence)
    made.add("dtstart", event.starts_at.astimezone(zone))
    made.add("dtend", event.ends_at.astimezone(zone))
    made.add("summary", event.title)
    if event.place:
        made.add("location", event.place)
    if event.about:
        made.add("description", event.about)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    made.add("class", "PRIVATE")
    return made
