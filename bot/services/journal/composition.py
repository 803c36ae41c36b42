"""Who learnt in a group from when to when, and how its composition changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.journal.reporting import STAYED, Move, Place


@dataclass(frozen=True)
class Span:
    """A pupil learnt in a group from a day on; `until` is the day they left, or None."""

    choice_id: int
    group_id: int
    pupil_id: int | None
    child: str
    class_name: str
    since: date
    until: date | None
    why: str | None = None  # as whoever entered the leaving wrote

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def meets(self, first: date, last: date) -> bool:
        return self.since <= last and (self.until is None or self.until > first)


@dataclass(frozen=True)
class Came:
    """Somebody came into a group, or left it."""

    choice_id: int
    day: date
    came: bool
    pupil_id: int | None
    child: str
    class_name: str
    why: str | None


@dataclass(frozen=True)
class Composition:
    """How many learnt at the beginning of a period and at its end, and what happened between.

    Of several groups together: who went from one of them into another has neither come nor left.
    """

    start: int = 0
    end: int = 0
    changes: tuple[Came, ...] = ()

    def __add__(self, other: Composition) -> Composition:
        return Composition(self.start + other.start, self.end + other.end, self.changes + other.changes)

    @property
    def came(self) -> int:
        return sum(one.came and (one.choice_id, one.day) not in self._moved for one in self.changes)

    @property
    def left(self) -> int:
        return sum(not one.came and (one.choice_id, one.day) not in self._moved for one in self.changes)

    @property
    def _moved(self) -> set[tuple[int, date]]:
        came, left = ({(one.choice_id, one.day) for one in self.changes if one.came is way} for way in (True, False))
        return came & left


def composition_of(spans: Sequence[Span], first: date, last: date) -> Composition:
    """Of one group in [first, last]. Who learns from the very first day on was there at the beginning."""
    changes = [
        Came(span.choice_id, span.since, True, span.pupil_id, span.child, span.class_name, None)
        for span in spans
        if first < span.since <= last
    ]
    changes += [
        Came(span.choice_id, span.until, False, span.pupil_id, span.child, span.class_name, span.why)
        for span in spans
        if span.until is not None and first < span.until <= last
    ]
    start = sum(span.covers(first) for span in spans)
    end = sum(span.since <= last and (span.until is None or span.until > last) for span in spans)
    return Composition(start, end, tuple(sorted(changes, key=lambda one: (one.day, one.came, one.child))))


@dataclass(frozen=True)
class History:
    """What is kept of these places: comings and goings, groups changed, the first day a journal tells of a pupil."""

    moves: Sequence[Move]
    regrouped: Sequence[tuple[int, datetime, int, int]]
    first_days: Mapping[tuple[int, int], date]
    zone: ZoneInfo
    starts_on: date  # the year's first day


def spans_of(places: Iterable[Place], history: History) -> list[Span]:
    """The spans of these places, cut where a pupil was put into another group.

    A journal may tell of a pupil earlier than the bot enrolled them (its first file brings autumn). Nobody has said when
    they came: they learn since the year began.
    """
    of: dict[int, list[Move]] = defaultdict(list)
    for move in history.moves:
        of[move.choice_id].append(move)
    cuts: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
    for choice_id, at, before, after in history.regrouped:
        cuts[choice_id].append((at, before, after))
    return [span for place in places for span in _spans(place, of[place.choice_id], cuts[place.choice_id], history)]


def _spans(place: Place, moves: Sequence[Move], cuts: Sequence[tuple[datetime, int, int]], history: History) -> list[Span]:
    came = next((move.at for move in moves if move.now == "enrolled" and move.was != "enrolled"), place.changed_at)
    since = came.astimezone(history.zone).date()
    until, why = _end(place, moves, history.zone)
    found: list[Span] = []
    group = cuts[0][1] if cuts else place.group_id
    for at, _, after in cuts:
        day = at.astimezone(history.zone).date()
        found.append(_span(place, group, since, day, None))
        group, since = after, day
    found.append(_span(place, group, since, until, why))
    known = None if place.pupil_id is None else history.first_days.get((found[0].group_id, place.pupil_id))
    if known is not None and known < found[0].since:
        found[0] = replace(found[0], since=min(known, history.starts_on))
    return found


def _span(place: Place, group: int, since: date, until: date | None, why: str | None) -> Span:
    return Span(place.choice_id, group, place.pupil_id, place.child, place.class_name, since, until, why)


def _end(place: Place, moves: Sequence[Move], zone: ZoneInfo) -> tuple[date | None, str | None]:
    """When they left and why; who learnt to the end of the year did not leave."""
    if place.state in STAYED or place.at_the_end:
        return None, None
    gone = [move for move in moves if move.was == "enrolled" and move.now != "enrolled"]
    at = gone[-1].at if gone else place.changed_at
    return at.astimezone(zone).date(), gone[-1].reason if gone else None
